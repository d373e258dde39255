"""Generated apps are opened without trust in what a ZIP says of itself."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from generation.engines.archive import build_zip
from generation.engines.builtin.render import render_app, write_app
from generation.verification.__main__ import main
from generation.verification.app import BadApp, digest_of, open_app
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES


@pytest.fixture(scope="module")
def files():
    return render_app(load_request(QUICKNOTES))


@pytest.fixture
def packed(files, tmp_path):
    path = tmp_path / "app.zip"
    path.write_bytes(build_zip("QuickNotes", files))
    return path


def test_a_zip_and_its_folder_are_the_same_app(files, packed, tmp_path):
    write_app(files, tmp_path / "folder")
    unpacked = open_app(packed, tmp_path / "one")
    copied = open_app(tmp_path / "folder", tmp_path / "two")
    assert digest_of(unpacked.folder) == digest_of(copied.folder)
    assert unpacked.stack == QUICKNOTES["tech_stack"]
    assert unpacked.styling == "Bootstrap"
    assert unpacked.resources[0]["slug"] == "notes"
    assert (unpacked.folder / "run").stat().st_mode & stat.S_IXUSR


def test_what_an_app_left_when_it_ran_is_not_copied(files, tmp_path):
    write_app(files, tmp_path / "folder")
    (tmp_path / "folder" / "data.db").write_text("mine")
    (tmp_path / "folder" / ".env").write_text("SECRET_KEY=mine")
    copied = open_app(tmp_path / "folder", tmp_path / "copy")
    assert not (copied.folder / "data.db").exists()
    assert not (copied.folder / ".env").exists()


def test_a_digest_changes_with_a_byte_and_with_a_name(files, tmp_path):
    write_app(files, tmp_path / "app")
    before = digest_of(tmp_path / "app")
    (tmp_path / "app" / "README.md").rename(tmp_path / "app" / "README.txt")
    renamed = digest_of(tmp_path / "app")
    (tmp_path / "app" / "run").write_text("exit 1")
    assert len({before, renamed, digest_of(tmp_path / "app")}) == 3


@pytest.mark.parametrize(
    "name",
    ["../out", "app/../../out", "/out", "app/C:/out", "app\\..\\out", "out", "app/a\0b/../../out"],
)
def test_a_path_that_leaves_the_folder_is_refused(name, tmp_path):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("app/x")
        info.filename = name
        archive.writestr(info, "x")
    with pytest.raises(BadApp):
        open_app(path, tmp_path / "inside" / "app")
    assert not list(tmp_path.rglob("out"))


def test_a_link_in_a_zip_is_refused(tmp_path):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("app/link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(BadApp, match="no plain file"):
        open_app(path, tmp_path / "app")


def test_a_zip_that_says_it_is_huge_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("app/zeros", b"0" * 2000)
    monkeypatch.setattr("generation.verification.app.MOST_BYTES", 1000)
    with pytest.raises(BadApp, match="more than"):
        open_app(path, tmp_path / "app")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "There is no codegen.json"),
        ("{", "is not JSON"),
        ("[]", "must hold"),
        ('{"stack": ""}', "must hold"),
    ],
)
def test_a_folder_that_holds_no_app_is_refused(tmp_path, capsys, content, says):
    folder = tmp_path / "folder"
    folder.mkdir()
    if content is not None:
        (folder / "codegen.json").write_text(content)
    assert main([str(folder)]) == 2
    assert says in capsys.readouterr().err


def test_a_file_that_is_none_or_no_zip_is_refused(tmp_path, capsys):
    assert main([str(tmp_path / "none.zip")]) == 2
    text: Path = tmp_path / "text.zip"
    text.write_text("not a ZIP")
    assert main([str(text)]) == 2
    assert "no ZIP file" in capsys.readouterr().err
