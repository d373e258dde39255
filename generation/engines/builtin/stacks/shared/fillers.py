"""SQL for the value of a field in rows that have none yet."""

from __future__ import annotations

from generation.engines.builtin.stacks.shared.columns import BaseColumn
from projects.spec.models import FieldType


def filler_of(column: BaseColumn) -> str:
    """Return SQL for a valid value; one that differs from row to row where it must be unique."""
    if column.is_enum:
        chosen = (column.names.spec.default or "").casefold()
        values = [value for _, value in column.members]
        return quoted(next((v for v in values if v.casefold() == chosen), values[0]))
    if column.type in (FieldType.INTEGER, FieldType.DECIMAL):
        low, high = column.bounds or (0, 0)
        return "id" if column.unique else str(min(max(low, 0), high))
    fixed = {
        FieldType.BOOLEAN: "true" if column.default == "True" else "false",
        FieldType.DATE: "CURRENT_DATE",
        FieldType.DATETIME: "CURRENT_TIMESTAMP",
        FieldType.EMAIL: "'unknown-' || id || '@example.org'",
        FieldType.URL: "'https://example.org/' || id",
    }
    if column.type in fixed:
        return fixed[column.type]
    if not column.unique and column.names.spec.default is not None:
        return quoted(column.names.spec.default)
    if not column.unique and column.written is not None:
        return quoted(column.written.example)
    return "'-' || id" if column.unique else quoted("-")


def quoted(text: str) -> str:
    """Return text as an SQL literal, for a statement in which a colon begins a parameter."""
    return "'" + text.replace("'", "''").replace(":", "\\:") + "'"
