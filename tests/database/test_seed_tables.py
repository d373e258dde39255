"""The founding data model holds: its columns in the live catalogue, its statements as printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from projects.models import Project

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = "d1f23a6c-4e5b-4a7d-9c21-2f13afbd9a4e"
CATALOGUE_TYPES = {
    "UUID": "uuid",
    "TEXT": "text",
    "JSONB": "jsonb",
    "INTEGER": "integer",
    "SERIAL": "integer",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
}
COLUMN = re.compile(
    r"^(?P<name>\w+)\s+"
    r"(?P<type>UUID|TEXT|JSONB|INTEGER|SERIAL|TIMESTAMP WITH TIME ZONE)(?P<rest>.*)$"
)


def seed_tables() -> dict[str, list[tuple[str, str, str]]]:
    """Return the seed's tables: name, type and the rest of each column's line."""
    text = (DATA / "seed_000_tables.sql").read_text()
    tables = {}
    for name, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\);", text, flags=re.DOTALL):
        lines = [line.strip().rstrip(",") for line in body.strip().splitlines()]
        columns = [COLUMN.match(line) for line in lines]
        tables[name] = [(m["name"], m["type"], m["rest"]) for m in columns if m]
        assert len(tables[name]) == len(lines), f"a line of {name} was not understood"
    return tables


SEED = seed_tables()
COLUMNS = [(table, *column) for table, columns in SEED.items() for column in columns]


def query(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def catalogue(table: str, column: str) -> dict[str, Any]:
    rows = query(
        "SELECT data_type, is_nullable, column_default, is_identity FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND column_name = %s",
        table,
        column,
    )
    assert rows, f"{table}.{column} is missing"
    return dict(zip(("type", "nullable", "default", "identity"), rows[0], strict=True))


def default_of(rest: str) -> str | None:
    match = re.search(r"DEFAULT\s+('[^']*'|\w+\(\))", rest)
    return match[1] if match else None


@pytest.mark.django_db
class TestColumns:
    @pytest.mark.parametrize(("table", "name", "kind", "rest"), COLUMNS)
    def test_it_has_the_seeds_type_and_nullability(self, table, name, kind, rest):
        live = catalogue(table, name)
        assert live["type"] == CATALOGUE_TYPES[kind]
        required = "NOT NULL" in rest or "PRIMARY KEY" in rest
        assert live["nullable"] == ("NO" if required else "YES")

    @pytest.mark.parametrize(("table", "name", "kind", "rest"), COLUMNS)
    def test_it_has_the_seeds_default(self, table, name, kind, rest):
        live = catalogue(table, name)
        if kind == "SERIAL":
            assert live["identity"] == "YES"
            return
        wanted = default_of(rest)
        if wanted is None:
            assert live["default"] is None
        else:
            assert live["default"].removesuffix("::text").lower() == wanted.lower()

    @pytest.mark.parametrize(("table", "name", "_kind", "rest"), COLUMNS)
    def test_its_check_allows_every_value_of_the_seed(self, table, name, _kind, rest):
        match = re.search(r"IN \(([^)]*)\)", rest)
        if match is None:
            assert "CHECK" not in rest
            return
        checks = query(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'c'",
            table,
        )
        allowed = " ".join(text for (text,) in checks if f"({name})" in text or f"{name} =" in text)
        for value in re.findall(r"'(\w+)'", match[1]):
            assert f"'{value}'" in allowed

    @pytest.mark.parametrize(("table", "name", "_kind", "rest"), COLUMNS)
    def test_its_keys_are_the_seeds(self, table, name, _kind, rest):
        keys = query(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass",
            table,
        )
        definitions = [text for (text,) in keys]
        if "PRIMARY KEY" in rest:
            assert f"PRIMARY KEY ({name})" in definitions
        if "UNIQUE" in rest:
            assert f"UNIQUE ({name})" in definitions
        if "REFERENCES" in rest:
            wanted = f"FOREIGN KEY ({name}) REFERENCES projects(project_id) ON DELETE CASCADE"
            assert any(text.startswith(wanted) for text in definitions)

    @pytest.mark.parametrize(
        "definition",
        [
            (
                "idx_generation_steps_project_order ON public.generation_steps"
                " USING btree (project_id, sequence_order)"
            ),
            "idx_logs_project_created ON public.logs USING btree (project_id, created_at DESC)",
            (
                "idx_memory_records_project_created ON public.memory_records"
                " USING btree (project_id, created_at DESC)"
            ),
        ],
    )
    def test_the_seeds_indexes_are_there(self, definition):
        live = [row[0] for row in query("SELECT indexdef FROM pg_indexes")]
        assert any(text.endswith(definition) for text in live)


def statements() -> list[str]:
    text = (DATA / "seed_000_workflow.sql").read_text()
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [s.strip() for s in code.split(";") if s.strip()]


@pytest.mark.django_db
def test_the_seeds_workflow_runs_as_printed():
    insert_project, insert_memory, insert_step, *rest = statements()
    update_step, insert_log, insert_summary, recall = rest
    ((example_id,),) = query(insert_project)
    # The example goes on under an id of its own.
    query("UPDATE projects SET project_id = %s WHERE project_id = %s", EXAMPLE, example_id)
    query(insert_memory)
    ((step_id,),) = query(insert_step)
    query(update_step.replace("<that_step_id>", str(step_id)).replace("%", "%%"))
    query(insert_log)
    query(insert_summary)
    ((content, metadata),) = query(recall)
    assert '"project_name":"QuickNotes"' in content
    assert "spec_submitted" in str(metadata)
    step = query("SELECT status FROM generation_steps WHERE step_id = %s", step_id)
    assert step == [("SUCCESS",)]
    assert query("SELECT status, user_id FROM projects WHERE project_id = %s", EXAMPLE) == [
        ("IN_PROGRESS", None)
    ]


def test_every_statement_of_the_seeds_workflow_is_run():
    assert [s.split()[0] for s in statements()] == [
        "INSERT", "INSERT", "INSERT", "UPDATE", "INSERT", "INSERT", "SELECT",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("projects", {"status": "DONE"}),
        ("projects", {"type": "game"}),
        ("generation_steps", {"status": "QUEUED"}),
        ("logs", {"log_level": "LOUD"}),
        ("logs", {"source": "NOBODY"}),
        ("agent_jobs", {"progress": 101}),
        ("agent_jobs", {"status": "asleep"}),
    ],
)
def test_the_database_refuses_values_outside_the_lists(finished, table, values):
    ((column, value),) = values.items()
    with pytest.raises(IntegrityError), transaction.atomic():
        query(f"UPDATE {table} SET {column} = %s", value)


@pytest.mark.django_db
def test_a_raw_delete_of_a_project_takes_everything_of_it_along(finished):
    query("DELETE FROM projects WHERE project_id = %s", finished.project_id)
    for table in (
        "agent_jobs",
        "design_systems",
        "features",
        "generation_steps",
        "inferred_entities",
        "logs",
        "pages",
        "memory_records",
        "project_events",
        "project_files",
        "project_file_versions",
    ):
        assert query(f"SELECT count(*) FROM {table}") == [(0,)], table


@pytest.mark.django_db
def test_a_raw_delete_of_a_person_takes_their_projects_along(finished, owner):
    query("DELETE FROM users WHERE id = %s", owner.pk)
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_a_job_gets_its_times_from_the_database(finished):
    job = finished.jobs.get()
    assert job.started_at is not None
    assert job.completed_at is not None
    query("UPDATE agent_jobs SET status = 'running'")
    job.refresh_from_db()
    assert job.completed_at is None
