"""`git clone` of a project: `/git/<project_id>/<name>.git`, with a token as the password."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView

from generation.api.parsers import WhateverIsAccepted
from generation.api.views.base import project_of
from generation.shipping.git import SERVICE, advertisement, pack
from projects.authentication import GitAuthentication

NEVER_KEPT = {"Cache-Control": "no-cache, max-age=0, must-revalidate"}


class GitView(APIView):
    """A repository that can be read."""

    authentication_classes = (GitAuthentication,)
    content_negotiation_class = WhateverIsAccepted


class ReferencesView(GitView):
    """What branches there are."""

    @extend_schema(exclude=True)
    def get(self, request: Request, project_id: UUID, name: str) -> HttpResponse:  # noqa: ARG002
        """Answer a client that wants to fetch; nobody can push."""
        project = project_of(request, project_id)
        if request.query_params.get("service") != SERVICE:
            raise NotFound
        return HttpResponse(
            advertisement(project),
            content_type=f"application/x-{SERVICE}-advertisement",
            headers=NEVER_KEPT,
        )


class PackView(GitView):
    """Commits and files."""

    @extend_schema(exclude=True)
    def post(self, request: Request, project_id: UUID, name: str) -> HttpResponse:  # noqa: ARG002
        """Answer with what the client wants and has not."""
        project = project_of(request, project_id)
        is_zipped = request.headers.get("Content-Encoding", "") == "gzip"
        return HttpResponse(
            pack(project, request._request.body, is_zipped=is_zipped),  # noqa: SLF001 - as it came
            content_type=f"application/x-{SERVICE}-result",
            headers=NEVER_KEPT,
        )
