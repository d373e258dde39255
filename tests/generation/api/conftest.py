"""Projects in other states than the two that all tests share."""

from __future__ import annotations

import pytest

from generation.models import AgentJob, GenerationStep, JobStatus, StepStatus
from generation.services import submit_project
from projects.models import Project, ProjectStatus
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES


@pytest.fixture
def running(owner) -> Project:
    """A project of the owner's whose job is queued."""
    return submit_project(owner=owner, request=load_request(QUICKNOTES))


@pytest.fixture
def failed(running) -> Project:
    """A project of the owner's with a step done, one failed and one skipped because of it."""
    job = AgentJob.objects.get(project=running)
    states = (StepStatus.SUCCESS, StepStatus.FAILED, StepStatus.SKIPPED)
    for number, status in enumerate(states, start=1):
        GenerationStep.objects.create(
            project=running,
            job=job,
            sequence_order=number,
            tool_name="codegen_create",
            input_payload={"file_path": f"file{number}.py"},
            status=status,
            error="The engine answered with nonsense." if status == StepStatus.FAILED else None,
            depends_on=[number - 1] if number > 1 else [],
        )
    AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.FAILED, error="Step 2 failed.")
    Project.objects.filter(pk=running.pk).update(status=ProjectStatus.FAILED)
    running.refresh_from_db()
    return running


@pytest.fixture
def address(request):
    """Build the address of something in a project."""

    def build(project: Project, rest: str = "") -> str:
        return f"/api/projects/{project.project_id}/{rest}"

    return build
