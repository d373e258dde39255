"""What a run will probably take, told before it is started."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.model_options import EstimateQuerySerializer
from generation.api.schema import PROJECT_ID, documented
from generation.api.serializers import EstimateSerializer
from generation.api.views.base import person, project_of
from generation.pipeline.config import RunOptions, options_of
from generation.run_estimates import outlook

TOLD = {200: (EstimateSerializer, examples.ESTIMATE)}


class EstimateView(APIView):
    """An estimate for an app that is not stored yet."""

    @documented(
        "estimate_retrieve", TOLD, refusals=(400, 401), parameters=(EstimateQuerySerializer,)
    )
    def get(self, request: Request) -> Response:
        """Return what a run would probably ask of models, by runs like it; nothing is started."""
        return _told(request, RunOptions())


class ProjectEstimateView(APIView):
    """An estimate for a project."""

    @documented(
        "projects_estimate_retrieve",
        TOLD,
        refusals=(400, 401, 404),
        parameters=(PROJECT_ID, EstimateQuerySerializer),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """Return what a run of the project would probably ask of models; nothing is started.

        What is left out is as the project has it.
        """
        return _told(request, options_of(project_of(request, project_id)))


def _told(request: Request, options: RunOptions) -> Response:
    query = EstimateQuerySerializer(data=request.query_params)
    query.is_valid(raise_exception=True)
    chosen = options.model_copy(update=query.validated_data)
    return Response(EstimateSerializer(outlook(chosen, person(request))).data)
