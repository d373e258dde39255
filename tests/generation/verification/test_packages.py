"""What is installed is kept once for each lock file."""

from __future__ import annotations

import threading

import pytest

from generation.verification.packages import install_with_cache, places_of


@pytest.fixture
def make_app(tmp_path):
    def make(name: str, requirements: str = "a==1\n"):
        folder = tmp_path / name
        (folder / "backend").mkdir(parents=True)
        (folder / "frontend").mkdir()
        (folder / "backend" / "requirements.txt").write_text(requirements)
        (folder / "frontend" / "package.json").write_text("{}")
        return folder

    return make


def installer(app, log):
    """Install what is not there, as a `run` script does."""

    def install() -> bool:
        for place in places_of(app):
            if not place.installed.exists():
                log.append(place.kind)
                place.installed.mkdir()
                (place.installed / "module.txt").write_text("code")
        lock = app / "frontend" / "package-lock.json"
        if not lock.exists():
            lock.write_text("locked")
        return True

    return install


def test_the_same_lists_are_installed_once(make_app, tmp_path):
    log: list[str] = []
    for name in ("one", "two"):
        app = make_app(name)
        assert install_with_cache(app, tmp_path / "cache", installer(app, log))
        assert (app / "backend" / ".venv" / "module.txt").read_text() == "code"
        assert (app / "frontend" / "package-lock.json").read_text() == "locked"
    assert log == [".venv", "node_modules"]


def test_another_list_is_installed_anew(make_app, tmp_path):
    log: list[str] = []
    for name, requirements in (("one", "a==1\n"), ("two", "a==2\n")):
        app = make_app(name, requirements)
        install_with_cache(app, tmp_path / "cache", installer(app, log))
    assert log == [".venv", "node_modules", ".venv"]


def test_what_failed_to_install_is_not_kept(make_app, tmp_path):
    app = make_app("one")
    (app / "backend" / ".venv").mkdir()
    assert not install_with_cache(app, tmp_path / "cache", lambda: False)
    log: list[str] = []
    again = make_app("two")
    assert install_with_cache(again, tmp_path / "cache", installer(again, log))
    assert log == [".venv", "node_modules"]


def test_of_two_at_once_one_installs(make_app, tmp_path):
    log: list[str] = []
    apps = [make_app("one"), make_app("two")]
    threads = [
        threading.Thread(
            target=install_with_cache, args=(app, tmp_path / "cache", installer(app, log))
        )
        for app in apps
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(log) == [".venv", "node_modules"]
    assert all((app / "backend" / ".venv" / "module.txt").exists() for app in apps)
