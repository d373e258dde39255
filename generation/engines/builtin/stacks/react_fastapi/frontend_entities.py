"""An entity as the front end shows it: its fields, its links, and a row for the tests."""

from __future__ import annotations

import re
from typing import Any

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.renderer import ts_str
from generation.engines.builtin.stacks.react_fastapi.columns import Column, columns_of
from generation.engines.builtin.stacks.react_fastapi.tsfit import array, prop
from generation.engines.builtin.stacks.shared.capabilities import toggled, totalled, wants
from generation.engines.builtin.stacks.shared.naming import (
    AppNames,
    EntityNames,
    FieldNames,
    LinkNames,
)
from generation.engines.builtin.stacks.shared.uploads import Upload, uploads_of
from projects.spec.models import AppSpec, FieldType

Pairs = list[tuple[str, str]]
# How many fields a list shows in columns.
COLUMNS = 5
# The types whose values are not shown as they are sent.
_IN_WORDS = (FieldType.BOOLEAN, FieldType.DATE, FieldType.DATETIME, FieldType.DECIMAL)
_NUMBERS = {("kind", '"integer"'), ("kind", '"decimal"')}
SAMPLES = {
    FieldType.BOOLEAN: "true",
    FieldType.DATE: '"2026-02-03"',
    FieldType.DATETIME: '"2026-02-03T04:05:00Z"',
    FieldType.EMAIL: '"somebody@example.com"',
    FieldType.URL: '"https://example.com"',
}


def lower_first(name: str) -> str:
    """Write a class's name as a variable's."""
    return name[:1].lower() + name[1:]


def public_routes(entity: EntityNames) -> str:
    """Name the routes of an entity that visitors follow too."""
    return f"{lower_first(entity.class_name)}PublicRoutes"


def entity_context(entity: EntityNames, names: AppNames, spec: AppSpec) -> dict[str, Any]:
    """Return what the templates of an entity are filled with."""
    const = f"{lower_first(entity.class_name)}Resource"
    path = f'"../../entities/{entity.module}";'
    label, told = entity.name_field, None if entity.excerpt_field else entity.told_by
    columns = columns_of(entity)
    toggle = toggled(spec, columns)
    related = _linked_from(names).get(entity.class_name)
    fields = [_field(c, i, entity, shown=c is toggle) for i, c in enumerate(columns)]
    fields += [_upload(upload) for upload in uploads_of(entity)]
    fields += [_link(link, names) for link in entity.links]
    return {
        "class_name": entity.class_name,
        "const": const,
        "import": f"import {{ {const} as resource }} from {path}",
        "test_import": f"import {{ {const} as RESOURCE }} from {path}",
        "test_app": _test_imports(entity),
        "routes": f"{lower_first(entity.class_name)}Routes",
        "public_routes": public_routes(entity),
        "slug": entity.plural_slug,
        "label": entity.label,
        "plural_label": entity.plural_label,
        "label_field": label.ts if label else None,
        "excerpted": entity.excerpt_field is not None,
        "told_by": told.ts if told else None,
        "told_by_day": bool(told) and entity.told_by_day,
        "searchable": bool(entity.search_fields),
        "overseen": entity.overseen,
        "staff_says": entity.overseen and bool(entity.of_staff),
        "managed": entity.managed,
        "public": entity.public,
        "authored": entity.makers_change,
        "follows": bool(entity.follows),
        "invites": entity.one if entity.public and not entity.managed else "",
        "inbox": entity.inbox,
        "sent_about": entity.inbox and bool(entity.links),
        "fields": fields,
        "numbers": any(("inList", "true") in field and _NUMBERS & set(field) for field in fields),
        "uploads": bool(entity.uploads),
        "pictures": any(upload.is_picture for upload in uploads_of(entity)),
        "toggle": toggle.name if toggle else None,
        "totals": totalled(spec, columns),
        "narrows": wants(spec, "filter") and any(c.is_enum or c.names.is_boolean for c in columns),
        "takes": _takes(entity, names),
        "links_one": any(not link.many for link in entity.links),
        "linked_to_itself": any(link.target == entity.class_name for link in entity.links),
        "related": related,
        "related_totals": bool(
            related and totalled(spec, columns_of(names.of(str(related["name"]))))
        ),
        "sample": _sample(entity),
        "wrong": [
            (column.names.ts, ts_str(column.written.mismatch))
            for column in columns
            if column.written is not None and column.written.mismatch is not None
        ],
        "needed": any(("required", "true") in field and not _begins(field) for field in fields),
    }


def _test_imports(entity: EntityNames) -> list[str]:
    """Return what an entity's tests take from the tests' app."""
    member = ["MEMBER"] if entity.managed or entity.overseen or entity.authored else []
    user = ["USER"] if entity.public and not entity.managed else []
    sent = ["type Sent"] if entity.public else []
    return [*member, "serve", "show", "type Answer", *sent, *user]


def _begins(field: Pairs) -> bool:
    """Tell whether a new row begins with a value for the field."""
    return any(key == "initial" for key, _ in field)


