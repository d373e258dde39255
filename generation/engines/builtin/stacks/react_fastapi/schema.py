"""The database of an app as tables and columns, so that two versions can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from generation.engines.builtin.stacks.react_fastapi.columns import Column, columns_of
from generation.engines.builtin.stacks.react_fastapi.links import Link, links_of
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.shared.fillers import filler_of
from generation.engines.builtin.stacks.shared.links import in_table_order
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames
from generation.engines.builtin.stacks.shared.uploads import Upload, uploads_of
from projects.spec.identity import Identity, identity_of
from projects.spec.models import AppSpec, FieldType

USERS = "users"
TEXTS = (FieldType.STRING, FieldType.TEXT, FieldType.EMAIL, FieldType.URL, FieldType.ENUM)


@dataclass(frozen=True)
class Key:
    """What a column points at."""

    table: str
    on_delete: str


@dataclass(frozen=True)
class SchemaColumn:
    """A column: its type as a migration says it, and SQL for a value where there is none yet.

    `unique` holds the columns that must be unique together, this one among them; `choices` the
    values that a check allows; `length` the most characters it holds, where that is limited.
    """

    identity: Identity
    name: str
    type: str
    kind: str
    nullable: bool
    filler: str
    unique: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    length: int | None = None
    key: Key | None = None

    @property
    def stored(self) -> str:
        """Return its type without the check of its choices, which is a constraint by itself."""
        if self.choices:
            return f"sa.String({self.length})"
        return self.type

    @property
    def indexed(self) -> bool:
        """Tell whether it has an index of its own."""
        return self.key is not None and not self.unique


@dataclass(frozen=True)
class SchemaTable:
    """An entity's table."""

    entity: EntityNames
    links: tuple[Link, ...]
    columns: dict[str, SchemaColumn]

    @property
    def identities(self) -> dict[str, Identity]:
        """Return what each column is known by."""
        return {name: column.identity for name, column in self.columns.items()}


@dataclass(frozen=True)
class Schema:
    """All tables in the order in which they can be made, and the tables of pairs by name."""

    users: bool
    staffed: bool
    tables: dict[str, SchemaTable]
    pairs: dict[str, Link]

    @property
    def late(self) -> list[Link]:
        """Return the links whose keys are added once all tables are there."""
        return [link for table in self.tables.values() for link in table.links if link.late]


def schema_of(spec: AppSpec) -> Schema:
    """Return the database that a spec asks for."""
    names = names_of(spec)
    tables = {e.table: _table(e, names) for e in in_table_order(names)}
    many = [link for table in tables.values() for link in table.links if link.many]
    return Schema(spec.auth, names.staffed, tables, {link.pairs: link for link in many})


def _table(entity: EntityNames, names: AppNames) -> SchemaTable:
    links = links_of(entity, names)
    columns = [_owner(nullable=entity.authored)] if entity.owned or entity.authored else []
    columns += [_column(column) for column in columns_of(entity)]
    columns += [column for upload in uploads_of(entity) for column in _upload(upload)]
    columns += [_link(link) for link in links if not link.many]
    return SchemaTable(entity, links, {column.name: column for column in columns})


def _own(name: str) -> Identity:
    return Identity((name,), name, is_said=False)


def _owner(*, nullable: bool) -> SchemaColumn:
    return SchemaColumn(
        identity=_own("owner_id"),
        name="owner_id",
        type="sa.Integer()",
        kind="key",
        nullable=nullable,
        filler=_first_of(USERS),
        key=Key(USERS, "SET NULL" if nullable else "CASCADE"),
    )


def staff_column() -> SchemaColumn:
    """Return the column that says who is staff; of people that are there it is the first one."""
    return SchemaColumn(
        identity=_own("is_staff"),
        name="is_staff",
        type="sa.Boolean()",
        kind="boolean",
        nullable=False,
        filler=f"(id = {_first_of(USERS)})",
    )


def _link(link: Link) -> SchemaColumn:
    return SchemaColumn(
        identity=link.names.identity.within(_own("link")),
        name=link.column,
        type="sa.Integer()",
        kind="key",
        nullable=not link.names.required,
        filler=_first_of(link.target.table),
        unique=(link.column,) if link.names.unique else (),
        key=Key(link.target.table, link.on_delete),
    )


def _first_of(table: str) -> str:
    return f'(SELECT MIN(id) FROM "{table}")'  # noqa: S608 - text for a migration


def _column(column: Column) -> SchemaColumn:
    together: tuple[str, ...] = ()
    if column.unique:
        together = ("owner_id", column.name) if column.entity.owned else (column.name,)
    return SchemaColumn(
        identity=identity_of(column.names.spec).within(_own("field")),
        name=column.name,
        type=column.migration_type,
        kind="text" if column.type in TEXTS else str(column.type),
        nullable=column.nullable,
        filler=filler_of(column),
        unique=together,
        choices=tuple(value for _, value in column.members) if column.is_enum else (),
        length=_length(column),
    )


def _upload(upload: Upload) -> list[SchemaColumn]:
    """Return the columns of a picture or a file, which become no others without a loss."""
    return [
        SchemaColumn(upload.identity(name), name, kind, f"upload {kind}", nullable=True, filler="")
        for name, kind in (
            (upload.name, "sa.JSON()"),
            (upload.content, "sa.LargeBinary()"),
        )
    ]


def _length(column: Column) -> int | None:
    if column.is_enum:
        return column.enum_length
    return None if column.type is FieldType.TEXT else column.max_length
