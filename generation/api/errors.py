"""One shape for every error: `{"code", "message", "errors": [{"field", "message"}]}`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler
from rest_framework.views import set_rollback

from generation.errors import GenerationError
from projects.spec.request import InvalidRequest

UNPROCESSABLE = 422
TOO_LARGE = 413


def body(code: str, message: str, errors: list[Any] | None = None) -> dict[str, Any]:
    """Return an error's body."""
    return {"code": code, "message": message, "errors": errors or []}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an exception; None lets Django answer it as the mistake in the code that it is."""
    if isinstance(error, GenerationError):
        set_rollback()
        return Response(body(error.code, error.message), status=error.status)
    if isinstance(error, InvalidRequest):
        answer = body(error.code, "The spec cannot be built as it is.", list(error.errors))
        return Response(answer, status=UNPROCESSABLE)
    if isinstance(error, RequestDataTooBig):
        return Response(body("too_large", "The request is too large."), status=TOO_LARGE)
    response = drf_handler(error, context)
    if response is not None:
        response.data = _body_of(error)
    return response


def _body_of(error: Exception) -> dict[str, Any]:
    if isinstance(error, Http404):
        return body("not_found", "There is no such thing here, or it is not yours.")
    if isinstance(error, PermissionDenied):
        return body("permission_denied", "You may not do this.")
    if isinstance(error, exceptions.ValidationError):
        return body("invalid", "Some values are not valid.", _field_errors(error.detail))
    if isinstance(error, exceptions.APIException):
        detail = error.detail
        code = str(getattr(detail, "code", error.default_code))
        return body(code, str(detail))
    return body("error", str(error))


def _field_errors(detail: Any) -> list[dict[str, str]]:
    if isinstance(detail, dict):
        return [
            {"field": str(field), "message": str(message)}
            for field, messages in detail.items()
            for message in (messages if isinstance(messages, list) else [messages])
        ]
    return [{"field": "", "message": str(message)} for message in detail]
