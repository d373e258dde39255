"""The REST API: parse, call a service, answer. Whatever is not yours is not there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import services
from generation.api.filters import LongPages, Pages, ProjectFilter
from generation.api.serializers import (
    ErrorSerializer,
    FileSerializer,
    JobSerializer,
    LogSerializer,
    ProjectDetailSerializer,
    ProjectSerializer,
    SpecSerializer,
    StepSerializer,
    SubmissionOptionsSerializer,
    SubmissionSerializer,
)
from generation.downloads import zip_response
from generation.errors import GenerationError
from generation.models import GenerationStep, Log
from memory.services import recall_spec
from projects.models import Project, User
from projects.spec.request import load_request

OPTIONS = ("engine", "start")
LOG_PAGE = 1000
KEY_LENGTH = 200
REFUSALS: dict[int | tuple[int, str], Any] = {401: ErrorSerializer, 404: ErrorSerializer}
CONFLICT = {**REFUSALS, 409: ErrorSerializer}
EXAMPLE = OpenApiExample(
    "QuickNotes",
    request_only=True,
    value={
        "project_name": "QuickNotes",
        "description": "A simple notes app with user auth and note CRUD.",
        "features": ["User login/signup", "Task CRUD", "Dashboard view"],
        "tech_stack": "React + FastAPI + PostgreSQL",
        "styling": "Bootstrap",
    },
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="A repeated request with the same key returns the project made first.",
)


def person(request: Request) -> User:
    """Return who asks; the permission classes let nobody else through."""
    if not isinstance(request.user, User):
        raise TypeError("a signed-in user is needed here")
    return request.user


class ProjectViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Project]
):
    """Projects and what belongs to them."""

    queryset = Project.objects.none()
    serializer_class = ProjectSerializer
    pagination_class = Pages
    filterset_class = ProjectFilter
    lookup_field = "project_id"
    lookup_url_kwarg = "project_id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Project]:
        """Return what the person may see."""
        return Project.objects.visible_to(self.request.user).recent()

    @extend_schema(responses={200: ProjectDetailSerializer, **REFUSALS})
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002
        """Return a project with its newest job."""
        return Response(ProjectDetailSerializer(self.get_object()).data)

    @extend_schema(
        request=SubmissionSerializer,
        responses={
            200: ProjectDetailSerializer,
            201: ProjectDetailSerializer,
            400: ErrorSerializer,
            401: ErrorSerializer,
            409: ErrorSerializer,
            422: ErrorSerializer,
        },
        parameters=[IDEMPOTENCY_KEY],
        examples=[EXAMPLE],
    )
    def create(self, request: Request) -> Response:
        """Store a project and, unless `start` is false, begin to build it."""
        data = request.data if isinstance(request.data, dict) else {}
        options = SubmissionOptionsSerializer(data={k: data[k] for k in OPTIONS if k in data})
        options.is_valid(raise_exception=True)
        spec = {k: v for k, v in data.items() if k not in OPTIONS}
        app = load_request(spec if isinstance(request.data, dict) else request.data)
        key = request.headers.get("Idempotency-Key", "")[:KEY_LENGTH] or None
        known = key and Project.objects.filter(user=person(request), idempotency_key=key).exists()
        project = services.submit_project(
            owner=person(request), request=app, idempotency_key=key, **options.validated_data
        )
        code = status.HTTP_200_OK if known else status.HTTP_201_CREATED
        return Response(ProjectDetailSerializer(project).data, status=code)

    @extend_schema(responses={204: None, **REFUSALS})
    def destroy(self, request: Request, project_id: UUID) -> Response:  # noqa: ARG002
        """Delete a project."""
        services.delete_project(project=self.get_object(), by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={202: JobSerializer, **CONFLICT})
    @action(detail=True, methods=["post"], filterset_class=None)
    def start(self, request: Request, project_id: UUID) -> Response:  # noqa: ARG002
        """Start a draft."""
        job = services.start_project(project=self.get_object(), by=person(request))
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={202: JobSerializer, **CONFLICT})
    @action(detail=True, methods=["post"], filterset_class=None)
    def retry(self, request: Request, project_id: UUID) -> Response:  # noqa: ARG002
        """Go on from where the newest job failed or was cancelled."""
        job = services.retry_project(project=self.get_object(), by=person(request))
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={202: JobSerializer, **CONFLICT})
    @action(detail=True, methods=["post"], filterset_class=None)
    def again(self, request: Request, project_id: UUID) -> Response:  # noqa: ARG002
        """Generate again, as a new job over the same project."""
        job = services.generate_again(project=self.get_object(), by=person(request))
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={200: JobSerializer, **CONFLICT})
    @action(detail=True, methods=["post"], filterset_class=None)
    def cancel(self, request: Request, project_id: UUID) -> Response:  # noqa: ARG002
        """Stop the running job; files made so far are kept."""
        job = services.cancel_project(project=self.get_object(), by=person(request))
        return Response(JobSerializer(job).data)

    @extend_schema(responses={200: StepSerializer(many=True), **REFUSALS}, filters=False)
    @action(detail=True, pagination_class=LongPages, filterset_class=None)
    def steps(self, request: Request, project_id: UUID) -> Response:  # noqa: ARG002
        """List the steps of all jobs, in order."""
        rows = self.get_object().steps.order_by("job__created_at", "sequence_order")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(StepSerializer(page, many=True).data)

    @extend_schema(
        responses={200: LogSerializer(many=True), 400: ErrorSerializer, **REFUSALS},
        parameters=[OpenApiParameter("after", int, description="Lines after this log_id.")],
        filters=False,
    )
    @action(detail=True, pagination_class=None, filterset_class=None)
    def logs(self, request: Request, project_id: UUID) -> Response:  # noqa: ARG002
        """Return up to 1,000 lines after `after`, in order."""
        after = _whole_number(request.query_params.get("after", "0"))
        rows = Log.objects.filter(project=self.get_object(), log_id__gt=after)
        return Response(LogSerializer(rows.order_by("log_id")[:LOG_PAGE], many=True).data)

    @extend_schema(responses={200: FileSerializer(many=True), **REFUSALS}, filters=False)
    @action(detail=True, pagination_class=LongPages, filterset_class=None)
    def files(self, request: Request, project_id: UUID) -> Response:  # noqa: ARG002
        """List the files."""
        page = self.paginate_queryset(self.get_object().files.order_by("path"))
        return self.get_paginated_response(FileSerializer(page, many=True).data)

    @extend_schema(responses={(200, "text/plain"): OpenApiTypes.STR, **REFUSALS})
    @action(detail=True, url_path=r"files/(?P<path>.+)", url_name="file", filterset_class=None)
    def file(self, request: Request, project_id: UUID, path: str) -> HttpResponse:  # noqa: ARG002
        """Return one file as plain text."""
        found = get_object_or_404(self.get_object().files, path=path)
        response = HttpResponse(found.content, content_type="text/plain; charset=utf-8")
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY, **CONFLICT})
    @action(detail=True, filterset_class=None)
    def zip(self, request: Request, project_id: UUID) -> HttpResponse:  # noqa: ARG002
        """Return the files as a ZIP."""
        return zip_response(self.get_object())


LARGEST_ID = 2**31 - 1


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise GenerationError("after: send a whole number.", code="invalid")
    return min(int(text), LARGEST_ID)


class StepRetryView(APIView):
    """Retry of one step."""

    @extend_schema(request=None, responses={202: JobSerializer, **CONFLICT})
    def post(self, request: Request, project_id: UUID, step_id: UUID) -> Response:
        """Go on from a failed step."""
        project = get_object_or_404(
            Project.objects.visible_to(person(request)), project_id=project_id
        )
        step = get_object_or_404(GenerationStep.objects.filter(project=project), step_id=step_id)
        job = services.retry_step(step=step, by=person(request))
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)


class RecallView(APIView):
    """Recall last app."""

    @extend_schema(
        responses={
            200: SpecSerializer,
            401: ErrorSerializer,
            404: OpenApiResponse(ErrorSerializer, description="Nothing was submitted yet."),
        }
    )
    def get(self, request: Request) -> Response:
        """Return the spec that the person submitted last."""
        spec = recall_spec(person(request))
        if spec is None:
            raise GenerationError(
                "You have not submitted an app yet.", code="nothing_to_recall", status=404
            )
        return Response(spec)
