"""Jobs as seed 004 has them: look at, list, cancel, pause, resume, retry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import control
from generation.api.schema import PROJECT_ID, documented
from generation.api.v1 import examples
from generation.api.v1.serializers import (
    JobPageSerializer,
    JobStatusSerializer,
    PageSerializer,
    StatusSerializer,
)
from generation.api.views.base import person, project_of
from generation.api.views.unknown import UnknownView
from generation.models import AgentJob
from projects.models import Project, User

JOB_ID = OpenApiParameter("job_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="A job.")
TAGS = ("jobs",)
REFUSALS = (401, 404, 409)


def jobs_of(user: User) -> QuerySet[AgentJob]:
    """Return the jobs of the projects that `user` may see."""
    return AgentJob.objects.filter(project__in=Project.objects.visible_to(user))


def job_of(request: Request, job_id: UUID) -> AgentJob:
    """Return one job of the person's; whatever is not theirs is not there (404)."""
    jobs = jobs_of(person(request)).select_related("project")
    return get_object_or_404(jobs, pk=job_id)


def status_of(job: AgentJob) -> Response:
    """Answer with the status that a job has now."""
    return Response(StatusSerializer(job).data)


class JobView(APIView):
    """One job."""

    @documented(
        "jobs_retrieve",
        {200: (JobStatusSerializer, examples.JOB)},
        parameters=(JOB_ID,),
        tags=TAGS,
    )
    def get(self, request: Request, job_id: UUID) -> Response:
        """Return where a job stands."""
        return Response(JobStatusSerializer(job_of(request, job_id)).data)


class JobListView(APIView):
    """The jobs of a project."""

    @documented(
        "jobs_list",
        {200: (JobPageSerializer, examples.JOBS)},
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, PageSerializer),
        tags=TAGS,
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """List a project's jobs, the newest first."""
        page = PageSerializer(data=request.query_params)
        page.is_valid(raise_exception=True)
        jobs = project_of(request, project_id).jobs.order_by("-created_at", "-id")
        first, limit = page.validated_data["offset"], page.validated_data["limit"]
        total = jobs.count()
        body: dict[str, Any] = {
            "items": jobs[first : first + limit],
            "total": total,
            "has_more": first + limit < total,
        }
        return Response(JobPageSerializer(body).data)


class CancelView(APIView):
    """End of a job before it is done."""

    @documented(
        "jobs_cancel",
        {200: (StatusSerializer, {"status": "cancelled"})},
        refusals=REFUSALS,
        parameters=(JOB_ID,),
        tags=TAGS,
    )
    def post(self, request: Request, job_id: UUID) -> Response:
        """Stop a job; files made so far are kept."""
        return status_of(control.cancel_job(job=job_of(request, job_id), by=person(request)))


class PauseView(APIView):
    """A halt that can be taken back."""

    @documented(
        "jobs_pause",
        {200: (StatusSerializer, {"status": "paused"})},
        refusals=REFUSALS,
        parameters=(JOB_ID,),
        tags=TAGS,
    )
    def post(self, request: Request, job_id: UUID) -> Response:
        """Finish the steps that run and start no more."""
        return status_of(control.pause_job(job=job_of(request, job_id), by=person(request)))


class ResumeView(APIView):
    """The end of a halt."""

    @documented(
        "jobs_resume",
        {200: (StatusSerializer, {"status": "running"})},
        refusals=REFUSALS,
        parameters=(JOB_ID,),
        tags=TAGS,
    )
    def post(self, request: Request, job_id: UUID) -> Response:
        """Go on with a paused job."""
        return status_of(control.resume_job(job=job_of(request, job_id), by=person(request)))


class RetryView(APIView):
    """Another attempt."""

    @documented(
        "jobs_retry",
        {200: (StatusSerializer, {"status": "running"})},
        refusals=REFUSALS,
        parameters=(JOB_ID,),
        tags=TAGS,
    )
    def post(self, request: Request, job_id: UUID) -> Response:
        """Go on from the step at which a job failed or was cancelled."""
        return status_of(control.retry_job(job=job_of(request, job_id), by=person(request)))


class NothingHereView(UnknownView):
    """An address of the contract's that is not there; none of them ends with a slash."""

    slash_added = False
