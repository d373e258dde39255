"""Events: everything a browser or a stream is told about a project, in order."""

from __future__ import annotations

from django.db import models

from projects.db import DbNow
from projects.models.projects import Project


class EventKind(models.TextChoices):
    """What an event is about."""

    LOG = "log", "Log"
    STEP = "step", "Step"
    FILE = "file", "File"
    JOB = "job", "Job"
    PROJECT = "project", "Project"
    USAGE = "usage", "Usage"


class ProjectEvent(models.Model):
    """One thing that happened, numbered from 1 within its project in the order of commits."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    payload = models.JSONField()
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        db_table = "project_events"
        ordering = ("project", "seq")
        constraints = (
            models.UniqueConstraint(fields=("project", "seq"), name="project_events_seq_unique"),
            models.CheckConstraint(
                condition=models.Q(kind__in=EventKind.values), name="project_events_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"
