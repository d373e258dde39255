"""Whatever is renamed in an app that is in use keeps its rows, there and back, in both stacks."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from generation.engines.base import Version
from generation.engines.builtin.render import write_app
from generation.verification.packages import cache_folder, install_with_cache
from generation.verification.processes import clean_environment
from projects.spec.models import AppSpec, EntitySpec, FieldSpec
from tests.stacks.renames import AFTER, BEFORE, SWAPPED
from tests.stacks.versions import made

DJANGO = "Django + HTMX + PostgreSQL"
REACT = "React + FastAPI + PostgreSQL"
NOW = "'2024-01-02 03:04:05'"
Rows = Callable[..., list[tuple[object, ...]]]


class Django:
    """An app of the Django stack, run with the packages of this environment."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def write(self, version: Version) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        write_app(dict(version.files), self.folder)

    def migrate(self, version: Version) -> None:
        self.write(version)
        self._manage("migrate", "--verbosity", "0")
        self._manage("makemigrations", "--check", "--dry-run")

    def back_to(self, version: Version) -> None:
        name = Path(max(p for p in version.files if p.startswith("core/migrations/0"))).stem
        self._manage("migrate", "core", name, "--verbosity", "0")

    def _manage(self, *arguments: str) -> None:
        run([sys.executable, "manage.py", *arguments], self.folder, self.address)

    @staticmethod
    def table(entity: str) -> str:
        return f"core_{entity.lower()}"

    @staticmethod
    def pairs(entity: str, link: str, target: str) -> tuple[str, str, str]:
        """The table of pairs of a link, and its columns."""
        ends = (entity, target) if entity != target else (f"from_{entity}", f"to_{target}")
        return (f"core_{entity}_{link}", f"{ends[0]}_id", f"{ends[1]}_id")

    people = (
        "INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active,"
        f" joined_at) VALUES (1, 'ann@example.org', 'x', false, false, true, {NOW})"
    )


