"""The rules of tables: keys, indexes, uniqueness and checks, under the names that the app gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generation.engines.builtin.pyfit import call
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.react_fastapi.links import Link
from generation.engines.builtin.stacks.react_fastapi.schema import Key, SchemaColumn


@dataclass(frozen=True, order=True)
class Rule:
    """A rule that a column holds: the lines that make it and take it away."""

    create: str
    drop: str
    column: str
    is_stale: bool = False  # it was made for a column of another name


def rules_of(table: str, column: SchemaColumn) -> Iterator[Rule]:
    """Yield the rules of a column."""
    if column.key:
        yield _key_rule(table, column.name, column.key)
    if column.indexed:
        name = _named("ix", table, column.name)
        made = call("batch.create_index", [name, f"[{py_str(column.name)}]"], indent=8)
        yield Rule(made, call("batch.drop_index", [name], indent=8), column.name)
    if column.unique:
        columns = [f"[{', '.join(py_str(part) for part in column.unique)}]"]
        name = _named("uq", table, *column.unique)
        yield _rule("unique_constraint", name, columns, "unique", column.name)
    if column.choices:
        values = ", ".join(py_str(value) for value in column.choices)
        allowed = f"sa.column({py_str(column.name)}).in_([{values}])"
        name = _named("ck", table, column.name)
        yield _rule("check_constraint", name, [allowed], "check", column.name)


def rules_of_pairs(link: Link) -> tuple[Rule, ...]:
    """Return the keys of a link's table of pairs."""
    ends = (("source_id", link.entity.table), ("target_id", link.target.table))
    return tuple(_key_rule(link.pairs, column, Key(table, "CASCADE")) for column, table in ends)


def _key_rule(table: str, column: str, key: Key) -> Rule:
    arguments = [py_str(key.table), f"[{py_str(column)}]", '["id"]']
    arguments.append(f'ondelete="{key.on_delete}"')
    return _rule(
        "foreign_key", _named("fk", table, column, key.table), arguments, "foreignkey", column
    )


def _rule(kind: str, name: str, arguments: list[str], type_: str, column: str) -> Rule:
    made = call(f"batch.create_{kind}", [name, *arguments], indent=8)
    dropped = call("batch.drop_constraint", [name, f'type_="{type_}"'], indent=8)
    return Rule(made, dropped, column)


def _named(*parts: str) -> str:
    """Return a name as the app's naming convention makes it."""
    return f"batch.f({py_str('_'.join(parts))})"
