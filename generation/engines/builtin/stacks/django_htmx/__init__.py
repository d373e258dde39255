"""Django + HTMX + PostgreSQL: one process that renders pages and answers an API."""

from __future__ import annotations

from typing import cast

from generation.engines.builtin.stack import History, Part, Stack
from generation.engines.builtin.stacks.django_htmx import changes, pages, project, root
from generation.engines.builtin.stacks.django_htmx.content import notes_of

STACK = Stack(
    name=root.STACK,
    slug="django-htmx",
    parts=(cast("Part", project), cast("Part", pages), cast("Part", root)),
    notes=notes_of,
    history=cast("History", changes),
    capabilities=root.CAPABILITIES,
)
