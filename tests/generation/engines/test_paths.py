"""Paths that may be written, and those that must not."""

from __future__ import annotations

import pytest

from generation.engines.paths import KnownPaths, UnsafePath, check_path


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "backend/app/models/note.py",
        ".github/workflows/ci.yml",
        "src/a[b].ts",
        "été.md",
    ],
)
def test_plain_paths_are_fine(path: str) -> None:
    assert check_path(path, existing=()) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "  ",
        "/etc/passwd",
        "~/x",
        "../x",
        "a/../../x",
        "a/..",
        "a//b",
        "./a",
        "a/",
        "C:/x",
        "c:x",
        "a\\b",
        "\\\\host\\share",
        "a\x00b",
        "a\nb",
        "a\u202eb",
        "NUL",
        "a/con.txt",
        "Com1",
        "lpt9.log",
        "a./b",
        "a /b",
        " a",
        "a:b",
        "what?",
        "a|b",
        "x" * 241,
        "é" * 121,
    ],
)
def test_unsafe_paths_are_refused(path: str) -> None:
    with pytest.raises(UnsafePath) as refused:
        check_path(path, existing=())
    assert refused.value.code == "unsafe_path"


@pytest.mark.parametrize(
    ("path", "existing"),
    [
        ("Readme.md", "README.md"),
        ("app", "app/main.py"),
        ("app/main.py/x", "app/main.py"),
        ("App/other.py", "app/main.py"),
        ("caf\u0065\u0301.md", "caf\u00e9.md"),
    ],
)
def test_paths_that_mean_two_files_are_refused(path: str, existing: str) -> None:
    with pytest.raises(UnsafePath):
        check_path(path, existing=[existing])


def test_a_file_may_be_written_again() -> None:
    assert check_path("app/main.py", existing=["app/main.py", "app/other.py"]) == "app/main.py"


def test_paths_are_known_from_when_they_are_added() -> None:
    known = KnownPaths(["app/main.py"])
    assert known.add("docs/a.md") == "docs/a.md"
    assert known.add("docs/b.md") == "docs/b.md"
    for path in ("docs", "Docs/c.md", "docs/A.md", "docs/a.md/b"):
        with pytest.raises(UnsafePath):
            known.add(path)
    assert known.add("docs/c.md") == "docs/c.md"
