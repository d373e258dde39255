"""Jobs: one row for each run of an agent or of the whole pipeline."""

from __future__ import annotations

import uuid

from django.db import models

from projects.db import DbNow, DbUUID
from projects.models import Project, User


class AgentType(models.TextChoices):
    """What a job runs."""

    PIPELINE = "pipeline", "Whole generation"
    RESEARCH = "research", "Research"
    WIREFRAME = "wireframe", "Wireframe"
    CODE = "code", "Code"
    QA = "qa", "Quality"
    PEDAGOGY = "pedagogy", "Pedagogy"
    ROADMAP = "roadmap", "Roadmap"


class JobStatus(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    COMPLETED = "completed", "Completed"
    FAILED = "failed", "Failed"
    WAITING_FOR_INPUT = "waiting_for_input", "Waiting for you"
    CANCELLED = "cancelled", "Cancelled"
    PAUSED = "paused", "Paused"


ACTIVE = (
    JobStatus.QUEUED,
    JobStatus.RUNNING,
    JobStatus.WAITING_FOR_INPUT,
    JobStatus.PAUSED,
)


class AgentJob(models.Model):
    """One run; `progress` in percent. A database trigger keeps started_at and completed_at.

    `attempt`, `lease_expires_at` and `lost_workers` are of a run of one agent and of the planning
    of the whole pipeline, whose steps have their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="jobs")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="jobs")
    agent_type = models.TextField(choices=AgentType.choices)
    status = models.TextField(
        choices=JobStatus.choices, default=JobStatus.QUEUED, db_default=JobStatus.QUEUED
    )
    progress = models.FloatField(default=0.0, db_default=0.0)
    input_context = models.JSONField(null=True, blank=True)
    config = models.JSONField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    error = models.TextField(null=True, blank=True)
    attempt = models.IntegerField(default=0, db_default=0)
    lease_expires_at = models.DateTimeField(null=True, editable=False)
    lost_workers = models.IntegerField(default=0, db_default=0)
    celery_task_id = models.TextField(null=True, blank=True)
    primary_model = models.CharField(max_length=100, null=True, blank=True)
    agent_role = models.CharField(max_length=100, null=True, blank=True)
    strategy = models.CharField(max_length=50, default="balanced", db_default="balanced", null=True)
    temperature = models.FloatField(default=0.7, db_default=0.7, null=True)
    max_tokens = models.IntegerField(default=4000, db_default=4000, null=True)
    cost_estimate = models.FloatField(default=0.0, db_default=0.0, null=True)
    actual_cost = models.FloatField(default=0.0, db_default=0.0, null=True)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        db_table = "agent_jobs"
        ordering = ("-created_at", "id")
        indexes = (
            models.Index("project", models.F("created_at").desc(), name="agent_jobs_newest"),
            models.Index("status", condition=models.Q(status__in=ACTIVE), name="agent_jobs_active"),
            models.Index(models.F("created_at").desc(), name="agent_jobs_newest_of_all"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=JobStatus.values), name="agent_jobs_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(agent_type__in=AgentType.values),
                name="agent_jobs_agent_type_known",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=100),
                name="agent_jobs_progress_in_percent",
            ),
            models.UniqueConstraint(
                fields=("project",),
                condition=models.Q(agent_type="pipeline", status__in=ACTIVE),
                name="agent_jobs_one_active_pipeline",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_agent_type_display()} {self.status}"

    @property
    def is_active(self) -> bool:
        """Whether it may still change by itself."""
        return self.status in ACTIVE
