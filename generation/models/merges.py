"""Merges: what a job generated for files that a person had changed, and what became of it."""

from __future__ import annotations

import uuid

from django.db import models

from generation.models.jobs import AgentJob
from projects.db import DbNow, DbUUID
from projects.models import Project, ProjectEdit


class MergeKind(models.TextChoices):
    """What there is to merge."""

    CONTENT = "content", "Changed on both sides"
    REMOVED = "removed", "No longer generated"
    BLOCKED = "blocked", "Another file is in the way"


class MergeState(models.TextChoices):
    """How far a merge is; only a conflict waits for somebody."""

    HELD = "held", "Held until the job's end"
    TAKEN = "taken", "Taken as it was generated"
    MERGED = "merged", "Merged"
    LEFT_DELETED = "left_deleted", "Left deleted"
    CONFLICT = "conflict", "In conflict"
    SETTLED = "settled", "Settled"
    SUPERSEDED = "superseded", "Superseded by a newer job"


class FileMerge(models.Model):
    """A file that a job generated anew and that a person had changed since it was made before.

    `path` is what the engine calls it; `place` is where the person has it. `base` is what was
    generated before, null when that was nothing; `theirs` is what the job made, null when it makes
    the file no longer. `version` is that of `place` which the merge made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="merges")
    job = models.ForeignKey(AgentJob, on_delete=models.CASCADE, related_name="merges")
    path = models.TextField()
    place = models.TextField()
    kind = models.CharField(
        max_length=10, choices=MergeKind.choices, default=MergeKind.CONTENT, db_default="content"
    )
    state = models.CharField(max_length=12, choices=MergeState.choices)
    base = models.TextField(null=True)
    theirs = models.TextField(null=True)
    version = models.IntegerField(null=True)
    edit = models.ForeignKey(ProjectEdit, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    updated_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        db_table = "file_merges"
        ordering = ("project", "path", "-created_at")
        constraints = (
            models.UniqueConstraint(fields=("job", "path"), name="file_merges_one_per_job"),
            models.UniqueConstraint(
                fields=("project", "path"),
                condition=models.Q(state="conflict"),
                name="file_merges_one_open_conflict",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MergeState.values), name="file_merges_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=MergeKind.values), name="file_merges_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="removed") ^ models.Q(theirs__isnull=False),
                name="file_merges_removed_without_text",
            ),
        )

    def __str__(self) -> str:
        return f"{self.path} ({self.state})"
