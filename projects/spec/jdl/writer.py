"""AppSpec to JDL, as far as the language and its annotations can say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

import inflection

from projects.spec.jdl.fields import DEFAULT, LABEL, MARKED
from projects.spec.jdl.left_out import left_out
from projects.spec.jdl.names import Identifiers, small_words, words
from projects.spec.jdl.reader import ACCESS, DESCRIPTION, FOLLOWS, PLURAL, USER
from projects.spec.jdl.tokens import doc_of, quoted
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)
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
    FieldType.ENUM: "String",
    FieldType.IMAGE: "ImageBlob",
    FieldType.FILE: "AnyBlob",
}
KINDS = {
    RelationKind.ONE_TO_MANY: "OneToMany",
    RelationKind.MANY_TO_ONE: "ManyToOne",
    RelationKind.ONE_TO_ONE: "OneToOne",
    RelationKind.MANY_TO_MANY: "ManyToMany",
}
MARKS = {kind: f"@{mark}" for mark, kind in MARKED.items()}


def jdl_of(spec: AppSpec) -> str:
    """Return a design as JDL: comments that name what it leaves out, then all that it can say.

    Names become identifiers, each the only one in its place; a name, a plural, a default or a
    choice that is not read from its identifier stands in an annotation or a label beside it. An
    owned entity gets a relationship to the user, and what else is said of who writes and reads
    its rows becomes an annotation, such as `@managed`.
    """
    body = "\n\n".join(_Writer(spec).blocks())
    text = f"{body}\n" if body else ""
    comments = "".join(f"// {line}\n" for line in left_out(spec, text))
    return "\n".join(part for part in (comments, text) if part)


@dataclass
class _Named:
    """An entity with the identifiers of its own."""

    spec: EntitySpec
    name: str
    scope: Identifiers
    fields: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)


class _Writer:
    def __init__(self, spec: AppSpec) -> None:
        self.types = Identifiers(USER, *TYPES.values())
        self.enums: list[str] = []
        self.named: dict[str, _Named] = {}
        for entity in spec.entities:
            scope = Identifiers("user") if entity.owned else Identifiers()
            name = self.types.upper(entity.name, "Entity")
            self.named[entity.name] = _Named(entity, name, scope)
        for one in self.named.values():
            for part in one.spec.fields:
                one.fields[part.name] = one.scope.lower(part.name, "field")
            for link in one.spec.relations:
                one.relations[link.name] = one.scope.lower(link.name, "link")

    def blocks(self) -> list[str]:
        """Return enumerations, entities and relationships, in this order."""
        entities = [self._entity(one) for one in self.named.values()]
        return [*self.enums, *entities, *self._relationships()]

    def _entity(self, one: _Named) -> str:
        spec = one.spec
        doc = doc_of(spec.description) if spec.description else ""
        lines = [doc] if doc else []
        lines += [f"@{DESCRIPTION}({quoted(spec.description)})"] if doc is None else []
        lines += [f"@{LABEL}({quoted(spec.name)})"] if words(one.name) != spec.name else []
        if inflection.pluralize(spec.name) != spec.plural:
            lines.append(f"@{PLURAL}({quoted(spec.plural)})")
        lines += [f"@{name}" for name in ACCESS if getattr(spec, name)]
        if spec.follows:
            followed = one.relations.get(spec.follows) or Identifiers().lower(spec.follows, "link")
            lines.append(f"@{FOLLOWS}({followed})")
        if not spec.fields:
            return "\n".join([*lines, f"entity {one.name}"])
        fields = sorted(spec.fields, key=lambda part: part.position)
        inside = [f"  {line}" for part in fields for line in self._field(one, part)]
        return "\n".join([*lines, f"entity {one.name} {{", *inside, "}"])

    def _field(self, one: _Named, part: FieldSpec) -> Iterator[str]:
        name = one.fields[part.name]
        if small_words(name) != part.name:
            yield f"@{LABEL}({quoted(part.name)})"
        if part.type in MARKS:
            yield MARKS[part.type]
        if part.default is not None:
            yield f"@{DEFAULT}({quoted(part.default)})"
        yield " ".join([name, self._type(one, part), *_validations(part)])

    def _type(self, one: _Named, part: FieldSpec) -> str:
        """Return the type of a field; that of a choice is declared with it."""
        if not part.choices or part.type is not FieldType.ENUM:
            return TYPES[part.type]
        own = one.fields[part.name]
        name = self.types.upper(f"{one.name}{own[:1].upper()}{own[1:]}", "")
        constants = Identifiers()
        values = [_value(constants.constant(choice), choice) for choice in part.choices]
        inside = (
            ",\n  ".join(values) if any("(" in value for value in values) else ", ".join(values)
        )
        self.enums.append(f"enum {name} {{\n  {inside}\n}}")
        return name

    def _relationships(self) -> Iterator[str]:
        """Yield relationships in their order; those of one kind in a row stand in one block."""
        said = [
            (r.kind, self._pair(one, r)) for one in self.named.values() for r in one.spec.relations
        ]
        said += [
            (RelationKind.MANY_TO_ONE, f"{one.name}{{user(login)}} to {USER} with builtInEntity")
            for one in self.named.values()
            if one.spec.owned
        ]
        for kind, pairs in groupby(said, key=lambda pair: pair[0]):
            lines = (f"  {line}" for _, line in pairs)
            yield "\n".join([f"relationship {KINDS[kind]} {{", *lines, "}"])

    def _pair(self, one: _Named, link: RelationSpec) -> str:
        other = self.named.get(link.target)
        name, inverse = one.relations[link.name], link.inverse_name
        many = link.kind is RelationKind.ONE_TO_MANY
        if many and link.required and inverse is None:
            inverse = small_words(one.name)  # JDL says only of a name that it is required
        mark = f"@{LABEL}({quoted(link.name)}) " if small_words(name) != link.name else ""
        near = f"{mark}{one.name}{{{name}{_needed(link, said=not many)}}}"
        if inverse is None or other is None:
            return f"{near} to {other.name if other else link.target}"
        back = other.scope.lower(inverse, "link")
        mark = f"@{LABEL}({quoted(inverse)}) " if small_words(back) != inverse else ""
        return f"{near} to {mark}{other.name}{{{back}{_needed(link, said=many)}}}"


def _needed(link: RelationSpec, *, said: bool) -> str:
    return " required" if link.required and said else ""


def _value(constant: str, choice: str) -> str:
    return constant if constant == choice else f"{constant} ({quoted(choice)})"


def _validations(part: FieldSpec) -> Iterator[str]:
    if part.required:
        yield "required"
    if part.unique:
        yield "unique"
    if part.min_length is not None:
        yield f"minlength({part.min_length})"
    if part.max_length is not None:
        yield f"maxlength({part.max_length})"
    if part.pattern is not None and pattern_fault(part) is None:
        yield f"pattern(/{_slashed(part.pattern)}/)"
    if part.minimum is not None:
        yield f"min({part.minimum})"
    if part.maximum is not None:
        yield f"max({part.maximum})"


def _slashed(pattern: str) -> str:
    """Return a pattern that can stand between slashes."""
    return re.sub(r"\\.|/", lambda part: r"\/" if part[0] == "/" else part[0], pattern)
