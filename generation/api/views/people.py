"""The person who asks: who they are, and what they asked for last."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import examples
from generation.api.schema import documented
from generation.api.serializers import MeSerializer, SpecSerializer
from generation.api.views.base import person
from generation.errors import GenerationError
from memory.services import recall_spec


class MeView(APIView):
    """Who asks."""

    @documented("me_retrieve", {200: (MeSerializer, examples.ME)}, refusals=(401,))
    def get(self, request: Request) -> Response:
        """Return the person whose session or token this is."""
        return Response(MeSerializer(person(request)).data)


class RecallView(APIView):
    """Recall last app."""

    @documented("recall_retrieve", {200: (SpecSerializer, examples.SPEC)})
    def get(self, request: Request) -> Response:
        """Return the spec that the person submitted last, ready to be submitted again."""
        spec = recall_spec(person(request))
        if spec is None:
            raise GenerationError(
                "You have not submitted an app yet.", code="nothing_to_recall", status=404
            )
        return Response(spec)
