"""A generated Django app that is made again from a changed spec: its database goes along."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from generation.engines.base import Version
from generation.engines.builtin.render import write_app
from tests.generation.engines.desk import desk
from tests.stacks import versions
from tests.stacks.versions import AFTER, BEFORE

STACK = "Django + HTMX + PostgreSQL"
MIGRATIONS = "core/migrations/0"
NOW = "2024-01-02 03:04:05"
SCAN = '{"name": "a.pdf", "type": "application/octet-stream", "size": 2}'

made = partial(versions.made, STACK)


def migrations(version: Version) -> dict[str, str]:
    return {path: text for path, text in version.files.items() if path.startswith(MIGRATIONS)}


def test_the_same_spec_over_its_version_changes_no_byte():
    first = made(BEFORE)
    assert made(BEFORE, first).files == first.files


def test_a_change_adds_one_migration_and_keeps_the_others():
    first = made(BEFORE)
    second = made(AFTER, first)
    old, new = migrations(first), migrations(second)
    assert {path: new[path] for path in old} == old
    (added,) = new.keys() - old.keys()
    newest = Path(max(old)).stem
    assert f'dependencies = [\n        ("core", "{newest}"),' in new[added]
    assert made(AFTER, first).files == second.files
    assert made(AFTER, second).files == second.files


def test_staff_that_sees_all_changes_nothing_but_who_is_staff():
    first = made(BEFORE)
    second = made(versions.overseen(BEFORE, "Tag"), first)
    third = made(versions.overseen(BEFORE, "Tag", "Author"), second)
    old, new = migrations(first), migrations(second)
    (added,) = new.keys() - old.keys()
    assert "is_staff" in new[added]
    assert "migrations.AddField" not in new[added]
    assert migrations(third) == new


def test_rows_that_follow_others_need_no_migration():
    first = made(desk())
    alone = versions.with_flags(desk(), "Reply", follows=None)
    second = made(alone, first)
    assert migrations(second) == migrations(first)
    assert made(desk(), second).files == first.files


def manage(folder: Path, *arguments: str, database: str) -> None:
    """Run a command of an app with the packages of this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**kept, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


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
        "INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active,"
        f" joined_at) VALUES (1, 'ann@example.org', 'x', false, false, true, '{NOW}'),"
        f" (2, 'bob@example.org', 'x', false, false, true, '{NOW}')",
        *(
            "INSERT INTO core_author (id, owner_id, name, created_at, updated_at)"
            f" VALUES ({n}, 1, 'author {n}', {stamps})"
            for n in (1, 2)
        ),
        *(
            "INSERT INTO core_book (id, owner_id, title, pages, status, notes, author_id,"
            f" created_at, updated_at) VALUES ({n}, 1, 'Title', {pages}, {status}, 'note', 2,"
            f" {stamps})"
            for n, pages, status in ((1, 10, "'new'"), (2, "NULL", "'it''s: old'"))
        ),
        "INSERT INTO core_tag (id, owner_id, name, created_at, updated_at)"
        f" VALUES (1, 1, 't', {stamps})",
        f"UPDATE core_book SET scan = '{SCAN}', scan_content = {blob} WHERE id = 1",
    )


def migrate(folder: Path, version: Version, database: str) -> None:
    for path in folder.glob("core/migrations/0*.py"):
        path.unlink()
    write_app(dict(version.files), folder)
    manage(folder, "manage.py", "migrate", "--verbosity", "0", database=database)
    manage(folder, "manage.py", "makemigrations", "--check", "--dry-run", database=database)


def test_data_survives_the_way_there_and_back(tmp_path, database):
    first = made(BEFORE)
    second = made(AFTER, first)
    third = made(BEFORE, second)
    folder = tmp_path / "Shop"
    migrate(folder, first, database)
    fill(database)
    migrate(folder, second, database)
    found = rows(
        database,
        "SELECT id, title, pages, status, notes, mood, author_id, editor_id FROM core_book"
        " ORDER BY id",
    )
    assert [(*row[:2], float(str(row[2])), *row[3:]) for row in found] == [
        (1, "Tit", 10.0, "new", "note", "calm", 2, 1),
        (2, "Tit", 0.0, "new", "note", "calm", 2, 1),
    ]
    assert rows(database, "SELECT id, name, email FROM core_author ORDER BY id") == [
        (1, "author 1", "unknown-1@example.org"),
        (2, "author 2", "unknown-2@example.org"),
    ]
    uploads = "cover, cover_content, first_page_content"
    [kept] = rows(database, f"SELECT {uploads} FROM core_book WHERE id = 1")
    assert kept == (None, None, b"\x89P")
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.CheckViolation)):
        rows(database, "UPDATE core_book SET status = 'used'")
    staff = rows(database, "SELECT id, is_staff FROM accounts_user ORDER BY id")
    assert staff == [(1, True), (2, False)]
    migrate(folder, third, database)
    assert rows(database, "SELECT id, title, status, author_id FROM core_book ORDER BY id") == [
        (1, "Tit", "new", 2),
        (2, "Tit", "new", 2),
    ]
    assert rows(database, "SELECT name, owner_id FROM core_tag") == [("t", 1)]


