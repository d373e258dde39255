"""Projects: submit, list, look at, delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import services
from generation.api import examples
from generation.api.errors import FieldError, field_errors
from generation.api.filters import Pages, ProjectFilter
from generation.api.model_options import MODEL_OPTIONS
from generation.api.schema import IDEMPOTENCY_KEY, PROJECT_ID, documented
from generation.api.serializers import (
    ProjectDetailSerializer,
    ProjectSerializer,
    SubmissionOptionsSerializer,
    SubmissionSerializer,
)
from generation.api.views.base import person, project_of, projects_of
from generation.engines.registry import EngineChoice
from generation.errors import GenerationError
from generation.pipeline.config import RunOptions
from projects.models import Project
from projects.spec.request import AppRequest, InvalidRequest, load_request

OPTIONS = ("engine", "fallback", *MODEL_OPTIONS, "start", "clarify", "approve")
KEY_LENGTH = 200
SUBMITTED = (ProjectDetailSerializer, examples.PROJECT_DETAIL)


class ProjectListView(ListAPIView[Project]):
    """All projects of a person, and new ones."""

    serializer_class = ProjectSerializer
    pagination_class = Pages
    filterset_class = ProjectFilter
    queryset = Project.objects.none()

    def get_queryset(self) -> QuerySet[Project]:
        """Return what the person may see."""
        return projects_of(person(self.request))

    @documented(
        "projects_list",
        {200: (ProjectSerializer(many=True), examples.PROJECT)},
        refusals=(400, 401),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List projects, the newest first; staff see everybody's."""
        return self.list(request, *args, **kwargs)

    @documented(
        "projects_create",
        {201: SUBMITTED, 200: SUBMITTED},
        refusals=(400, 401, 409, 413, 422),
        request=SubmissionSerializer,
        request_example=examples.SUBMISSION,
        parameters=(IDEMPOTENCY_KEY,),
    )
    def post(self, request: Request) -> Response:
        """Store a project and, unless `start` is false, begin to build it."""
        app, options = read_submission(request.data)
        new_id = uuid4()
        stored = services.submit_project(
            owner=person(request),
            request=app,
            idempotency_key=idempotency_key(request),
            project_id=new_id,
            start=options.pop("start"),
            options=RunOptions(**options),
        )
        is_new = stored.project_id == new_id
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        project = project_of(request, stored.project_id)
        return Response(ProjectDetailSerializer(project).data, status=code)


def read_submission(data: Any) -> tuple[AppRequest, dict[str, Any]]:
    """Return the spec and the options of a body; raise `InvalidRequest` with all that is wrong."""
    if not isinstance(data, dict):
        raise InvalidRequest([{"field": "spec", "message": "Give a JSON object."}])
    options = SubmissionOptionsSerializer(
        data={name: data[name] for name in OPTIONS if name in data}
    )
    errors: list[FieldError] = [] if options.is_valid() else field_errors(options.errors)
    try:
        words = {name: value for name, value in data.items() if name not in OPTIONS}
        app = load_request(words, any_stack=not errors and thinks(options.validated_data))
    except InvalidRequest as error:
        raise InvalidRequest([*error.errors, *errors]) from error
    if errors:
        raise InvalidRequest(errors)
    return app, dict(options.validated_data)


def thinks(options: Mapping[str, Any]) -> bool:
    """Tell whether the engine that is asked for has a model, which can write any stack."""
    return EngineChoice.parse(options["engine"]).thinker is not None


def idempotency_key(request: Request) -> str | None:
    """Return the request's key, or None; a key that could not be kept whole is refused."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > KEY_LENGTH or not key.isprintable():
        raise GenerationError(
            f"Idempotency-Key: send at most {KEY_LENGTH} printable characters.",
            code="invalid_idempotency_key",
        )
    return key or None


class ProjectView(APIView):
    """One project."""

    @documented(
        "projects_retrieve",
        {200: (ProjectDetailSerializer, examples.PROJECT_DETAIL)},
        parameters=(PROJECT_ID,),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return a project with its newest job."""
        return Response(ProjectDetailSerializer(project_of(request, project_id)).data)

    @documented("projects_delete", {204: (None, None)}, parameters=(PROJECT_ID,))
    def delete(self, request: Request, project_id: UUID) -> Response:
        """Delete a project; what runs for it is cancelled."""
        services.delete_project(project=project_of(request, project_id), by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
