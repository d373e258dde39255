"""System checks of the site's own settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning, register  # noqa: A004 - Django's name

from codegen_site.privileges import role_of


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
