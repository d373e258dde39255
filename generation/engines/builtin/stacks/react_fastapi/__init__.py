"""React + FastAPI + PostgreSQL: a typed API behind a typed single-page app."""

from __future__ import annotations

from typing import cast

from generation.engines.builtin.stack import History, Part, Stack
from generation.engines.builtin.stacks.react_fastapi import (
    backend,
    changes,
    frontend,
    naming,
    root,
)
from projects.spec.models import AppSpec


def _notes(spec: AppSpec) -> tuple[str, ...]:
    return naming.names_of(spec).notes


STACK = Stack(
    name="React + FastAPI + PostgreSQL",
    slug="react-fastapi",
    parts=(cast("Part", backend), cast("Part", frontend), cast("Part", root)),
    notes=_notes,
    history=cast("History", changes),
    capabilities=root.CAPABILITIES,
)
