"""Migrations that bring the database of an app in use up to a changed spec.

Data is kept where it can be: what is renamed is renamed there too, texts stay texts, whole numbers
become decimals. A column that becomes required is filled first; one whose type changes otherwise is
made anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

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
from generation.engines.builtin.stacks.react_fastapi.renames import Moved, Same, moved, same_of
from generation.engines.builtin.stacks.react_fastapi.rules import (
    Rule,
    rules_of,
    rules_of_pairs,
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
# A function of the migration, which stops where people share what is to be unique.
REFUSES = "refuse_duplicates("
_REVISION = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)
_NUMBER = re.compile(r"(\d+)_\w+\.py$")


def is_migration(path: str) -> bool:
    """Tell whether a file is one of Alembic's versions."""
    return path.startswith(FOLDER) and path.endswith(".py")


def plan_changes(previous: Version, spec: AppSpec) -> list[Draft]:
    """Draft the migration from the version before to the spec, if there is a difference."""
    old, new = schema_of(previous.spec), schema_of(spec)
    same = same_of(old, new)
    up, down = list(_steps(old, new, same)), list(_steps(new, old, same.backwards))
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
        refuses_duplicates=any(REFUSES in line for line in (*up, *down)),
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


def _steps(old: Schema, new: Schema, same: Same) -> Iterator[str]:
    """Yield the statements that lead from one database to another."""
    yield from _refusals(old, new, same)
    yield from (
        f"    op.drop_table({py_str(name)})" for name in old.pairs if name not in same.pairs
    )
    before = moved(old, new, same)
    yield from before.statements
    gone = [name for name in before.tables if name not in same.tables.values()]
    stay = list(_alterations(old, new, same, before))
    ruled = [table for table in sorted(before.aside) if before.rules[table]]
    yield from (_batch(table, [r.drop for r in before.rules[table]]) for table in ruled)
    yield from (line for one in stay for line in one.loosen())
    if new.users and not old.users:
        yield from users_tables(staffed=new.staffed)
    fresh = [table for name, table in new.tables.items() if name not in before.tables]
    yield from (table_of(table.entity, table.links) for table in fresh)
    yield from (line for one in stay for line in one.fill())
    yield from (line for one in stay for line in one.tighten())
    kept = set(same.pairs.values())
    yield from (pairs_table(link) for name, link in new.pairs.items() if name not in kept)
    yield from (late_key(link) for link in new.late if link.entity.table not in before.tables)
    dropped = {name for name in gone if name not in before.aside}
    yield from (drop_late_key(link) for link in old.late if link.entity.table in dropped)
    yield from (f"    op.drop_table({py_str(name)})" for name in reversed(gone))
    if old.users and not new.users:
        yield from (f"    op.drop_table({py_str(name)})" for name in ("login_sessions", "users"))


def _refusals(old: Schema, new: Schema, same: Same) -> Iterator[str]:
    """Yield what stops where a column is to be unique of all that was for each owner alone."""
    for table, now in same.tables.items():
        for name, twin in same.columns[table].items():
            was, column = old.tables[table].columns[name], new.tables[now].columns[twin]
            widens = was.unique == ("owner_id", name) and column.unique == (twin,)
            if widens and not _must_be_replaced(was, column):
                yield call("refuse_duplicates", [py_str(table), py_str(name)], indent=4)


def _alterations(old: Schema, new: Schema, same: Same, before: Moved) -> Iterator[Alteration]:
    """Yield how the tables change that stay."""
    if new.users and old.users and new.staffed != old.staffed:
        staff = {"is_staff": staff_column()}
        yield Alteration(USERS, staff if old.staffed else {}, staff if new.staffed else {})
    for name, table in new.tables.items():
        if name in same.tables.values():
            columns = table.columns
            rules = tuple(rule for c in columns.values() for rule in rules_of(name, c))
            yield Alteration(name, before.tables[name].columns, columns, before.rules[name], rules)
    for was, now in same.pairs.items():
        old_keys, new_keys = rules_of_pairs(old.pairs[was]), rules_of_pairs(new.pairs[now])
        yield Alteration(now, {}, {}, old_keys, new_keys)


@dataclass(frozen=True)
class Alteration:
    """How a table changes: what goes, what comes empty, its values, and its rules."""

    table: str
    old: Mapping[str, SchemaColumn]
    new: Mapping[str, SchemaColumn]
    old_rules: tuple[Rule, ...] = ()
    new_rules: tuple[Rule, ...] = ()

    @cached_property
    def _replaced(self) -> set[str]:
        common = [name for name in self.new if name in self.old]
        return {name for name in common if _must_be_replaced(self.old[name], self.new[name])}

    @cached_property
    def _added(self) -> list[SchemaColumn]:
        return [c for n, c in self.new.items() if n not in self.old or n in self._replaced]

    @cached_property
    def _stay(self) -> list[tuple[SchemaColumn, SchemaColumn]]:
        common = [name for name in self.new if name in self.old and name not in self._replaced]
        return [(self.old[name], self.new[name]) for name in common]

    def _only(self, rules: tuple[Rule, ...], others: tuple[Rule, ...]) -> list[Rule]:
        """Return the rules that are not among others; those of a replaced column never are."""
        return sorted(r for r in rules if r not in others or r.column in self._replaced)

    def loosen(self) -> Iterator[str]:
        """Yield what takes rules and columns away, and adds columns that may be empty."""
        gone = [n for n in self.old if n not in self.new or n in self._replaced]
        lines = [rule.drop for rule in self._only(self.old_rules, self.new_rules)]
        lines += [call("batch.drop_column", [py_str(name)], indent=8) for name in gone]
        lines += [_add(column) for column in self._added]
        if lines:
            yield _batch(self.table, lines)

    def fill(self) -> Iterator[str]:
        """Yield what makes the values fit the rules to come."""
        for was, now in self._stay:
            yield from _adapt(self.table, was, now)
        for column in self._added:
            yield from _fill_nulls(self.table, column)

    def tighten(self) -> Iterator[str]:
        """Yield what gives columns their types and the table its rules."""
        lines = [line for was, now in self._stay for line in _change(was, now)]
        lines += [_require(column) for column in self._added if not column.nullable]
        lines += [rule.create for rule in self._only(self.new_rules, self.old_rules)]
        if lines:
            yield _batch(self.table, lines)


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


def _batch(table: str, lines: list[str]) -> str:
    return "\n".join([f"    with op.batch_alter_table({py_str(table)}) as batch:", *lines])
