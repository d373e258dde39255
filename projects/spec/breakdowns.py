"""What the rows of an entity can be grouped by, and whether a breakdown has ground to stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from projects.spec.faults import same
from projects.spec.identity import Identity, identity_of
from projects.spec.models import (
    AppSpec,
    BreakdownSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    Measure,
    RelationKind,
)
from projects.spec.numbers import has_total

Part = TypeVar("Part", bound="FieldSpec | ToOne")
DATES = frozenset({FieldType.DATE, FieldType.DATETIME})


class ToOne(NamedTuple):
    """A link from rows of an entity to one row of `target`, which others link to as well."""

    name: str
    target: str
    identity: Identity
    # What it was called at first, also where it was renamed since.
    was: str


def links_to_one(entities: tuple[EntitySpec, ...], entity: EntitySpec) -> Iterator[ToOne]:
    """Yield the links that group an entity's rows, those that their targets tell of too.

    A row of its own kind does not group it, nor one that no other row may link to.
    """
    for relation in entity.relations:
        if relation.kind is RelationKind.MANY_TO_ONE and relation.target != entity.name:
            identity = identity_of(relation)
            yield ToOne(relation.name, relation.target, identity, identity.key[0])
    for other in entities:
        if other is entity:
            continue
        for relation in other.relations:
            if relation.kind is RelationKind.ONE_TO_MANY and relation.target == entity.name:
                holder = identity_of(other)
                identity = identity_of(relation).within(holder)
                name = relation.inverse_name
                yield ToOne(name or other.name, other.name, identity, name or holder.key[0])


def groups(field: FieldSpec) -> bool:
    """Tell whether a field's values group rows: a date by its month, or a choice."""
    is_choice = field.type is FieldType.ENUM and bool(field.choices)
    return not field.unique and (is_choice or field.type in DATES)


def grouping_of(
    entities: tuple[EntitySpec, ...], entity: EntitySpec, name: str | None
) -> FieldSpec | ToOne | None:
    """Return what a breakdown groups an entity's rows by, also where it was renamed since.

    Where it has no name, that is when rows were made, which is no part of an entity.
    """
    parts: list[FieldSpec | ToOne] = [*entity.fields, *links_to_one(entities, entity)]
    found = _called(name, parts)
    return next((part for part in found if isinstance(part, ToOne) or groups(part)), None)


def number_of(entity: EntitySpec, name: str | None) -> FieldSpec | None:
    """Return the number that a breakdown is of, also where it was renamed since."""
    return next((field for field in _called(name, entity.fields) if has_total(field)), None)


def _called(name: str | None, parts: Sequence[Part]) -> list[Part]:
    """Return the parts that were called so at first, and only else those that are called so now."""
    was = [part for part in parts if _first_name(part) == name]
    return was or [part for part in parts if name is not None and same(part.name) == same(name)]


def _first_name(part: FieldSpec | ToOne) -> str:
    return part.was if isinstance(part, ToOne) else part.identity or part.name


def is_grounded(spec: AppSpec, asked: BreakdownSpec) -> bool:
    """Tell whether the app keeps what a breakdown is of, by what, and the number it says."""
    entity = next((one for one in spec.entities if one.name == asked.entity), None)
    if entity is None:
        return False
    measured = asked.measure is Measure.COUNT or number_of(entity, asked.of) is not None
    is_made = asked.by is None
    return measured and (is_made or grouping_of(spec.entities, entity, asked.by) is not None)
