"""What the backend's templates of breakdowns are filled with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generation.engines.builtin.pyfit import call, import_line
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.react_fastapi.columns import Column, columns_of
from generation.engines.builtin.stacks.react_fastapi.links import Link, links_of
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.shared.breakdowns import Breakdown, broken_down
from generation.engines.builtin.stacks.shared.trials import breakdowns_facts
from projects.spec.models import AppSpec


def breakdowns_of(spec: AppSpec) -> list[Breakdown[Column, Link]]:
    """Return what the dashboard says of rows group by group."""
    names = names_of(spec)
    return [
        breakdown
        for entity in names.entities
        for breakdown in broken_down(spec, entity, columns_of(entity), links_of(entity, names))
    ]


def choices_in(breakdowns: Sequence[Breakdown[Column, Link]]) -> list[Column]:
    """Return the choices that group rows."""
    return list(dict.fromkeys(b.choice for b in breakdowns if b.choice is not None))


def breakdowns_context(spec: AppSpec) -> dict[str, Any]:
    """Return the lines that define breakdowns, what they need, and how they are tried."""
    breakdowns = breakdowns_of(spec)
    made = {one.entity.module: one.entity.class_name for one in breakdowns if one.by is None}
    return {
        **breakdowns_facts(breakdowns, names_of(spec)),
        "lines": [_line(breakdown) for breakdown in breakdowns],
        "made_imports": [import_line(f"app.models.{m}", [made[m]]) for m in sorted(made)],
        # Whether the tests add numbers up: those of all groups, or of what others see.
        "sums": any(b.link is None or b.entity.owned for b in breakdowns),
    }


def _line(breakdown: Breakdown[Column, Link]) -> str:
    kind, more = "", []
    if breakdown.period is not None:
        kind = breakdown.period.class_name
    elif breakdown.link is not None:
        kind, more = "ByLink", [f"target={breakdown.link.target.class_name}"]
    elif breakdown.choice is not None:
        kind, more = "ByChoice", [f"kind={breakdown.choice.enum_class}"]
    if breakdown.total is not None:
        function = "sum" if breakdown.total.is_sum else "avg"
        column = py_str(breakdown.total.column.name)
        more.append(f'number=groups.Number("{function}", {column}, {breakdown.total.places})')
    arguments = [
        f"title={py_str(breakdown.title)}",
        f"model={breakdown.entity.class_name}",
        f"by={py_str(breakdown.column)}",
    ]
    return call(f"groups.{kind}", [*arguments, *more], ",", indent=4)
