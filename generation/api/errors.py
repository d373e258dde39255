"""One shape for every error: `{"code", "message", "errors": [{"field", "message"}]}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFilesSent,
)
from django.http import Http404
from django.utils.http import quote_etag
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler
from rest_framework.views import set_rollback

from generation.errors import GenerationError, InvalidTransition
from generation.workspace.errors import FileChanged
from projects.spec.request import InvalidRequest

MOST_ERRORS = 50
LONGEST_FIELD = 200
TOO_LARGE = "The request is too large. Send less than 1 MB."
TOO_MANY_FILES = f"Send at most {settings.DATA_UPLOAD_MAX_NUMBER_FILES} files at once."
NOT_FOUND = "There is no such thing here, or it is not yours."

FieldError = dict[str, str]


def error_body(code: str, message: str, errors: Iterable[FieldError] = ()) -> dict[str, Any]:
    """Return the body of an error; of very many field errors it holds the first."""
    shown = [
        {"field": _printable(error["field"]), "message": _printable(error["message"])}
        for error in list(errors)[:MOST_ERRORS]
    ]
    return {"code": code, "message": message, "errors": shown}


def _printable(text: str) -> str:
    """Return text that any JSON document can hold: a caller's keys come back in errors."""
    return text[:LONGEST_FIELD].encode("utf-8", "replace").decode()


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an exception; None lets Django report it as the fault in the code that it is."""
    answer = _own(error)
    if answer is not None:
        set_rollback()
        return answer
    response = drf_handler(error, context)
    if response is not None:
        response.data = _body_of(error)
    return response


def _own(error: Exception) -> Response | None:
    """Answer what DRF does not know."""
    if isinstance(error, FileChanged):
        return _file_changed(error)
    if isinstance(error, InvalidTransition):
        allowed = [{"field": "allowed", "message": action} for action in error.allowed]
        return Response(error_body(error.code, error.message, allowed), status=error.status)
    if isinstance(error, GenerationError):
        return Response(error_body(error.code, error.message), status=error.status)
    if isinstance(error, InvalidRequest):
        data = error_body(error.code, "The spec cannot be built as it is.", error.errors)
        return Response(data, status=status.HTTP_422_UNPROCESSABLE_ENTITY)
    if isinstance(error, RequestDataTooBig):
        data = error_body("too_large", TOO_LARGE)
        return Response(data, status=status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)
    if isinstance(error, TooManyFilesSent):
        data = error_body("too_many_files", TOO_MANY_FILES)
        return Response(data, status=status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)
    if isinstance(error, SuspiciousOperation):
        data = error_body("bad_request", "This request cannot be read.")
        return Response(data, status=status.HTTP_400_BAD_REQUEST)
    return None


def _file_changed(error: FileChanged) -> Response:
    """Name the version that is there now: as ETag, and for people."""
    known = error.version is not None
    errors = [{"field": "version", "message": str(error.version)}] if known else []
    headers = {"ETag": quote_etag(str(error.version))} if known else {}
    body = error_body(error.code, error.message, errors)
    return Response(body, status=error.status, headers=headers)


def _body_of(error: Exception) -> dict[str, Any]:
    if isinstance(error, Http404 | exceptions.NotFound):
        return error_body("not_found", NOT_FOUND)
    if isinstance(error, PermissionDenied):
        return error_body("permission_denied", "You may not do this.")
    if isinstance(error, exceptions.ValidationError):
        return error_body("invalid", "Some values are not valid.", field_errors(error.detail))
    if isinstance(error, exceptions.APIException):
        code = str(getattr(error.detail, "code", error.default_code))
        return error_body(code, str(error.detail))
    return error_body("error", "This did not work.")


def field_errors(detail: Any, prefix: str = "") -> list[FieldError]:
    """Flatten DRF's nested error detail; nested fields are joined by a dot."""
    if isinstance(detail, Mapping):
        named = [
            (f"{prefix}.{field}" if prefix else str(field), part) for field, part in detail.items()
        ]
        return [error for name, part in named for error in field_errors(part, name)]
    if isinstance(detail, list):
        return [error for part in detail for error in field_errors(part, prefix)]
    return [{"field": prefix, "message": str(detail)}]
