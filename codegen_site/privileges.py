"""What the web and service roles may do with the tables that the owner role made."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connections
from psycopg import sql

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT USAGE ON SCHEMA flexos TO {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA flexos TO {role}",
    "GRANT USAGE ON SCHEMA yago TO {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA yago TO {role}",
)


def role_of(url: str) -> str:
    """Return the role that a database URL connects as."""
    return unquote(urlsplit(url).username or "")


def other_roles() -> list[str]:
    """Return the roles, apart from the owner, that the settings name."""
    owner = role_of(settings.DATABASE_URL)
    wanted = {role_of(settings.DATABASE_WEB_URL), role_of(settings.DATABASE_SERVICE_URL)}
    return sorted(wanted - {owner, ""})


def grant_privileges(*, using: str = "default", **_kwargs: Any) -> None:
    """Grant table and sequence privileges to the web and service roles (idempotent)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for role in other_roles():
            for grant in GRANTS:
                cursor.execute(sql.SQL(grant).format(role=sql.Identifier(role)))
