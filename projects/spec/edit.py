"""Edits of an AppSpec: each returns a new one in which every reference still leads somewhere."""

from __future__ import annotations

from typing import TypeVar

from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    PageSpec,
    RelationSpec,
    SpecModel,
)

Part = TypeVar("Part", bound=SpecModel)


def _with(part: Part, **changes: object) -> Part:
    return part.model_copy(update=changes)


def rename_entity(spec: AppSpec, old: str, new: str) -> AppSpec:
    """Give an entity another name, also where relations, pages and features speak of it."""

    def name_of(name: str) -> str:
        return new if name == old else name

    def entity(one: EntitySpec) -> EntitySpec:
        relations = tuple(_with(r, target=name_of(r.target)) for r in one.relations)
        identity = one.identity or old if one.name == old != new else one.identity
        return _with(one, name=name_of(one.name), identity=identity, relations=relations)

    def page(one: PageSpec) -> PageSpec:
        return _with(one, entity=name_of(one.entity)) if one.entity else one

    def feature(one: FeatureSpec) -> FeatureSpec:
        asked = tuple(_with(b, entity=name_of(b.entity)) for b in one.breakdowns)
        done = {key: tuple(map(name_of, names)) for key, names in one.operations.items()}
        named = tuple(map(name_of, one.entities))
        return _with(one, entities=named, operations=done, breakdowns=asked)

    return _with(
        spec,
        entities=tuple(map(entity, spec.entities)),
        pages=tuple(map(page, spec.pages)),
        features=tuple(map(feature, spec.features)),
    )


def put_entity(spec: AppSpec, entity: EntitySpec, *, replacing: str | None = None) -> AppSpec:
    """Add an entity, or put it in the place of the one called `replacing`, which it then is."""
    if replacing is None:
        return _with(spec, entities=(*spec.entities, entity))
    renamed = rename_entity(spec, replacing, entity.name)
    if entity.name != replacing:
        known = next((one.identity for one in spec.entities if one.name == replacing), None)
        links = (
            _with(r, target=entity.name) if r.target == replacing else r for r in entity.relations
        )
        identity = entity.identity or known or replacing
        entity = _with(entity, identity=identity, relations=tuple(links))
    return _with(
        renamed,
        entities=tuple(
            entity if before.name == replacing else after
            for before, after in zip(spec.entities, renamed.entities, strict=True)
        ),
    )


def keep_following(entity: EntitySpec) -> EntitySpec:
    """Return an entity that follows no relation that is gone."""
    return entity if entity.followed else _with(entity, follows=None)


def only_with(entity: EntitySpec, kept: frozenset[str]) -> EntitySpec:
    """Return an entity without the proposed fields and relations that are not `kept` by name."""
    fields = [field for field in entity.fields if field.name in kept or not field.is_unsure]
    return _with_relations(
        _with(
            entity,
            fields=tuple(_with(field, position=at) for at, field in enumerate(fields))
            if len(fields) < len(entity.fields)
            else entity.fields,
        ),
        [r for r in entity.relations if r.name in kept or not r.is_unsure],
    )


def _with_relations(entity: EntitySpec, kept: list[RelationSpec]) -> EntitySpec:
    return keep_following(_with(entity, relations=tuple(kept)))


def remove_entity(spec: AppSpec, name: str) -> AppSpec:
    """Take an entity out, with its pages, the relations to it, and its mention in features."""
    kept = tuple(entity for entity in spec.entities if entity.name != name)
    return without_dangling(_with(spec, entities=kept))


def without_dangling(spec: AppSpec) -> AppSpec:
    """Drop what refers to an entity that is not there: relations, pages, mentions."""
    names = {entity.name for entity in spec.entities}

    def entity(one: EntitySpec) -> EntitySpec:
        return _with_relations(one, [r for r in one.relations if r.target in names])

    def feature(one: FeatureSpec) -> FeatureSpec:
        asked = tuple(b for b in one.breakdowns if b.entity in names)
        kept = tuple(name for name in one.entities if name in names)
        done = {
            key: left
            for key, held in one.operations.items()
            if (left := tuple(name for name in held if name in names))
        }
        return _with(one, entities=kept, operations=done, breakdowns=asked)

    return _with(
        spec,
        entities=tuple(map(entity, spec.entities)),
        pages=tuple(page for page in spec.pages if page.entity is None or page.entity in names),
        features=tuple(map(feature, spec.features)),
    )
