"""Conflicts between what was generated and what the person has."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.file_serializers import (
    ConflictSerializer,
    ReviewSerializer,
    SettleSerializer,
)
from generation.api.schema import CONFLICT_ID, PROJECT_ID, documented
from generation.api.views.base import person, project_of
from generation.engines.merging import Side
from generation.workspace.conflicts import open_conflicts, review_of, settle_conflict


class ConflictListView(APIView):
    """The conflicts of a project."""

    @documented(
        "projects_conflicts_list",
        {200: (ConflictSerializer(many=True), [examples.CONFLICT])},
        parameters=(PROJECT_ID,),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return the files that wait for a decision, by path."""
        project = project_of(request, project_id)
        return Response(ConflictSerializer(open_conflicts(project), many=True).data)


class ConflictView(APIView):
    """One conflict."""

    @documented(
        "projects_conflicts_retrieve",
        {200: (ReviewSerializer, examples.REVIEW)},
        parameters=(PROJECT_ID, CONFLICT_ID),
    )
    def get(self, request: Request, project_id: UUID, conflict_id: UUID) -> Response:
        """Return a conflict with its texts and hunks, as it stands now."""
        project = project_of(request, project_id)
        return Response(ReviewSerializer(review_of(project, conflict_id)).data)


class SettleView(APIView):
    """Settling a conflict."""

    @documented(
        "projects_conflicts_settle",
        {200: (ConflictSerializer, {**examples.CONFLICT, "state": "settled", "version": 4})},
        refusals=(400, 401, 404, 412, 422),
        request=SettleSerializer,
        request_example=examples.SETTLE,
        parameters=(PROJECT_ID, CONFLICT_ID),
    )
    def post(self, request: Request, project_id: UUID, conflict_id: UUID) -> Response:
        """Settle a conflict by `ours`, `theirs` or `both` for each hunk, or by the whole text."""
        project = project_of(request, project_id)
        asked = SettleSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        choices = given.get("choices")
        row = settle_conflict(
            project=project,
            conflict_id=conflict_id,
            by=person(request),
            version=given["version"],
            choices=None if choices is None else [Side(choice) for choice in choices],
            text=given.get("text"),
        )
        return Response(ConflictSerializer(row).data)
