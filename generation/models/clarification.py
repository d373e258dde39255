"""Clarification: the questions that a job asks before it plans, and the answers to them."""

from __future__ import annotations

import uuid

from django.db import models

from generation.models.jobs import AgentJob
from projects.db import DbNow, DbUUID, EmptyJSON
from projects.models import Project


class ClarificationDepth(models.TextChoices):
    """How much a person wants to be asked."""

    MINIMAL = "minimal", "At most 3 questions"
    STANDARD = "standard", "At most 7 questions"
    FULL = "full", "At most 15 questions"


class ClarificationSession(models.Model):
    """The questions of a job, in order, and what was answered by the questions' ids.

    `questions` hold more than a person is asked: what each option changes. What has no answer when
    the session is completed keeps its default.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="clarifications", db_index=False
    )
    job = models.ForeignKey(AgentJob, on_delete=models.CASCADE, related_name="clarifications")
    project_idea = models.TextField()
    depth = models.CharField(max_length=20, choices=ClarificationDepth.choices)
    questions = models.JSONField()
    answers = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    current_question = models.IntegerField(default=0, db_default=0)
    total_questions = models.IntegerField()
    is_completed = models.BooleanField(default=False, db_default=False)
    ai_provider = models.CharField(max_length=50, null=True, blank=True)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    updated_at = models.DateTimeField(db_default=DbNow(), editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "clarification_sessions"
        ordering = ("-created_at", "id")
        indexes = (
            models.Index("project", name="idx_sessions_project_id"),
            models.Index(models.F("created_at").desc(), name="idx_sessions_created_at"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(depth__in=ClarificationDepth.values), name="depth_check"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    current_question__gte=0, current_question__lte=models.F("total_questions")
                ),
                name="sessions_current_question_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(is_completed=models.Q(completed_at__isnull=False)),
                name="sessions_completed_with_a_time",
            ),
            models.UniqueConstraint(
                fields=("job",),
                condition=models.Q(is_completed=False),
                name="sessions_one_open_per_job",
            ),
        )

    def __str__(self) -> str:
        return f"{self.total_questions} questions about {self.project}"
