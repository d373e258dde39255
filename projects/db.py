"""Database functions as column defaults, and migration operations that Django does not have."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class DbNow(models.Func):
    """`now()`: the start of the transaction, as the seeds' column defaults have it."""

    template = "now()"
    output_field = models.DateTimeField()


class DbClock(models.Func):
    """`clock_timestamp()`: the time itself, for rows that are ordered within a transaction."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


class DbUUID(models.Func):
    """`gen_random_uuid()`, built into PostgreSQL."""

    template = "gen_random_uuid()"
    output_field = models.UUIDField()


class EmptyJSON(models.Func):
    """An empty JSON object (`'{}'::jsonb`)."""

    template = "'{}'::jsonb"
    output_field = models.JSONField()


class EmptyJSONArray(models.Func):
    """An empty JSON array (`'[]'::jsonb`)."""

    template = "'[]'::jsonb"
    output_field = models.JSONField()


class _SqlOperation(Operation):
    """An operation that changes the database only, not Django's state of the models."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the state as it is."""

    def forward_sql(self) -> str:
        """Return the SQL that applies the operation."""
        raise NotImplementedError

    def backward_sql(self) -> str:
        """Return the SQL that takes it back."""
        raise NotImplementedError

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - the base class's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Apply the SQL."""
        schema_editor.execute(self.forward_sql(), params=None)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 - the base class's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Take the SQL back."""
        schema_editor.execute(self.backward_sql(), params=None)


class ForeignKeyOnDelete(_SqlOperation):
    """Give a foreign key the `ON DELETE` that Django keeps to itself.

    `column` of `table` refers to `target(target_column)`; `action` is SQL, such as `CASCADE`.
    """

    def __init__(
        self, table: str, column: str, target: str, target_column: str, action: str
    ) -> None:
        self.table, self.column = table, column
        self.target, self.target_column, self.action = target, target_column, action

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what a migration file needs to make this operation again."""
        args = [self.table, self.column, self.target, self.target_column, self.action]
        return (self.__class__.__name__, args, {})

    def describe(self) -> str:
        """Return one line for the migration's output."""
        return f"{self.table}.{self.column}: ON DELETE {self.action}"

    def _sql(self, action: str) -> str:
        # Names come from migration files, never from outside.
        return f"""
        DO $$
        DECLARE old text;
        BEGIN
          SELECT c.conname INTO STRICT old FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
           WHERE c.contype = 'f' AND c.conrelid = '{self.table}'::regclass
             AND a.attname = '{self.column}' AND array_length(c.conkey, 1) = 1;
          EXECUTE format('ALTER TABLE {self.table} DROP CONSTRAINT %I', old);
          EXECUTE format('ALTER TABLE {self.table} ADD CONSTRAINT %I FOREIGN KEY ({self.column})
            REFERENCES {self.target}({self.target_column}) {action}
            DEFERRABLE INITIALLY DEFERRED', old);
        END $$
        """  # noqa: S608

    def forward_sql(self) -> str:
        """Return the SQL that replaces the constraint by one with the action."""
        return self._sql(f"ON DELETE {self.action}")

    def backward_sql(self) -> str:
        """Return the SQL that replaces it by one without."""
        return self._sql("")


class UpdatedAtTrigger(_SqlOperation):
    """Keep `updated_at` of a table true whoever writes to it."""

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what a migration file needs to make this operation again."""
        return (self.__class__.__name__, [self.table], {})

    def describe(self) -> str:
        """Return one line for the migration's output."""
        return f"{self.table}: updated_at by trigger"

    def forward_sql(self) -> str:
        """Return the SQL that makes the trigger."""
        return (
            f"CREATE TRIGGER {self.table}_updated_at BEFORE UPDATE ON {self.table} "
            "FOR EACH ROW EXECUTE FUNCTION codegen_touch_updated_at()"
        )

    def backward_sql(self) -> str:
        """Return the SQL that drops it."""
        return f"DROP TRIGGER {self.table}_updated_at ON {self.table}"


OWN_PROJECT = "EXISTS (SELECT 1 FROM projects p WHERE p.project_id = {table}.project_id)"


class RowSecurity(_SqlOperation):
    """Let the web role see and change only rows for which `using` holds.

    Without `using` a row follows its project: whoever may see the project may see the row.
    """

    def __init__(self, table: str, using: str | None = None) -> None:
        self.table, self.using = table, using

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what a migration file needs to make this operation again."""
        args = [self.table] if self.using is None else [self.table, self.using]
        return (self.__class__.__name__, args, {})

    def describe(self) -> str:
        """Return one line for the migration's output."""
        return f"{self.table}: row-level security"

    def forward_sql(self) -> str:
        """Return the SQL that makes the policy."""
        using = self.using or OWN_PROJECT.format(table=self.table)
        return (
            f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY; "
            f"CREATE POLICY {self.table}_owner ON {self.table} "
            f"USING ({using}) WITH CHECK ({using})"
        )

    def backward_sql(self) -> str:
        """Return the SQL that drops it."""
        return (
            f"DROP POLICY {self.table}_owner ON {self.table}; "
            f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY"
        )
