"""What is renamed between two versions of a database, and the old one under its new names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generation.engines.builtin.pyfit import call
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.react_fastapi.links import Link
from generation.engines.builtin.stacks.react_fastapi.rules import Rule, rules_of
from generation.engines.builtin.stacks.react_fastapi.schema import Schema, SchemaColumn, SchemaTable
from generation.engines.builtin.stacks.shared.renames import Renames, renames_of
from projects.spec.identity import identity_of, same_parts

Names = Mapping[str, str]


@dataclass(frozen=True)
class Same:
    """Which tables, columns (by their table) and tables of pairs are which in another version."""

    tables: Names
    columns: Mapping[str, Names]
    pairs: Names

    @property
    def backwards(self) -> Same:
        """The same from the other version to this one."""
        columns = {self.tables[table]: _turned(names) for table, names in self.columns.items()}
        return Same(_turned(self.tables), columns, _turned(self.pairs))


def _turned(names: Names) -> Names:
    return {now: was for was, now in names.items()}


def same_of(old: Schema, new: Schema) -> Same:
    """Tell what of one database is what of another."""
    tables = same_parts(
        *({n: identity_of(t.entity.spec) for n, t in one.tables.items()} for one in (old, new))
    )
    columns = {
        was: same_parts(old.tables[was].identities, new.tables[now].identities)
        for was, now in tables.items()
    }
    pairs = same_parts(
        *(
            {n: k.names.identity.within(identity_of(k.entity.spec)) for n, k in one.pairs.items()}
            for one in (old, new)
        )
    )
    kept = {
        was: now
        for was, now in pairs.items()
        if _ends(old.pairs[was], tables) == _ends(new.pairs[now])
    }
    return Same(tables, columns, kept)


def _ends(link: Link, tables: Names | None = None) -> tuple[str | None, str | None]:
    ends = (link.entity.table, link.target.table)
    return ends if tables is None else (tables.get(ends[0]), tables.get(ends[1]))


@dataclass(frozen=True)
class Moved:
    """An old version's tables under their new names, with the rules that they have as yet.

    Those `aside` are in the way of others and go.
    """

    tables: dict[str, SchemaTable]
    rules: dict[str, tuple[Rule, ...]]
    aside: frozenset[str]
    statements: tuple[str, ...]


def moved(old: Schema, new: Schema, same: Same) -> Moved:
    """Give the tables of a version the names that they have in another; tables of pairs too."""
    names = renames_of(
        {**same.tables, **same.pairs},
        [*old.tables, *same.pairs],
        [*new.tables, *new.pairs],
    )
    tables: dict[str, SchemaTable] = {}
    rules: dict[str, tuple[Rule, ...]] = {}
    statements = [_rename_table(was, now) for was, now in names.steps]
    for table, found in old.tables.items():
        now = new.tables.get(same.tables.get(table, ""))
        columns = renames_of(same.columns.get(table, {}), found.columns, now.columns if now else ())
        name = names.final[table]
        tables[name] = _moved(found, columns, names.final)
        rules[name] = tuple(_rules(table, found, columns.final))
        statements += [_rename_column(name, *step) for step in columns.steps]
    return Moved(tables, rules, frozenset(names.final[n] for n in names.aside), tuple(statements))


def _moved(table: SchemaTable, columns: Renames, tables: Names) -> SchemaTable:
    found = [_column(column, columns.final, tables) for column in table.columns.values()]
    return replace(table, columns={column.name: column for column in found})


def _rules(name: str, table: SchemaTable, columns: Names) -> Iterator[Rule]:
    """Yield a table's rules as they are; a renamed column's is not the new one's that looks so."""
    for column in table.columns.values():
        now = columns[column.name]
        for rule in rules_of(name, column):
            yield replace(rule, column=now, is_stale=now != column.name)


def _column(column: SchemaColumn, names: Names, tables: Names) -> SchemaColumn:
    key = column.key and replace(column.key, table=tables.get(column.key.table, column.key.table))
    unique = tuple(names.get(name, name) for name in column.unique)
    return replace(column, name=names[column.name], unique=unique, key=key)


def _rename_table(was: str, now: str) -> str:
    keys = f'ALTER INDEX IF EXISTS "pk_{was}" RENAME TO "pk_{now}"'
    return "\n".join(
        [
            call("op.rename_table", [py_str(was), py_str(now)], indent=4),
            '    if op.get_context().dialect.name == "postgresql":',
            call("op.execute", [py_str(keys)], indent=8),
        ]
    )


def _rename_column(table: str, was: str, now: str) -> str:
    arguments = [py_str(table), py_str(was), f"new_column_name={py_str(now)}"]
    return call("op.alter_column", arguments, indent=4)
