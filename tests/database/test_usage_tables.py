"""The founding table of calls to models holds: columns and indexes live, its queries as printed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from generation.models import (
    AgentJob,
    AIProviderUsage,
    ClarificationSession,
    JobStatus,
    ProviderName,
)
from projects.models import Project, ProjectStatus

DATA = Path(__file__).parents[1] / "data"
TYPES = {
    "UUID": ("uuid", None),
    "VARCHAR(50)": ("character varying", 50),
    "VARCHAR(100)": ("character varying", 100),
    "INTEGER": ("integer", None),
    "FLOAT": ("double precision", None),
    "BOOLEAN": ("boolean", None),
    "TEXT": ("text", None),
    "TIMESTAMP": ("timestamp with time zone", None),
}
STATEMENT = (DATA / "seed_002_usage.sql").read_text()
COLUMNS = re.findall(r"^    (\w+) ([A-Z]+(?:\(\d+\))?)([^\n]*)$", STATEMENT, flags=re.MULTILINE)
QUERIES = [
    text.strip()
    for text in re.split(
        r"^-- .*$", (DATA / "seed_002_queries.sql").read_text(), flags=re.MULTILINE
    )
    if text.strip()
]

pytestmark = pytest.mark.django_db


def rows_of(sql: str, *params: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = yago, public")
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute("SET LOCAL search_path = public")
    return rows


def use(project: Project, **values: Any) -> AIProviderUsage:
    row = {"provider": "openai", "model": "gpt-4o", "total_tokens": 100, "cost": 0.5, **values}
    return AIProviderUsage.objects.create(project=project, user=project.user, **row)


def test_every_line_of_the_seeds_table_was_read():
    assert len(COLUMNS) == 13
    assert len(QUERIES) == 3


@pytest.mark.parametrize(("name", "kind", "rest"), COLUMNS)
def test_a_column_is_the_seeds(name, kind, rest):
    (live,) = rows_of(
        "SELECT data_type, character_maximum_length, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name = 'ai_provider_usage' AND column_name = %s",
        name,
    )
    data_type, length, nullable, default = live.values()
    assert (data_type, length) == TYPES[kind]
    if name != "created_at":  # never left out here
        assert nullable == ("NO" if "NOT NULL" in rest or "PRIMARY" in rest else "YES")
    wanted = re.search(r"DEFAULT ([\w()]+)", rest)
    assert (default or "").lower() == (wanted[1].lower() if wanted else "")


@pytest.mark.parametrize(
    ("name", "columns"), re.findall(r"INDEX (\w+) ON ai_provider_usage\(([^)]*)\)", STATEMENT)
)
def test_an_index_is_the_seeds(name, columns):
    (found,) = rows_of("SELECT indexdef FROM pg_indexes WHERE indexname = %s", name)
    assert found["indexdef"].endswith(f"ON public.ai_provider_usage USING btree ({columns})")


def test_every_provider_of_the_seed_and_of_ours_may_be_named_and_no_other(project):
    names = re.findall(r"'(\w+)'", STATEMENT.split("provider_check")[1])
    assert set(names) < set(ProviderName.values)
    for name in ProviderName.values:
        use(project, provider=name)
    with pytest.raises(IntegrityError, match="provider_check"), transaction.atomic():
        use(project, provider="somebody")


def with_keys(project_id: UUID) -> list[dict[str, Any]]:
    """Run the first query as printed: a session of psql would say `$1` by PREPARE, as here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT yago.keyed(%s)", [project_id])
        cursor.execute("SET LOCAL search_path = pg_temp, yago, public")
        cursor.execute(f"PREPARE printed AS {QUERIES[0]}")
        cursor.execute("EXECUTE printed(%s)", [project_id])
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute("DEALLOCATE printed")
        cursor.execute("DROP TABLE pg_temp.projects, pg_temp.clarification_sessions")
        cursor.execute("SET LOCAL search_path = public")
    return rows


def test_a_project_with_all_that_is_related_runs_as_printed(finished):
    ClarificationSession.objects.filter(project=finished).update(
        questions=[{"id": "q1"}], answers={"q1": "yes"}
    )
    use(finished, cost=0.25)
    calls = AIProviderUsage.objects.filter(project=finished).count()
    cost = sum(row.cost or 0 for row in AIProviderUsage.objects.filter(project=finished))
    files = finished.files.count()
    (row,) = with_keys(finished.pk)
    assert (row["id"], row["name"], row["status"]) == (finished.pk, "QuickNotes", "completed")
    assert json.loads(row["questions"]) == [{"id": "q1"}]
    assert json.loads(row["answers"]) == {"q1": "yes"}
    # As it is printed, it counts each file once for each call.
    assert row["file_count"] == files * calls
    assert row["total_ai_cost"] == pytest.approx(cost * files)


def test_a_project_without_anything_related_is_told_too(project):
    (row,) = with_keys(project.pk)
    assert (row["id"], row["questions"], row["file_count"]) == (project.pk, None, 0)
    assert with_keys(uuid4()) == []


def test_over_the_views_alone_it_cannot_run(project):
    with pytest.raises(ProgrammingError, match="must appear in the GROUP BY"), transaction.atomic():
        rows_of(QUERIES[0].replace("$1", "%s"), project.pk)


def test_the_usage_statistics_run_as_printed(project):
    use(project, latency_ms=100)
    use(project, latency_ms=300, success=False, cost=0.0, total_tokens=0)
    use(project, provider="ollama", model="qwen", cost=0.0)
    old = use(project, provider="gemini")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ai_provider_usage SET created_at = now() - interval '31 days' WHERE id = %s",
            [old.pk],
        )
    first, second = rows_of(QUERIES[1])
    assert (first["provider"], first["model"], first["total_requests"]) == ("openai", "gpt-4o", 2)
    assert (first["total_tokens"], first["total_cost"]) == (100, 0.5)
    assert (float(first["avg_latency"]), float(first["success_rate"])) == (200.0, 50.0)
    assert second["provider"] == "ollama"


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (JobStatus.QUEUED, "in_progress"),
        (JobStatus.RUNNING, "executing"),
        (JobStatus.WAITING_FOR_INPUT, "in_progress"),
        (JobStatus.PAUSED, "paused"),
    ],
)
def test_the_active_projects_run_as_printed(finished, status, told):
    AgentJob.objects.filter(project=finished).update(status=status, progress=42.4, actual_cost=0.25)
    Project.objects.filter(pk=finished.pk).update(status=ProjectStatus.IN_PROGRESS)
    rows = rows_of(QUERIES[2])
    if told == "paused":
        assert rows == []
        (row,) = rows_of("SELECT status FROM projects")
        assert row["status"] == told
        return
    (row,) = rows
    assert (row["id"], row["name"], row["status"]) == (finished.pk, "QuickNotes", told)
    assert (row["progress"], row["files_generated"], row["actual_cost"]) == (42, 2, 0.25)


def test_a_deleted_project_is_not_told(finished):
    finished.deleted_at = finished.created_at
    finished.save(update_fields=["deleted_at"])
    assert rows_of("SELECT id FROM projects") == []


def test_a_project_is_told_as_the_seed_names_it(finished):
    (row,) = rows_of("SELECT * FROM projects")
    assert (row["status"], row["progress"], row["lines_of_code"]) == ("completed", 100, 2)
    assert row["project_path"] == finished.download_url
    assert (row["strategy"], row["temperature"], row["max_tokens"]) == ("balanced", 0.7, 4000)
    assert len(json.loads(row["logs"])) == 2
    assert json.loads(row["errors"]) == []
