"""The design of a project: looked at and edited as a whole."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import parse_etags, quote_etag
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import services
from generation.api import examples
from generation.api.parsers import WhateverIsAccepted
from generation.api.schema import IF_MATCH, PROJECT_ID, documented
from generation.api.views.base import project_of
from generation.downloads import jdl_response
from generation.errors import DesignConflict
from projects.design import Design, DesignChanged
from projects.models import Project
from projects.spec.check import load_design
from projects.spec.identity import with_all_identities
from projects.spec.models import AppSpec

ANY = "*"


class DesignView(APIView):
    """One design."""

    @documented(
        "projects_design_retrieve",
        {200: (AppSpec, examples.DESIGN)},
        refusals=(401, 404, 409),
        parameters=(PROJECT_ID,),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return what was understood of the words, with its version as `ETag`."""
        return _answer(services.design_for(project_of(request, project_id)))

    @documented(
        "projects_design_update",
        {200: (AppSpec, examples.DESIGN)},
        refusals=(400, 401, 404, 409, 412, 413, 422),
        request=AppSpec,
        request_example=examples.DESIGN,
        parameters=(PROJECT_ID, IF_MATCH),
    )
    def put(self, request: Request, project_id: UUID) -> Response:
        """Store an edited design; build it by `start/` (a draft) or `again/`.

        What is changed or added is confirmed by it: reading the words again leaves it as it is,
        and what is left out does not come back.
        """
        project = project_of(request, project_id)
        expected = expected_version(request, project)
        spec = load_design(request.data)
        try:
            return _answer(services.edit_design(project=project, spec=spec, expected=expected))
        except DesignChanged as error:
            raise DesignConflict from error


class DesignJdlView(APIView):
    """One design as a file."""

    content_negotiation_class = WhateverIsAccepted

    @documented(
        "projects_design_jdl_retrieve",
        {200: (OpenApiTypes.STR, examples.JDL)},
        refusals=(401, 404, 409),
        parameters=(PROJECT_ID,),
        media_type="text/plain",
    )
    def get(self, request: Request, project_id: UUID) -> HttpResponse:
        """Return the design as a JDL model, with its version as `ETag`.

        Comments at its top name what of the design JDL does not say. A submission takes the text
        as `jdl`.
        """
        project = project_of(request, project_id)
        return jdl_response(project, services.design_for(project))


def _answer(design: Design) -> Response:
    return Response(
        with_all_identities(design.spec).model_dump(mode="json"),
        headers={"ETag": quote_etag(design.version)},
    )


def expected_version(request: Request, project: Project) -> str | None:
    """Return the version that must be stored now; None when the caller names none."""
    tags = parse_etags(request.headers.get("If-Match", ""))
    if not tags or ANY in tags:
        return None
    version = services.design_for(project).version
    if quote_etag(version) not in tags:
        raise DesignConflict
    return version
