"""Generating again over edited files: what merges, what conflicts, and whether a line is lost."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from generation.bench.machine import table
from generation.bench.merge_edits import EDITS, Work
from generation.bench.merge_specs import BEFORE, CHANGES, PLAIN, Change
from generation.engines.base import StepContext, Version
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import carry_out_plan, write_app
from generation.engines.checks import check_file, is_checked
from generation.engines.merging import Outcome, decide
from projects.spec.models import AppSpec
from projects.spec.request import TECH_STACKS


@dataclass(frozen=True)
class Case:
    """A change of the design of an app of a stack, over an edit of its files."""

    stack: str
    change: Change
    edit: str

    @property
    def name(self) -> str:
        """The case in words."""
        return f"{self.stack.split()[0]}: {self.change.name}, edited {self.edit}"


@dataclass
class Result:
    """The app after a case; `conflicts` hold the lines of the person that each shows."""

    files: dict[str, str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    conflicts: dict[str, list[str]] = field(default_factory=dict)


CASES = tuple(
    Case(stack, change, edit) for stack in TECH_STACKS for change in CHANGES for edit in EDITS
)
# Merged without a conflict, of every kind of change in both stacks: what a machine can build.
BUILT = tuple(case for case in CASES if case.edit == "same file")


@cache
def _first(stack: str) -> dict[str, str]:
    return _made(stack, BEFORE, PLAIN, None)


@cache
def _after(stack: str, change: Change) -> dict[str, str]:
    """Return what is generated after a change, over a version that nobody has edited."""
    previous = Version(BEFORE, _first(stack))
    return _made(stack, change.spec, change.styling, previous)


def _made(stack: str, spec: AppSpec, styling: str, previous: Version | None) -> dict[str, str]:
    engine = BuiltinEngine()
    plan = engine.plan(spec, stack=stack, styling=styling, previous=previous)
    files = carry_out_plan(engine, plan, StepContext(spec, stack, styling))
    return files | ({path: previous.files[path] for path in plan.kept} if previous else {})


def edited(case: Case) -> Work:
    """Return the app as the person has it before it is generated again."""
    work = Work(dict(_first(case.stack)))
    EDITS[case.edit](work, _after(case.stack, case.change))
    return work


def carry_out(case: Case) -> Result:
    """Generate again over the edited app, as a job does it."""
    before, theirs, work = _first(case.stack), _after(case.stack, case.change), edited(case)
    result = Result()
    places = {path: work.moved.get(path, path) for path in {**before, **theirs}}
    own = set(work.files) - set(places.values())
    result.files = {path: work.files[path] for path in sorted(own)}
    for path, place in sorted(places.items()):
        ours = work.files.get(place)
        if path in theirs and path not in work.deleted:
            _merge(result, path, place, before.get(path), ours, theirs[path])
        elif path not in theirs and ours is not None and ours != before.get(path):
            result.files[place] = ours
            result.conflicts[place] = ours.splitlines()
    return result


def _merge(
    result: Result, path: str, place: str, base: str | None, ours: str | None, theirs: str
) -> None:
    verdict = decide(path, base=base, ours=ours, theirs=theirs)
    result.files[place] = verdict.text
    if verdict.outcome is Outcome.MERGED:
        result.merged.append(place)
    if verdict.outcome is Outcome.CONFLICT and verdict.merge is not None:
        shown = [line for hunk in verdict.merge.hunks for line in hunk.ours]
        result.conflicts[place] = [line.rstrip("\r\n") for line in shown]


def lines_lost(case: Case, result: Result) -> list[str]:
    """Return the lines of the person that are neither in the files nor in a conflict."""
    before, work = _first(case.stack), edited(case)
    origin = {place: path for path, place in work.moved.items()}
    return [
        f"{place}: {line}"
        for place, text in sorted(work.files.items())
        for line in _own(text, before.get(origin.get(place, place), ""))
        if line not in _own(result.files.get(place, ""), "")
        and line not in result.conflicts.get(place, [])
    ]


def _own(text: str, base: str) -> set[str]:
    """Return the lines of a text that another has not; a comma at the end is JSON's, not theirs."""
    old = {line.rstrip("\r,") for line in base.split("\n")}
    return {line.rstrip("\r,") for line in text.split("\n")} - old


def faults_of(case: Case, result: Result) -> Iterator[str]:
    """Yield what the cheap checks find in merged files that they do not find in generated ones."""
    theirs = _after(case.stack, case.change)
    for path in [*result.merged, *result.conflicts]:
        if not is_checked(path):
            continue
        old = {f.message for f in check_file(path, theirs.get(path, " "), theirs)}
        for fault in check_file(path, result.files[path], result.files):
            if fault.message not in old:
                yield f"{path}: {fault.message}"


def measure() -> tuple[dict[str, int], list[tuple[str, ...]], list[str]]:
    """Return the figures, a row for each kind of change and of edit, and what is wrong."""
    totals = dict.fromkeys(("cases", "clean", "conflicts", "lines_lost", "broken"), 0)
    kinds = {name: [0] * len(totals) for name in (*(c.name for c in CHANGES), *EDITS)}
    wrong: list[str] = []
    for case in CASES:
        result = carry_out(case)
        lost = lines_lost(case, result)
        faults = [] if result.conflicts else list(faults_of(case, result))
        found = (1, not result.conflicts, bool(result.conflicts), len(lost), bool(faults))
        for place, (key, count) in enumerate(zip(totals, found, strict=True)):
            totals[key] += int(count)
            kinds[case.change.name][place] += int(count)
            kinds[case.edit][place] += int(count)
        wrong += [f"{case.name}: {words}" for words in (*lost, *faults)]
    rows = [(name, *map(str, row)) for name, row in kinds.items()]
    return totals, rows, wrong


def write_built(folder: Path) -> list[Path]:
    """Write the apps that are meant to be built, each into a folder of its own."""
    written = []
    for number, case in enumerate(BUILT, start=1):
        target = folder / f"{number:02d}"
        write_app(carry_out(case).files, target)
        written.append(target)
    return written


def main(arguments: list[str]) -> int:
    """Run the cases; 0 when no line is lost and nothing is broken, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="codegen bench merge", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", type=Path, help="write the ten apps to build below this folder")
    options = parser.parse_args(arguments)
    totals, rows, wrong = measure()
    if options.json:
        sys.stdout.write(json.dumps(totals) + "\n")
    else:
        sums = ("all", *map(str, totals.values()))
        sys.stdout.write(table(("change or edit", *totals), [*rows, sums]) + "\n")
        sys.stdout.writelines(f"Wrong: {words}\n" for words in wrong)
    if options.write:
        sys.stdout.writelines(f"{path}\n" for path in write_built(options.write))
    return 1 if wrong else 0
