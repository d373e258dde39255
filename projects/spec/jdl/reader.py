"""JDL to AppSpec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import accumulate

import inflection

from projects.spec.access import access_faults, links
from projects.spec.jdl.syntax import (
    InvalidJdl,
    JdlDocument,
    JdlEntity,
    JdlField,
    JdlRelationship,
    JdlSide,
    Parser,
)
from projects.spec.models import (
    UPLOADS,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
    Source,
)
from projects.spec.patterns import pattern_fault

__all__ = ["InvalidJdl", "is_jdl", "spec_from_jdl"]

USER = "User"
DIGITS = 18  # more than any limit has
TYPES = {
    "String": FieldType.STRING,
    "TextBlob": FieldType.TEXT,
    "Integer": FieldType.INTEGER,
    "Long": FieldType.INTEGER,
    "BigDecimal": FieldType.DECIMAL,
    "Float": FieldType.DECIMAL,
    "Double": FieldType.DECIMAL,
    "Boolean": FieldType.BOOLEAN,
    "LocalDate": FieldType.DATE,
    "ZonedDateTime": FieldType.DATETIME,
    "Instant": FieldType.DATETIME,
    "LocalDateTime": FieldType.DATETIME,
    "ImageBlob": FieldType.IMAGE,
    "Blob": FieldType.FILE,
    "AnyBlob": FieldType.FILE,
}
# Types that are kept as something else, and what is said of it.
KEPT_AS = {
    "LocalTime": (FieldType.STRING, "kept as a short text"),
    "Duration": (FieldType.STRING, "kept as a short text"),
    "UUID": (FieldType.STRING, "kept as a short text"),
    "ByteBuffer": (FieldType.FILE, "kept as a file"),
}
# A row can be made without them: that one is needed has no meaning.
BYTES = frozenset({"ImageBlob", "Blob", "AnyBlob", "ByteBuffer"})
KINDS = {
    "OneToMany": RelationKind.ONE_TO_MANY,
    "ManyToOne": RelationKind.MANY_TO_ONE,
    "OneToOne": RelationKind.ONE_TO_ONE,
    "ManyToMany": RelationKind.MANY_TO_MANY,
}
_BEGINS = re.compile(
    r"\s*(?:(?://[^\n]*|/\*.*?\*/|@\w+(?:\([^)]*\))?)\s*)*"
    r"(?:entity\s+\w+\s*(?:\(\w+\)\s*)?(?:\{|$|\n)|enum\s+\w+\s*\{|relationship\s+\w+\s*\{|"
    r"application\s*\{)",
    re.DOTALL,
)


def is_jdl(text: str) -> bool:
    """Tell whether a text begins as JDL does."""
    return _BEGINS.match(text) is not None


def spec_from_jdl(name: str, text: str) -> AppSpec:
    """Read JDL as the spec of the app `name`; raise `InvalidJdl` with the line of a fault."""
    document = Parser(text).parse()
    if not document.entities:
        raise InvalidJdl(1, "No entity is declared.")
    sources = _sources(text)
    names = _checked_names(document)
    ignored = [*document.ignored, *_ignored_parts(document)]
    entities = tuple(_entity(entity, document, names, sources) for entity in document.entities)
    spec = AppSpec(
        name=name,
        description="",
        entities=entities,
        features=tuple(_features(document, ignored)),
        auth=True,
        dashboard=False,
    )
    spec = _with_makers(spec, {words(one.name) for one in document.entities if one.access})
    for fault in access_faults(spec):
        number = int(fault["field"].split(".")[1])
        raise InvalidJdl(document.entities[number].line, fault["message"])
    return spec


def _with_makers(spec: AppSpec, said: set[str]) -> AppSpec:
    """Let what links to a maker's own belong to its maker too, where no annotation says whose."""
    while True:
        owned = {entity.name for entity in spec.entities if entity.owned}
        held = {holder for holder, target in links(spec) if target in owned} - owned - said
        if not held:
            return spec
        entities = (
            entity.model_copy(update={"owned": True}) if entity.name in held else entity
            for entity in spec.entities
        )
        spec = spec.model_copy(update={"entities": tuple(entities)})


