"""Which part of a design is which part of an earlier one, also where it was renamed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from projects.spec.models import AppSpec, EntitySpec, FieldSpec, RelationSpec

Part = TypeVar("Part", EntitySpec, FieldSpec, RelationSpec)
MORE = 2  # what the first new part under a taken name is numbered


class Identity(NamedTuple):
    """What a part is known by; `is_said` where its name does not tell, as it was renamed."""

    key: tuple[str, ...]
    name: str
    is_said: bool

    def within(self, holder: Identity) -> Identity:
        """Return the identity among the parts of other holders too."""
        return Identity((*holder.key, *self.key), self.name, self.is_said)


def identity_of(part: EntitySpec | FieldSpec | RelationSpec) -> Identity:
    """Return a part's identity."""
    return Identity((_key(part),), part.name, part.identity is not None)


def same_parts(old: Mapping[str, Identity], new: Mapping[str, Identity]) -> dict[str, str]:
    """Return which of the old parts is which of the new ones, each by what it is called.

    A part that says what it was is that. Any other is the old one of the same name, if that has
    not become something else.
    """
    known = {identity.key: name for name, identity in old.items()}
    found: dict[str, str] = {}
    for name, identity in new.items():
        was = known.get(identity.key)
        if was is None or was in found:
            continue
        if identity.is_said or identity.name == old[was].name:
            found[was] = name
    there = set(found.values())
    left = [n for n, identity in new.items() if not identity.is_said and n not in there]
    return found | {name: name for name in left if name in old and name not in found}


def with_all_identities(spec: AppSpec) -> AppSpec:
    """Return a design each of whose parts says what it is, so that only its name need change."""

    def said(part: Part) -> Part:
        return part.model_copy(update={"identity": _key(part)})

    def entity(one: EntitySpec) -> EntitySpec:
        fields, relations = tuple(map(said, one.fields)), tuple(map(said, one.relations))
        return said(one).model_copy(update={"fields": fields, "relations": relations})

    return spec.model_copy(update={"entities": tuple(map(entity, spec.entities))})


def renamed_entities(before: AppSpec, after: AppSpec) -> dict[str, str]:
    """Return the old and the new names of the entities that were renamed."""
    old, new = ({e.name: identity_of(e) for e in spec.entities} for spec in (before, after))
    return {was: now for was, now in same_parts(old, new).items() if was != now}


def with_identities(before: AppSpec, after: AppSpec) -> AppSpec:
    """Return an edited design in which each part says which of `before` it is, where it must.

    A part without an identity is the one that had its name, and else new; a new part whose name
    another one is known by gets an identity of its own.
    """
    were = {entity.name: entity for entity in before.entities}
    entities = _known(before.entities, after.entities)
    origins = {now: was for was, now in _same(before.entities, entities).items()}
    return after.model_copy(
        update={
            "entities": tuple(_with_parts(were.get(origins.get(e.name, "")), e) for e in entities)
        }
    )


def _with_parts(before: EntitySpec | None, after: EntitySpec) -> EntitySpec:
    fields = _known(before.fields if before else (), after.fields)
    relations = _known(before.relations if before else (), after.relations)
    if fields == after.fields and relations == after.relations:
        return after
    return after.model_copy(update={"fields": fields, "relations": relations})


def _same(before: Iterable[Part], after: Iterable[Part]) -> dict[str, str]:
    old, new = ({p.name: identity_of(p) for p in parts} for parts in (before, after))
    return same_parts(old, new)


def _known(before: tuple[Part, ...], after: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return parts with the identities that they need, no two of them the same."""
    by_key: dict[str, Part] = {_key(part): part for part in before}
    by_name = {part.name: _key(part) for part in before}
    chosen: dict[int, str] = {}

    def as_before(part: Part) -> str | None:  # a part and a copy of it may say the same
        same = part.identity is not None and by_name.get(part.name) == part.identity
        return part.identity if same else None

    def as_said(part: Part) -> str | None:
        said = part.identity
        return said if said is None or said in by_key else by_name.get(said, said)

    def as_named(part: Part) -> str | None:
        return by_name.get(part.name)

    def as_new(part: Part) -> str:
        return _free(part.name, {*by_key, *chosen.values()})

    for choose in (as_before, as_said, as_named, as_new):
        for number, part in enumerate(after):
            key = None if number in chosen else choose(part)
            if key is not None and key not in chosen.values():
                chosen[number] = key
    return tuple(_as(part, chosen[n], by_key.get(chosen[n])) for n, part in enumerate(after))


def _key(part: EntitySpec | FieldSpec | RelationSpec) -> str:
    return part.identity or part.name


def _free(name: str, taken: set[str]) -> str:
    key, number = name, MORE
    while key in taken:
        key, number = f"{name} {number}", number + 1
    return key


def _as(part: Part, key: str, was: Part | None) -> Part:
    """Return a part that says its key, unless it has always had that as its name."""
    never_renamed = key == part.name and (was is None or was.identity is None)
    identity = None if never_renamed else key
    return part if part.identity == identity else part.model_copy(update={"identity": identity})
