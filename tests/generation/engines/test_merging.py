"""Three texts into one: by lines, by structure, in the person's line ends; nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.engines.merging import Side, merge_texts

BASE = "one\ntwo\nthree\nfour\nfive\n"


def test_changes_in_different_places_merge():
    merge = merge_texts("a.txt", BASE, BASE.replace("one", "1"), BASE.replace("five", "5"))
    assert merge.is_clean
    assert merge.text() == "1\ntwo\nthree\nfour\n5\n"


def test_changes_at_one_place_conflict_and_each_choice_is_kept():
    merge = merge_texts("a.txt", BASE, BASE.replace("two", "2"), BASE.replace("two", "II"))
    (hunk,) = merge.hunks
    assert (hunk.base, hunk.ours, hunk.theirs) == (("two\n",), ("2\n",), ("II\n",))
    assert merge.text() == BASE.replace("two", "2")
    assert merge.text([Side.THEIRS]) == BASE.replace("two", "II")
    assert merge.text([Side.BOTH]) == BASE.replace("two", "2\nII")


def test_the_same_change_on_both_sides_is_no_conflict():
    both = BASE.replace("two", "2")
    assert merge_texts("a.txt", BASE, both, both).text() == both


def test_lines_alike_at_the_ends_of_a_conflict_are_not_part_of_it():
    ours, theirs = "one\nx\nmine\ny\nfive\n", "one\nx\nnew\ny\nfive\n"
    (hunk,) = merge_texts("a.txt", BASE, ours, theirs).hunks
    assert (hunk.ours, hunk.theirs) == (("mine\n",), ("new\n",))


def test_without_a_base_both_texts_conflict_where_they_differ():
    merge = merge_texts("a.txt", None, "same\nmine\n", "same\nnew\n")
    (hunk,) = merge.hunks
    assert (hunk.ours, hunk.theirs) == (("mine\n",), ("new\n",))


@pytest.mark.parametrize(
    ("ours", "merged"),
    [
        (BASE.replace("one", "1").replace("\n", "\r\n"), "1\r\ntwo\r\nthree\r\nfour\r\n5\r\n"),
        (BASE.replace("one", "1").rstrip("\n"), "1\ntwo\nthree\nfour\n5"),
        ("\ufeff" + BASE.replace("one", "1"), "\ufeff1\ntwo\nthree\nfour\n5\n"),
    ],
)
def test_line_ends_marks_and_a_missing_last_newline_stay(ours, merged):
    merge = merge_texts("a.txt", BASE, ours, BASE.replace("five", "5"))
    assert merge.is_clean
    assert merge.text() == merged


def test_json_is_merged_by_its_keys_where_lines_conflict():
    base = '{\n  "dependencies": {\n    "react": "1"\n  }\n}\n'
    ours = base.replace('"react": "1"', '"react": "1",\n    "zod": "3"')
    theirs = base.replace('"react": "1"', '"react": "2",\n    "vite": "6"')
    merge = merge_texts("package.json", base, ours, theirs)
    assert merge.is_clean
    assert merge.text() == (
        '{\n  "dependencies": {\n    "react": "2",\n    "zod": "3",\n    "vite": "6"\n  }\n}\n'
    )


def test_json_whose_same_key_changed_twice_conflicts():
    base = '{\n  "a": 1\n}\n'
    assert merge_texts("a.json", base, base.replace("1", "2"), base.replace("1", "3")).hunks


def test_requirements_are_merged_by_package():
    merge = merge_texts(
        "requirements.txt", "a==1\nb==1\n", "a==1\nb==1\nmine==1\n", "b==2\nnew==1\n"
    )
    assert merge.text() == "b==2\nmine==1\nnew==1\n"
    twice = merge_texts("requirements.txt", "a==1\nb==1\n", "b==1\na==1\n", "a==2\nb==1\n")
    assert twice.text().splitlines().count("a==1") + twice.text().splitlines().count("a==2") == 1


def test_python_imports_are_joined():
    base = "from m import A, B\n\nx = 1\n"
    ours, theirs = base.replace("A, B", "A, B, Mine"), base.replace("A, B", "A, Due")
    merge = merge_texts("a.py", base, ours, theirs)
    assert merge.text() == "from m import A, Due, Mine\n\nx = 1\n"


def test_names_within_the_brackets_of_an_import_are_joined_and_others_are_not():
    base = "from m import (\n    Alpha,\n    Omega,\n)\n\nf(\n    alpha,\n    omega,\n)\n"
    ours = base.replace("    Alpha,\n", "    Alpha,\n    Mine,\n")
    theirs = base.replace("    Alpha,\n", "    Alpha,\n    New,\n")
    assert (
        "    Alpha,\n    Mine,\n    New,\n    Omega,\n"
        in merge_texts("a.py", base, ours, theirs).text()
    )
    ours, theirs = base.replace("alpha,", "mine,"), base.replace("alpha,", "new,")
    assert merge_texts("a.py", base, ours, theirs).hunks


def test_script_imports_are_joined():
    base = 'import { A, B } from "./m";\n\nlet x;\n'
    ours, theirs = base.replace("A, B", "A, B, mine"), base.replace("A, B", "A, Due")
    merge = merge_texts("a.tsx", base, ours, theirs)
    assert merge.text() == 'import { A, Due, mine } from "./m";\n\nlet x;\n'


def test_texts_that_merge_into_what_cannot_be_read_are_not_clean():
    base = "x = [\n    1,\n    2,\n    3,\n    4,\n]\n"
    ours = "x = 1\n    2,\n    3,\n    4,\n]\n"
    assert merge_texts("a.py", base, ours, base.replace("4", "5")).is_clean, (
        "ours was broken before"
    )
    base = "def f():\n    if a:\n        b()\n    c()\n    d()\n"
    ours = base.replace("    if a:\n        b()\n", "    if a:\n        pass\n        b()\n")
    theirs = "def f():\n    b()\n    c()\n    d()\n"
    merge = merge_texts("a.py", base, ours, theirs)
    assert not merge.is_clean


LINES = st.lists(st.sampled_from(["a", "b", "c", "d", "{", "}", ""]), max_size=8).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@given(LINES, LINES, LINES)
def test_every_line_of_a_person_is_in_the_result_unless_it_was_generated(base, ours, theirs):
    merge = merge_texts("a.txt", base, ours, theirs)
    kept = merge.text().splitlines() + [line.rstrip() for h in merge.hunks for line in h.ours]
    for line in set(ours.splitlines()) - set(base.splitlines()):
        assert line in kept


@given(LINES, LINES)
def test_a_change_on_one_side_is_taken_whole(base, changed):
    assert merge_texts("a.txt", base, base, changed).text() == changed
    assert merge_texts("a.txt", base, changed, base).text() == changed
