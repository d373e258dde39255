"""Remembering what was asked and what was made, and recalling it."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from memory.models import MemoryRecord
from memory.stores import LocalMemoryStore
from projects.models import Project, User

Metadata = dict[str, Any]


def metadata_of(step: str, **more: Any) -> Metadata:
    """Return what goes with a memory of now.

    `step` says when in a project's life this is (`spec_submitted`, `generation_complete`).
    """
    return {"step": step, **more, "timestamp": timezone.now().isoformat()}


def remember(
    *, project: Project, content: str, metadata: Metadata, memory_id: str | None = None
) -> MemoryRecord:
    """Record a memory under the `memory_id` that a store gave it; without one it is kept here."""
    if memory_id is None:
        memory_id = LocalMemoryStore().store(
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
