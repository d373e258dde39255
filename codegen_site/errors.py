"""Answers to what no view answers: a page for people, a JSON body under `/api/` and `/v1/`."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults

from generation.api.errors import NOT_FOUND, TOO_LARGE, TOO_MANY_FILES, error_body

BAD_REQUEST, MISSING, TOO_LONG, FAULT = 400, 404, 413, 500
MESSAGES = {
    BAD_REQUEST: ("bad_request", "This request cannot be read."),
    MISSING: ("not_found", NOT_FOUND),
    TOO_LONG: ("too_large", TOO_LARGE),
    FAULT: ("error", "The fault is on this side and has been written to the site's log."),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 to a body over the limits, and 400 to anything else that is malformed."""
    if isinstance(exception, TooManyFilesSent):
        # Pages alone come here: under `/api/` the view reads the body.
        return render(request, "413.html", {"too_much": TOO_MANY_FILES}, status=TOO_LONG)
    too_long = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    status = TOO_LONG if too_long else BAD_REQUEST
    return _json(request, status) or render(request, f"{status}.html", status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return _json(request, MISSING) or defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, without the database, which may be what failed."""
    return _json(request, FAULT) or defaults.server_error(request)


def _json(request: HttpRequest, status: int) -> HttpResponse | None:
    if not request.path.startswith(("/api/", "/v1/")):
        return None
    return JsonResponse(error_body(*MESSAGES[status]), status=status)
