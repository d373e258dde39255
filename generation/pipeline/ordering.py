"""What the graph of a plan's steps allows: what goes with a step, and what may stand where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from generation.engines.llm.steps import PLANNED_BY
from generation.models import ToolName


@dataclass(frozen=True)
class PlanStep:
    """A step by its number, and the numbers of the steps that it comes after."""

    number: int
    tool: str
    path: str
    depends_on: tuple[int, ...]
    input: Mapping[str, Any]

    def needs(self, other: PlanStep) -> bool:
        """Tell whether it makes no sense without a step that it comes after.

        An edit needs what makes its file, whatever comes between. The summary needs nothing, and
        a model's step nothing else: they only come after the others.
        """
        if other.path == self.path:
            return self.tool == ToolName.REFACTOR and other.tool == ToolName.CREATE
        related = other.number in self.depends_on and self.tool != ToolName.MEMORY
        return related and PLANNED_BY not in self.input


def without(steps: Sequence[PlanStep], off: Set[int]) -> set[int]:
    """Return the numbers of all that makes no sense without the steps that are off."""
    gone = [step for step in steps if step.number in off]
    for step in sorted(steps, key=lambda one: one.number):
        if step.number not in off and any(step.needs(other) for other in gone):
            gone.append(step)
    return {step.number for step in gone}


def wrong_place(steps: Sequence[PlanStep]) -> PlanStep | None:
    """Return the first step that stands before one that it comes after."""
    seen: set[int] = set()
    for step in steps:
        if not seen.issuperset(step.depends_on):
            return step
        seen.add(step.number)
    return None
