"""Changes of an app, asked for in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.schema import IF_MATCH, PROJECT_ID, documented
from generation.api.views.base import person, project_of
from generation.api.views.design import expected_version
from generation.change_requests import apply_change, preview_files, read_change
from generation.engines.changing.reading import LONGEST_WISH


class WishSerializer(serializers.Serializer[Any]):
    """What is to change, in words; with `apply` it is done, without it is shown."""

    words = serializers.CharField(max_length=LONGEST_WISH)
    apply = serializers.BooleanField(default=False)


class FileChangeSerializer(serializers.Serializer[Any]):
    """A file that is added, removed or changed, with git's format of the difference."""

    path = serializers.CharField(read_only=True)
    change = serializers.ChoiceField(["added", "changed", "removed"], read_only=True)
    diff = serializers.CharField(read_only=True)


class ChangeSerializer(serializers.Serializer[Any]):
    """What the words change; `version` is that of the design which they were read against.

    `job_id` is null until it is applied.
    """

    version = serializers.CharField(read_only=True)
    edits = serializers.ListField(child=serializers.CharField(), read_only=True)
    by_model = serializers.ListField(child=serializers.CharField(), read_only=True)
    not_understood = serializers.ListField(child=serializers.CharField(), read_only=True)
    examples = serializers.ListField(child=serializers.CharField(), read_only=True)
    files = FileChangeSerializer(many=True, read_only=True)
    job_id = serializers.UUIDField(read_only=True, allow_null=True)


class ChangeView(APIView):
    """Changing an app by words."""

    @documented(
        "projects_changes_create",
        {
            200: (ChangeSerializer, examples.CHANGE),
            202: (ChangeSerializer, {**examples.CHANGE, "files": [], "job_id": examples.STEP_ID}),
        },
        refusals=(400, 401, 404, 409, 412, 422),
        request=WishSerializer,
        request_example=examples.WISH,
        parameters=(PROJECT_ID, IF_MATCH),
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        """Show what words change of the design and of its files, or apply it as a job."""
        project = project_of(request, project_id)
        asked = WishSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        words = asked.validated_data["words"]
        if asked.validated_data["apply"]:
            expected = expected_version(request, project)
            wishes, job = apply_change(
                project=project, words=words, by=person(request), expected=expected
            )
            return _answer(wishes, files=[], job_id=job.pk, status=202)
        wishes = read_change(project, words)
        files = [] if wishes.is_empty else preview_files(project, wishes)
        return _answer(wishes, files=files, job_id=None, status=200)


def _answer(wishes: Any, *, files: Any, job_id: UUID | None, status: int) -> Response:
    body = {
        "version": wishes.version,
        "edits": wishes.edits,
        "by_model": wishes.by_model,
        "not_understood": wishes.not_understood,
        "examples": wishes.examples,
        "files": files,
        "job_id": job_id,
    }
    return Response(ChangeSerializer(body).data, status=status)
