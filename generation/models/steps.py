"""Steps: the tool invocations a job is made of."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models

from generation.models.jobs import AgentJob
from projects.db import DbNow, DbUUID
from projects.models import Project


class StepStatus(models.TextChoices):
    """Where a step stands."""

    PENDING = "PENDING", "Pending"
    RUNNING = "RUNNING", "Running"
    SUCCESS = "SUCCESS", "Done"
    FAILED = "FAILED", "Failed"
    SKIPPED = "SKIPPED", "Skipped"


class ToolName(models.TextChoices):
    """What a step calls."""

    CREATE = "codegen_create", "Create a file"
    REFACTOR = "codegen_refactor", "Edit a file"
    MEMORY = "memory_store", "Store a memory"


class EmptyIntArray(models.Func):
    """An empty array of integers."""

    template = "'{}'::integer[]"


class GenerationStep(models.Model):
    """One tool invocation; `depends_on` holds sequence numbers of steps of the same job."""

    step_id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False
    )
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="steps")
    job = models.ForeignKey(AgentJob, on_delete=models.CASCADE, null=True, related_name="steps")
    sequence_order = models.IntegerField()
    tool_name = models.TextField()
    input_payload = models.JSONField(null=True)
    output_payload = models.JSONField(null=True)
    status = models.TextField(
        choices=StepStatus.choices, default=StepStatus.PENDING, db_default=StepStatus.PENDING
    )
    depends_on = ArrayField(
        models.IntegerField(),
        default=list,
        db_default=EmptyIntArray(output_field=ArrayField(models.IntegerField())),
    )
    attempt = models.IntegerField(default=0, db_default=0)
    lease_expires_at = models.DateTimeField(null=True)
    lost_workers = models.IntegerField(default=0, db_default=0)
    engine = models.CharField(max_length=50, null=True)
    error = models.TextField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    updated_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        db_table = "generation_steps"
        ordering = ("project", "sequence_order")
        indexes = (
            models.Index(
                "lease_expires_at",
                condition=models.Q(status="RUNNING"),
                name="generation_steps_leases",
            ),
            models.Index(models.F("created_at").desc(), name="generation_steps_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=StepStatus.values),
                name="generation_steps_status_known",
            ),
            models.UniqueConstraint(
                fields=("job", "sequence_order"), name="generation_steps_order_unique_in_job"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sequence_order}. {self.tool_name} {self.file_path}".rstrip()

    @property
    def job_or_fail(self) -> AgentJob:
        """Return its job; only rows written by hand have none, and those are never carried out."""
        if self.job is None:
            raise ValueError(f"step {self.step_id} belongs to no job")
        return self.job

    @property
    def file_path(self) -> str:
        """The file it writes, or an empty string."""
        return str((self.input_payload or {}).get("file_path", ""))

    @property
    def duration(self) -> timedelta | None:
        """How long its last attempt took, once it has ended."""
        if self.started_at is None or self.finished_at is None:
            return None
        return self.finished_at - self.started_at
