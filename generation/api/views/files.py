"""Files of a project: read, searched, written with the version that was read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags, quote_etag
from drf_spectacular.types import OpenApiTypes
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.file_serializers import (
    FaultSerializer,
    FoundSerializer,
    PathQuerySerializer,
    RenameSerializer,
    SearchQuerySerializer,
    UploadSerializer,
    VersionQuerySerializer,
)
from generation.api.filters import LongPages
from generation.api.parsers import WhateverIsAccepted
from generation.api.schema import (
    FILE_IF_MATCH,
    FILE_IF_NONE_MATCH,
    FILE_PATH,
    PROJECT_ID,
    documented,
)
from generation.api.serializers import FileSerializer
from generation.api.views.base import person, project_of
from generation.workspace import edits
from generation.workspace.checking import faults_of
from generation.workspace.errors import VersionNeeded
from generation.workspace.history import version_of_file
from generation.workspace.search import search_files
from generation.workspace.texts import decoded
from projects.models import ProjectFile

ANY = "*"
# A raw file is never a page: no scripts, no origin of ours, no guessing of its type.
INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PLAIN = "text/plain; charset=utf-8"
NO_VERSION = -1  # an ETag that no version of a file has


def etag_of(version: int) -> str:
    """Return the ETag of a file's version."""
    return quote_etag(str(version))


def expected_version(request: Request) -> int | None:
    """Return the version that `If-Match` names, None for `*`. Raises `VersionNeeded`."""
    tags = parse_etags(request.headers.get("If-Match", ""))
    if not tags:
        raise VersionNeeded
    if ANY in tags:
        return None
    numbers = [tag.strip('"') for tag in tags]
    known = [int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < len("9" * 10)]
    return known[0] if known else NO_VERSION


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
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, FILE_PATH, VersionQuerySerializer),
        media_type="text/plain",
    )
    def get(self, request: Request, project_id: UUID, path: str) -> HttpResponse:
        """Return one file as plain text, never as a page, its version as `ETag`."""
        project = project_of(request, project_id)
        query = VersionQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        if "\x00" in path:
            raise Http404
        if "version" in query.validated_data:
            old = version_of_file(project, path, query.validated_data["version"])
            text, version = old.blob.content if old.blob else "", old.version
        else:
            file = get_object_or_404(project.files, path=path)
            text, version = file.content or "", file.version
        headers = {**INERT, "ETag": etag_of(version)}
        return HttpResponse(text, content_type=PLAIN, headers=headers)

    @documented(
        "projects_files_update",
        {200: (FileSerializer, examples.FILE), 201: (FileSerializer, examples.FILE)},
        refusals=(400, 401, 404, 409, 412, 413, 422, 428),
        request={"text/plain": OpenApiTypes.STR},
        parameters=(PROJECT_ID, FILE_PATH, FILE_IF_MATCH, FILE_IF_NONE_MATCH),
    )
    def put(self, request: Request, project_id: UUID, path: str) -> Response:
        """Store the body as the file's next version, byte for byte.

        `If-Match` names the version that was changed; when another is there by now nothing is
        stored and 412 has it as `ETag`. `If-None-Match: *` creates the file.
        """
        project = project_of(request, project_id)
        creates = request.headers.get("If-None-Match", "").strip() == ANY
        expected = None if creates else expected_version(request)
        # Read here, not by a parser, which would take a body of no announced length for none.
        text = decoded(path, request.read(edits.LARGEST_READ))
        by = person(request)
        if creates:
            file = edits.create_file(project=project, path=path, text=text, by=by)
        else:
            file = edits.save_file(project=project, path=path, text=text, expected=expected, by=by)
        return _answer(file, status.HTTP_201_CREATED if creates else status.HTTP_200_OK)

    @documented(
        "projects_files_destroy",
        {204: (None, None)},
        refusals=(401, 404, 412, 428),
        parameters=(PROJECT_ID, FILE_PATH, FILE_IF_MATCH),
    )
    def delete(self, request: Request, project_id: UUID, path: str) -> Response:
        """Delete a file; its versions stay and can be restored."""
        project = project_of(request, project_id)
        expected = expected_version(request)
        edits.delete_file(project=project, path=path, expected=expected, by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _answer(file: ProjectFile, code: int) -> Response:
    stored = ProjectFile.objects.get(project_id=file.project_id, path=file.path)
    headers = {"ETag": etag_of(stored.version)}
    return Response(FileSerializer(stored).data, status=code, headers=headers)


class RenameView(APIView):
    """Renaming."""

    @documented(
        "projects_renames_create",
        {200: (FileSerializer, examples.FILE)},
        refusals=(400, 401, 404, 409, 412, 422),
        request=RenameSerializer,
        request_example=examples.RENAME,
        parameters=(PROJECT_ID,),
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        """Move a file that is at `version` to another path; its history goes with it."""
        project = project_of(request, project_id)
        asked = RenameSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        file = edits.rename_file(
            project=project,
            path=given["path"],
            to=given["to"],
            expected=given["version"],
            by=person(request),
        )
        return _answer(file, status.HTTP_200_OK)


class UploadView(APIView):
    """Uploading."""

    parser_classes = (MultiPartParser,)

    @documented(
        "projects_uploads_create",
        {201: (FileSerializer(many=True), [examples.FILE])},
        refusals=(400, 401, 404, 409, 413, 422),
        request={"multipart/form-data": UploadSerializer},
        parameters=(PROJECT_ID,),
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        """Add text files, all or none; a file that is there already is never replaced."""
        project = project_of(request, project_id)
        asked = UploadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        folder = asked.validated_data["folder"].strip("/")
        prefix = f"{folder}/" if folder else ""
        files = {
            f"{prefix}{upload.name}": upload.read(edits.LARGEST_READ)
            for upload in asked.validated_data["files"]
        }
        stored = edits.upload_files(project=project, files=files, by=person(request))
        paths = [file.path for file in stored]
        rows = ProjectFile.objects.filter(project=project, path__in=paths).order_by("path")
        return Response(FileSerializer(rows, many=True).data, status=status.HTTP_201_CREATED)


class SearchView(APIView):
    """Searching."""

    @documented(
        "projects_search_list",
        {200: (FoundSerializer(many=True), [examples.FOUND])},
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, SearchQuerySerializer),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return files that hold the words in their names or texts, with the first lines."""
        project = project_of(request, project_id)
        query = SearchQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = search_files(project, query.validated_data["q"])
        return Response(FoundSerializer(found, many=True).data)


class CheckView(APIView):
    """Cheap checks."""

    @documented(
        "projects_checks_list",
        {200: (FaultSerializer(many=True), [examples.FAULT])},
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, PathQuerySerializer),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return what is wrong with a file by a quick look: its syntax, its names, its imports."""
        project = project_of(request, project_id)
        query = PathQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        faults = faults_of(project, query.validated_data["path"])
        return Response(FaultSerializer(faults, many=True).data)
