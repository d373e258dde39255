"""The `codegen` script: works from anywhere, installs once, keeps standard output clean."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from codegen_site.embedded import install
from codegen_site.embedded.places import ROOT

STUB = """
import os, sys
print(sys.argv[1:], os.getcwd(), os.environ["CODEGEN_CALLER_DIR"])
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose packages are none and whose commands only say how they were called."""
    root = tmp_path_factory.mktemp("a checkout")
    shutil.copy(ROOT / "codegen", root)
    for package in ("codegen_site/embedded", "generation/engines/builtin", "generation/bench"):
        (root / package).mkdir(parents=True)
    shutil.copy(ROOT / "codegen_site/embedded/install.py", root / "codegen_site/embedded")
    (root / "codegen_site/embedded/__main__.py").write_text(STUB)
    for module in ("engines/builtin/render.py", "verification.py", "bench/__main__.py"):
        (root / "generation" / module).write_text(STUB)
    (root / "requirements.txt").write_text("# none\n")
    for name in ("dev", "verify"):
        (root / f"requirements-{name}.txt").write_text("# none\n")
    return root


def codegen(script: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [str(script), *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_installs_nothing(checkout: Path, tmp_path: Path) -> None:
    done = codegen(checkout / "codegen", "help", cwd=tmp_path)
    assert done.returncode == 0
    assert "./codegen up [--host H] [--port P]" in done.stdout
    assert not (checkout / ".venv").exists()


def test_it_installs_once_and_hands_over_from_anywhere(checkout: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(checkout / "codegen")
    first = codegen(link, "status", "--json", cwd=tmp_path)
    assert first.stdout == f"['status', '--json'] {checkout} {tmp_path}\n"
    assert "Installing requirements.txt" in first.stderr
    again = codegen(link, "status", cwd=tmp_path)
    assert again.stderr == ""
    (checkout / "requirements.txt").write_text("# none, in other words\n")
    assert "Installing" in codegen(link, "status", cwd=tmp_path).stderr


@pytest.mark.parametrize("command", ["render", "verify", "bench"])
def test_it_stays_in_the_folder_of_the_caller(checkout: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "generation").mkdir()  # must not be taken for ours
    (tmp_path / "generation" / "__init__.py").write_text("raise SystemExit('wrong one')")
    done = codegen(checkout / "codegen", command, "a spec.json", "-o", "x", cwd=tmp_path)
    assert done.stdout == f"['a spec.json', '-o', 'x'] {tmp_path} {tmp_path}\n", done.stderr


def test_an_installation_that_failed_is_tried_again(
    checkout: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("./not-there.whl\n")
    stamp = tmp_path / "stamp"
    for _ in range(2):
        with pytest.raises(install.InstallFailed, match="lines above say why"):
            install.install(checkout / ".venv", wrong, stamp, "wanted")
    assert not stamp.exists()
    assert capfd.readouterr().out == ""
