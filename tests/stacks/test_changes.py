"""A generated app that is made again from a changed spec: its database goes along."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from generation.engines.base import Version
from generation.engines.builtin.render import write_app
from generation.verification.processes import clean_environment
from tests.generation.engines.desk import desk
from tests.stacks import versions
from tests.stacks.versions import AFTER, BEFORE

STACK = "React + FastAPI + PostgreSQL"
VERSIONS = "backend/alembic/versions/"
NOW = "2024-01-02 03:04:05"
SCAN = '{"name": "a.pdf", "type": "application/octet-stream", "size": 2}'

made = partial(versions.made, STACK)


def migrations(version: Version) -> dict[str, str]:
    return {path: text for path, text in version.files.items() if path.startswith(VERSIONS)}


def test_the_same_spec_over_its_version_changes_no_byte():
    first = made(BEFORE)
    assert made(BEFORE, first).files == first.files


def test_a_change_adds_one_migration_and_keeps_the_others():
    first = made(BEFORE)
    second = made(AFTER, first)
    old, new = migrations(first), migrations(second)
    assert {path: new[path] for path in old} == old
    (added,) = new.keys() - old.keys()
    assert f'down_revision = "{revision(old[max(old)])}"' in new[added]
    assert made(AFTER, first).files == second.files
    assert made(AFTER, second).files == second.files


def test_staff_that_sees_all_changes_nothing_but_who_is_staff():
    first = made(BEFORE)
    second = made(versions.overseen(BEFORE, "Tag"), first)
    third = made(versions.overseen(BEFORE, "Tag", "Author"), second)
    old, new = migrations(first), migrations(second)
    (added,) = new.keys() - old.keys()
    assert "is_staff" in new[added]
    assert "owner_id" not in new[added]
    assert migrations(third) == new


def test_rows_that_follow_others_need_no_migration():
    first = made(desk())
    alone = versions.with_flags(desk(), "Reply", follows=None)
    second = made(alone, first)
    assert migrations(second) == migrations(first)
    assert made(desk(), second).files == first.files


def revision(text: str) -> str:
    return text.split('\nrevision = "')[1].split('"', maxsplit=1)[0]


def test_files_of_what_has_not_changed_are_the_same_bytes():
    first = made(BEFORE)
    added = BEFORE.model_copy(update={"entities": (*BEFORE.entities, AFTER.entities[3])})
    second = made(added, first)
    for word in ("author", "review", "tag"):
        same = [path for path in first.files if word in path.lower() and "/versions/" not in path]
        assert same
        assert all(second.files[path] == first.files[path] for path in same)


@pytest.fixture(scope="module")
def app(tmp_path_factory) -> Path:
    """The first version with its packages installed."""
    folder = tmp_path_factory.mktemp("changes") / "Shop"
    write_app(dict(made(BEFORE).files), folder)
    run(folder, "install", "backend")
    return folder


def run(folder: Path, *arguments: str, **more: str) -> str:
    """Run a task of an app and return what it prints."""
    done = subprocess.run(
        ["./run", *arguments],
        cwd=folder,
        env=clean_environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'shop.db'}"
        return
    address = os.environ["DATABASE_URL"]
    name = f"shop_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{address.rsplit('/', 1)[0]}/{name}"
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def rows(database: str, *statements: str) -> list[tuple[object, ...]]:
    """Execute statements in one transaction and return the rows of the last."""
    if database.startswith("sqlite"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as lite, lite:
            return [lite.execute(statement) for statement in statements][-1].fetchall()
    with psycopg.connect(database) as connection:
        found = [connection.execute(statement) for statement in statements][-1]
        return found.fetchall() if found.description else []


def fill(database: str) -> None:
    stamps = f"'{NOW}', '{NOW}'"
    blob = "X'8950'" if database.startswith("sqlite") else r"'\x8950'"
    rows(
        database,
        "INSERT INTO users (id, email, password_hash, created_at, updated_at)"
        f" VALUES (1, 'ann@example.org', 'x', {stamps}), (2, 'bob@example.org', 'x', {stamps})",
        *(
            "INSERT INTO authors (id, owner_id, name, created_at, updated_at)"
            f" VALUES ({n}, 1, 'author {n}', {stamps})"
            for n in (1, 2)
        ),
        *(
            "INSERT INTO books (id, owner_id, title, pages, status, notes, author_id, created_at,"
            f" updated_at) VALUES ({n}, 1, 'Title', {pages}, {status}, 'note', 2, {stamps})"
            for n, pages, status in ((1, 10, "'new'"), (2, "NULL", "'it''s: old'"))
        ),
        "INSERT INTO tags (id, owner_id, name, created_at, updated_at)"
        f" VALUES (1, 1, 't', {stamps})",
        f"UPDATE books SET scan = '{SCAN}', scan_content = {blob} WHERE id = 1",
    )


def test_data_survives_the_way_there_and_back(app, database):
    first = made(BEFORE)
    second = made(AFTER, first)
    third = made(BEFORE, second)
    run(app, "migrate", DATABASE_URL=database)
    fill(database)
    write_app(dict(second.files), app)
    run(app, "migrate", DATABASE_URL=database)
    assert rows(
        database,
        "SELECT id, title, pages, status, notes, mood, author_id, editor_id FROM books ORDER BY id",
    ) == [
        (1, "Tit", Decimal(10), "new", "note", "calm", 2, 1),
        (2, "Tit", Decimal(0), "new", "note", "calm", 2, 1),
    ]
    assert rows(database, "SELECT id, name, email FROM authors ORDER BY id") == [
        (1, "author 1", "unknown-1@example.org"),
        (2, "author 2", "unknown-2@example.org"),
    ]
    uploads = "cover, cover_content, first_page_content"
    [kept] = rows(database, f"SELECT {uploads} FROM books WHERE id = 1")
    assert kept == (None, None, b"\x89P")
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.CheckViolation)):
        rows(database, "UPDATE books SET status = 'used'")
    staff = "SELECT id, is_staff FROM users ORDER BY id"
    assert rows(database, staff) == [(1, True), (2, False)]
    write_app(dict(third.files), app)
    run(app, "migrate", DATABASE_URL=database)
    assert rows(database, "SELECT id, title, status, author_id FROM books ORDER BY id") == [
        (1, "Tit", "new", 2),
        (2, "Tit", "new", 2),
    ]
    assert rows(database, "SELECT name, owner_id FROM tags") == [("t", 1)]
    with pytest.raises((sqlite3.OperationalError, psycopg.errors.UndefinedColumn)):
        rows(database, staff)
    write_app(dict(first.files), app)
    for path in migrations(third).keys() - migrations(first).keys():
        (app / path).unlink()


def test_what_is_shown_to_visitors_changes_no_table():
    first = made(versions.with_flags(BEFORE, "Tag", owned=False))
    second = made(versions.with_flags(BEFORE, "Tag", owned=False, public=True), first)
    assert migrations(second) == migrations(first)


def test_authors_stay_with_what_they_wrote(app, database):
    authored = versions.with_flags(BEFORE, "Review", owned=False, authored=True)
    shared = versions.with_flags(BEFORE, "Review", owned=False)
    first = version = made(BEFORE)
    run(app, "migrate", DATABASE_URL=database)
    fill(database)
    stamps = f"'{NOW}', '{NOW}'"
    rows(
        database,
        "INSERT INTO reviews (id, owner_id, text, created_at, updated_at)"
        f" VALUES (1, 2, 'fine', {stamps})",
    )
    owner = "SELECT owner_id FROM reviews"
    # Whoever reads it, its maker stays; where nobody was kept, nobody is the author.
    for spec, expected in (
        (authored, 2),
        (BEFORE, 2),
        (authored, 2),
        (shared, None),
        (authored, None),
        (BEFORE, 1),
    ):
        version = made(spec, version)
        write_app(dict(version.files), app)
        run(app, "migrate", DATABASE_URL=database)
        if spec is not shared:
            assert rows(database, owner) == [(expected,)]
    write_app(dict(first.files), app)
    for path in migrations(version).keys() - migrations(first).keys():
        (app / path).unlink()


def test_what_people_share_is_named_before_it_becomes_unique(app, database, tmp_path):
    shared = versions.with_flags(BEFORE, "Author", owned=False)
    first = made(BEFORE)
    second = made(shared, first)
    run(app, "migrate", DATABASE_URL=database)
    fill(database)
    stamps = f"'{NOW}', '{NOW}'"
    rows(
        database,
        "INSERT INTO authors (id, owner_id, name, created_at, updated_at)"
        f" VALUES (3, 2, 'author 1', {stamps})",
    )
    write_app(dict(second.files), app)
    with pytest.raises(AssertionError, match=r"name of authors .* and 1 of its values"):
        run(app, "migrate", DATABASE_URL=database)
    assert rows(database, "SELECT owner_id FROM authors ORDER BY id") == [(1,), (1,), (2,)]
    rows(database, "UPDATE authors SET name = 'another' WHERE id = 3")
    run(app, "migrate", DATABASE_URL=database)
    write_app(dict(first.files), app)
    for path in migrations(second).keys() - migrations(first).keys():
        (app / path).unlink()
    # What the app was before in other tests may have left files.
    alone = tmp_path / "Shop"
    write_app(dict(second.files), alone)
    (alone / "backend" / ".venv").symlink_to(app / "backend" / ".venv")
    for task in ("lint", "format", "types"):
        run(alone, task, "backend")


def run_tests(folder: Path, path: str) -> str:
    """Run some of an app's tests and return what they print."""
    backend = folder / "backend"
    done = subprocess.run(
        [backend / ".venv/bin/python", "-m", "pytest", "-q", "--no-cov", path],
        cwd=backend,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_models_and_migrations_agree_where_there_are_authors(app, tmp_path):
    authored = versions.with_flags(BEFORE, "Review", owned=False, authored=True)
    folder = tmp_path / "Shop"
    write_app(dict(made(authored, made(BEFORE)).files), folder)
    (folder / "backend" / ".venv").symlink_to(app / "backend" / ".venv")
    assert "2 passed" in run_tests(folder, "tests/test_migrations.py")


def test_models_and_migrations_agree_after_a_change(app, tmp_path):
    second = made(AFTER, made(BEFORE))
    folder = tmp_path / "Shop"
    write_app(dict(second.files), folder)
    (folder / "backend" / ".venv").symlink_to(app / "backend" / ".venv")
    for task in ("lint", "format", "types"):
        run(folder, task, "backend")
    assert "tests/test_migrations.py .." in run(folder, "tests", "backend")
