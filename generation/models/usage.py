"""Usage: one row for each call to a provider of models, whatever came of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import models
from django.db.models import Aggregate, Count, Q, Sum

from generation.models.jobs import AgentJob
from generation.models.steps import GenerationStep
from projects.db import DbNow, DbUUID
from projects.models import Project, User


class ProviderName(models.TextChoices):
    """Who answers; `cursor` is a name of the seed's that nothing here calls."""

    BUILTIN = "builtin", "Built in"
    OLLAMA = "ollama", "Ollama"
    AINATIVE = "ainative", "AINative"
    OPENAI = "openai", "OpenAI"
    ANTHROPIC = "anthropic", "Anthropic"
    GEMINI = "gemini", "Gemini"
    CURSOR = "cursor", "Cursor"


SUMS: dict[str, Aggregate] = {
    "calls": Count("pk"),
    "failed": Count("pk", filter=Q(success=False)),
    "tokens": Sum("total_tokens", default=0),
    "cost": Sum("cost"),
}


@dataclass(frozen=True)
class Totals:
    """Sums over calls; `cost` in US dollars is None where no call has a known price."""

    calls: int = 0
    failed: int = 0
    tokens: int = 0
    cost: float | None = None


class UsageQuerySet(models.QuerySet["AIProviderUsage"]):
    """Named reads over calls."""

    def made_by(self, user: User) -> UsageQuerySet:
        """Return the calls that were made for `user`."""
        return self.filter(user=user)

    def totals(self) -> Totals:
        """Return the sums over these calls."""
        return Totals(**self.aggregate(**SUMS))


class AIProviderUsage(models.Model):
    """One call: who was asked, what it took. It outlives its project, not its user.

    `cost` in US dollars, null where no price is known; `error_message` is an error's code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="usage")
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, related_name="usage", db_index=False
    )
    job = models.ForeignKey(AgentJob, on_delete=models.SET_NULL, null=True, related_name="usage")
    step = models.ForeignKey(
        GenerationStep, on_delete=models.SET_NULL, null=True, related_name="usage"
    )
    provider = models.CharField(max_length=50, choices=ProviderName.choices)
    model = models.CharField(max_length=100)
    request_type = models.CharField(max_length=50, null=True)
    prompt_tokens = models.IntegerField(null=True)
    completion_tokens = models.IntegerField(null=True)
    total_tokens = models.IntegerField(null=True)
    cost = models.FloatField(null=True)
    latency_ms = models.IntegerField(null=True)
    success = models.BooleanField(default=True, db_default=True, null=True)
    error_message = models.TextField(null=True)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)

    objects = UsageQuerySet.as_manager()

    class Meta:
        db_table = "ai_provider_usage"
        verbose_name = "model call"
        ordering = ("-created_at", "id")
        indexes = (
            models.Index("provider", name="idx_usage_provider"),
            models.Index("project", name="idx_usage_project_id"),
            models.Index(models.F("created_at").desc(), name="idx_usage_created_at"),
            models.Index("user", models.F("created_at").desc(), name="ai_usage_user_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(provider__in=ProviderName.values), name="provider_check"
            ),
            models.CheckConstraint(
                condition=Q(prompt_tokens__gte=0)
                & Q(completion_tokens__gte=0)
                & Q(total_tokens__gte=0)
                & Q(cost__gte=0)
                & Q(latency_ms__gte=0),
                name="ai_provider_usage_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.provider} {self.model}"
