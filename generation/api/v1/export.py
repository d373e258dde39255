"""Export to GitHub as seed 004 has it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api.parsers import BoundedJSONParser
from generation.api.schema import PROJECT_ID, documented
from generation.api.v1 import examples
from generation.api.v1.serializers import StrictSerializer
from generation.api.v1.views import TAGS
from generation.api.views.base import person, project_of
from generation.shipping.destination import (
    BRANCH,
    BRANCH_FAULT,
    REPOSITORY,
    REPOSITORY_FAULT,
    Destination,
)
from generation.shipping.export import export_to_github, token_of


class GitHubExportSerializer(StrictSerializer):
    """Where an app is to go."""

    repo_name = serializers.RegexField(
        REPOSITORY,
        help_text="A repository of the token's account, or `owner/name`; made if it is not there.",
        error_messages={"invalid": REPOSITORY_FAULT},
    )
    github_token = serializers.CharField(
        required=False,
        max_length=500,
        write_only=True,
        help_text="Used for this request only and not stored. Without one, the token that is kept "
        "in the account page.",
    )
    branch = serializers.RegexField(
        BRANCH,
        required=False,
        help_text="Without one, the default branch.",
        error_messages={"invalid": BRANCH_FAULT},
    )
    private = serializers.BooleanField(
        default=True, help_text="Whether a new repository is private."
    )
    pull_request = serializers.BooleanField(
        default=False, help_text="Push to a branch (`codegen` by default) and open a pull request."
    )
    message = serializers.CharField(default="Export the app", max_length=200)


class GitHubExportedSerializer(serializers.Serializer[Any]):
    """What was pushed."""

    repo_url = serializers.URLField()
    files_pushed = serializers.IntegerField()
    commit_sha = serializers.CharField()
    pull_request_url = serializers.URLField(required=False, help_text="Where one was asked for.")


class GitHubExportView(APIView):
    """Exports to GitHub."""

    parser_classes = (BoundedJSONParser,)

    @documented(
        "projects_export_github",
        {200: (GitHubExportedSerializer, examples.EXPORTED)},
        refusals=(400, 401, 404, 409, 413, 422, 502),
        request=GitHubExportSerializer,
        request_example=examples.EXPORT,
        parameters=(PROJECT_ID,),
        tags=TAGS,
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        """Push a finished project as one commit; again as one more, with only what changed.

        A repository that is not there is made, private unless told otherwise. Another's text is not
        overwritten: what was changed on GitHub meanwhile is a 409.
        """
        project, user = project_of(request, project_id), person(request)
        body = GitHubExportSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        asked = dict(body.validated_data)
        token = asked.pop("github_token", None) or token_of(user)
        destination = Destination(repository=asked.pop("repo_name"), **asked)
        done = export_to_github(project=project, by=user, token=token, destination=destination)
        answer: dict[str, Any] = {
            "repo_url": done.repository_url,
            "files_pushed": done.files_pushed,
            "commit_sha": done.commit_sha,
        }
        if done.pull_request_url:
            answer["pull_request_url"] = done.pull_request_url
        return Response(GitHubExportedSerializer(answer).data)
