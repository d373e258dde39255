"""Answers to requests that cannot be read."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

BAD_REQUEST, TOO_LARGE = 400, 413


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 to a body over the limit, and 400 to anything else that is malformed."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    status = TOO_LARGE if too_large else BAD_REQUEST
    return render(request, f"{status}.html", status=status)
