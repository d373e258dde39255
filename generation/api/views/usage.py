"""What a person's calls to models took."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.filters import UsageQuerySerializer
from generation.api.schema import documented
from generation.api.serializers import UsageSerializer
from generation.api.views.base import person
from generation.usage_report import usage_report


class UsageView(APIView):
    """Usage."""

    @documented(
        "usage_retrieve",
        {200: (UsageSerializer, examples.USAGE)},
        refusals=(400, 401),
        parameters=(UsageQuerySerializer,),
    )
    def get(self, request: Request) -> Response:
        """Return what one's own calls took in the last days, by provider, model, project, day."""
        query = UsageQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        report = usage_report(person(request), days=query.validated_data["days"])
        return Response(UsageSerializer(report).data)
