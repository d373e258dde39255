"""What visitors read without signing in, and what its author alone changes.

A blog's posts and a shop's products are there for whoever comes by; comments and what sellers list
are seen by all and changed by whoever wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

import inflection

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.capabilities import speaks_of_people
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.oversight import (
    is_looked_at_by_staff,
    is_sensitive,
    stored_links,
)
from generation.engines.builtin.understanding.ownership import (
    ABOUT_ONE,
    MADE_BY_ONE,
    PUBLIC,
    SHOWN_PERSONS,
    TESTIMONY,
    is_open_site,
    is_private,
    is_put_forward,
    is_said_among_many,
    owners_of,
)
from generation.engines.builtin.understanding.verbs import KEEPING, LOOKING
from generation.engines.builtin.understanding.vocabulary import PERSONS, words
from generation.engines.builtin.understanding.wording import FORBIDDEN, forbidden_in
from projects.spec.models import EntitySpec, FieldType, RelationKind, RelationSpec, Source

_FROM_HOLDER = (RelationKind.MANY_TO_ONE, RelationKind.MANY_TO_MANY)

# Who comes by.
_PASSING = words("visitor guest customer shopper buyer user reader traveler traveller public fan")
_STRANGERS = words(
    "visitor guest public stranger outsider anybody anyone everybody everyone nobody"
)
_ONLOOKERS = words("fan spectator viewer onlooker citizen passer-by")
_LOOKED_AT = words("see view read access browse")
# What somebody may not see: up to the word that says of what it is.
_OBJECT = re.compile(
    r"(?: (?!(?:of|on|in|for|about|from|by|to|with)\b)[\w'-]+){1,4}", re.IGNORECASE
)
_TALK = words("message chat conversation contact address")
# What people make for themselves, though no word says so.
_FOR_ONESELF = words("plan list deck card score result survey response exam quiz")
_READING = r"(?:browse|view|see|read|search|look|find|explore|discover|filter|watch|check|access)"
_ANYBODY = re.compile(
    r"\b(?:visitors?|guests?|anyone|anybody|the (?:general )?public|"
    r"(?:non-?|un)registered (?:users?|people|visitors?)|anonymous users?)\b"
    rf"[^.;,]{{0,40}}\b{_READING}",
    re.IGNORECASE,
)
_SEARCHING = re.compile(
    r"\b(?:visitors?|guests?|anyone|anybody|the (?:general )?public) (?:(?:can|may|also) )*"
    r"(?:search|filter|browse|find)s? (?:[\w-]+ ){0,3}by\b",
    re.IGNORECASE,
)
_SHUT_OUT = re.compile(r"\b(?:not|cannot|never|nobody|nothing|before)\b|n't\b", re.IGNORECASE)
_WITHOUT = re.compile(
    r"\bwithout (?:having |needing |first )?(?:to |an? |any )?"
    r"(?:sign|log|account|regist|creating an? account)"
    r"|\bno (?:account|login|log-in|sign-?up|registration) (?:is )?(?:required|needed|necessary)"
    r"|\bpublicly\b",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"\b(?:site|website|page|portal|directory) (?:listing|showing|displaying|featuring|presenting) "
    r"(?P<list>[^.;:]+)",
    re.IGNORECASE,
)
_WIKI = re.compile(r"\bwikis?\b|\banyone can edit\b|\bcollaborativ|\beach other's\b", re.IGNORECASE)


def with_audience(
    entities: Mapping[str, EntitySpec], chosen: Mapping[str, Candidate], sources: Iterable[Source]
) -> dict[str, EntitySpec]:
    """Return the things with what is said of their readers, and of what its author changes.

    What visitors read only who put it there changes, but for the pages of a wiki.
    """
    text = " ".join(source.text for source in sources)
    shared = {noun for noun, one in entities.items() if not (one.owned or one.managed)}
    authored = {
        noun
        for noun in shared
        if _is_authored(chosen[noun]) or is_said_among_many(noun, entities[noun].relations, text)
    }
    readable = {noun for noun, entity in entities.items() if _is_readable(noun, entity)}
    theirs = {noun for noun in readable if _is_of_its_owner(chosen[noun])}
    readable -= theirs
    readable -= {noun for noun in readable if is_looked_at_by_staff(chosen[noun])}
    readable -= {noun for noun in readable if _is_shut_away(chosen[noun])}
    shown = {noun for noun in readable if _is_said_to_be_open(chosen[noun])}
    shown |= readable & _looked_for(chosen, sources)
    if is_open_site(text):
        shown |= {n for n in readable if n in authored or _is_shown(chosen[n], entities[n])}
        shown |= readable if not speaks_of_people(text) else set()
    shown |= {noun for noun in readable if _is_picture_of(entities[noun], entities, shown)}
    turned = _turned(entities, shown, readable)
    public = _with_linked(turned, shown, readable)
    if _WIKI.search(text):
        authored = {n for n in authored if chosen[n].deed or set(n.split()) & TESTIMONY}
    else:
        authored |= shared & (public | theirs)
    return {
        noun: entity.model_copy(update={"authored": noun in authored, "public": noun in public})
        for noun, entity in turned.items()
    }


def _with_linked(
    entities: Mapping[str, EntitySpec], shown: set[str], readable: set[str]
) -> set[str]:
    """Return what is shown with all that it links to, without what links to what is not."""
    relations = {noun: list(entity.relations) for noun, entity in entities.items()}
    links = list(stored_links(relations, {noun.lower(): noun for noun in entities}))
    while True:
        targets = {target for holder, target in links if holder in shown}
        hidden = {holder for holder, target in links if target not in readable} & shown
        if not (hidden or targets - shown):
            return shown
        readable = readable - hidden
        shown = (shown | targets) & readable


def _turned(
    entities: Mapping[str, EntitySpec], shown: Collection[str], readable: Collection[str]
) -> dict[str, EntitySpec]:
    """Let a person's own list hold what all see, and not the other way: recipes of a meal plan."""
    made = dict(entities)
    names = {entity.name: noun for noun, entity in entities.items()}
    for holder in (noun for noun in entities if noun in shown):
        for link in entities[holder].relations:
            own = names[link.target]
            is_list = is_private(own) or bool(set(own.split()) & _FOR_ONESELF)
            if own in readable or not is_list or link.required or link.kind not in _FROM_HOLDER:
                continue
            shown_ones = entities[holder].plural.lower()
            turned = RelationSpec(
                kind=RelationKind.MANY_TO_MANY,
                name=shown_ones,
                target=entities[holder].name,
                inferred_from=link.inferred_from,
                confidence=link.confidence,
            )
            taken = {field.name.lower() for field in made[own].fields}
            taken |= {relation.name.lower() for relation in made[own].relations}
            more = () if shown_ones in taken else (turned,)
            left = tuple(one for one in made[holder].relations if one != link)
            made[holder] = made[holder].model_copy(update={"relations": left})
            made[own] = made[own].model_copy(update={"relations": (*made[own].relations, *more)})
    return made


