"""Who reads and who writes what: where that cannot be so, and what to mend."""

from __future__ import annotations

from collections.abc import Iterator

from projects.spec.messages import Faults, fault
from projects.spec.models import AppSpec, EntitySpec, RelationKind, RelationSpec

HOLDS_ONE = (RelationKind.MANY_TO_ONE, RelationKind.ONE_TO_ONE)


def access_faults(spec: AppSpec) -> Faults:
    """Yield where what is said of who reads and who writes cannot be so."""
    yield from _managed_faults(spec)
    yield from _overseen_faults(spec)
    yield from _following_faults(spec)
    yield from _authored_faults(spec)
    yield from _public_faults(spec)
    yield from _inbox_faults(spec)


def _managed_faults(spec: AppSpec) -> Faults:
    """Yield where staff alone is to write rows, and that cannot be so."""
    alone = (entity for entity in spec.entities if not entity.owned)
    managed = {entity.name for entity in alone if entity.managed or entity.inbox}
    for number, entity in enumerate(spec.entities):
        if entity.managed and not spec.auth:
            what = "sees all" if entity.owned else "alone writes"
            yield fault(
                f"entities.{number}.managed",
                f"Staff {what} “{entity.name}”, and nobody signs in. Let people sign in, or "
                f"let everybody write “{entity.name}”.",
            )
    places = {entity.name: number for number, entity in enumerate(spec.entities)}
    for name, needed in _needs(spec):
        if name in managed and needed in places.keys() - managed:
            yield fault(
                f"entities.{places[name]}.managed",
                f"Each “{name}” needs a “{needed}” and is deleted with it, so whoever writes "
                f"“{needed}” could delete what staff alone writes. Let staff alone write "
                f"“{needed}” too, or make this relation optional.",
            )


def _overseen_faults(spec: AppSpec) -> Faults:
    """Yield where somebody would see a row and not what it links to."""
    of_maker = {entity.name for entity in spec.entities if entity.owned and not entity.managed}
    places = {entity.name: number for number, entity in enumerate(spec.entities)}
    overseen = {entity.name for entity in spec.entities if entity.overseen}
    shared = {entity.name for entity in spec.entities if not entity.owned}
    for holder, target in links(spec):
        if holder in overseen and target in of_maker:
            yield fault(
                f"entities.{places[holder]}.managed",
                f"Staff sees every “{holder}”, which links to a “{target}” that only its maker "
                f"sees. Let staff see every “{target}” too, or remove this relation.",
            )
        if holder in shared and target in overseen | of_maker:
            who = "its maker and staff see" if target in overseen else "its maker sees"
            yield fault(
                f"entities.{places[holder]}.owned",
                f"Everybody sees “{holder}”, which links to a “{target}” that only {who}. Let each "
                f"“{holder}” belong to its maker too, or remove this relation.",
            )


def _following_faults(spec: AppSpec) -> Faults:
    """Yield where rows are to be seen by whoever sees another, and that cannot be so."""
    entities = {entity.name: entity for entity in spec.entities}
    for number, entity in enumerate(spec.entities):
        if entity.follows is None:
            continue
        place, relation = f"entities.{number}.follows", entity.followed
        if relation is None or relation.target not in entities.keys() - {entity.name}:
            yield fault(
                place,
                f"Whoever sees what a “{entity.name}” belongs to sees it too, and it is not said "
                f"what that is. Give “{entity.name}” a required relation to one of these.",
            )
            continue
        target = entities[relation.target]
        if not entity.overseen:
            yield fault(
                place,
                f"Whoever sees a “{target.name}” sees each “{entity.name}” of it, so its maker and "
                "staff do too. Let each belong to its maker, and let staff see all.",
            )
        if target.follows is not None:
            yield fault(
                place,
                f"“{entity.name}” follows “{target.name}”, which follows another itself. Let it "
                "follow that one, or let its maker and staff alone see it.",
            )
        elif not target.overseen:
            yield fault(
                place,
                f"“{entity.name}” follows “{target.name}”, which not just its maker and staff see. "
                f"Let each “{target.name}” belong to its maker, and let staff see all.",
            )
        for name in sorted(_beside(spec, entity, relation)):
            yield fault(
                place,
                f"Whoever sees a “{target.name}” sees each “{entity.name}” of it, which links to a "
                f"“{name}” that they may not see. Remove that relation, or let “{entity.name}” "
                "follow nothing.",
            )


