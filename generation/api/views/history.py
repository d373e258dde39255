"""The history of files: what happened, what differs, and going back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.file_serializers import (
    DiffQuerySerializer,
    DiffSerializer,
    EditSerializer,
    FileVersionSerializer,
    MomentSerializer,
    PathQuerySerializer,
    RestoreSerializer,
    TimelineQuerySerializer,
)
from generation.api.schema import EDIT_ID, PROJECT_ID, documented
from generation.api.views.base import person, project_of
from generation.workspace import restore
from generation.workspace.diff import side_by_side, unified
from generation.workspace.errors import NotThere
from generation.workspace.history import timeline, version_of_file, versions_of_file
from projects.models import Project

MOST_VERSIONS = 1000


class TimelineView(APIView):
    """The project's history."""

    @documented(
        "projects_history_list",
        {200: (MomentSerializer(many=True), [examples.MOMENT])},
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, TimelineQuerySerializer),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return the jobs and edits that changed files, newest first."""
        project = project_of(request, project_id)
        query = _valid(TimelineQuerySerializer(data=request.query_params))
        moments = timeline(project, limit=query["limit"], before=query.get("before"))
        return Response(MomentSerializer(moments, many=True).data)


class VersionListView(APIView):
    """A file's history."""

    @documented(
        "projects_versions_list",
        {200: (FileVersionSerializer(many=True), [examples.VERSION])},
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, PathQuerySerializer),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return the versions of one file, newest first, without their texts."""
        project = project_of(request, project_id)
        path = _valid(PathQuerySerializer(data=request.query_params))["path"]
        versions = list(versions_of_file(project, path)[:MOST_VERSIONS])
        if not versions:
            raise NotThere(f"There never was a file {path}.")
        return Response(FileVersionSerializer(versions, many=True).data)


class DiffView(APIView):
    """Two versions of a file."""

    @documented(
        "projects_diff_retrieve",
        {200: (DiffSerializer, examples.DIFF)},
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, DiffQuerySerializer),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return what two versions of a file differ in."""
        project = project_of(request, project_id)
        query = _valid(DiffQuerySerializer(data=request.query_params))
        path = query["path"]
        old, new = (_text_of(project, path, query[side]) for side in ("old", "new"))
        names = {"old_name": f"a/{path}", "new_name": f"b/{path}"}
        body = {
            **query,
            "unified": unified(old, new, **names),
            "rows": side_by_side(old, new),
        }
        return Response(DiffSerializer(body).data)


def _text_of(project: Project, path: str, version: int) -> str:
    if version == 0:
        return ""
    blob = version_of_file(project, path, version).blob
    return blob.content if blob else ""


class RestoreView(APIView):
    """Going back."""

    @documented(
        "projects_restores_create",
        {201: (EditSerializer, examples.EDIT)},
        refusals=(400, 401, 404, 409, 412, 422),
        request=RestoreSerializer,
        request_example=examples.RESTORE,
        parameters=(PROJECT_ID,),
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        """Make one file, or with `moment` all files, what they were; by new versions."""
        project = project_of(request, project_id)
        given = _valid(RestoreSerializer(data=request.data))
        by = person(request)
        if "moment" in given:
            edit = restore.restore_project(project=project, moment_id=given["moment"], by=by)
        else:
            edit = restore.restore_file(
                project=project, path=given["path"], version=given["version"], by=by
            )
        return Response(EditSerializer(edit).data, status=201)


class UndoView(APIView):
    """Undoing one edit."""

    @documented(
        "projects_edits_undo",
        {201: (EditSerializer, examples.EDIT)},
        refusals=(401, 404, 409, 412, 422),
        parameters=(PROJECT_ID, EDIT_ID),
    )
    def post(self, request: Request, project_id: UUID, edit_id: UUID) -> Response:
        """Take one edit back, if what it changed was not changed again (412)."""
        project = project_of(request, project_id)
        edit = restore.undo_edit(project=project, edit_id=edit_id, by=person(request))
        return Response(EditSerializer(edit).data, status=201)


def _valid(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data
