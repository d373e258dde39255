"""React + FastAPI + PostgreSQL: a typed API behind a typed single-page app."""

from __future__ import annotations

from typing import cast

from generation.engines.builtin.stack import History, Part, Stack
from generation.engines.builtin.stacks.react_fastapi import (
    backend,
    changes,
    frontend,
    root,
)
from generation.engines.builtin.stacks.react_fastapi.content import notes_of

STACK = Stack(
    name="React + FastAPI + PostgreSQL",
    slug="react-fastapi",
    parts=(cast("Part", backend), cast("Part", frontend), cast("Part", root)),
    notes=notes_of,
    history=cast("History", changes),
    capabilities=root.CAPABILITIES,
)
