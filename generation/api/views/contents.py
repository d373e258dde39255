"""What belongs to a project: steps, log, ZIP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.filters import LogQuerySerializer, LongPages
from generation.api.parsers import WhateverIsAccepted
from generation.api.schema import PROJECT_ID, documented
from generation.api.serializers import LogPageSerializer, StepSerializer
from generation.api.views.base import project_of
from generation.downloads import zip_response
from generation.models import GenerationStep, Log

MOMENT = OpenApiParameter(
    "moment",
    OpenApiTypes.UUID,
    description="The `id` of a job or an edit in the history: the files as it left them.",
)


class StepListView(ListAPIView[GenerationStep]):
    """Steps."""

    serializer_class = StepSerializer
    pagination_class = LongPages
    filter_backends = ()
    queryset = GenerationStep.objects.none()

    def get_queryset(self) -> QuerySet[GenerationStep]:
        """Return the project's steps, job by job."""
        project = project_of(self.request, self.kwargs["project_id"])
        return GenerationStep.objects.filter(project=project).order_by(
            "job__created_at", "job_id", "sequence_order"
        )

    @documented(
        "projects_steps_list",
        {200: (StepSerializer(many=True), examples.STEP)},
        parameters=(PROJECT_ID,),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the steps of all jobs, in order."""
        return self.list(request, *args, **kwargs)


class LogView(APIView):
    """The log."""

    @documented(
        "projects_logs_list",
        {200: (LogPageSerializer, examples.LOGS)},
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, LogQuerySerializer),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return up to `limit` lines whose log_id is greater than `after`, in order."""
        project = project_of(request, project_id)
        query = LogQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        after, limit = query.validated_data["after"], query.validated_data["limit"]
        lines = Log.objects.filter(project=project, log_id__gt=after).order_by("log_id")[:limit]
        rows = list(lines)
        last = rows[-1].log_id if rows else after
        return Response(LogPageSerializer({"results": rows, "after": last}).data)


class ZipView(APIView):
    """All files."""

    content_negotiation_class = WhateverIsAccepted

    @documented(
        "projects_zip_retrieve",
        {200: (OpenApiTypes.BINARY, None)},
        refusals=(401, 404, 409),
        parameters=(PROJECT_ID, MOMENT),
        media_type="application/zip",
    )
    def get(self, request: Request, project_id: UUID) -> HttpResponseBase:
        """Return the files as a ZIP, once the project is done, or as they were after a moment."""
        project = project_of(request, project_id)
        return zip_response(project, request.query_params.get("moment", ""))