def _is_authored(thing: Candidate) -> bool:
    return thing.deed or is_put_forward(thing) or bool(set(thing.noun.split()) & PUBLIC)


def _is_readable(noun: str, entity: EntitySpec) -> bool:
    """Tell whether a thing may be shown to strangers at all."""
    nouns = set(noun.split())
    of_one = nouns & (MADE_BY_ONE | ABOUT_ONE | _TALK | _PASSING | (PERSONS - SHOWN_PERSONS))
    of_one |= set() if entity.managed else nouns & _FOR_ONESELF
    return not (entity.owned or of_one or is_private(noun) or is_sensitive(noun))


def _is_picture_of(
    entity: EntitySpec, entities: Mapping[str, EntitySpec], shown: Collection[str]
) -> bool:
    """Tell whether a thing is there to show what visitors see: the photos of a house."""
    pictured = any(field.type is FieldType.IMAGE for field in entity.fields)
    seen = {entities[noun].name for noun in shown}
    links = [link for link in entity.relations if link.kind is RelationKind.MANY_TO_ONE]
    return pictured and bool(links) and all(link.target in seen for link in links)


def _is_of_its_owner(thing: Candidate) -> bool:
    """Tell whether a thing is said to be theirs who use a site, and no passer-by looks at it."""
    return bool(owners_of(thing)) and not _is_looked_at_by_all(thing)


def _is_looked_at_by_all(thing: Candidate) -> bool:
    done = ((actor.rpartition(" ")[2], verb) for actor, verb in thing.done)
    return any(who in _STRANGERS | _ONLOOKERS and verb in LOOKING - KEEPING for who, verb in done)


def _is_said_to_be_open(thing: Candidate) -> bool:
    texts = [FORBIDDEN.sub(" ", source.text) for source in thing.sources]
    return any(_ANYBODY.search(text) or _WITHOUT.search(text) for text in texts)


def _is_shut_away(thing: Candidate) -> bool:
    """Tell whether whoever comes by is said not to see a thing: "guests may not read articles"."""
    head = thing.noun.rpartition(" ")[2]
    for text in dict.fromkeys(source.text for source in thing.sources):
        for before, found in forbidden_in(text):
            who = {singular_of(word) for word in before.lower().split()[-1:]}
            seen = _OBJECT.match(text, found.end())
            words_seen = seen[0].lower().split() if seen is not None else []
            is_it = head in map(singular_of, words_seen)
            if is_it and found["verb"].lower() in _LOOKED_AT and who & _STRANGERS:
                return True
    return False


def _looked_for(chosen: Mapping[str, Candidate], sources: Iterable[Source]) -> set[str]:
    """Return what visitors are said to look for, as what was spoken of before: "search by city"."""
    found: set[str] = set()
    for before, source in pairwise(sources):
        is_search = _SEARCHING.search(source.text) and not _SHUT_OUT.search(source.text)
        if is_search and not _things_of(source, chosen):
            found |= _things_of(before, chosen)
    return found


def _things_of(source: Source, chosen: Mapping[str, Candidate]) -> set[str]:
    """Return the things that a sentence speaks of, without deeds and what is private."""
    return {
        noun
        for noun, thing in chosen.items()
        if not (thing.deed or is_private(noun))
        and any(s.text == source.text for s in thing.sources)
    }


def _is_shown(thing: Candidate, entity: EntitySpec) -> bool:
    if any(_is_listed(source.text, thing.noun) for source in thing.sources):
        return True
    looked = any(
        verb in LOOKING - KEEPING and (not actor or set(actor.split()) & _PASSING)
        for actor, verb in thing.done
    )
    return entity.managed or looked


def _is_listed(text: str, noun: str) -> bool:
    """Tell whether a site is said to list the things: "a site listing animals"."""
    found = _LISTING.search(text)
    several = found is not None and re.search(
        rf"\b{re.escape(inflection.pluralize(noun))}\b", found["list"], re.IGNORECASE
    )
    return bool(several)
