"""A project with many files, steps and log lines, for the bench of the pages."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test import Client

from generation.events import event_batch
from generation.models import AgentJob, GenerationStep, JobStatus, Log, StepStatus
from generation.services import submit_project
from projects.files import Author, NewText, put_files
from projects.identity import acting_as
from projects.models import Project, ProjectStatus, User
from projects.models.files import AuthorKind
from projects.spec.request import load_request

TEXT = 'def thing_{0}(a: int) -> int:\n    """Return it."""\n    return a + {0}\n\n\n'
FOLDERS = 20
NEEDLES = 50  # every so many files hold the word that is sought
WORDS = {"project_name": "Large", "description": "Keep notes.", "features": ["Notes"]}


def make_workspace(files: int, lines: int) -> dict[str, Any]:
    """Make a done project; return its id and the session of its owner."""
    user = User.objects.create_user(f"large-{time.time_ns()}@example.org", None)
    client = Client()
    client.force_login(user)
    with acting_as(user), transaction.atomic():
        project = submit_project(owner=user, request=load_request(WORDS), start=False)
        job = AgentJob.objects.create(
            project=project, user=user, agent_type="pipeline", status=JobStatus.RUNNING
        )
        texts = {f"app/part{n % FOLDERS}/file{n}.py": _text(n) for n in range(files)}
        GenerationStep.objects.bulk_create(_steps(project, job, list(texts)))
        author = Author(AuthorKind.STEP, job_id=job.pk)
        put_files(project.pk, [NewText(*one, author) for one in texts.items()], {})
        Log.objects.bulk_create(
            Log(project=project, log_text=f"Step {n} (codegen_create): Generated file{n}.py")
            for n in range(lines)
        )
        AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.COMPLETED, progress=100)
        Project.objects.filter(pk=project.pk).update(status=ProjectStatus.SUCCESS)
    return {"project": str(project.pk), "session": client.cookies["sessionid"].value}


def stream_lines(project_id: UUID, lines: int) -> dict[str, Any]:
    """Write lines to a project's log one at a time, as a job does."""
    for number in range(lines):
        with event_batch(project_id) as events:
            events.log(f"Line {number} of a stream that a browser watches")
        time.sleep(0.02)
    return {"lines": lines}


def _text(number: int) -> str:
    needle = "needle = 1\n" if number % NEEDLES == 0 else ""
    return "".join(TEXT.format(n) for n in range(number, number + 20)) + needle


def _steps(project: Project, job: AgentJob, paths: list[str]) -> list[GenerationStep]:
    return [
        GenerationStep(
            project=project,
            job=job,
            sequence_order=number,
            tool_name="codegen_create",
            input_payload={"template": "custom", "file_path": path, "variables": {}},
            status=StepStatus.SUCCESS,
        )
        for number, path in enumerate(paths, start=1)
    ]
