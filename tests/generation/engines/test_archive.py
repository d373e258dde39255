"""The ZIP: safe names, the same bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from generation.engines.archive import build_zip, zip_name


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