def _checked_names(document: JdlDocument) -> frozenset[str]:
    seen: dict[str, int] = {}
    for entity in document.entities:
        if entity.name in seen:
            first = seen[entity.name]
            raise InvalidJdl(
                entity.line, f"The entity {entity.name} is declared twice; first in line {first}."
            )
        seen[entity.name] = entity.line
    for relationship in document.relationships:
        for side in (relationship.source, relationship.target):
            if side.entity not in seen and side.entity != USER:
                raise InvalidJdl(relationship.line, f"There is no entity {side.entity}.")
    return frozenset(seen)


def _entity(
    entity: JdlEntity, document: JdlDocument, names: frozenset[str], sources: list[Source]
) -> EntitySpec:
    label = words(entity.name)
    relations = [r for r in document.relationships if entity.name == r.source.entity]
    own = any(r.target.entity == USER and USER not in names for r in relations)
    return EntitySpec(
        name=label,
        plural=inflection.pluralize(label),
        owned=own,
        managed="managed" in entity.access,
        inbox="inbox" in entity.access and not own,
        authored="authored" in entity.access and not own,
        public="public" in entity.access and not own,
        follows=words(entity.follows).lower() if entity.follows else None,
        fields=tuple(
            _field(field, position, document, sources)
            for position, field in enumerate(entity.fields)
        ),
        relations=tuple(_relation(r, sources) for r in relations if r.target.entity in names),
        inferred_from=(sources[entity.line - 1],),
    )


def _field(
    field: JdlField, position: int, document: JdlDocument, sources: list[Source]
) -> FieldSpec:
    said = _as_said(field, document)
    more = {"position": position, "inferred_from": (sources[field.line - 1],)}
    more |= {} if pattern_fault(said) is None else {"pattern": None}
    return said.model_copy(update=more)


def _as_said(field: JdlField, document: JdlDocument) -> FieldSpec:
    """Return a field with all that is said of it, also a pattern that cannot be used."""
    choices: tuple[str, ...] = ()
    if field.type in document.enums:
        kind, choices = FieldType.ENUM, document.enums[field.type]
    elif field.type in TYPES:
        kind = TYPES[field.type]
    elif field.type in KEPT_AS:
        kind = KEPT_AS[field.type][0]
    else:
        raise InvalidJdl(field.line, f"{field.type} is no type and no enumeration.")
    given = field.validations
    for least, most in (("min", "max"), ("minlength", "maxlength")):
        low, high = _whole(field, least), _whole(field, most)
        if low is not None and high is not None and low > high:
            raise InvalidJdl(field.line, f"{least} of {field.name} is greater than its {most}.")
    texts = kind in (FieldType.STRING, FieldType.TEXT)
    numbers = kind in (FieldType.INTEGER, FieldType.DECIMAL)
    return FieldSpec(
        name=words(field.name).lower(),
        type=kind,
        required="required" in given and kind not in UPLOADS,
        unique="unique" in given and kind not in UPLOADS,
        choices=choices,
        min_length=_whole(field, "minlength") if texts else None,
        max_length=_whole(field, "maxlength") if texts else None,
        minimum=_whole(field, "min") if numbers else None,
        maximum=_whole(field, "max") if numbers else None,
        pattern=_pattern(field),
    )


def _pattern(field: JdlField) -> str | None:
    """Return what stands between the slashes; a slash in it needs its backslash only there."""
    given = field.validations.get("pattern")
    if given is None:
        return None
    return re.sub(r"\\.", lambda pair: "/" if pair[0] == r"\/" else pair[0], given[1:-1])


def _whole(field: JdlField, name: str) -> int | None:
    """Return a limit; None where there is none, or where it is no whole number."""
    given = field.validations.get(name)
    if given is None:
        return None
    try:
        number = Decimal(given)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number.adjusted() >= DIGITS:
        raise InvalidJdl(field.line, f"{name} of {field.name} needs a number.")
    return int(number) if number == number.to_integral_value() else None


