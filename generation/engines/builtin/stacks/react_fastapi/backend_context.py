"""What the backend's templates are filled with."""

from __future__ import annotations

from typing import Any

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.pyfit import call, import_line, import_lines
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.react_fastapi.breakdowns import (
    breakdowns_context,
    breakdowns_of,
    choices_in,
)
from generation.engines.builtin.stacks.react_fastapi.columns import Column, columns_of
from generation.engines.builtin.stacks.react_fastapi.links import Link, links_of
from generation.engines.builtin.stacks.react_fastapi.migrations import migrations_of
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.react_fastapi.route_context import (
    chosen,
    has_unique,
    route_parts,
)
from generation.engines.builtin.stacks.shared.breakdowns import has_breakdowns
from generation.engines.builtin.stacks.shared.capabilities import counted, has_dashboard, totalled
from generation.engines.builtin.stacks.shared.links import in_table_order
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames
from generation.engines.builtin.stacks.shared.totals import Total
from generation.engines.builtin.stacks.shared.trials import (
    demotes,
    other_number,
    total_trials,
    trials_of,
)
from generation.engines.builtin.stacks.shared.uploads import uploads_of
from projects.spec.models import AppSpec, FieldType

# The types of totals in answers, by their decimal places.
TOTAL_TYPES = {0: "int | None", 1: "Tenths", 2: "Cents"}


def migration_context(spec: AppSpec, revision: str) -> dict[str, Any]:
    """Return one migration of the chain."""
    found = next(m for m in migrations_of(spec) if m.revision == revision)
    return {"migration": found}


def samples_context(spec: AppSpec) -> dict[str, Any]:
    """Return all entities with their links, what is pointed at first."""
    names = names_of(spec)
    choices = _choices(spec, names)
    numbers = {column.entity.class_name: number for number, column in enumerate(choices)}
    return {
        "breakdowns": breakdowns_context(spec),
        "ordered": [
            {
                "names": entity,
                "columns": columns_of(entity),
                "required": _required(spec, entity),
                "links": links_of(entity, names),
                "choice": numbers.get(entity.class_name),
            }
            for entity in in_table_order(names)
        ],
        "model_imports": "\n".join(
            _imports_of_models(names, [*choices, *choices_in(breakdowns_of(spec))])
        ),
        "sources": [
            call(
                "Source",
                [py_str(e.plural_label), py_str(e.plural_slug), e.class_name],
                ",",
                indent=4,
            )
            for e in names.entities
        ],
        "choices": [_choice_line(column) for column in choices],
        "samples_import": import_line(
            "tests.samples", ["create", *(f"sample_{e.module}" for e in names.entities)]
        ),
    }


def _choices(spec: AppSpec, names: AppNames) -> list[Column]:
    """Return the choices that the dashboard counts by alone, at most one for each entity."""
    if has_breakdowns(spec):
        return []
    found = [counted(spec, columns_of(entity)) for entity in names.entities]
    return [column for column in found if column is not None]


def _choice_line(column: Column) -> str:
    entity = column.entity
    arguments = [
        py_str(entity.plural_label),
        py_str(column.names.label),
        entity.class_name,
        py_str(column.name),
        column.enum_class,
    ]
    return call("Choice", arguments, ",", indent=4)


def _imports_of_models(names: AppNames, choices: list[Column]) -> list[str]:
    needed = {entity.module: [entity.class_name] for entity in names.entities}
    for column in choices:
        needed[column.entity.module].append(column.enum_class)
    if names.inboxes:
        needed["user"] = ["User"]
    return import_lines({f"app.models.{module}": names for module, names in needed.items()})


