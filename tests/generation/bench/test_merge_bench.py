"""Fifty edits met by a new generation: no line is lost, nothing breaks; a loss would be seen."""

from __future__ import annotations

import json

import pytest

from generation.bench import __main__ as bench
from generation.bench import merge
from generation.bench.merge_specs import BEFORE, Change
from generation.engines.merging import Outcome, Verdict
from projects.spec.edit import put_entity
from projects.spec.request import TECH_STACKS

DJANGO = next(case for case in merge.CASES if case.stack.startswith("Django"))


def test_no_line_is_lost_and_nothing_breaks(capsys):
    assert bench.main(["merge", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["cases"], figures["lines_lost"], figures["broken"]) == (50, 0, 0)
    assert figures["clean"] + figures["conflicts"] == 50
    assert figures["conflicts"] == 10, "those edited at the same place"


@pytest.mark.parametrize("edit", ["same file", "same place", "renamed", "mixed"])
def test_every_edit_meets_a_changed_file(edit):
    case = next(c for c in merge.CASES if c.stack == DJANGO.stack and c.edit == edit)
    result = merge.carry_out(case)
    assert result.merged or result.conflicts
    assert bool(result.conflicts) == (edit == "same place")


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_what_was_written_into_files_of_a_renamed_entity_stays_as_a_conflict(stack):
    book = next(entity for entity in BEFORE.entities if entity.name == "Book")
    volume = book.model_copy(update={"name": "Volume", "plural": "Volumes"})
    change = Change("rename an entity", put_entity(BEFORE, volume, replacing="Book"))
    case = merge.Case(stack, change, "same place")
    result = merge.carry_out(case)
    assert merge.lines_lost(case, result) == []
    (gone,) = [path for path in result.conflicts if path not in merge._after(stack, change)]
    assert "book" in gone.lower()


def test_a_merge_that_forgets_a_person_is_found(monkeypatch):
    monkeypatch.setattr(merge, "decide", lambda *_a, theirs, **_k: Verdict(Outcome.TAKEN, theirs))
    assert all(merge.lines_lost(case, merge.carry_out(case)) for case in merge.BUILT)


def test_the_same_case_gives_the_same_bytes():
    case = merge.BUILT[-1]
    assert merge.carry_out(case) == merge.carry_out(case)


def test_ten_apps_are_written_to_be_built(tmp_path):
    written = merge.write_built(tmp_path)
    assert len(written) == 10
    assert all((app / "codegen.json").is_file() for app in written)
    assert len({case.change.name for case in merge.BUILT}) == 5