def followed_in(spec: AppSpec, entity: EntitySpec) -> RelationSpec | None:
    """Return the relation that an entity follows, unless what it leads to may not be followed."""
    relation = entity.followed if spec.auth and entity.overseen else None
    may_be = {one.name for one in spec.entities if one.overseen and one.follows is None}
    return relation if relation and relation.target in may_be else None


def _beside(spec: AppSpec, entity: EntitySpec, followed: RelationSpec) -> set[str]:
    """Return what not everybody sees and rows link to beside what they follow."""
    seen_by_some = {one.name for one in spec.entities if one.overseen}
    every = [target for holder, target in links(spec) if holder == entity.name]
    every.remove(followed.target)
    return seen_by_some.intersection(every)


def _authored_faults(spec: AppSpec) -> Faults:
    """Yield where everybody is to read what its author alone changes, and that cannot be so."""
    for number, entity in enumerate(spec.entities):
        if not entity.authored:
            continue
        place = f"entities.{number}.authored"
        if entity.owned or entity.managed or entity.inbox:
            yield fault(place, f"Everybody reads and adds “{entity.name}”, so it is nothing else.")
        if not spec.auth:
            yield fault(
                place,
                f"Who made a “{entity.name}” changes it, and nobody signs in. Let people sign in, "
                f"or let everybody write “{entity.name}”.",
            )


def _public_faults(spec: AppSpec) -> Faults:
    """Yield where visitors are to read rows, and that cannot be so."""
    public = {entity.name for entity in spec.entities if entity.public}
    places = {entity.name: number for number, entity in enumerate(spec.entities)}
    for name in sorted(public, key=places.__getitem__):
        entity, place = spec.entities[places[name]], f"entities.{places[name]}.public"
        if entity.owned or entity.inbox:
            who = "Staff alone" if entity.inbox else "Not everybody"
            yield fault(place, f"{who} reads “{name}”, so visitors cannot.")
        if not spec.auth:
            yield fault(place, f"Nobody signs in, so everybody reads “{name}” as it is.")
    for holder, target in links(spec):
        if holder in public and target not in public:
            yield fault(
                f"entities.{places[holder]}.public",
                f"Visitors read “{holder}”, which links to a “{target}” that they do not see. Let "
                f"visitors read “{target}” too, or remove this relation.",
            )


def _inbox_faults(spec: AppSpec) -> Faults:
    """Yield where anybody is to send rows that staff alone reads, and that cannot be so."""
    inboxes = {entity.name for entity in spec.entities if entity.inbox}
    public = {entity.name for entity in spec.entities if entity.public}
    for number, entity in enumerate(spec.entities):
        place = f"entities.{number}.inbox"
        if entity.inbox and (entity.owned or entity.managed):
            yield fault(place, f"Anybody sends “{entity.name}”, so only staff can read it.")
        if entity.inbox and not spec.auth:
            yield fault(
                place,
                f"Anybody sends “{entity.name}”, staff reads it, and nobody signs in. Let people "
                "sign in.",
            )
        for at, relation in enumerate(entity.relations):
            of_shown = relation.kind is RelationKind.MANY_TO_ONE and relation.target in public
            if relation.target in inboxes or (entity.inbox and not of_shown):
                inbox = entity.name if entity.inbox else relation.target
                yield fault(
                    f"entities.{number}.relations.{at}.target",
                    f"Whoever sends “{inbox}” sees no more than visitors do, and nobody but staff "
                    f"sees it, so nothing links to it, and it to one row that visitors read. "
                    "Remove this relation.",
                )


def links(spec: AppSpec) -> Iterator[tuple[str, str]]:
    """Yield the name of each entity whose rows hold a link, with that of the one they link to."""
    for entity in spec.entities:
        for relation in entity.relations:
            if relation.kind is RelationKind.ONE_TO_MANY:
                yield relation.target, entity.name
            else:
                yield entity.name, relation.target


def _needs(spec: AppSpec) -> Iterator[tuple[str, str]]:
    """Yield each entity whose rows need one of another, with that other."""
    for entity in spec.entities:
        for relation in entity.relations:
            if relation.required and relation.kind in HOLDS_ONE:
                yield entity.name, relation.target
            elif relation.required and relation.kind is RelationKind.ONE_TO_MANY:
                yield relation.target, entity.name
