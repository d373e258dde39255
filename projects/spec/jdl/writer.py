"""AppSpec to JDL, as far as the language can say it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from projects.spec.jdl.syntax import ACCESS, FOLLOWS
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, FieldType, RelationKind
from projects.spec.patterns import pattern_fault

TYPES = {
    FieldType.STRING: "String",
    FieldType.TEXT: "TextBlob",
    FieldType.INTEGER: "Integer",
    FieldType.DECIMAL: "BigDecimal",
    FieldType.BOOLEAN: "Boolean",
    FieldType.DATE: "LocalDate",
    FieldType.DATETIME: "Instant",
    FieldType.EMAIL: "String",
    FieldType.URL: "String",
    FieldType.IMAGE: "ImageBlob",
    FieldType.FILE: "AnyBlob",
}
KINDS = {
    RelationKind.ONE_TO_MANY: "OneToMany",
    RelationKind.MANY_TO_ONE: "ManyToOne",
    RelationKind.ONE_TO_ONE: "OneToOne",
    RelationKind.MANY_TO_MANY: "ManyToMany",
}


def jdl_of(spec: AppSpec) -> str:
    """Return the entities, fields, choices and relations of a spec as JDL.

    Names become identifiers; an owned entity gets a relationship to the user, and what else is said
    of who writes and reads its rows becomes an annotation, such as `@managed`.
    """
    blocks = [text for entity in spec.entities for text in _enums(entity)]
    blocks += [_entity(entity) for entity in spec.entities]
    blocks += _relationships(spec)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _enums(entity: EntitySpec) -> Iterator[str]:
    for field in entity.fields:
        if field.type is FieldType.ENUM and field.choices:
            values = ", ".join(dict.fromkeys(_constant(choice) for choice in field.choices))
            yield f"enum {_enum_name(entity, field)} {{\n  {values}\n}}"


def _entity(entity: EntitySpec) -> str:
    marks = [f"@{name}" for name in ACCESS if getattr(entity, name)]
    marks += [f"@{FOLLOWS}({_lower(entity.follows)})"] if entity.follows else []
    if not entity.fields:
        return "\n".join([*marks, f"entity {_upper(entity.name)}"])
    lines = [f"  {_field(entity, field)}" for field in entity.fields]
    return "\n".join([*marks, f"entity {_upper(entity.name)} {{", *lines, "}"])


def _field(entity: EntitySpec, field: FieldSpec) -> str:
    parts = [_lower(field.name), _type(entity, field)]
    parts += ["required"] if field.required else []
    parts += ["unique"] if field.unique else []
    if field.type in (FieldType.STRING, FieldType.TEXT):
        parts += [f"minlength({field.min_length})"] if field.min_length is not None else []
        parts += [f"maxlength({field.max_length})"] if field.max_length is not None else []
    if field.pattern is not None and pattern_fault(field) is None:
        parts.append(f"pattern(/{_slashed(field.pattern)}/)")
    if field.type in (FieldType.INTEGER, FieldType.DECIMAL):
        parts += [f"min({field.minimum})"] if field.minimum is not None else []
        parts += [f"max({field.maximum})"] if field.maximum is not None else []
    return " ".join(parts)


def _slashed(pattern: str) -> str:
    """Return a pattern that can stand between slashes."""
    return re.sub(r"\\.|/", lambda part: r"\/" if part[0] == "/" else part[0], pattern)


def _type(entity: EntitySpec, field: FieldSpec) -> str:
    if field.type is FieldType.ENUM:
        return _enum_name(entity, field) if field.choices else "String"
    return TYPES[field.type]


def _relationships(spec: AppSpec) -> list[str]:
    blocks = []
    for kind, name in KINDS.items():
        lines = [
            f"  {_upper(entity.name)}{{{_lower(relation.name)}"
            f"{' required' if relation.required else ''}}} to {_upper(relation.target)}"
            + (f"{{{_lower(relation.inverse_name)}}}" if relation.inverse_name else "")
            for entity in spec.entities
            for relation in entity.relations
            if relation.kind is kind
        ]
        if kind is RelationKind.MANY_TO_ONE:
            lines += [
                f"  {_upper(entity.name)}{{user(login)}} to User with builtInEntity"
                for entity in spec.entities
                if entity.owned
            ]
        if lines:
            blocks.append("\n".join([f"relationship {name} {{", *lines, "}"]))
    return blocks


def _enum_name(entity: EntitySpec, field: FieldSpec) -> str:
    return f"{_upper(entity.name)}{_upper(field.name)}"


def _parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.findall(r"[A-Za-z0-9]+", plain) or ["x"]


def _upper(name: str) -> str:
    joined = "".join(part[:1].upper() + part[1:] for part in _parts(name))
    return joined if joined[0].isalpha() else f"X{joined}"


def _lower(name: str) -> str:
    joined = _upper(name)
    return joined[:1].lower() + joined[1:]


def _constant(choice: str) -> str:
    joined = "_".join(_parts(choice)).upper()
    return joined if joined[0].isalpha() else f"X_{joined}"
