"""The design's founding tables hold: columns and indexes live, queries as printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from projects.models import DesignSystem, Feature, InferredEntity, Page

DATA = Path(__file__).parents[1] / "data"
TYPES = {
    "UUID": "uuid",
    "UUID[]": "ARRAY",
    "TEXT": "text",
    "JSONB": "jsonb",
    "INTEGER": "integer",
    "BOOLEAN": "boolean",
    "FLOAT": "double precision",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
}
COLUMN = re.compile(
    r"^(?P<name>\w+)\s+(?P<type>UUID\[\]|UUID|TEXT|JSONB|INTEGER|BOOLEAN|FLOAT"
    r"|TIMESTAMP WITH TIME ZONE|VARCHAR\(\d+\))(?P<rest>.*)$"
)
TABLES = ("design_systems", "pages", "features", "inferred_entities")


def query(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def seed_columns() -> list[tuple[str, str, str, str]]:
    """Return table, name, type and the rest of the line for every column of the seed."""
    text = (DATA / "seed_001_tables.sql").read_text()
    found = []
    for table, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\);", text, flags=re.DOTALL):
        lines = [line.split("--")[0].strip().rstrip(",") for line in body.splitlines()]
        for line in filter(None, lines):
            match = COLUMN.match(line)
            if match is None:
                assert line.startswith("UNIQUE("), f"a line of {table} was not understood: {line}"
                continue
            found.append((table, match["name"], match["type"], match["rest"]))
    return found


COLUMNS = seed_columns()


def test_every_table_of_the_seed_was_read():
    assert {table for table, *_ in COLUMNS} == set(TABLES)
    assert len(COLUMNS) == 9 + 19 + 17 + 14


def live(table: str, column: str) -> tuple[str, int | None, str, str | None]:
    rows = query(
        "SELECT data_type, character_maximum_length, is_nullable, column_default"
        " FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND column_name = %s",
        table,
        column,
    )
    assert rows, f"{table}.{column} is missing"
    return rows[0]


@pytest.mark.django_db
class TestColumns:
    @pytest.mark.parametrize(("table", "name", "kind", "rest"), COLUMNS)
    def test_it_has_the_seeds_type(self, table, name, kind, rest):
        data_type, length, nullable, _default = live(table, name)
        wanted = re.match(r"VARCHAR\((\d+)\)", kind)
        if wanted:
            assert (data_type, length) == ("character varying", int(wanted[1]))
        else:
            assert data_type == TYPES[kind]
        # A value may be left out where the seed allows it; where there is a default it is not null.
        if "NOT NULL" in rest or "PRIMARY KEY" in rest or "DEFAULT" in rest:
            assert nullable == "NO"
        elif name != "project_id":
            assert nullable == "YES"

    @pytest.mark.parametrize(("table", "name", "_kind", "rest"), COLUMNS)
    def test_it_has_the_seeds_default(self, table, name, _kind, rest):
        match = re.search(r"DEFAULT\s+('[^']*'|\w+\(\)|[\d.]+|TRUE|FALSE)", rest)
        default = live(table, name)[3]
        if match is None:
            assert default is None
        else:
            assert default is not None
            assert re.sub(r"::[\w ]+$", "", default).lower() == match[1].lower()

    @pytest.mark.parametrize(("table", "name", "_kind", "rest"), COLUMNS)
    def test_its_keys_are_the_seeds(self, table, name, _kind, rest):
        definitions = [
            text
            for (text,) in query(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass",
                table,
            )
        ]
        if "PRIMARY KEY" in rest:
            assert f"PRIMARY KEY ({name})" in definitions
        if "REFERENCES projects(id) ON DELETE CASCADE" in rest:
            wanted = f"FOREIGN KEY ({name}) REFERENCES projects(project_id) ON DELETE CASCADE"
            assert any(text.startswith(wanted) for text in definitions)
        elif "REFERENCES" in rest:
            wanted = f"FOREIGN KEY ({name}) REFERENCES pages(id) ON DELETE SET NULL"
            assert any(text.startswith(wanted) for text in definitions)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "definition",
    [
        "idx_pages_project_id ON public.pages USING btree (project_id)",
        "idx_pages_parent_id ON public.pages USING btree (parent_id)",
        "idx_pages_current_mockup ON public.pages USING btree (current_mockup_id)",
        "idx_features_project_id ON public.features USING btree (project_id)",
        "idx_features_category ON public.features USING btree (category)",
        "idx_features_affected_pages ON public.features USING gin (affected_pages)",
        (
            "idx_entities_confidence ON public.inferred_entities"
            " USING btree (project_id, confidence_score DESC)"
        ),
        "idx_design_tokens ON public.design_systems USING gin (tokens)",
        "idx_entity_fields ON public.inferred_entities USING gin (fields)",
        (
            "idx_pages_search ON public.pages USING gin (to_tsvector('english'::regconfig,"
            " (((name)::text || ' '::text) || COALESCE(purpose, ''::text))))"
        ),
        (
            "idx_features_search ON public.features USING gin (to_tsvector('english'::regconfig,"
            " (((name)::text || ' '::text) || COALESCE(user_description, ''::text))))"
        ),
    ],
)
def test_the_seeds_indexes_are_there(definition):
    found = [row[0] for row in query("SELECT indexdef FROM pg_indexes")]
    assert any(text.endswith(definition) for text in found)


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_updated_at_is_kept_by_the_database(table):
    found = query("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", table)
    assert (f"{table}_updated_at",) in found


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize("path", ["notes", "/Notes", "/a b", "/a?b", "/a.b", "//évil", "/a\n"])
    def test_a_path_that_is_no_path_is_refused(self, project, path):
        with pytest.raises(IntegrityError), transaction.atomic():
            Page.objects.create(project=project, name="Page", slug="page", path=path)

    @pytest.mark.parametrize("path", ["/", "/notes/:id", "/a-b/c_d/1", None])
    def test_a_path_may_have_parameters(self, project, path):
        Page.objects.filter(project=project).delete()  # those of its entities
        Page.objects.create(project=project, name="Page", slug="page", path=path)
        assert Page.objects.get(project=project).path == path

    @pytest.mark.parametrize(
        ("row", "values"),
        [
            (Page(name="A", slug="a", path="/a"), {"type": "poster"}),
            (Page(name="A", slug="a", path="/a"), {"status": "lost"}),
            (Page(name="A", slug="a", path="/a"), {"primary_device": "watch"}),
            (Feature(name="A"), {"status": "dreamt"}),
            (Feature(name="A"), {"priority": "most"}),
            (DesignSystem(), {"generation_method": "guessed"}),
            (InferredEntity(entity_name="A", fields={}), {"confidence_score": 1.1}),
        ],
    )
    def test_a_value_outside_the_lists_is_refused(self, project, row, values):
        type(row).objects.filter(project=project).delete()
        row.pk, row.project = None, project
        fresh = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields})
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.pk = row._meta.pk.get_default()
        with pytest.raises(IntegrityError), transaction.atomic():
            fresh.save()

    def test_names_and_paths_are_unique_in_a_project(self, project):
        InferredEntity.objects.create(project=project, entity_name="Twin", fields={})
        with pytest.raises(IntegrityError), transaction.atomic():
            InferredEntity.objects.create(project=project, entity_name="Twin", fields={})
        Page.objects.create(project=project, name="A", slug="a", path="/twin")
        with pytest.raises(IntegrityError), transaction.atomic():
            Page.objects.create(project=project, name="B", slug="b", path="/twin")


@pytest.mark.django_db
def test_a_page_outlives_its_parent(project):
    above = Page.objects.create(project=project, name="Above", slug="above", path="/above")
    below = Page.objects.create(
        project=project, name="Below", slug="below", path="/above/below", parent=above
    )
    query("DELETE FROM pages WHERE id = %s", above.pk)
    below.refresh_from_db()
    assert below.parent is None


@pytest.mark.django_db
class TestViews:
    @pytest.mark.parametrize("table", [*TABLES, "projects", "users"])
    def test_a_view_follows_row_security(self, table):
        options = query(
            "SELECT reloptions FROM pg_class WHERE oid = %s::regclass", f"flexos.{table}"
        )
        assert options == [(["security_invoker=true"],)]

    @pytest.mark.parametrize(("table", "name", "_kind", "_rest"), COLUMNS)
    def test_a_view_has_every_column_of_the_seed(self, table, name, _kind, _rest):
        assert query(f"SELECT {name} FROM flexos.{table}") == []

    def test_entities_that_appear_together_are_found_as_printed(self, project):
        shown = {"/a": [["Lesson", "Teacher"]], "/b": [["Teacher", "Lesson", "Room"]], "/c": []}
        for name in ("Lesson", "Teacher", "Room"):
            InferredEntity.objects.create(project=project, entity_name=name, fields={})
        for path, elements in shown.items():
            Page.objects.create(
                project=project, name=path, slug=path, path=path, key_elements=elements
            )
        text = (DATA / "seed_001_queries.sql").read_text()
        assert "unnest(p.key_elements)" in text
        query("SET LOCAL search_path = flexos, public")
        ((first, second, count),) = query(text.replace("$1", "%s"), project.pk)
        assert ({first, second}, count) == ({"Lesson", "Teacher"}, 2)

    @pytest.mark.usefixtures("project")
    def test_a_deleted_project_is_archived_in_its_words(self):
        assert query("SELECT status, name FROM flexos.projects") == [("active", "QuickNotes")]
        query("UPDATE projects SET deleted_at = now()")
        assert query("SELECT status FROM flexos.projects") == [("archived",)]
