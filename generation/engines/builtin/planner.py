"""From drafts to a numbered plan: every step after the ones it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generation.engines.base import EngineRejected, Plan, PlannedStep, Version
from generation.engines.builtin.drafts import Draft
from generation.engines.builtin.stack import Stack
from projects.spec.models import AppSpec


def make_plan(spec: AppSpec, stack: Stack, styling: str, previous: Version | None = None) -> Plan:
    """Plan all parts of a stack, and last the memory that depends on every leaf.

    Over a `previous` version the migrations it has are kept, and in place of those that would
    make the whole database there are the stack's migrations for the difference.
    """
    drafts = [draft for part in stack.parts for draft in part.plan_files(spec, styling)]
    kept: tuple[str, ...] = ()
    if previous is not None:
        kept = tuple(sorted(path for path in previous.files if stack.history.is_migration(path)))
        drafts = _without(drafts, stack.history.is_migration)
        drafts += stack.history.plan_changes(previous, spec)
    ordered = _in_order(_chained(drafts))
    numbers = {draft.key: number for number, draft in enumerate(ordered, start=1)}
    steps = [
        PlannedStep(d.tool, d.input, tuple(sorted({numbers[key] for key in d.needs})))
        for d in ordered
    ]
    needed = {number for step in steps for number in step.depends_on}
    leaves = tuple(n for n in range(1, len(steps) + 1) if n not in needed)
    memory = {
        "content": f"Generated {spec.name}.",
        "metadata": {"step": "generation_complete", "project": spec.name},
    }
    steps.append(PlannedStep("memory_store", memory, leaves))
    return Plan(tuple(steps), tuple(stack.notes(spec)), kept)


def _without(drafts: list[Draft], leave_out: Callable[[str], bool]) -> list[Draft]:
    """Return the drafts but those for some paths, which none waits for then."""
    gone = {draft.key for draft in drafts if leave_out(str(draft.input["file_path"]))}
    return [
        replace(draft, needs=tuple(key for key in draft.needs if key not in gone))
        for draft in drafts
        if draft.key not in gone
    ]


def _chained(drafts: list[Draft]) -> list[Draft]:
    """Let each step on a file wait for the step on it before."""
    latest: dict[str, str] = {}
    chained = []
    for draft in drafts:
        path = str(draft.input["file_path"])
        before = (latest[path],) if path in latest else ()
        chained.append(replace(draft, needs=(*draft.needs, *before)))
        latest[path] = draft.key
    return chained


def _in_order(drafts: list[Draft]) -> list[Draft]:
    """Sort drafts so that each comes after its needs; otherwise their order is kept."""
    keys = [draft.key for draft in drafts]
    if len(set(keys)) != len(keys):
        raise EngineRejected("Two steps of the plan have the same key.")
    known, placed, ordered = set(keys), set[str](), list[Draft]()
    waiting = drafts
    while waiting:
        later = []
        for draft in waiting:
            unknown = set(draft.needs) - known
            if unknown:
                raise EngineRejected(f"The step {draft.key} needs unknown steps: {unknown}.")
            if placed.issuperset(draft.needs):
                ordered.append(draft)
                placed.add(draft.key)
            else:
                later.append(draft)
        if len(later) == len(waiting):
            raise EngineRejected(f"The steps {[d.key for d in later]} wait for each other.")
        waiting = later
    return ordered
