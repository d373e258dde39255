"""What the OpenAPI document says beyond what the code shows: errors, examples, tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from generation.api.examples import ERRORS
from generation.api.serializers import ErrorSerializer

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Body = Any

PROJECT_ID = OpenApiParameter(
    "project_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The project."
)
STEP_ID = OpenApiParameter(
    "step_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The step."
)
FILE_PATH = OpenApiParameter(
    "path", str, OpenApiParameter.PATH, description="The file, such as `backend/app/main.py`."
)
EDIT_ID = OpenApiParameter(
    "edit_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The edit."
)
CONFLICT_ID = OpenApiParameter(
    "conflict_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The conflict."
)
FILE_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of the version that was changed, or `*` for any. When another is "
    "stored by now, the request is refused with 412; without the header with 428.",
)
FILE_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="`*` creates a file; one that is there already is refused with 409.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Up to 200 characters. A repeated request with the same key returns the project "
    "that was made first, with 200; another request with it is refused with 409.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of the design that was edited. When another is stored by now, the "
    "request is refused with 412; without the header it is stored whatever is there.",
)


PLAN_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of the plan that was looked at. When it is another by now, the request "
    "is refused with 412; without the header it counts for whatever is there.",
)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The token of the account page."""

    target_class = "projects.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:  # noqa: ARG002
        """Return the scheme as OpenAPI has it."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made in the account page: `Authorization: Bearer cg_…`.",
        }


def _name(code: int | tuple[int, str]) -> str:
    return str(code[0] if isinstance(code, tuple) else code)


def documented(
    operation: str,
    answers: Mapping[Any, tuple[Body, Any]],
    *,
    refusals: tuple[int, ...] = (401, 404),
    request: Body = None,
    request_example: Any = None,
    parameters: tuple[OpenApiParameter | type[Serializer[Any]], ...] = (),
    media_type: str | None = None,
    tags: tuple[str, ...] = (),
) -> Callable[[Decorated], Decorated]:
    """Describe an endpoint: `answers` by status as (body, example), and the errors it may give.

    What every endpoint of its kind may refuse need not be named: 403 for a session that changes
    something without a CSRF token, 413 and 415 for a body, 429.
    """
    responses: dict[Any, Any] = {
        (code, media_type) if media_type else code: OpenApiResponse(
            body, examples=[OpenApiExample(_name(code), value=example)] if example else []
        )
        for code, (body, example) in answers.items()
    }
    examples = (
        [OpenApiExample("QuickNotes", value=request_example, request_only=True)]
        if request_example
        else []
    )

    def describe(view: Decorated) -> Decorated:
        usual = [429, *((413, 415) if request else ()), *(() if view.__name__ == "get" else (403,))]
        return extend_schema(
            operation_id=operation,
            request=request,
            responses=responses | {code: _refusal(code) for code in (*refusals, *usual)},
            examples=examples,
            parameters=list(parameters),
            tags=list(tags) or None,
        )(view)

    return describe


def _refusal(code: int) -> OpenApiResponse:
    return OpenApiResponse(
        ErrorSerializer, examples=[OpenApiExample(f"{code}", value=ERRORS[code])]
    )