def _relation(relationship: JdlRelationship, sources: list[Source]) -> RelationSpec:
    source, target = relationship.source, relationship.target
    many = relationship.kind in ("OneToMany", "ManyToMany")
    default = words(target.entity).lower()
    name = words(source.name).lower() if source.name else default
    return RelationSpec(
        kind=KINDS[relationship.kind],
        name=inflection.pluralize(name) if many and not source.name else name,
        target=words(target.entity),
        required=source.required,
        inverse_name=words(target.name).lower() if target.name else None,
        inferred_from=(sources[relationship.line - 1],),
    )


def _features(document: JdlDocument, ignored: list[tuple[int, str]]) -> Iterator[FeatureSpec]:
    able = {"paginate": "pagination", "filter": "filter", "search": "search"}
    known = [entity.name for entity in document.entities]
    for option, names in document.options:
        if option in able:
            chosen = known if names in (("*",), ("all",)) else [n for n in names if n in known]
            yield FeatureSpec(
                text=f"{option} {', '.join(names)}",
                state=FeatureState.PLANNED,
                entities=tuple(words(name) for name in chosen),
                capabilities=(able[option],),
            )
    for line, what in ignored[:200]:
        yield FeatureSpec(
            text=f"Line {line}: {what}"[:500],
            state=FeatureState.UNPLACED,
            reason="This part of JDL has no meaning here.",
        )


def _ignored_parts(document: JdlDocument) -> Iterator[tuple[int, str]]:
    people = {r.source.entity for r in document.relationships if r.target.entity == USER}
    for entity in document.entities:
        for name in sorted(entity.access - {"managed"}) if entity.name in people else ():
            yield entity.line, f"the annotation @{name}, as {entity.name} belongs to a user"
        for field in entity.fields:
            yield from ((field.line, said) for said in _ignored_of(field, document))
    yield from _with_users(document)
    for relationship in document.relationships:
        if relationship.target.required and relationship.target.name:
            yield relationship.line, f"required at the end of {_end(relationship.target)}"


def _ignored_of(field: JdlField, document: JdlDocument) -> Iterator[str]:
    """Yield what is said of a field and cannot be kept."""
    limits = ("min", "max", "minlength", "maxlength")
    known = set() if field.type in BYTES else {"required", "unique", "pattern", *limits}
    if field.type in KEPT_AS:
        yield f"{field.type} {field.name} is {KEPT_AS[field.type][1]}"
    for name in field.validations.keys() - known:
        yield f"the validation {name} of {field.name}"
    for name in limits:
        given = field.validations.get(name)
        if given is not None and name in known and _whole(field, name) is None:
            yield f"the validation {name}({given}) of {field.name}. Use a whole number."
    if field.type not in BYTES and (reason := pattern_fault(_as_said(field, document))):
        yield f"the validation pattern of {field.name}. {reason}"


def _with_users(document: JdlDocument) -> Iterator[tuple[int, str]]:
    """Yield what relations with accounts say beyond that a row is its maker's."""
    if any(entity.name == USER for entity in document.entities):
        return
    owned: set[str] = set()
    for relationship in document.relationships:
        source, target = relationship.source.entity, relationship.target.entity
        if USER not in (source, target):
            continue
        plain = relationship.kind in ("ManyToOne", "OneToOne") and source not in owned
        if target != USER or not plain:
            yield relationship.line, f"the relationship of {source} with {target}, an account"
        elif (name := relationship.source.name) not in (None, "user", "owner"):
            yield relationship.line, f"the name {name}: {source} belongs to whoever makes it"
        owned.add(source)


def _end(side: JdlSide) -> str:
    return side.entity


def _sources(text: str) -> list[Source]:
    """Return each line of the text as where something may come from."""
    lines = text.splitlines(keepends=True)
    starts = accumulate(map(len, lines), initial=0)
    return [
        Source(part="jdl", index=number, start=start, text=line.strip()[:300])
        for number, (start, line) in enumerate(zip(starts, lines, strict=False), 1)
    ]


def words(name: str) -> str:
    """Return a JDL name as words: `orderItem` is "Order item"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+", " ", name).strip()
    parts = spaced.split()
    lowered = [parts[0], *(p if p.isupper() and len(p) > 1 else p.lower() for p in parts[1:])]
    joined = " ".join(lowered)
    return joined[:1].upper() + joined[1:]
