"""What the templates of breakdowns are filled with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generation.engines.builtin.pyfit import import_line
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.columns import Column, columns_of
from generation.engines.builtin.stacks.django_htmx.fit import (
    Node,
    assigned,
    called,
    lay_out,
    tuple_of,
)
from generation.engines.builtin.stacks.django_htmx.links import Link, links_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.shared.breakdowns import Breakdown, broken_down
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.trials import breakdowns_facts
from projects.spec.models import AppSpec

Breakdowns = Sequence[Breakdown[Column, Link]]


def breakdowns_context(spec: AppSpec) -> dict[str, Any]:
    """Return what the modules of all breakdowns need, and how they are tried."""
    names = names_of(spec)
    found = [
        breakdown
        for entity in names.entities
        for breakdown in broken_down(spec, entity, columns_of(entity), links_of(entity, names))
    ]
    facts = breakdowns_facts(found, names)
    numbers = ["Count", *sorted({_function(b) for b in found if b.total is not None})]
    needed = {"DateField": facts["periods"], "TextChoices": facts["choices"]}
    others = [name for name, is_needed in needed.items() if is_needed]
    made = {one.entity.class_name for one in found if one.by is None}
    return {
        **facts,
        "number_types": " | ".join(numbers),
        "made_import": import_line("core.models", made),
        "models_import": import_line("django.db.models", [*numbers, *others, "QuerySet"]),
    }


def breakdown_imports(entity: EntityNames, breakdowns: Breakdowns) -> dict[str, str]:
    """Return the imports of an entity's pages that have breakdowns."""
    models = {entity.class_name}
    models |= {b.link.target.class_name for b in breakdowns if b.link is not None}
    choices = {b.choice.enum_class for b in breakdowns if b.choice is not None}
    counts = {_function(b) for b in breakdowns if b.total is not None}
    return {
        "counts": import_line("django.db.models", counts),
        "groups": import_line("core.groups", {_kind(b) for b in breakdowns}),
        "models": import_line("core.models", models),
        "choices": import_line(f"core.models.{entity.module}", choices),
    }


def breakdowns_line(breakdowns: Breakdowns) -> str:
    """Return the attribute of an entity's pages that says them."""
    lines = tuple_of([_line(breakdown) for breakdown in breakdowns])
    return lay_out(assigned("breakdowns", lines), indent=4)


def _kind(breakdown: Breakdown[Column, Link]) -> str:
    if breakdown.period is not None:
        return breakdown.period.class_name
    return "ByLink" if breakdown.link else "ByChoice"


def _function(breakdown: Breakdown[Column, Link]) -> str:
    return "Avg" if breakdown.is_average else "Sum"


def _line(breakdown: Breakdown[Column, Link]) -> Node:
    by = breakdown.link.name if breakdown.link is not None else breakdown.column
    items = [py_str(breakdown.title), py_str(by)]
    if breakdown.total is not None:
        items.append(f"{_function(breakdown)}({py_str(breakdown.total.column.name)})")
        items += [f"places={breakdown.total.places}"] if breakdown.total.places else []
    if breakdown.link is not None:
        items.append(f"target={breakdown.link.target.class_name}")
    if breakdown.choice is not None:
        items.append(f"kind={breakdown.choice.enum_class}")
    return called(_kind(breakdown), items)
