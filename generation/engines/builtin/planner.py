"""Drafts to a plan: numbers, dependencies, and the memory at the end."""

from __future__ import annotations

from collections.abc import Sequence

from generation.engines.base import EngineRejected, Plan, PlannedStep
from generation.engines.builtin.drafts import Draft


def number(drafts: Sequence[Draft], *, app_name: str, notes: Sequence[str] = ()) -> Plan:
    """Return the plan of `drafts`, in their order, closed by a `memory_store` step.

    Drafts that write the same file are chained, so that edits happen in the order of the plan.
    Raises `EngineRejected` when a draft needs one that does not come before it.
    """
    numbers: dict[str, int] = {}
    last_writer: dict[str, int] = {}
    steps: list[PlannedStep] = []
    for position, draft in enumerate(drafts, start=1):
        needed = {_number_of(key, numbers, draft) for key in draft.needs}
        path = draft.input["file_path"]
        if path in last_writer:
            needed.add(last_writer[path])
        steps.append(PlannedStep(draft.tool, draft.input, tuple(sorted(needed))))
        numbers[draft.key] = last_writer[path] = position
    needed_by_others = {n for step in steps for n in step.depends_on}
    leaves = tuple(n for n in range(1, len(steps) + 1) if n not in needed_by_others)
    metadata = {"step": "generation_complete", "project": app_name}
    memory = {"content": f"What was generated for {app_name}.", "metadata": metadata}
    steps.append(PlannedStep("memory_store", memory, leaves))
    return Plan(tuple(steps), tuple(notes))


def _number_of(key: str, numbers: dict[str, int], draft: Draft) -> int:
    if key not in numbers:
        raise EngineRejected(f"{draft.key} needs {key}, which does not come before it")
    return numbers[key]
