"""Reading a request's body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class BoundedJSONParser(JSONParser):
    """JSON in UTF-8 up to DATA_UPLOAD_MAX_MEMORY_SIZE bytes."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - JSON is UTF-8
    ) -> Any:
        """Return the decoded value. Raises `RequestDataTooBig` (413) or `ParseError` (400)."""
        limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RequestDataTooBig("The body is over the limit.")
        try:
            return super().parse(BytesIO(body), media_type, {"encoding": "utf-8"})
        except RecursionError as error:
            raise ParseError("JSON parse error - nested too deeply") from error


class WhateverIsAccepted(BaseContentNegotiation):
    """Answer with what the address holds, whatever the caller says it accepts."""

    def select_parser(self, _request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        """Return the first parser."""
        return next(iter(parsers))

    def select_renderer(
        self,
        _request: Request,
        renderers: Iterable[BaseRenderer],
        _format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer, which then answers errors only."""
        first = next(iter(renderers))
        return first, first.media_type
