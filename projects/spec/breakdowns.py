"""What the rows of an entity can be grouped by, and whether a breakdown has ground to stand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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

DATES = frozenset({FieldType.DATE, FieldType.DATETIME})


@dataclass(frozen=True)
class ToOne:
    """A link from rows of an entity to one row of `target`, which others link to as well."""

    name: str
    target: str
    identity: Identity


def links_to_one(entities: tuple[EntitySpec, ...], entity: EntitySpec) -> Iterator[ToOne]:
    """Yield the links that group an entity's rows, those that their targets tell of too.

    A row of its own kind does not group it, nor one that no other row may link to.
    """
    for relation in entity.relations:
        if relation.kind is RelationKind.MANY_TO_ONE and relation.target != entity.name:
            yield ToOne(relation.name, relation.target, identity_of(relation))
    for other in entities:
        if other is entity:
            continue
        for relation in other.relations:
            if relation.kind is RelationKind.ONE_TO_MANY and relation.target == entity.name:
                identity = identity_of(relation).within(identity_of(other))
                yield ToOne(relation.inverse_name or other.name, other.name, identity)


def is_called(field: FieldSpec, name: str | None) -> bool:
    """Tell whether a field is what a breakdown names, also where it was renamed since."""
    return name is not None and (same(field.name) == same(name) or field.identity == name)


def link_called(entities: tuple[EntitySpec, ...], entity: EntitySpec, name: str) -> ToOne | None:
    """Return the link to one row that a breakdown names, also where it was renamed since."""
    found = links_to_one(entities, entity)
    return next((k for k in found if same(k.name) == same(name) or name in k.identity.key), None)


def groups(field: FieldSpec) -> bool:
    """Tell whether a field's values group rows: a date by its month, or a choice."""
    is_choice = field.type is FieldType.ENUM and bool(field.choices)
    return not field.unique and (is_choice or field.type in DATES)


def is_grouping(field: FieldSpec, name: str) -> bool:
    """Tell whether a field groups rows and is what a breakdown names."""
    return groups(field) and is_called(field, name)


def is_grounded(spec: AppSpec, asked: BreakdownSpec) -> bool:
    """Tell whether the app keeps what a breakdown is of, by what, and the number it says."""
    entity = next((one for one in spec.entities if one.name == asked.entity), None)
    if entity is None:
        return False
    measured = asked.measure is Measure.COUNT or any(
        is_called(field, asked.of) and has_total(field) for field in entity.fields
    )
    by_field = any(is_grouping(field, asked.by) for field in entity.fields)
    return measured and (by_field or link_called(spec.entities, entity, asked.by) is not None)
