"""What the entities of a design must hold: names, fields, relations, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from projects.spec.faults import bounded, check_label, check_prose, no_entity, said, same, twice
from projects.spec.field_check import field_faults
from projects.spec.limits import ENTITY_LIMIT, FIELD_LIMIT, RELATION_LIMIT
from projects.spec.messages import Faults, fault
from projects.spec.models import AppSpec, EntitySpec, Source


def entities_faults(spec: AppSpec) -> Faults:
    """Yield what is wrong with each entity, and with all of them together."""
    yield from bounded("entities", len(spec.entities), ENTITY_LIMIT, "entities")
    yield from twice("entities", "name", [e.name for e in spec.entities], same)
    yield from twice("entities", "plural", [e.plural for e in spec.entities], same)
    names = {entity.name for entity in spec.entities}
    for number, entity in enumerate(spec.entities):
        yield from _entity_faults(f"entities.{number}", entity, names)


def _entity_faults(place: str, entity: EntitySpec, names: set[str]) -> Faults:
    yield from said(f"{place}.name", check_label, entity.name)
    yield from said(f"{place}.plural", check_label, entity.plural)
    yield from said(f"{place}.description", check_prose, entity.description)
    yield from bounded(f"{place}.fields", len(entity.fields), FIELD_LIMIT, "fields")
    yield from bounded(f"{place}.relations", len(entity.relations), RELATION_LIMIT, "relations")
    for number, field in enumerate(entity.fields):
        yield from field_faults(f"{place}.fields.{number}", field)
    yield from twice(f"{place}.fields", "name", [f.name for f in entity.fields], same)
    for number, relation in enumerate(entity.relations):
        where = f"{place}.relations.{number}"
        yield from said(f"{where}.name", check_label, relation.name)
        if relation.inverse_name is not None:
            yield from said(f"{where}.inverse_name", check_label, relation.inverse_name)
        if relation.target not in names:
            yield fault(f"{where}.target", no_entity(relation.target))
    yield from twice(f"{place}.relations", "name", [r.name for r in entity.relations], same)
    yield from _field_or_relation(place, entity)
    yield from _identity_faults(place, entity)
    for source in _sources(entity):
        yield from said(place, check_prose, source.text)


def _identity_faults(place: str, entity: EntitySpec) -> Faults:
    fields = ((f"{place}.fields.{n}", field.identity) for n, field in enumerate(entity.fields))
    links = ((f"{place}.relations.{n}", link.identity) for n, link in enumerate(entity.relations))
    for where, identity in ((place, entity.identity), *fields, *links):
        if identity is not None:
            yield from said(f"{where}.identity", check_label, identity)


def _sources(entity: EntitySpec) -> Iterator[Source]:
    for part in (entity, *entity.fields, *entity.relations):
        yield from part.inferred_from


def _field_or_relation(place: str, entity: EntitySpec) -> Faults:
    fields = {same(field.name) for field in entity.fields}
    for number, relation in enumerate(entity.relations):
        if same(relation.name) in fields:
            yield fault(
                f"{place}.relations.{number}.name",
                f"“{relation.name}” is a field of “{entity.name}” too. Rename one of the two.",
            )
