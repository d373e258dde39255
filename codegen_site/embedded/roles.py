"""The database, its roles and its vector extension, on an embedded or an external server.

As a program (`python -m codegen_site.embedded.roles`) it prepares the server whose superuser is in
`DATABASE_ADMIN_URL` for the roles, passwords and database that the `DATABASE_*URL`s name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

# The owner migrates, the web role is subject to row-level security, workers pass it.
ATTRIBUTES = {
    "owner": sql.SQL("CREATEDB"),
    "web": sql.SQL("NOSUPERUSER NOBYPASSRLS"),
    "service": sql.SQL("BYPASSRLS"),
}
# A process that hangs in the middle of a transaction holds its locks no longer than this.
IDLE_IN_TRANSACTION = "15s"
VARIABLES = {
    "owner": "DATABASE_URL",
    "web": "DATABASE_WEB_URL",
    "service": "DATABASE_SERVICE_URL",
}


def make_roles(admin: str, urls: Mapping[str, str], *, extension_in: tuple[str, ...] = ()) -> None:
    """Make roles, database and extension; harmless when they are there.

    `admin` connects as a superuser; `urls` holds the addresses by kind (owner, web, service).
    The extension goes into the database and into those of `extension_in`: only a superuser may add
    it, and a database made from `template1` (as tests do) has it from there.
    """
    database = urlsplit(urls["owner"]).path.lstrip("/")
    with psycopg.connect(admin, autocommit=True) as connection:
        for kind, url in urls.items():
            _make_role(connection, url, ATTRIBUTES[kind])
            if kind != "owner":
                _bound_idleness(connection, url)
        _make_database(connection, database, urls["owner"])
    for name in (*extension_in, database):
        with psycopg.connect(make_conninfo(admin, dbname=name), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")


def _name_of(url: str) -> str:
    return unquote(urlsplit(url).username or "")


def _make_role(
    connection: psycopg.Connection[tuple[object, ...]], url: str, attributes: sql.SQL
) -> None:
    role = sql.Identifier(_name_of(url))
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_name_of(url)])
    if found.fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
    password = sql.Literal(unquote(urlsplit(url).password or ""))
    statement = sql.SQL("ALTER ROLE {} WITH LOGIN {} PASSWORD {}")
    connection.execute(statement.format(role, attributes, password))


def _bound_idleness(connection: psycopg.Connection[tuple[object, ...]], url: str) -> None:
    statement = sql.SQL("ALTER ROLE {} SET idle_in_transaction_session_timeout = {}")
    role = sql.Identifier(_name_of(url))
    connection.execute(statement.format(role, sql.Literal(IDLE_IN_TRANSACTION)))


def _make_database(
    connection: psycopg.Connection[tuple[object, ...]], database: str, owner_url: str
) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    owner = sql.Identifier(_name_of(owner_url))
    if found.fetchone() is None:
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
    else:
        statement = sql.SQL("ALTER DATABASE {} OWNER TO {}")
    connection.execute(statement.format(sql.Identifier(database), owner))


def main() -> int:
    """Prepare the server that the environment names."""
    needed = ("DATABASE_ADMIN_URL", *VARIABLES.values())
    missing = [name for name in needed if not os.environ.get(name)]
    if missing:
        sys.stderr.write(f"Set {', '.join(missing)}.\n")
        return 2
    urls = {kind: os.environ[name] for kind, name in VARIABLES.items()}
    if len({_name_of(url) for url in urls.values()}) < len(urls):
        sys.stderr.write(
            "DATABASE_URL, DATABASE_WEB_URL and DATABASE_SERVICE_URL must name three roles.\n"
        )
        return 2
    try:
        make_roles(os.environ["DATABASE_ADMIN_URL"], urls)
    except psycopg.Error as error:
        sys.stderr.write(f"The database could not be prepared: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
