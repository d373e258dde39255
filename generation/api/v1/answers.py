"""What a job asks before it plans, and the answers to it."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import clarification
from generation.agents.schemas import ClarificationResponse
from generation.api.schema import documented
from generation.api.v1 import examples
from generation.api.v1.serializers import (
    AnsweredSerializer,
    ClarificationSerializer,
    RespondSerializer,
)
from generation.api.v1.views import JOB_ID, REFUSALS, TAGS, job_of
from generation.api.views.base import person
from generation.pipeline.clarifying import questions_on_the_wire

RESUMED = "Agent resumed with clarifications"


class QuestionsView(APIView):
    """The questions of a job that waits."""

    @documented(
        "jobs_questions",
        {200: (ClarificationSerializer, examples.QUESTIONS)},
        refusals=REFUSALS,
        parameters=(JOB_ID,),
        tags=TAGS,
    )
    def get(self, request: Request, job_id: UUID) -> Response:
        """Return what a job waits for; the stream tells it too."""
        session = clarification.open_session(job_of(request, job_id))
        body = {
            "depth": session.depth,
            "questions": questions_on_the_wire(session),
            "answers": session.answers,
        }
        return Response(ClarificationSerializer(body).data)


class RespondView(APIView):
    """Answers to a job's questions."""

    @documented(
        "jobs_respond",
        {200: (AnsweredSerializer, {"status": "running", "message": RESUMED})},
        refusals=(400, *REFUSALS, 413),
        request=RespondSerializer,
        request_example=examples.RESPOND,
        parameters=(JOB_ID,),
        tags=TAGS,
    )
    def post(self, request: Request, job_id: UUID) -> Response:
        """Answer, and let the job go on; what is not answered keeps its default.

        An empty list uses the defaults for all. The status is `queued` where so many jobs of the
        person's are worked on already that this one waits for its turn.
        """
        body = RespondSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given = [ClarificationResponse(**one) for one in body.validated_data["responses"]]
        job = job_of(request, job_id)
        clarification.respond(job=job, responses=given, by=person(request))
        return Response(AnsweredSerializer({"status": job.status, "message": RESUMED}).data)
