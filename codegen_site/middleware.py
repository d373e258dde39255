"""Request middleware: the identity of the unit of work, and what a page may load."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import resolve_url

from projects.identity import acting_as

POLICY = (
    "default-src 'self'; "
    "img-src 'self' data:; "
    "style-src 'self'; "
    "script-src 'self'; "
    "connect-src 'self'; "
    "frame-ancestors 'none'; "
    "base-uri 'self'; "
    "form-action 'self'; "
    "object-src 'none'"
)
# Swagger UI and the admin style elements from scripts; their scripts still come from this host.
RELAXED = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
RELAXED_FOR_DOCS = RELAXED.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")

COMPRESSED = ("text/", "application/json")

Handler = Callable[[HttpRequest], HttpResponse]


class IdentityMiddleware:
    """Run the request under the signed-in user's identity, which row-level security reads."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as its user."""
        with acting_as(request.user):
            return self.get_response(request)


class CompressionMiddleware(GZipMiddleware):
    """Compress pages and JSON. What is streamed stays as it is, or events would wait for others.

    So does what has an ETag: compressed it would have a weak one, which no If-Match takes. Django
    pads what it compresses and masks CSRF tokens, so that its length tells nothing.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the answer where that pays."""
        kind = response.headers.get("Content-Type", "")
        if response.streaming or "ETag" in response.headers or not kind.startswith(COMPRESSED):
            return response
        return super().process_response(request, response)


class PartialPageMiddleware:
    """Reload the page when a part of it is asked for after the session has ended.

    The sign-in page would otherwise be put, or sought in vain, where the part belongs.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; in place of a redirect to the sign-in page, ask for a reload."""
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if "HX-Request" in request.headers and _path_of(response) == sign_in:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return response


def _path_of(response: HttpResponse) -> str:
    return urlsplit(response.headers.get("Location", "")).path


class ContentSecurityPolicyMiddleware:
    """Let pages load scripts, styles, fonts and sockets from this host only."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the policy, unless the view has set its own."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy_for(request.path))
        return response


def _policy_for(path: str) -> str:
    if path.startswith("/api/"):
        return RELAXED_FOR_DOCS
    return RELAXED if path.startswith("/admin/") else POLICY