@kept_for_same
def uses_of(spec: AppSpec) -> dict[str, bool]:
    """Tell what the shared modules must offer, so that none holds code that nothing calls."""
    names = names_of(spec)
    columns = [column for entity in names.entities for column in columns_of(entity)]
    links = [link for entity in names.entities for link in entity.links]
    kinds = {column.type for column in columns}
    places = {t.places for e in names.entities for t in totalled(spec, columns_of(e))}
    return {
        "decimal": FieldType.DECIMAL in kinds,
        "integer": FieldType.INTEGER in kinds,
        "enum": FieldType.ENUM in kinds,
        "url": FieldType.URL in kinds,
        # Whether rows are called by the beginning of a long text.
        "excerpts": any(entity.excerpt_field for entity in names.entities),
        "email": FieldType.EMAIL in kinds or spec.auth,
        "owned": any(entity.owned for entity in names.entities),
        # Whether rows are not the same for everybody, or are counted for who asks.
        "visible": has_dashboard(spec) or any(not entity.public for entity in names.entities),
        # Whether there is staff, and whether it sees what others own or writes what others do not.
        "staffed": names.staffed,
        "overseen": any(entity.overseen for entity in names.entities),
        "staff_says": any(entity.overseen and entity.of_staff for entity in names.entities),
        "managed": any(entity.managed for entity in names.entities),
        "authored": any(entity.authored for entity in names.entities),
        # Whether there are rows that whoever sees what they belong to sees, and all that others
        # see and their makers and staff alone change.
        "follows": any(entity.follows for entity in names.entities),
        "makers_change": any(entity.makers_change for entity in names.entities),
        "inbox": bool(names.inboxes),
        "to_one": any(not link.many for link in links),
        "to_many": any(link.many for link in links),
        "to_itself": any(link.target == e.class_name for e in names.entities for link in e.links),
        # Whether lists say something of all their rows, and with how many places.
        "totals": bool(places),
        "decimal_totals": bool(places - {0}),
        "tenths": 1 in places,
        "cents": 2 in places,
        "uploads": any(entity.uploads for entity in names.entities),
        "patterns": any(column.written for column in columns),
        "unique": any(column.unique for column in columns) or any(link.unique for link in links),
    }


def _required(spec: AppSpec, entity: EntityNames) -> list[Link]:
    return [link for link in links_of(entity, names_of(spec)) if link.names.required]


def entity_context(spec: AppSpec, entity: EntityNames) -> dict[str, Any]:
    """Return one entity's columns, links and the imports its modules need."""
    columns, links = columns_of(entity), links_of(entity, names_of(spec))
    to_one = [link for link in links if not link.many]
    totals = totalled(spec, columns)
    return {
        "entity": entity,
        "columns": columns,
        "links": links,
        "uploads": uploads_of(entity),
        "to_one": to_one,
        "to_many": [link for link in links if link.many],
        # Whether nothing that a row needs goes with its author.
        "outlives": all(not t.owned or t.overseen for t in _targets(links)),
        "linked_to_itself": any(link.to_itself for link in links),
        "uniques": [column for column in columns if column.unique],
        "enums": [column for column in columns if column.is_enum],
        "label": _label(entity),
        "told": entity.told_by,
        # Whether the tests look at names that hold a day.
        "looks_at_days": _looks_at_days(entity, links),
        "excerpt": next((c for c in columns if c.names == entity.excerpt_field), None),
        "own_uniques": [
            f'UniqueConstraint("owner_id", {py_str(column.name)})'
            for column in columns
            if column.unique
        ],
        "aliases": [column.alias_line for column in columns if column.alias_line],
        "searched": [py_str(field.python) for field in entity.search_fields],
        "sorts": _sorts(columns),
        "not_null": [
            *(column.name for column in columns if not column.nullable),
            *(link.column for link in links if link.names.required or link.many),
        ],
        "needs_dt": any(c.type in (FieldType.DATE, FieldType.DATETIME) for c in columns),
        "needs_decimal": any(c.type is FieldType.DECIMAL for c in columns),
        "model": _model_imports(entity, columns, links),
        "schema": _schema_imports(entity, columns, links) | {"totals": _total_types(totals)},
        "needs_select": entity.public
        or has_unique(links)
        or (entity.inbox and bool(links))
        or ((entity.inbox or entity.overseen) and any(c.unique for c in columns)),
        "tested_models": import_line("app.models", _tested(entity, links)),
        "route": route_parts(spec, entity, columns, links),
        "test": trials_of(columns, links),
        "totalled": total_trials(totals),
        "total_lines": [f"    {total.key}: {TOTAL_TYPES[total.places]}" for total in totals],
        "demotes": demotes(entity, links) or entity.authored,
        "followed": next((link for link in links if link.name == entity.follows), None),
        "other_number": other_number(entity),
    }


def _looks_at_days(entity: EntityNames, links: tuple[Link, ...]) -> bool:
    excerpt = entity.excerpt_field
    is_own = entity.told_by_day and excerpt is not None and excerpt.nullable
    return is_own or any(
        link.target.told_by_day and link.target.excerpt_field is None for link in links
    )


def _tested(entity: EntityNames, links: tuple[Link, ...]) -> list[str]:
    """Return the models that an entity's tests look at."""
    base = ["Base"] if entity.authored or any(link.to_itself for link in links) else []
    return [*base, *([entity.class_name] if entity.excerpt_field else [])]


