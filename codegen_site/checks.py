"""System checks of the site's own settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import (
    CheckMessage,
    Error,
    Info,
    Warning,  # noqa: A004 - Django's name
    register,
)

from codegen_site.privileges import role_of
from generation.model_hosts import host_of, is_metadata, is_on_loopback, is_private

MODEL_ADDRESSES = (
    *("OLLAMA_HOST", "OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "GEMINI_BASE_URL"),
    "AINATIVE_BASE_URL",
)


@register("security", deploy=True)
def check_database_roles(**_kwargs: Any) -> list[CheckMessage]:
    """Warn when the web process connects as the tables' owner, past row-level security."""
    if role_of(settings.DATABASE_WEB_URL) != role_of(settings.DATABASE_URL):
        return []
    return [
        Warning(
            "The web process connects as the role that owns the tables: "
            "row-level security does not apply to it.",
            hint="Set DATABASE_WEB_URL to a role of its own (README, 'Your own PostgreSQL').",
            id="codegen.W001",
        )
    ]


@register("security", deploy=True)
def check_https(**_kwargs: Any) -> list[CheckMessage]:
    """Say that cookies are not marked secure when the site is served without HTTPS."""
    if settings.HTTPS:
        return []
    return [
        Info(
            "HTTPS is off: right on a loopback address, wrong on a network.",
            hint="Set HTTPS=on (and BEHIND_PROXY=on where a proxy ends TLS).",
            id="codegen.I001",
        )
    ]


@register("security")
def check_model_addresses(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse the metadata address as a server of models; say which servers are kept to staff."""
    named = {name: host_of(getattr(settings, name)) for name in MODEL_ADDRESSES}
    found: list[CheckMessage] = [
        Error(
            f"{name} is a cloud's metadata address, where no model is.",
            hint="Set it to the address of a server of models.",
            id="codegen.E001",
        )
        for name, host in named.items()
        if is_metadata(host)
    ]
    if settings.ALLOW_PRIVATE_MODEL_HOSTS or is_on_loopback():
        return found
    kept = [name for name, host in named.items() if is_private(host) and not is_metadata(host)]
    return found + [
        Info(
            f"{name} is on a private network: only those who run the site may use it.",
            hint="Set ALLOW_PRIVATE_MODEL_HOSTS=on to let everybody.",
            id="codegen.I002",
        )
        for name in kept
    ]
