"""Memory records: what was asked and what was made, as a memory store holds it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models

from projects.db import DbNow, DbUUID
from projects.models import Project, User

if TYPE_CHECKING:
    from django.db.models.query import QuerySet

SPEC_SUBMITTED = "spec_submitted"
GENERATION_COMPLETE = "generation_complete"


class MemoryRecordQuerySet(models.QuerySet["MemoryRecord"]):
    """Named filters over memory records."""

    def specs_of(self, user: User) -> QuerySet[MemoryRecord]:
        """Return the specs that `user` submitted, the newest first."""
        return self.filter(
            project__user=user, project__deleted_at__isnull=True, metadata__step=SPEC_SUBMITTED
        ).order_by("-created_at")


class MemoryRecord(models.Model):
    """One memory; `memory_id` is the store's own name for it."""

    memory_record_id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False
    )
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memory_records")
    memory_id = models.TextField()
    content = models.TextField()
    metadata = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)

    objects = MemoryRecordQuerySet.as_manager()

    class Meta:
        db_table = "memory_records"
        ordering = ("-created_at",)
        indexes = (models.Index(models.F("created_at").desc(), name="memory_records_newest"),)

    def __str__(self) -> str:
        return self.memory_id
