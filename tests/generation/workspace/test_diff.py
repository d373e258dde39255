"""What two texts differ in: side by side, in words, and as `patch` reads it."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.workspace.diff import lines_of, side_by_side, unified

LONG = "".join(f"{n}\n" for n in range(60))

texts = st.lists(
    st.sampled_from(["a", "b", "c", "", "x = 1", "x\r", "\x0c", "d e"]), max_size=30
).flatmap(lambda lines: st.sampled_from(["\n".join(lines), "\n".join([*lines, ""])]))


def kinds(old: str, new: str) -> list[str]:
    return [row.kind for row in side_by_side(old, new)]


def test_words_within_a_changed_line_are_marked():
    (row,) = side_by_side("name = old\n", "name = new\n")
    assert row.kind == "changed"
    assert [(p.text, p.changed) for p in row.left.pieces] == [("name = ", False), ("old", True)]
    assert [(p.text, p.changed) for p in row.right.pieces] == [("name = ", False), ("new", True)]


def test_lines_with_little_in_common_are_changed_as_a_whole():
    (row,) = side_by_side("import os\n", "x: 12345, y\n")
    assert [p.changed for p in row.left.pieces] == [True]


def test_long_stretches_without_a_change_are_left_out():
    old = "".join(f"{n}\n" for n in range(100))
    rows = side_by_side(old, old.replace("50\n", "fifty\n"))
    assert [row.kind for row in rows] == ["gap", *["same"] * 3, "changed", *["same"] * 3, "gap"]
    assert (rows[0].skipped, rows[-1].skipped) == (47, 46)
    assert rows[4].right.number == 51


def test_line_ends_and_a_missing_newline_are_told_apart():
    assert kinds("a\r\n", "a\n") == ["changed"]
    assert kinds("a\n", "a") == ["changed"]
    (row,) = side_by_side("a\r\n", "a")
    assert (row.left.ends, row.right.ends) == ("\r\n", "")


@given(texts, texts)
def test_both_sides_are_told_in_full(old, new):
    rows = side_by_side(old, new, whole=True)
    for side, text in (("left", old), ("right", new)):
        lines = [line for row in rows if (line := getattr(row, side)) is not None]
        shown = "".join("".join(p.text for p in line.pieces) + line.ends for line in lines)
        assert shown == text
        assert [line.number for line in lines] == list(range(1, len(lines_of(text)) + 1))


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "a\nb"),
        ("a\nb", "a\nb\n"),
        ("a\nb\n", ""),
        (
            "".join(f"{n}\n" for n in range(60)),
            "".join(f"{n * (n % 11 != 0)}\n" for n in range(60)),
        ),
        ("one\r\ntwo\r\n", "one\r\n2\r\n"),
    ],
)
def test_the_unified_form_is_one_that_patch_applies(tmp_path, old, new):
    (tmp_path / "file").write_bytes(old.encode())
    text = unified(old, new, old_name="file", new_name="file")
    subprocess.run(
        ["patch", "--binary", "-s", "-E", "file"], input=text.encode(), cwd=tmp_path, check=True
    )
    after = tmp_path / "file"
    assert (after.read_bytes() if after.exists() else b"") == new.encode()


def test_equal_texts_have_no_difference():
    assert unified("a\n", "a\n", old_name="x", new_name="x") == ""
    assert kinds("a\n", "a\n") == ["gap"]
