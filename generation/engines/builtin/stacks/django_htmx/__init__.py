"""Django + HTMX + PostgreSQL: one process that renders pages and answers an API."""

from __future__ import annotations

from typing import cast

from generation.engines.builtin.stack import History, Part, Stack
from generation.engines.builtin.stacks.django_htmx import changes, pages, project, root
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from projects.spec.models import AppSpec


def _notes(spec: AppSpec) -> tuple[str, ...]:
    return names_of(spec).notes


STACK = Stack(
    name=root.STACK,
    slug="django-htmx",
    parts=(cast("Part", project), cast("Part", pages), cast("Part", root)),
    notes=_notes,
    history=cast("History", changes),
    capabilities=root.CAPABILITIES,
)
