"""Migrations that bring the database of an app in use up to a changed spec.

Data is kept where it can be: texts stay texts, whole numbers become decimals. A column that
becomes required is filled first; one whose type changes otherwise is made anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from generation.engines.base import Version
from generation.engines.builtin.drafts import Draft, create_file
from generation.engines.builtin.pyfit import call
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.react_fastapi.migrations import (
    Migration,
    drop_late_key,
    late_key,
    pairs_table,
    table_of,
    users_tables,
)
from generation.engines.builtin.stacks.react_fastapi.schema import (
    USERS,
    Schema,
    SchemaColumn,
    schema_of,
    staff_column,
)
from generation.engines.builtin.stacks.shared.fillers import quoted
from projects.spec.models import AppSpec

FOLDER = "backend/alembic/versions/"
WIDENS = {("integer", "decimal")}
_REVISION = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)
_NUMBER = re.compile(r"(\d+)_\w+\.py$")


def is_migration(path: str) -> bool:
    """Tell whether a file is one of Alembic's versions."""
    return path.startswith(FOLDER) and path.endswith(".py")


def plan_changes(previous: Version, spec: AppSpec) -> list[Draft]:
    """Draft the migration from the version before to the spec, if there is a difference."""
    old, new = schema_of(previous.spec), schema_of(spec)
    up, down = list(_steps(old, new)), list(_steps(new, old))
    if not up:
        return []
    number, parent = _head(previous.files)
    content = "\n".join([parent or "", *up, *down])
    migration = Migration(
        slug="changes",
        title="What has changed since the version before.",
        up=tuple(up),
        down=tuple(down),
        number=number + 1,
        revision=hashlib.sha256(content.encode()).hexdigest()[:12],
        parent=parent,
    )
    return [create_file("alembic-migration", migration.file_path, {"migration": asdict(migration)})]


def _head(files: Mapping[str, str]) -> tuple[int, str | None]:
    """Return the number and the revision of the newest migration."""
    numbered = {
        int(found.group(1)): text
        for path, text in files.items()
        if is_migration(path) and (found := _NUMBER.search(path))
    }
    if not numbered:
        return 0, None
    last = max(numbered)
    revision = _REVISION.search(numbered[last])
    return last, revision.group(1) if revision else None


def _steps(old: Schema, new: Schema) -> Iterator[str]:
    """Yield the statements that lead from one database to another."""
    gone = [old.tables[name] for name in old.tables if name not in new.tables]
    fresh = [new.tables[name] for name in new.tables if name not in old.tables]
    yield from (
        f"    op.drop_table({py_str(name)})" for name in old.pairs if _pairs_differ(name, old, new)
    )
    if new.users and not old.users:
        yield from users_tables(staffed=new.staffed)
    elif new.users and new.staffed != old.staffed:
        staff = {"is_staff": staff_column()}
        yield from _alter(USERS, staff if old.staffed else {}, staff if new.staffed else {})
    yield from (table_of(table.entity, table.links) for table in fresh)
    for name, table in new.tables.items():
        if name in old.tables:
            yield from _alter(name, old.tables[name].columns, table.columns)
    unlike = [name for name in new.pairs if _pairs_differ(name, new, old)]
    yield from (pairs_table(new.pairs[name]) for name in unlike)
    yield from (late_key(link) for link in new.late if link.entity.table not in old.tables)
    dropped = {table.entity.table for table in gone}
    yield from (drop_late_key(link) for link in old.late if link.entity.table in dropped)
    yield from (f"    op.drop_table({py_str(t.entity.table)})" for t in reversed(gone))
    if old.users and not new.users:
        yield from (f"    op.drop_table({py_str(name)})" for name in ("login_sessions", "users"))


def _pairs_differ(name: str, one: Schema, other: Schema) -> bool:
    twin = other.pairs.get(name)
    return twin is None or pairs_table(twin) != pairs_table(one.pairs[name])


def _alter(
    table: str, old: Mapping[str, SchemaColumn], new: Mapping[str, SchemaColumn]
) -> Iterator[str]:
    """Yield what changes a table: what goes, what comes empty, its values, and its rules."""
    replaced = {n for n in new if n in old and _must_be_replaced(old[n], new[n])}
    gone = [old[n] for n in old if n not in new or n in replaced]
    added = [new[n] for n in new if n not in old or n in replaced]
    stay = [(old[n], new[n]) for n in new if n in old and n not in replaced]
    before = {rule for column in old.values() for rule in _rules(table, column)}
    after = {rule for column in new.values() for rule in _rules(table, column)}
    first = [rule.drop for rule in sorted(before - after)]
    first += [call("batch.drop_column", [py_str(column.name)], indent=8) for column in gone]
    first += [_add(column) for column in added]
    last = [line for was, now in stay for line in _change(was, now)]
    last += [_require(column) for column in added if not column.nullable]
    last += [rule.create for rule in sorted(after - before)]
    if first:
        yield _batch(table, first)
    for was, now in stay:
        yield from _adapt(table, was, now)
    for column in added:
        yield from _fill_nulls(table, column)
    if last:
        yield _batch(table, last)


