"""What every view of the API stands on: who asks, and which project of theirs is meant."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from generation.models import AgentJob, AgentType
from projects.models import Project, User


def person(request: Request) -> User:
    """Return who asks."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def projects_of(user: User) -> QuerySet[Project]:
    """Return the projects `user` may see, each with its newest run's `progress`."""
    runs = AgentJob.objects.filter(project=OuterRef("pk"), agent_type=AgentType.PIPELINE)
    newest = runs.order_by("-created_at", "-id")
    return (
        Project.objects.visible_to(user)
        .recent()
        .annotate(progress=Subquery(newest.values("progress")[:1]))
    )


def project_of(request: Request, project_id: UUID) -> Project:
    """Return one project of the person's; whatever is not theirs is not there (404)."""
    return get_object_or_404(projects_of(person(request)), pk=project_id)
