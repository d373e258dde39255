"""Runs as seed 004 has them: of one agent, and of the whole pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import services
from generation.agent_jobs import start_agent
from generation.api.errors import FieldError
from generation.api.model_options import MODEL_OPTIONS
from generation.api.schema import documented
from generation.api.v1 import examples
from generation.api.v1.serializers import (
    BegunSerializer,
    RunAgentSerializer,
    RunPipelineSerializer,
)
from generation.api.v1.views import TAGS
from generation.api.views.base import person, project_of
from generation.estimates import estimate, in_words
from generation.models import AgentJob, AgentType
from projects.spec.request import InvalidRequest

CHOICES = ("engine", *MODEL_OPTIONS, "clarify", "approve")
ACCEPTED = status.HTTP_202_ACCEPTED
REFUSALS = (400, 401, 404, 409, 413, 422)


def begun(job: AgentJob) -> Response:
    """Answer with a job that was just queued."""
    body = {"id": job.pk, "status": job.status, "estimated_time": in_words(estimate(job))}
    return Response(BegunSerializer(body).data, status=ACCEPTED)


@contextmanager
def idea_named() -> Iterator[None]:
    """Name faults of the words by the field of the body that they came in."""
    try:
        yield
    except InvalidRequest as error:
        raise InvalidRequest([_of_the_idea(fault) for fault in error.errors]) from error


def _of_the_idea(fault: FieldError) -> FieldError:
    named = "input_context.user_idea" if fault["field"] == "description" else fault["field"]
    return {**fault, "field": named}


class RunAgentView(APIView):
    """Runs of one agent."""

    @documented(
        "run_agent",
        {ACCEPTED: (BegunSerializer, {**examples.BEGUN, "estimated_time": "30s"})},
        refusals=REFUSALS,
        request=RunAgentSerializer,
        request_example=examples.RUN_AGENT,
        tags=TAGS,
    )
    def post(self, request: Request) -> Response:
        """Run an agent over a project; its answer is the job's `result`.

        Agents that are not here yet are refused with 422 `agent_not_available`.
        """
        body = RunAgentSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        context = dict(body.validated_data.get("input_context", {}))
        engine = context.pop("engine", None)
        with idea_named():
            job = start_agent(
                project=project_of(request, body.validated_data["project_id"]),
                by=person(request),
                agent_type=AgentType(body.validated_data["agent_type"]),
                context=context,
                engine=engine,
            )
        return begun(job)


class RunPipelineView(APIView):
    """Runs of the whole pipeline."""

    @documented(
        "run_pipeline",
        {ACCEPTED: (BegunSerializer, examples.BEGUN)},
        refusals=REFUSALS,
        request=RunPipelineSerializer,
        request_example=examples.RUN_PIPELINE,
        tags=TAGS,
    )
    def post(self, request: Request) -> Response:
        """Build a project: a draft for the first time, one that has ended once more.

        `user_idea` takes the place of its description.
        """
        body = RunPipelineSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        context = body.validated_data.get("input_context", {})
        with idea_named():
            job = services.run_pipeline(
                project=project_of(request, body.validated_data["project_id"]),
                by=person(request),
                idea=context.get("user_idea"),
                **{name: context[name] for name in CHOICES if name in context},
            )
        return begun(job)
