"""What whoever sees what it belongs to sees too: staff's replies to a ticket that somebody sent.

People open, book or apply for a thing, which is theirs and staff's, and staff writes under it: it
answers, or gives marks that "students see". Whoever sent it is to read that. What is said to be
internal is not shown, nor is anything else that staff keeps of somebody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.oversight import (
    ANSWERS,
    is_made_by_people,
    is_staff,
)
from generation.engines.builtin.understanding.ownership import is_private
from generation.engines.builtin.understanding.secrecy import is_kept_back
from generation.engines.builtin.understanding.vocabulary import PERSONS, words
from projects.spec.models import EntitySpec, RelationKind, RelationSpec, Source

_SEEING = words("see view read check get receive access download")
_SEES_IT = re.compile(
    r"\b(?P<who>[a-z]+?)s? (?:(?:can|may|should|will|then|also) ){0,3}"
    r"(?:see|view|read|check|get|receive|access|download)s? (?:them|it|these|this)\b",
    re.IGNORECASE,
)
_HOLDS_ONE = (RelationKind.MANY_TO_ONE, RelationKind.ONE_TO_ONE)


def with_following(
    entities: Mapping[str, EntitySpec],
    chosen: Mapping[str, Candidate],
    sentences: Sequence[Source],
) -> dict[str, EntitySpec]:
    """Return the things with what is seen by whoever sees the row that it belongs to.

    The sentences are all that was said, with what is not wanted.
    """
    sent = {
        entity.name
        for noun, entity in entities.items()
        if entity.overseen and is_made_by_people(chosen[noun])
    }
    written = {n: one for n, one in entities.items() if one.owned and _is_shown(chosen[n])}
    followed = {
        noun: link
        for noun, entity in written.items()
        if entity.overseen or is_private(noun)
        if (link := _one_of(entity, sent, entities)) is not None
        and not is_kept_back(chosen[noun], _makers(link, entities, chosen), sentences)
    }
    # What follows another is followed by nothing.
    below = {entities[noun].name for noun in followed}
    return {
        noun: _following(entity, followed[noun], _told_by(entity, followed[noun], entities))
        if noun in followed and followed[noun].target not in below
        else entity
        for noun, entity in entities.items()
    }


def _following(
    entity: EntitySpec, link: RelationSpec, told: Collection[RelationSpec]
) -> EntitySpec:
    needed = link.model_copy(update={"required": True})
    links = (needed if one == link else one for one in entity.relations if one not in told)
    seen = {"managed": True, "follows": link.name, "relations": tuple(links)}
    return entity.model_copy(update=seen)


def _one_of(
    entity: EntitySpec, sent: set[str], entities: Mapping[str, EntitySpec]
) -> RelationSpec | None:
    """Return the link to what somebody sent, where rows lead to nothing else of somebody's."""
    theirs = {one.name for one in entities.values() if one.owned}
    back = any(
        one.kind is RelationKind.ONE_TO_MANY and one.target == entity.name
        for other in entities.values()
        for one in other.relations
    )
    links = [link for link in entity.relations if link.target in theirs]
    found = [
        link
        for link in links
        if not any(link in _told_by(entity, other, entities) for other in links)
    ]
    single = len(found) == 1 and found[0].kind in _HOLDS_ONE and not back
    return found[0] if single and found[0].target in sent - {entity.name} else None


def _told_by(
    entity: EntitySpec, link: RelationSpec, entities: Mapping[str, EntitySpec]
) -> list[RelationSpec]:
    """Return the links to whom what a link leads to is of: an appointment says whose it is."""
    whole = next(one for one in entities.values() if one.name == link.target)
    owned = {one.name for one in entities.values() if one.owned}
    said = {one.target for one in whole.relations if one.kind in _HOLDS_ONE} & owned
    return [one for one in entity.relations if not one.required and one.target in said]


def _is_shown(thing: Candidate) -> bool:
    """Tell whether whoever sent what a thing belongs to is to see it."""
    texts = [source.text for source in thing.sources]
    if set(thing.noun.split()) & ANSWERS:
        return True
    kept = any(is_staff(actor) and verb not in _SEEING for actor, verb in thing.done)
    seen = any(_is_person(actor) and verb in _SEEING for actor, verb in thing.done)
    told = (match["who"] for text in texts for match in _SEES_IT.finditer(text))
    return kept and (seen or any(map(_is_person, told)))


def _makers(
    link: RelationSpec, entities: Mapping[str, EntitySpec], chosen: Mapping[str, Candidate]
) -> set[str]:
    """Return who makes what a link leads to, each in one word."""
    whole = next(noun for noun, one in entities.items() if one.name == link.target)
    actors = {actor.lower() for actor, _ in chosen[whole].done if actor and not is_staff(actor)}
    return {actor.rpartition(" ")[2] for actor in actors}


def _is_person(actor: str) -> bool:
    return actor.lower() in PERSONS and not is_staff(actor)