class React:
    """The back end of an app of the React stack, with its packages installed."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def write(self, version: Version) -> None:
        for part in ("app", "alembic"):
            shutil.rmtree(self.folder / "backend" / part, ignore_errors=True)
        write_app(dict(version.files), self.folder)

    def migrate(self, version: Version) -> None:
        self.write(version)
        self._alembic("upgrade", "head")
        self._alembic("check")

    def back_to(self, version: Version) -> None:
        newest = version.files[max(p for p in version.files if "/alembic/versions/0" in p)]
        self._alembic("downgrade", newest.split('\nrevision = "')[1].split('"', maxsplit=1)[0])

    def _alembic(self, *arguments: str) -> None:
        # Its script names the folder that the packages were installed in, not where they are now.
        python = str(self.folder / "backend" / ".venv" / "bin" / "python")
        run([python, "-m", "alembic", *arguments], self.folder / "backend", self.address)

    @staticmethod
    def table(entity: str) -> str:
        return f"{entity.lower()}s"

    @staticmethod
    def pairs(entity: str, link: str, target: str) -> tuple[str, str, str]:  # noqa: ARG004 - as Django's
        """The table of pairs of a link, and its columns."""
        return (f"{entity}s_{link}", "source_id", "target_id")

    people = (
        "INSERT INTO users (id, email, password_hash, created_at, updated_at)"
        f" VALUES (1, 'ann@example.org', 'x', {NOW}, {NOW})"
    )


App = Django | React
STACKS: dict[str, type[App]] = {DJANGO: Django, REACT: React}


def run(command: list[str], folder: Path, address: str) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=clean_environment(DATABASE_URL=address),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


@pytest.fixture(scope="module")
def backend(tmp_path_factory) -> Path:
    """A React app whose back end is installed."""
    folder = tmp_path_factory.mktemp("renames") / "app"
    write_app(dict(made(REACT, AppSpec(name="App", auth=True)).files), folder)
    shutil.rmtree(folder / "frontend")
    cache = cache_folder() / "packages"
    cache.mkdir(parents=True, exist_ok=True)
    install = ["./run", "install", "backend"]

    def installed() -> bool:
        environment = clean_environment()
        return not subprocess.run(install, cwd=folder, env=environment, check=False).returncode

    assert install_with_cache(folder, cache, installed)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'notebook.db'}"
        return
    server = os.environ["DATABASE_URL"]
    name = f"notebook_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{server.rsplit('/', 1)[0]}/{name}"
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@pytest.fixture
def rows(address) -> Rows:
    """What executes statements in one transaction and returns the rows of the last."""

    def execute(*statements: str) -> list[tuple[object, ...]]:
        if address.startswith("sqlite"):
            with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as lite, lite:
                lite.execute("PRAGMA foreign_keys = ON")
                return [lite.execute(statement) for statement in statements][-1].fetchall()
        with psycopg.connect(address) as connection:
            found = [connection.execute(statement) for statement in statements][-1]
            return found.fetchall() if found.description else []

    return execute


@pytest.fixture(params=[DJANGO, REACT])
def stack(request) -> str:
    return request.param


@pytest.fixture
def app(stack, address, tmp_path, request) -> App:
    if stack == REACT:
        return React(request.getfixturevalue("backend"), address)
    return Django(tmp_path / "app", address)


def fill(app: App, rows: Rows) -> None:
    """Two rows of each, linked in every way."""
    stamps, plain = f"{NOW}, {NOW}", "owner_id, created_at, updated_at"
    tags, friends = app.pairs("note", "tags", "tag"), app.pairs("note", "friends", "note")
    rows(
        app.people,
        *(
            f"INSERT INTO {app.table('person')} (id, name, nickname, {plain})"
            f" VALUES ({n}, 'name {n}', 'nick {n}', 1, {stamps})"
            for n in (1, 2)
        ),
        *(
            f"INSERT INTO {app.table('tag')} (id, name, {plain})"
            f" VALUES ({n}, 'tag {n}', 1, {stamps})"
            for n in (1, 2)
        ),
        *(
            f"INSERT INTO {app.table('note')} (id, title, body, due_date, code, stage, pages,"
            f" person_id, parent_id, cover_id, {plain}) VALUES ({n}, 'title {n}', 'body {n}',"
            f" '2024-05-0{n}', 'code {n}', 'done', {n}, {n}, 1, {n}, 1, {stamps})"
            for n in (1, 2)
        ),
        f"INSERT INTO {app.table('memo')} (id, line, tag_id, {plain})"
        f" VALUES (1, 'l', 1, 1, {stamps})",
        *(
            f"INSERT INTO {table} ({source}, {target}) VALUES (1, 2), (2, 1), (2, 2)"
            for table, source, target in (tags, friends)
        ),
    )


def links(app: App, rows: Rows, entity: str, link: str, target: str) -> list[tuple[object, ...]]:
    table, source, end = app.pairs(entity, link, target)
    return rows(f"SELECT {source}, {end} FROM {table} ORDER BY {source}, {end}")


NOTES = "title, body, due_date, code, person_id, parent_id, cover_id"
MEMOS = "heading, title, deadline, serial, writer_id, origin_id, badge_id"
PAIRS = [(1, 2), (2, 1), (2, 2)]


def notes(app: App, rows: Rows, entity: str, columns: str) -> list[tuple[object, ...]]:
    found = rows(f"SELECT {columns} FROM {app.table(entity)} ORDER BY id")
    return [
        tuple(value if isinstance(value, int) else str(value) for value in row) for row in found
    ]


ROWS = [(f"title {n}", f"body {n}", f"2024-05-0{n}", f"code {n}", n, 1, n) for n in (1, 2)]


def test_rows_survive_whatever_is_renamed_and_the_way_back(stack, app, rows):
    first = made(stack, BEFORE)
    second = made(stack, AFTER, first)
    third = made(stack, SWAPPED, second)
    app.migrate(first)
    fill(app, rows)

    app.migrate(second)
    assert notes(app, rows, "memo", MEMOS) == ROWS
    assert links(app, rows, "memo", "labels", "label") == PAIRS
    assert links(app, rows, "memo", "peers", "memo") == PAIRS
    assert rows(f"SELECT name FROM {app.table('label')} ORDER BY id") == [("tag 1",), ("tag 2",)]
    people = f"SELECT nickname, name FROM {app.table('person')} ORDER BY id"
    assert rows(people) == [("name 1", "nick 1"), ("name 2", "nick 2")]
    lengths = rows(f"SELECT state, length FROM {app.table('memo')} ORDER BY id")
    assert [(state, int(length)) for state, length in lengths] == [("open", 1), ("open", 2)]
    assert rows(f"SELECT * FROM {app.table('note')}") == []
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError)):
        rows(f"UPDATE {app.table('memo')} SET serial = 'code 1'")
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError)):
        rows(f"UPDATE {app.table('memo')} SET badge_id = 77")

    app.migrate(third)
    assert notes(app, rows, "note", MEMOS) == ROWS
    assert links(app, rows, "note", "labels", "label") == PAIRS
    assert links(app, rows, "note", "peers", "note") == PAIRS

    app.back_to(second)
    assert notes(app, rows, "memo", MEMOS) == ROWS
    app.back_to(first)
    assert notes(app, rows, "note", NOTES) == ROWS
    assert links(app, rows, "note", "tags", "tag") == PAIRS
    assert links(app, rows, "note", "friends", "note") == PAIRS
    assert rows(f"SELECT name, nickname FROM {app.table('person')} ORDER BY id") == [
        ("name 1", "nick 1"),
        ("name 2", "nick 2"),
    ]
    app.migrate(third)
    assert notes(app, rows, "note", MEMOS) == ROWS


def plain(name: str, field: str, identity: str | None = None) -> EntitySpec:
    """A thing of one field with no rule on its table."""
    fields = (FieldSpec(name=field, required=True),)
    return EntitySpec(name=name, plural=f"{name}s", identity=identity, owned=False, fields=fields)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # renamed away and removed, with a new thing under the old name
        ((plain("Note", "title"),), (plain("Note", "text", "Note 2"),)),
        # renamed, with a new thing under the old name
        ((plain("Note", "title"),), (plain("Memo", "title", "Note"), plain("Note", "text", "N2"))),
        # renamed to what went
        ((plain("Note", "title"), plain("Memo", "text")), (plain("Memo", "title", "Note"),)),
    ],
    ids=["replaced", "followed", "taken"],
)
def test_a_name_that_is_free_again_is_taken(stack, app, rows, before, after):
    first = made(stack, AppSpec(name="Notebook", auth=False, entities=before))
    second = made(stack, AppSpec(name="Notebook", auth=False, entities=after), first)
    app.migrate(first)
    rows(
        f"INSERT INTO {app.table('note')} (id, title, created_at, updated_at)"
        f" VALUES (1, 'first', {NOW}, {NOW})"
    )
    app.migrate(second)
    kept = [entity for entity in after if entity.identity == "Note"]
    for entity in after:
        found = rows(f"SELECT * FROM {app.table(entity.name)}")
        assert len(found) == len([one for one in kept if one is entity])
    app.back_to(first)
    assert len(rows(f"SELECT title FROM {app.table('note')}")) == len(kept)


def test_the_migrations_are_linted_and_formatted(stack, tmp_path):
    first = made(stack, BEFORE)
    write_app(dict(made(stack, SWAPPED, made(stack, AFTER, first)).files), tmp_path / "app")
    for check in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *check, "--no-cache", "."]
        run(command, tmp_path / "app", "sqlite://")


def test_the_same_versions_give_the_same_migration(stack):
    first = made(stack, BEFORE)
    assert made(stack, AFTER, first).files == made(stack, AFTER, first).files
    second = made(stack, AFTER, first)
    assert made(stack, AFTER, second).files == second.files
