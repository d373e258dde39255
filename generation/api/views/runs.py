"""Runs of a project: start, pause, resume, cancel, retry, again."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import control, services
from generation.api import examples
from generation.api.schema import PROJECT_ID, STEP_ID, documented
from generation.api.serializers import JobSerializer
from generation.api.views.base import person, project_of
from generation.models import AgentJob, GenerationStep

BEGUN = {202: (JobSerializer, examples.JOB)}
PAUSED = {200: (JobSerializer, {**examples.JOB, "status": "paused"})}
ENDED = {200: (JobSerializer, {**examples.JOB, "status": "cancelled"})}
REFUSALS = (401, 404, 409)
REFUSALS_OF_ENGINES = (*REFUSALS, 422)


def begun(job: AgentJob) -> Response:
    """Answer with a job that goes on by itself."""
    return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)


class StartView(APIView):
    """Start of a draft."""

    @documented("projects_start", BEGUN, refusals=REFUSALS_OF_ENGINES, parameters=(PROJECT_ID,))
    def post(self, request: Request, project_id: UUID) -> Response:
        """Start a draft."""
        project = project_of(request, project_id)
        return begun(services.start_project(project=project, by=person(request)))


class PauseView(APIView):
    """A halt that can be taken back."""

    @documented("projects_pause", PAUSED, refusals=REFUSALS, parameters=(PROJECT_ID,))
    def post(self, request: Request, project_id: UUID) -> Response:
        """Finish the steps that run and start no more."""
        project = project_of(request, project_id)
        job = services.pause_project(project=project, by=person(request))
        return Response(JobSerializer(job).data)


class ResumeView(APIView):
    """The end of a halt."""

    @documented("projects_resume", BEGUN, refusals=REFUSALS, parameters=(PROJECT_ID,))
    def post(self, request: Request, project_id: UUID) -> Response:
        """Go on with a paused run."""
        project = project_of(request, project_id)
        return begun(services.resume_project(project=project, by=person(request)))


class CancelView(APIView):
    """End of a run before it is done."""

    @documented("projects_cancel", ENDED, refusals=REFUSALS, parameters=(PROJECT_ID,))
    def post(self, request: Request, project_id: UUID) -> Response:
        """Stop the running job; files made so far are kept."""
        project = project_of(request, project_id)
        job = services.cancel_project(project=project, by=person(request))
        return Response(JobSerializer(job).data)


class RetryView(APIView):
    """Retry of a failed or cancelled run."""

    @documented("projects_retry", BEGUN, refusals=REFUSALS, parameters=(PROJECT_ID,))
    def post(self, request: Request, project_id: UUID) -> Response:
        """Go on from where the newest job failed or was cancelled."""
        project = project_of(request, project_id)
        return begun(services.retry_project(project=project, by=person(request)))


class AgainView(APIView):
    """A new run of a project that has ended."""

    @documented("projects_again", BEGUN, refusals=REFUSALS_OF_ENGINES, parameters=(PROJECT_ID,))
    def post(self, request: Request, project_id: UUID) -> Response:
        """Generate again, as a new job over the same project."""
        project = project_of(request, project_id)
        return begun(services.generate_again(project=project, by=person(request)))


class StepRetryView(APIView):
    """Retry of one step."""

    @documented("projects_steps_retry", BEGUN, refusals=REFUSALS, parameters=(PROJECT_ID, STEP_ID))
    def post(self, request: Request, project_id: UUID, step_id: UUID) -> Response:
        """Carry a step of a run that has ended out again, and later steps on the same file.

        What failed or was skipped runs again as well.
        """
        step = step_of(request, project_id, step_id)
        return begun(control.retry_step(step=step, by=person(request)))


class StepRetryFromView(APIView):
    """Retry from a step on."""

    @documented(
        "projects_steps_retry_from", BEGUN, refusals=REFUSALS, parameters=(PROJECT_ID, STEP_ID)
    )
    def post(self, request: Request, project_id: UUID, step_id: UUID) -> Response:
        """Carry a step of a run that has ended out again, and all that comes after it."""
        step = step_of(request, project_id, step_id)
        return begun(control.retry_step(step=step, by=person(request), onwards=True))


def step_of(request: Request, project_id: UUID, step_id: UUID) -> GenerationStep:
    """Return a step of a job of the person's project (404)."""
    steps = project_of(request, project_id).steps.filter(job__isnull=False)
    return get_object_or_404(steps.select_related("job", "project"), pk=step_id)
