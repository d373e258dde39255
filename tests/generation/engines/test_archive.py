"""The ZIP: safe names, the same bytes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile

import pytest

from generation.engines.archive import build_zip, stream_zip, zip_name

NAMES = {"a b/ü é.txt": "ä\n", "a/メモ.md": "x" * 100_000, "z/ß": ""}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("QuickNotes", "QuickNotes"),
        ("Plant Tracker", "Plant-Tracker"),
        ("Zürich 2", "Zürich-2"),
        ("メモ帳", "メモ帳"),
        ("a.b: c", "a-b-c"),
        ('<b>"bold"</b>', "bboldb"),
        ("..", "app"),
        ("CON", "CON-app"),
        ("-x_", "x"),
    ],
)
def test_names_become_safe_file_names(name: str, expected: str) -> None:
    assert zip_name(name) == expected


def test_long_names_are_cut() -> None:
    assert len(zip_name("x" * 100)) == 60


def test_the_same_files_give_the_same_bytes() -> None:
    files = {"b.txt": "é", "a/run": "#!/bin/sh\n"}
    again = dict(reversed(list(files.items())))
    assert build_zip("QuickNotes", files) == build_zip("QuickNotes", again)


def test_entries_stand_in_a_folder_sorted_with_their_modes() -> None:
    packed = build_zip("QuickNotes", {"b.txt": "é", "a/run": "#!/bin/sh\n"})
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.namelist() == ["QuickNotes/a/run", "QuickNotes/b.txt"]
        modes = [entry.external_attr >> 16 & 0o777 for entry in opened.infolist()]
        assert modes == [0o755, 0o644]
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert opened.read("QuickNotes/b.txt").decode() == "é"


def test_it_is_packed_a_file_at_a_time() -> None:
    read = []

    def files():
        for path in sorted(NAMES):
            read.append(path)
            yield path, NAMES[path]

    parts = stream_zip("Größe 1", files())
    first = next(parts)
    assert len(read) == 1
    assert first + b"".join(parts) == build_zip("Größe 1", NAMES)


def test_no_entry_needs_what_comes_after_it() -> None:
    with zipfile.ZipFile(io.BytesIO(build_zip("x", NAMES))) as opened:
        assert [entry.flag_bits & 8 for entry in opened.infolist()] == [0] * len(NAMES)
        assert opened.testzip() is None


@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs unzip")
def test_unzip_gives_every_name_and_byte(tmp_path) -> None:
    (tmp_path / "a.zip").write_bytes(build_zip("Größe 1", NAMES))
    subprocess.run(["unzip", "-q", "a.zip"], cwd=tmp_path, check=True)
    for path, text in NAMES.items():
        assert (tmp_path / "Größe-1" / path).read_text(encoding="utf-8") == text