@dataclass(frozen=True, order=True)
class Rule:
    """A key, an index, a uniqueness or a check: the lines that make it and take it away."""

    create: str
    drop: str


def _rules(table: str, column: SchemaColumn) -> Iterator[Rule]:
    if column.key:
        name = _named("fk", table, column.name, column.key.table)
        columns = [py_str(column.key.table), f"[{py_str(column.name)}]", '["id"]']
        more = f'ondelete="{column.key.on_delete}"'
        yield _rule("foreign_key", name, [*columns, more], drop='type_="foreignkey"')
    if column.indexed:
        name = _named("ix", table, column.name)
        made = call("batch.create_index", [name, f"[{py_str(column.name)}]"], indent=8)
        yield Rule(made, call("batch.drop_index", [name], indent=8))
    if column.unique:
        columns = [f"[{', '.join(py_str(part) for part in column.unique)}]"]
        name = _named("uq", table, *column.unique)
        yield _rule("unique_constraint", name, columns, drop='type_="unique"')
    if column.choices:
        values = ", ".join(py_str(value) for value in column.choices)
        allowed = f"sa.column({py_str(column.name)}).in_([{values}])"
        name = _named("ck", table, column.name)
        yield _rule("check_constraint", name, [allowed], drop='type_="check"')


def _rule(kind: str, name: str, arguments: list[str], *, drop: str) -> Rule:
    made = call(f"batch.create_{kind}", [name, *arguments], indent=8)
    return Rule(made, call("batch.drop_constraint", [name, drop], indent=8))


def _must_be_replaced(old: SchemaColumn, new: SchemaColumn) -> bool:
    if old.key and new.key:
        return old.key.table != new.key.table
    return old.kind != new.kind and (old.kind, new.kind) not in WIDENS


def _adapt(table: str, old: SchemaColumn, new: SchemaColumn) -> Iterator[str]:
    """Yield what makes the values that are there fit the rules to come."""
    name = f'"{new.name}"'
    if new.choices and old.choices != new.choices:
        allowed = ", ".join(quoted(value) for value in new.choices)
        yield _fill(table, new, f"{name} NOT IN ({allowed})")
    elif new.length and (not old.length or old.length > new.length):
        yield _update(
            table, new, f"substr({name}, 1, {new.length})", f"length({name}) > {new.length}"
        )
    if old.nullable:
        yield from _fill_nulls(table, new)


def _fill_nulls(table: str, column: SchemaColumn) -> Iterator[str]:
    if not column.nullable:
        yield _fill(table, column, f'"{column.name}" IS NULL')


def _fill(table: str, column: SchemaColumn, where: str) -> str:
    return _update(table, column, column.filler, where)


def _update(table: str, column: SchemaColumn, value: str, where: str) -> str:
    # Every part is a name or a literal that the stack has made safe; nothing is executed here.
    statement = f'UPDATE "{table}" SET "{column.name}" = {value} WHERE {where}'  # noqa: S608
    return call("op.execute", [py_str(statement)], indent=4)


def _change(old: SchemaColumn, new: SchemaColumn) -> Iterator[str]:
    changes = []
    if old.stored != new.stored:
        changes.append(f"type_={new.stored}")
    if old.nullable != new.nullable:
        changes.append(f"nullable={new.nullable}")
    if changes:
        arguments = [py_str(new.name), f"existing_type={old.stored}", *changes]
        yield call("batch.alter_column", arguments, indent=8)


def _add(column: SchemaColumn) -> str:
    inner = call("sa.Column", [py_str(column.name), column.stored, "nullable=True"], indent=0)
    return call("batch.add_column", [inner], indent=8)


def _require(column: SchemaColumn) -> str:
    arguments = [py_str(column.name), f"existing_type={column.stored}", "nullable=False"]
    return call("batch.alter_column", arguments, indent=8)


def _named(*parts: str) -> str:
    """Return a name as the app's naming convention makes it."""
    return f"batch.f({py_str('_'.join(parts))})"


def _batch(table: str, lines: list[str]) -> str:
    return "\n".join([f"    with op.batch_alter_table({py_str(table)}) as batch:", *lines])
