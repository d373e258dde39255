"""Addresses of jobs, and seed 004's examples."""

from __future__ import annotations

import pytest

from generation.models import AgentJob
from projects.models import Project
from tests.generation.api.conftest import failed, running

__all__ = ["failed", "running"]


@pytest.fixture
def job_of():
    """The newest job of a project."""

    def find(project: Project) -> AgentJob:
        return AgentJob.objects.filter(project=project).latest("created_at")

    return find


@pytest.fixture
def at(job_of):
    """Build the address of a project's newest job."""

    def build(project: Project, rest: str = "") -> str:
        return f"/v1/jobs/{job_of(project).pk}{rest}"

    return build
