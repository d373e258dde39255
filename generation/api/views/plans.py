"""The plan of a project's newest run: looked at, changed and approved before it is carried out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.http import parse_etags, quote_etag
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import plans
from generation.api import examples
from generation.api.parsers import BoundedJSONParser
from generation.api.plan_serializers import PlanChangeSerializer, PlanSerializer
from generation.api.schema import PLAN_IF_MATCH, PROJECT_ID, documented
from generation.api.serializers import JobSerializer
from generation.api.views.base import person, project_of
from generation.errors import InvalidTransition
from generation.estimates import estimate, in_words
from generation.models import AgentJob
from generation.pipeline.transitions import newest_run
from projects.models import Project

ANY = "*"
SHOWN = {200: (PlanSerializer, examples.PLAN)}


class PlanView(APIView):
    """A plan."""

    parser_classes = (BoundedJSONParser,)

    @documented("projects_plan_retrieve", SHOWN, refusals=(401, 404, 409), parameters=(PROJECT_ID,))
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return the plan of the newest run, with its version as `ETag`."""
        job = planned_run(project_of(request, project_id))
        return _answer(job, plans.plan_of(job))

    @documented(
        "projects_plan_update",
        SHOWN,
        refusals=(400, 401, 404, 409, 412, 413),
        request=PlanChangeSerializer,
        request_example=examples.PLAN_CHANGE,
        parameters=(PROJECT_ID, PLAN_IF_MATCH),
    )
    def put(self, request: Request, project_id: UUID) -> Response:
        """Switch steps off and on, edit them, and put them in the order in which they are sent.

        What needs a step that is off goes off with it.
        """
        body = PlanChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        job = planned_run(project_of(request, project_id))
        plan = plans.change_plan(
            job=job,
            changes=[plans.StepChange(**change) for change in body.validated_data["steps"]],
            expected=_expected(request, job),
            by=person(request),
        )
        return _answer(job, plan)


class PlanApprovalView(APIView):
    """A person's word that a plan may be carried out."""

    @documented(
        "projects_plan_approve",
        {202: (JobSerializer, {**examples.JOB, "status": "running"})},
        refusals=(401, 404, 409, 412),
        parameters=(PROJECT_ID, PLAN_IF_MATCH),
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        """Carry the plan out; steps that are off are left out."""
        job = planned_run(project_of(request, project_id))
        plans.approve_plan(job=job, expected=_expected(request, job), by=person(request))
        return Response(JobSerializer(job).data, status=202)


def planned_run(project: Project) -> AgentJob:
    """Return the newest run. Raises `InvalidTransition` while there is none or no plan of it."""
    job = newest_run(project)
    if job is None or not job.steps.exists():
        raise InvalidTransition("There is no plan yet.")
    return job


def _expected(request: Request, job: AgentJob) -> str | None:
    """Return the version that must be stored now; None when the caller names none."""
    tags = parse_etags(request.headers.get("If-Match", ""))
    if not tags or ANY in tags:
        return None
    version = plans.plan_of(job).version
    if quote_etag(version) not in tags:
        raise plans.PlanChanged
    return version


def _answer(job: AgentJob, plan: plans.ShownPlan) -> Response:
    body: dict[str, Any] = {
        "job_id": job.pk,
        "status": job.status,
        "engine": plan.engine,
        "steps": plan.steps,
        "files": plan.files,
        "cost": plan.cost,
        "estimated_time": in_words(estimate(job)),
    }
    return Response(PlanSerializer(body).data, headers={"ETag": quote_etag(plan.version)})