def _total_types(totals: tuple[Total[Column], ...]) -> str:
    """Return the import of the types that totals are answered in."""
    return import_line("app.totals", [TOTAL_TYPES[t.places] for t in totals if t.places])


def _targets(links: tuple[Link, ...]) -> list[EntityNames]:
    return [link.target for link in links if link.names.required]


def _label(entity: EntityNames) -> str:
    field = entity.label_field
    if field is None:
        return _numbered(entity)
    value = f"self.{field.python}"
    return f'{value} or f"{entity.class_name} {{self.id}}"' if field.nullable else value


def _numbered(entity: EntityNames) -> str:
    words = entity.label.replace("{", "{{").replace("}", "}}")
    return f"f{py_str(f'{words} {{self.id}}')}"


def _sorts(columns: tuple[Column, ...]) -> list[str]:
    names = [column.name for column in columns if column.sortable]
    return [*names, "created_at", "updated_at"]


def _model_imports(
    entity: EntityNames, columns: tuple[Column, ...], links: tuple[Link, ...]
) -> dict[str, str]:
    kinds = {column.type for column in columns}
    many, one = any(link.many for link in links), any(not link.many for link in links)
    own_unique = entity.owned and any(column.unique for column in columns)
    wanted = {
        "JSON": bool(entity.uploads),
        "LargeBinary": bool(entity.uploads),
        "String": any("String(" in column.sql_type for column in columns),
        "Text": FieldType.TEXT in kinds,
        "ForeignKey": one or many,
        "Column": many,
        "Table": many,
        "UniqueConstraint": own_unique,
    }
    maps = bool(entity.uploads) or _maps(columns, links)
    orm = {"Mapped": bool(columns or entity.uploads or links), "mapped_column": maps}
    local = {
        "Base": True,
        "SentByAnybody": entity.inbox,
        "Owned": entity.owned and not entity.overseen,
        "Overseen": entity.overseen and not entity.follows,
        "Following": bool(entity.follows),
        "Authored": entity.authored,
        "UtcDateTime": FieldType.DATETIME in kinds,
        "Exact": FieldType.DECIMAL in kinds,
        "choice": any(column.is_enum for column in columns),
    }
    targets = {
        f"app.models.{link.target.module}": [link.target.class_name]
        for link in links
        if not link.to_itself
    }
    return {
        "sqlalchemy": import_line("sqlalchemy", chosen(wanted)),
        "orm": import_line("sqlalchemy.orm", chosen(orm | {"relationship": bool(links)})),
        "local": import_line("app.database", chosen(local)),
        "targets": "\n".join(import_lines(targets, indent=4)),
    }


def _maps(columns: tuple[Column, ...], links: tuple[Link, ...]) -> bool:
    return any("mapped_column(" in c.model_line for c in columns) or any(
        not link.many for link in links
    )


def _schema_imports(
    entity: EntityNames, columns: tuple[Column, ...], links: tuple[Link, ...]
) -> dict[str, str]:
    kinds = {column.type for column in columns}
    common = {
        "Input": True,
        "ListParams": False,
        "Output": True,
        "Patch": True,
        "Email": FieldType.EMAIL in kinds,
        "WebAddress": FieldType.URL in kinds,
        "Ref": bool(links),
        "Id": any(not link.many for link in links),
        "Whole": FieldType.INTEGER in kinds,
        "Amount": FieldType.DECIMAL in kinds,
        "Ids": any(link.many for link in links),
        "OwnerEmail": entity.overseen,
        "IsMine": entity.makers_change,
        "Written": any(column.written for column in columns),
    }
    lines = [line for c in columns for line in (c.create_line, c.alias_line or "")]
    field = any("Field(" in line for line in lines) or any(link.many for link in links)
    enums = [column.enum_class for column in columns if column.is_enum]
    pictures = [upload.is_picture for upload in uploads_of(entity)]
    kept = bool(pictures)
    uploads = {
        "GivenFile": not all(pictures),
        "GivenPicture": any(pictures),
        "KeptUpload": kept,
        "no_text": kept,
    }
    return {
        "pydantic": import_line(
            "pydantic",
            chosen({"Field": field, "field_validator": kept, "model_validator": kept}),
        ),
        "common": import_line("app.schemas.common", chosen(common)),
        "models": import_line(f"app.models.{entity.module}", enums),
        "uploads": import_line("app.uploads", chosen(uploads)),
    }
