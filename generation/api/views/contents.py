"""What belongs to a project: steps, log, files, ZIP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.filters import LogQuerySerializer, LongPages
from generation.api.parsers import WhateverIsAccepted
from generation.api.schema import FILE_PATH, PROJECT_ID, documented
from generation.api.serializers import FileSerializer, LogPageSerializer, StepSerializer
from generation.api.views.base import project_of
from generation.downloads import zip_response
from generation.models import GenerationStep, Log
from projects.models import ProjectFile

# A raw file is never a page: no scripts, no origin of ours, no guessing of its type.
INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


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


class FileListView(ListAPIView[ProjectFile]):
    """Files, without their contents."""

    serializer_class = FileSerializer
    pagination_class = LongPages
    filter_backends = ()
    queryset = ProjectFile.objects.none()

    def get_queryset(self) -> QuerySet[ProjectFile]:
        """Return the project's files by path."""
        project = project_of(self.request, self.kwargs["project_id"])
        return ProjectFile.objects.filter(project=project).defer("content").order_by("path")

    @documented(
        "projects_files_list",
        {200: (FileSerializer(many=True), examples.FILE)},
        parameters=(PROJECT_ID,),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the files."""
        return self.list(request, *args, **kwargs)


class FileView(APIView):
    """One file."""

    content_negotiation_class = WhateverIsAccepted

    @documented(
        "projects_files_retrieve",
        {200: (OpenApiTypes.STR, "# QuickNotes\n")},
        parameters=(PROJECT_ID, FILE_PATH),
        media_type="text/plain",
    )
    def get(self, request: Request, project_id: UUID, path: str) -> HttpResponse:
        """Return one file as plain text, never as a page."""
        project = project_of(request, project_id)
        if "\x00" in path:
            raise Http404
        file = get_object_or_404(project.files, path=path)
        return HttpResponse(
            file.content or "", content_type="text/plain; charset=utf-8", headers=INERT
        )


class ZipView(APIView):
    """All files."""

    content_negotiation_class = WhateverIsAccepted

    @documented(
        "projects_zip_retrieve",
        {200: (OpenApiTypes.BINARY, None)},
        refusals=(401, 404, 409),
        parameters=(PROJECT_ID,),
        media_type="application/zip",
    )
    def get(self, request: Request, project_id: UUID) -> HttpResponse:
        """Return the files as a ZIP, once the project is done."""
        return zip_response(project_of(request, project_id))