def _field(column: Column, position: int, entity: EntityNames, *, shown: bool) -> Pairs:
    """Return a field's properties as TypeScript."""
    field, spec = column.names, column.names.spec
    pairs = [("name", f'"{field.ts}"'), ("label", ts_str(field.label))]
    pairs.append(("kind", f'"{spec.type.value}"'))
    if field.required or (spec.required and not field.is_boolean):
        pairs.append(("required", "true"))
    label = entity.name_field
    shown = shown or (spec.type is not FieldType.TEXT and position < COLUMNS)
    if shown or (label is not None and label.ts == field.ts):
        pairs.append(("inList", "true"))
    if field in entity.of_staff:
        pairs.append(("ofStaff", "true"))
    if (initial := _initial(field)) is not None:
        pairs.append(("initial", initial))
    if spec.choices:
        values = [ts_str(choice) for choice in dict.fromkeys(spec.choices)]
        pairs.append(("choices", array("      choices: ", values, ",")))
    return [*pairs, *_limits(column)]


def _upload(upload: Upload) -> Pairs:
    shown = [("inList", "true")] if upload.is_picture else []
    return [
        ("name", f'"{upload.name}"'),
        ("label", ts_str(upload.names.label)),
        ("kind", f'"{upload.kind}"'),
        *shown,
    ]


def _limits(column: Column) -> Pairs:
    """Return the limits that a form checks before the API does."""
    if column.bounds is not None:
        return [("minimum", str(column.bounds[0])), ("maximum", str(column.bounds[1]))]
    if column.max_length is None:
        return []
    least = [("minLength", str(column.min_length))] if column.min_length > 1 else []
    return [*least, ("maxLength", str(column.max_length)), *_written(column)]


def _written(column: Column) -> Pairs:
    """Return how a text is written, and an example for people."""
    if column.written is None:
        return []
    words = (column.written.pattern.normal, column.written.example)
    return [(key, ts_str(word)) for key, word in zip(("pattern", "example"), words, strict=True)]


def _initial(field: FieldNames) -> str | None:
    """Return what a form for a new row begins with: a default that its input can show."""
    default, kind = field.spec.default, field.spec.type
    if default is None:
        return None
    if kind is FieldType.BOOLEAN:
        return "true" if default.strip().lower() in {"true", "yes", "on", "1"} else None
    if kind is FieldType.ENUM:
        return ts_str(default) if default in field.spec.choices else None
    if kind in {FieldType.STRING, FieldType.TEXT}:
        return ts_str(default)
    if kind is FieldType.INTEGER and re.fullmatch(r"-?\d{1,9}", default.strip()):
        return default.strip()
    return None


def _link(link: LinkNames, names: AppNames) -> Pairs:
    target = names.of(link.target)
    pairs = [
        ("name", f'"{link.column}"'),
        ("label", ts_str(link.label)),
        ("kind", '"links"' if link.many else '"link"'),
    ]
    if link.required:
        pairs.append(("required", "true"))
    if link.unique:
        pairs.append(("unique", "true"))
    if not link.many:
        pairs.append(("inList", "true"))
    return [*pairs, ("shownAs", f'"{link.attribute}"'), ("target", f'"{target.plural_slug}"')]


def _takes(entity: EntityNames, names: AppNames) -> str:
    """Name all that goes with a row of an entity: "comments, notes and reviews"."""
    gone = [other.plural_label.lower() for other in names.dependents_of(entity)]
    *others, last = gone or [""]
    return f"{', '.join(others)} and {last}" if others else last


@kept_for_same
def _linked_from(names: AppNames) -> dict[str, dict[str, str | None]]:
    """Return, for each entity that another one links to, the first of those, for the tests."""
    first: dict[str, dict[str, str | None]] = {}
    for entity in names.entities:
        fact = next((fact.ts for fact in entity.facts if fact.spec.type not in _IN_WORDS), None)
        told = {
            "name": entity.class_name,
            "slug": entity.plural_slug,
            "label": entity.label,
            "fact": fact,
            "follows": entity.follows,
        }
        for link in entity.links:
            first.setdefault(link.target, told)
    return first


def _sample(entity: EntityNames) -> Pairs:
    """Return a row as the API would send it, with values within their limits."""
    pairs = [(column.names.ts, _sample_value(column)) for column in columns_of(entity)]
    if (called := entity.excerpt_field) is not None:
        pairs.append(("label", dict(pairs)[called.ts]))
    for upload in uploads_of(entity):
        url = f"/api/{entity.plural_slug}/7/files/{upload.name}"
        about = [("name", f'"{upload.name}.png"'), ("type", '"image/png"'), ("size", "16")]
        lines = [prop(*pair, indent=4) for pair in (*about, ("url", ts_str(url)))]
        pairs.append((upload.name, "\n".join(["{", *lines, "  }"])))
    for link in entity.links:
        one = '{ id: 1, label: "One" }'
        pairs.append((link.column, "[1]" if link.many else "1"))
        pairs.append((link.attribute, f"[{one}]" if link.many else one))
    return pairs


def _sample_value(column: Column) -> str:
    if column.is_enum:
        return ts_str(column.members[0][1])
    if column.bounds is not None:
        low, high = column.bounds
        value = min(max(low, 0) + 3, high) if high >= 0 else low
        return str(value) if column.type is FieldType.INTEGER else f'"{value}.00"'
    if column.type in SAMPLES:
        return SAMPLES[column.type]
    if column.written is not None:
        return ts_str(column.written.example)
    text = f"A {column.names.label.lower()}"[: column.max_length].strip()
    return ts_str(text.ljust(column.min_length, "x"))
