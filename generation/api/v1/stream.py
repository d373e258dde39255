"""What happens to a job, as server-sent events."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request
from rest_framework.views import APIView

from generation.api.parsers import WhateverIsAccepted
from generation.api.schema import documented
from generation.api.v1 import examples
from generation.api.v1.views import JOB_ID, TAGS, job_of
from generation.api.views.base import person
from generation.streams import Watch, begin_stream, has_heard_all

MEDIA_TYPE = "text/event-stream"
LAST_EVENT_ID = OpenApiParameter(
    "Last-Event-ID",
    str,
    OpenApiParameter.HEADER,
    description="The `id` of the last event that the client has; browsers send it by themselves. "
    "Every event after it is told once.",
)
LONGEST_NUMBER = 18


class StreamView(APIView):
    """A job's events."""

    content_negotiation_class = WhateverIsAccepted

    @documented(
        "jobs_stream",
        {
            (200, MEDIA_TYPE): (OpenApiTypes.STR, examples.STREAM),
            status.HTTP_204_NO_CONTENT: (None, None),
        },
        parameters=(JOB_ID, LAST_EVENT_ID),
        tags=TAGS,
    )
    def get(self, request: Request, job_id: UUID) -> HttpResponse:
        """Tell what happens to a job until it ends: where it stands now, then every change.

        `progress`, `waiting`, and as the last `complete`, `error` or `cancelled`. A job that has
        ended tells its end at once; when that is known already the answer is 204, after which a
        browser does not come back.
        """
        job = job_of(request, job_id)
        after = _number(request.headers.get("Last-Event-ID", ""))
        if has_heard_all(job, after):
            return HttpResponse(status=status.HTTP_204_NO_CONTENT)
        response = HttpResponse(
            content_type=MEDIA_TYPE,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        if request.method == "GET":
            watch = Watch(job.pk, job.project_id, person(request), after)
            begin_stream(request._request, watch)  # noqa: SLF001 - the server's own request
        return response


def _number(text: str) -> int | None:
    """Return the number of an event; None for what is none."""
    whole = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if whole else None
