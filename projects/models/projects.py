"""Projects: one row for each app somebody asked for."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from projects.db import DbNow, DbUUID, EmptyJSON
from projects.models.users import User


class ProjectStatus(models.TextChoices):
    """Where a project stands."""

    DRAFT = "DRAFT", "Draft"
    IN_PROGRESS = "IN_PROGRESS", "In progress"
    SUCCESS = "SUCCESS", "Done"
    FAILED = "FAILED", "Failed"
    CANCELLED = "CANCELLED", "Cancelled"


TYPES = ("web-app", "mobile-app", "pwa", "api", "fullstack")
MODES = ("builder", "student")


class ProjectQuerySet(models.QuerySet["Project"]):
    """Named filters over projects."""

    def visible_to(self, user: User | AnonymousUser) -> ProjectQuerySet:
        """Return the projects `user` may open: their own, or all for staff; none deleted."""
        if not isinstance(user, User):
            return self.none()
        live = self.filter(deleted_at__isnull=True)
        return live if user.is_staff else live.filter(user=user)

    def recent(self) -> ProjectQuerySet:
        """Return the newest first, without the long documents that no list shows."""
        documents = ("requirements_spec", "architecture_spec")
        return self.defer(*documents).order_by("-created_at", "project_id")


def new_agent_id() -> str:
    """Return an unused agent name such as `agent-1f2e3d4c5b6a`."""
    return f"agent-{secrets.token_hex(6)}"


class Project(models.Model):
    """An app that was asked for, and where its making stands."""

    project_id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="projects"
    )
    project_name = models.TextField()
    slug = models.CharField(max_length=255, null=True, blank=True, editable=False)
    description = models.TextField(null=True, blank=True)
    features = models.JSONField()
    tech_stack = models.TextField()
    styling = models.TextField()
    agent_id = models.TextField(unique=True, default=new_agent_id, editable=False)
    initial_memory_id = models.TextField(null=True, blank=True, editable=False)
    final_memory_id = models.TextField(null=True, blank=True, editable=False)
    status = models.TextField(
        choices=ProjectStatus.choices,
        default=ProjectStatus.IN_PROGRESS,
        db_default=ProjectStatus.IN_PROGRESS,
    )
    download_url = models.TextField(null=True, blank=True, editable=False)

    type = models.CharField(max_length=50, default="web-app", db_default="web-app")
    mode = models.TextField(default="builder", db_default="builder")
    is_template = models.BooleanField(default=False, db_default=False)
    vision_statement = models.TextField(null=True, blank=True)
    target_feeling = models.CharField(max_length=100, null=True, blank=True)
    reference_apps = ArrayField(models.TextField(), null=True, blank=True)
    icon = models.CharField(max_length=50, null=True, blank=True)
    color = models.CharField(max_length=7, null=True, blank=True)
    settings = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    metadata = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    requirements_spec = models.JSONField(null=True, blank=True)
    architecture_spec = models.JSONField(null=True, blank=True)

    idempotency_key = models.CharField(max_length=200, null=True, blank=True, editable=False)
    event_seq = models.BigIntegerField(default=0, db_default=0, editable=False)
    last_opened_at = models.DateTimeField(db_default=DbNow(), null=True, editable=False)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    updated_at = models.DateTimeField(db_default=DbNow(), editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        db_table = "projects"
        ordering = ("-created_at", "project_id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index("user", models.F("created_at").desc(), name="projects_user_newest"),
            models.Index("status", name="idx_projects_status"),
            models.Index(models.F("created_at").desc(), name="idx_projects_created_at"),
        ]
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=ProjectStatus.values), name="projects_status_known"
            ),
            models.CheckConstraint(condition=models.Q(type__in=TYPES), name="valid_type"),
            models.CheckConstraint(condition=models.Q(mode__in=MODES), name="projects_mode_known"),
            models.UniqueConstraint(fields=("user", "slug"), name="projects_slug_unique_per_owner"),
            models.UniqueConstraint(
                fields=("user", "idempotency_key"), name="projects_request_stored_once"
            ),
        )

    def __str__(self) -> str:
        return self.project_name

    def get_absolute_url(self) -> str:
        """Return the address of the project's page."""
        return reverse("generation:project", args=[self.project_id])

    @cached_property
    def doing(self) -> str:
        """Return the status of its run while it is in progress, such as waiting_for_input."""
        if not self.is_running:
            return ""
        runs = self.jobs.filter(agent_type="pipeline").order_by("-created_at")
        return runs.values_list("status", flat=True).first() or ""

    @property
    def is_running(self) -> bool:
        """Whether work on it goes on."""
        return self.status == ProjectStatus.IN_PROGRESS
