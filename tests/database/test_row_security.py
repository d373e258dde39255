"""Row-level security: as the web role nobody sees or changes what is not theirs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.utils import Error
from django.utils import timezone

from codegen_site.postgresql.base import DatabaseWrapper
from codegen_site.privileges import role_of
from codegen_site.settings import database_config
from generation.models import AIProviderUsage, GitHubExport
from generation.services import submit_project
from generation.workspace.edits import create_file
from projects.identity import acting_as
from projects.models import User
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.django_db(transaction=True)

BY_PROJECT = (
    "agent_jobs",
    "clarification_sessions",
    "design_systems",
    "features",
    "file_merges",
    "generation_steps",
    "github_exports",
    "inferred_entities",
    "logs",
    "memory_records",
    "pages",
    "project_edits",
    "project_events",
    "project_files",
    "project_file_versions",
)
SCOPED = (
    *BY_PROJECT,
    "ai_provider_usage",
    "provider_keys",
    "projects",
    "blobs",
    "django_admin_log",
)
OPEN_TO_ALL = {"users", "api_tokens"}
WITHOUT_USER_DATA = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
}


@pytest.fixture
def web(transactional_db) -> Iterator[DatabaseWrapper]:
    """A connection to the test database as the web role."""
    from_url = settings.DATABASE_WEB_URL
    assert role_of(from_url) != role_of(settings.DATABASE_URL), "needs a web role of its own"

    config = {**connections.databases["default"], **database_config(from_url)}
    config["NAME"] = connection.settings_dict["NAME"]
    wrapper = DatabaseWrapper(config, alias="web")
    connections["web"] = wrapper
    yield wrapper
    wrapper.close()
    del connections["web"]


def ask(web: DatabaseWrapper, text: str, *params: Any) -> list[tuple[Any, ...]]:
    with web.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


@pytest.fixture
def two_owners(finished, stranger) -> tuple[User, User]:
    submit_project(owner=stranger, request=load_request(QUICKNOTES), start=False)
    create_file(project=finished, path="notes.txt", text="mine\n", by=finished.user)
    GitHubExport.objects.create(
        project=finished, user=finished.user, repository="me/notes", files_at=timezone.now()
    )
    return finished.user, stranger


def test_every_table_is_either_scoped_or_named_here_with_its_reason(web):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        live = dict(cursor.fetchall())
    assert {name for name, secured in live.items() if secured} == {*SCOPED, *OPEN_TO_ALL}
    assert {name for name, secured in live.items() if not secured} == WITHOUT_USER_DATA


@pytest.mark.parametrize("table", SCOPED)
def test_without_an_identity_every_table_is_empty(web, two_owners, table):
    assert ask(web, f"SELECT * FROM {table}") == []


@pytest.mark.parametrize("table", ["projects", *BY_PROJECT])
def test_a_person_sees_only_rows_of_their_own_projects(web, two_owners, table):
    mine, _other = two_owners
    with acting_as(mine):
        rows = ask(
            web,
            f"SELECT DISTINCT p.user_id FROM {table} t LEFT JOIN projects p USING (project_id)",
        )
    assert rows == [(mine.pk,)]


@pytest.mark.parametrize(
    "view", ["design_systems", "features", "inferred_entities", "pages", "projects"]
)
def test_a_view_shows_no_more_than_its_table(web, two_owners, view):
    mine, _other = two_owners
    assert ask(web, f"SELECT * FROM flexos.{view}") == []
    with acting_as(mine):
        rows = ask(web, f"SELECT * FROM flexos.{view}")
        assert len(rows) == len(ask(web, f"SELECT * FROM {view}")) > 0
        with pytest.raises(Error, match="permission denied"):
            ask(web, f"DELETE FROM flexos.{view}")


def test_a_join_from_another_table_does_not_reach_strangers_rows(web, two_owners):
    mine, other = two_owners
    with acting_as(mine):
        rows = ask(
            web,
            "SELECT p.project_id FROM users u JOIN projects p ON p.user_id = u.id WHERE u.id = %s",
            other.pk,
        )
    assert rows == []


@pytest.mark.parametrize("table", BY_PROJECT)
def test_a_stranger_can_neither_update_nor_delete(web, two_owners, table):
    mine, _other = two_owners
    with acting_as(mine):
        before = len(ask(web, f"SELECT 1 FROM {table}"))
    assert before
    nobody_of_theirs = User.objects.create_user("third@example.org")
    with acting_as(nobody_of_theirs):
        assert ask(web, f"UPDATE {table} SET project_id = project_id") == [(0,)]
        assert ask(web, f"DELETE FROM {table}") == [(0,)]
    with acting_as(mine):
        assert len(ask(web, f"SELECT 1 FROM {table}")) == before


def test_a_person_cannot_write_rows_into_a_strangers_project(web, two_owners, finished):
    _mine, other = two_owners
    with acting_as(other), pytest.raises(Error, match="row-level security"):
        ask(web, "INSERT INTO logs (project_id, log_text) VALUES (%s, 'x')", finished.project_id)


def test_a_person_cannot_give_a_project_away_or_take_one(web, two_owners):
    mine, other = two_owners
    with acting_as(mine), pytest.raises(Error, match="row-level security"):
        ask(web, "UPDATE projects SET user_id = %s", other.pk)


def test_a_key_is_set_by_its_owner_alone_and_staff_may_only_remove_it(web, two_owners, staff):
    mine, other = two_owners
    insert = "INSERT INTO provider_keys (user_id, provider, sealed) VALUES (%s, 'openai', 'x')"
    with acting_as(mine):
        ask(web, insert, mine.pk)
        with pytest.raises(Error, match="row-level security"):
            ask(web, insert, other.pk)
    with acting_as(other):
        assert ask(web, "SELECT * FROM provider_keys") == []
        assert ask(web, "DELETE FROM provider_keys") == [(0,)]
    with acting_as(staff):
        assert ask(web, "UPDATE provider_keys SET sealed = 'y'") == [(0,)]
        assert ask(web, "DELETE FROM provider_keys") == [(1,)]


def test_usage_is_seen_by_whose_it_is_and_by_the_owner_of_the_app(web, two_owners, finished):
    mine, other = two_owners
    AIProviderUsage.objects.create(provider="openai", model="x", user=other, project=finished)
    with acting_as(mine):
        assert len(ask(web, "SELECT 1 FROM ai_provider_usage")) == 2
        assert len(ask(web, "SELECT 1 FROM yago.ai_provider_usage")) == 2
    with acting_as(other):
        assert len(ask(web, "SELECT 1 FROM ai_provider_usage")) == 1
        assert [row[0] for row in ask(web, "SELECT name FROM yago.projects")] == ["QuickNotes"]


def test_copies_with_keys_hold_only_what_the_caller_may_see(web, two_owners, finished):
    mine, other = two_owners
    for user, seen in ((mine, 1), (other, 0)):
        with acting_as(user), transaction.atomic(using="web"):
            ask(web, "SELECT yago.keyed(%s)", finished.pk)
            assert len(ask(web, "SELECT 1 FROM pg_temp.projects")) == seen


def test_staff_see_all(web, two_owners, staff):
    with acting_as(staff):
        rows = ask(web, "SELECT count(DISTINCT user_id) FROM projects")
    assert rows == [(2,)]


def test_a_person_changes_only_their_own_user_row(web, two_owners):
    mine, _other = two_owners
    with acting_as(mine):
        assert ask(web, "UPDATE users SET full_name = 'x'") == [(1,)]
    assert ask(web, "UPDATE users SET full_name = 'y'") == [(0,)]


def test_signing_up_cannot_make_an_administrator(web):
    with pytest.raises(Error, match="row-level security"):
        ask(
            web,
            "INSERT INTO users (email, hashed_password, role) VALUES ('a@b.c', '', 'admin')",
        )


def test_a_rolled_back_transaction_does_not_leave_its_identity_behind(web, two_owners):
    mine, other = two_owners
    with acting_as(mine):
        ask(web, "SELECT 1")
    web.set_autocommit(False)
    with acting_as(other):
        ask(web, "SELECT 1 FROM projects")
    web.rollback()
    with acting_as(other):
        assert ask(web, "SELECT user_id FROM projects") == [(other.pk,)]
    web.rollback()
    web.set_autocommit(True)
    assert ask(web, "SELECT * FROM projects") == []


def test_an_identity_never_leaks_between_threads_that_share_connections(web, two_owners, staff):
    """Hand one connection from thread to thread, as a pool does, each with its own identity."""
    people: list[User | None] = [*two_owners, staff, None]
    expected = {two_owners[0]: 1, two_owners[1]: 1, staff: 2, None: 0}
    web.inc_thread_sharing()
    turn, wrong = threading.Lock(), []

    def work(person: User | None) -> None:
        for _ in range(60):
            with acting_as(person), turn:
                ((count,),) = ask(web, "SELECT count(*) FROM projects")
                if count != expected[person]:
                    wrong.append((person, count))

    threads = [threading.Thread(target=work, args=(person,)) for person in people * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    web.dec_thread_sharing()
    assert wrong == []


def test_the_web_role_cannot_escape_its_policies(web):
    ((superuser, bypass),) = ask(
        web, "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert not superuser
    assert not bypass
    with pytest.raises(Error):
        ask(web, "ALTER TABLE projects DISABLE ROW LEVEL SECURITY")