def test_who_wrote_a_row_is_kept_while_somebody_is_asked(tmp_path, database):
    owned = versions.tags(owned=True)
    authored = versions.tags(owned=False, authored=True, public=True)
    shared = versions.tags(owned=False)
    folder = tmp_path / "Tags"
    version = made(owned)
    migrate(folder, version, database)
    people = (
        "INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active,"
        f" joined_at) VALUES ({n}, 'p{n}@example.org', 'x', false, false, true, '{NOW}')"
        for n in (1, 2)
    )
    tags = (
        "INSERT INTO core_tag (id, owner_id, name, created_at, updated_at)"
        f" VALUES ({n}, {n}, 'tag {n}', '{NOW}', '{NOW}')"
        for n in (1, 2)
    )
    rows(database, *people, *tags)
    whose = "SELECT owner_id FROM core_tag ORDER BY id"
    for spec, owners in (
        (authored, [(1,), (2,)]),
        (owned, [(1,), (2,)]),
        (shared, None),
        (authored, [(None,), (None,)]),
        (owned, [(1,), (1,)]),
    ):
        version = made(spec, version)
        migrate(folder, version, database)
        if owners is not None:
            assert rows(database, whose) == owners


@pytest.mark.parametrize("authored", [True, False])
def test_what_people_share_is_named_before_it_becomes_unique(tmp_path, database, authored):
    folder = tmp_path / "Tags"
    first = made(versions.tags(owned=True))
    migrate(folder, first, database)
    people = (
        "INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active,"
        f" joined_at) VALUES ({n}, 'p{n}@example.org', 'x', false, false, true, '{NOW}')"
        for n in (1, 2)
    )
    tags = (
        "INSERT INTO core_tag (owner_id, name, created_at, updated_at)"
        f" VALUES ({n}, '{name}', '{NOW}', '{NOW}')"
        for n, name in ((1, "red"), (2, "red"), (1, "blue"), (2, "blue"), (2, "green"))
    )
    rows(database, *people, *tags)
    second = made(versions.tags(owned=False, authored=authored), first)
    with pytest.raises(AssertionError, match=r"name of core_tag .* and 2 of its values"):
        migrate(folder, second, database)
    assert len(rows(database, "SELECT owner_id FROM core_tag")) == 5
    rows(database, "UPDATE core_tag SET name = 'my ' || name WHERE owner_id = 2")
    migrate(folder, second, database)
    manage(folder, "-m", "ruff", "check", "--no-cache", ".", database=database)
    manage(folder, "-m", "ruff", "format", "--check", "--no-cache", ".", database=database)
    back = made(versions.tags(owned=True), second)
    assert all("refuse_duplicates" not in text for text in new_migrations(second, back))


def new_migrations(old: Version, new: Version) -> list[str]:
    return [text for path, text in migrations(new).items() if path not in old.files]


def test_what_went_with_its_authors_account_outlives_it_once_made_again(tmp_path):
    spec = versions.tags(owned=False, authored=True)
    now = made(spec)
    assert made(spec, now).files == now.files
    cascade = {p: t.replace("models.SET_NULL", "models.CASCADE") for p, t in now.files.items()}
    again = made(spec, Version(spec, cascade))
    (added,) = migrations(again).keys() - migrations(now).keys()
    assert made(spec, again).files == again.files
    assert "on_delete=models.SET_NULL" in again.files[added]
    folder = tmp_path / "Tags"
    write_app(dict(again.files), folder)
    database = f"sqlite:///{tmp_path / 'tags.db'}"
    manage(folder, "manage.py", "makemigrations", "--check", "--dry-run", database=database)


def test_models_and_migrations_agree_after_a_change(tmp_path):
    second = made(AFTER, made(BEFORE))
    folder = tmp_path / "Shop"
    write_app(dict(second.files), folder)
    database = f"sqlite:///{tmp_path / 'none.db'}"
    manage(folder, "-m", "ruff", "check", "--no-cache", ".", database=database)
    manage(folder, "-m", "ruff", "format", "--check", "--no-cache", ".", database=database)
    # Passwords are hashed by a package of the app's that is not among these; the grid runs them.
    quiet = ("-q", "--no-cov", "-p", "no:asyncio", "-k", "api and not password")
    manage(folder, "-m", "pytest", *quiet, database=database)


def test_signing_in_can_be_asked_for_later(tmp_path):
    database = f"sqlite:///{tmp_path / 'shop.db'}"
    folder = tmp_path / "Shop"
    open_ = BEFORE.model_copy(update={"auth": False})
    first = made(open_)
    migrate(folder, first, database)
    stamps = f"'{NOW}', '{NOW}'"
    rows(
        database,
        "INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active,"
        f" joined_at) VALUES (7, 'ann@example.org', 'x', false, false, true, '{NOW}')",
        f"INSERT INTO core_tag (id, name, created_at, updated_at) VALUES (1, 't', {stamps})",
    )
    migrate(folder, made(BEFORE, first), database)
    assert rows(database, "SELECT name, owner_id FROM core_tag") == [("t", 7)]


def test_who_is_staff_already_stays_the_only_one(tmp_path):
    database = f"sqlite:///{tmp_path / 'shop.db'}"
    folder = tmp_path / "Shop"
    first = made(BEFORE)
    migrate(folder, first, database)
    fill(database)
    rows(database, "UPDATE accounts_user SET is_staff = true WHERE id = 2")
    migrate(folder, made(AFTER, first), database)
    staff = rows(database, "SELECT id, is_staff FROM accounts_user ORDER BY id")
    assert staff == [(1, False), (2, True)]
