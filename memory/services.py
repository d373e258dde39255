"""Remembering what was asked and what was made, and recalling it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from memory.models import MemoryRecord
from memory.stores import get_memory_store
from projects.models import Project, User


def remember(
    *, project: Project, content: str, step: str, extra: Mapping[str, Any] | None = None
) -> MemoryRecord:
    """Keep `content` in the memory store and record the `memory_id` it gave.

    `step` says when in a project's life this is (`spec_submitted`, `generation_complete`).
    """
    metadata = {"step": step, **(extra or {}), "timestamp": timezone.now().isoformat()}
    memory_id = get_memory_store().store(
        agent_id=project.agent_id, content=content, metadata=metadata
    )
    return MemoryRecord.objects.create(
        project=project, memory_id=memory_id, content=content, metadata=metadata
    )


def recall_spec(user: User) -> dict[str, Any] | None:
    """Return the spec that `user` submitted last, or None when there is none."""
    record = MemoryRecord.objects.specs_of(user).first()
    if record is None:
        return None
    spec: dict[str, Any] = json.loads(record.content)
    return spec
