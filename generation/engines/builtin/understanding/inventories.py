"""Lists of the things that an app is of: "a gym site with members, trainers and payments"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from generation.engines.builtin.understanding.deeds import BOOKED
from generation.engines.builtin.understanding.grammar import BEING
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS
from generation.engines.builtin.understanding.quantities import Item, Quantity, items_of
from generation.engines.builtin.understanding.things import literal
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import (
    MODALS,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
    VIEWS,
    WHAT_THINGS_HAVE,
    words,
)
from generation.engines.builtin.understanding.weights import DONE, KEPT, SEEN

LEAST_COUNTED = 2
LEAST_TOLD, MOSTLY = 3, 0.7
_PIECES = re.compile(r",\s+(?:and\s+)?|;\s+")
_SAYING_MORE = re.compile(r"\s(?:with|who|that|which|of|for|in|at|on|per|by|from|the|made)\s")
# What a list of things to keep stands behind.
_KEEPS = re.compile(
    r"\b(?:apps?|software|tools?|trackers?|systems?|web ?sites?|databases?|programs?|track|manage|"
    r"store|record|keep|organi[sz]e|catalogue?|needs?|want|about)\b",
    re.IGNORECASE,
)
_KNOWN = frozenset(FIELDS)
LONGEST = 400
MOST_OF_A_PHRASE = 6
_AFTER_COLON = re.compile(r"\s*[\w' -]{3,60}:\s*(?P<list>[\w', &-]{5,200}?)[.;]?\s*$")
# What apps are called by.
_CALLED = (
    r"apps?|web ?sites?|sites?|intranet|wiki|help ?desk|systems?|platforms?|tools?|software|"
    r"trackers?|managers?|planners?|databases?|crm|blogs?|forums?|portals?|organi[sz]ers?|applications?|"
    r"builders?|box|director(?:y|ies)|registers?(?= (?:of|with)\b)|registry|catalog(?:ue)?s?|"
    r"(?:boards?|logs?|diary|journal|notebook)(?= with)|portfolios?|log ?books?|scrapbooks?|"
    r"schedulers?|archives?(?= with)"
)
# What an app is for, where it is called by that: "a clinic with doctors and patients".
_PLACE = (
    r"^\W*(?:an?|our|my) (?:[\w-]+ )?(?:library|clinic|school|gym|hotel|restaurant|hospital|museum|"
    r"salon|practice|studio|agency|farm|warehouse|bakery|kindergarten)(?= with)"
)
_APP = re.compile(
    rf"(?:{_PLACE}|\b(?:{_CALLED}|management|dashboards?|program|solution))\s+"
    r"(?:(?P<whom>for)|with|of|has|have|to (?:manage|track|organi[sz]e|keep)|including|covering|"
    r"that (?:has|manages|tracks|keeps)|"
    r"(?P<may>(?:that|which) (?:also )?(?:displays?|shows?|lists?|introduces?|presents?|offers?|"
    r"provides?|contains?|includes?|features?|covers?)|to (?:display|show|list|present)|"
    r"(?:should|must|will|needs? to)(?: also)? "
    r"(?:have|include|contain|feature|offer|support|provide|present|cover|manage|track)"
    r"(?! (?:[\w-]+ ){0,2}(?:functions?|functionalit(?:y|ies)|features?|capabilit(?:y|ies))\b)))"
    r"\s+(?P<list>[^.:;]+)",
    re.IGNORECASE,
)
_WITH_WHAT = re.compile(r"^(?:[\w'-]+ ){1,3}with (?P<list>.+)")
# What an app is said to have, by all that stands before that.
_OF_AN_APP = re.compile(
    rf"(?:{_PLACE}|\b(?:{_CALLED})) "
    r"(?:for (?:[\w'-]+ ){1,3}?)?(?:with|w/|has|having|including) $",
    re.IGNORECASE,
)
# Of what is listed, hours are kept in entries.
_HOURS = re.compile(r"(?<=[:,] )(?:working )?hours(?=\s*(?:[,.]|$|and\b))", re.IGNORECASE)
_CLASS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_LISTED = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
# What is many and has no plural.
_CHOSEN = words("priority status severity assignee")  # of each thing, and no things
MASS = words("income feedback equipment inventory attendance maintenance stock news furniture")
_BEFORE_PREPOSITION = re.compile(rf"\s(?:{'|'.join(sorted(PREPOSITIONS))})\s.*$")
# Where a list of fields or of choices stood.
_EMPTY = re.compile(r"\([^()]*\)")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# What parts of a long text are called by.
HEADINGS = words(
    """
    goals roles users requirements milestones risks notes questions metrics stakeholders entities
    models components services resources objectives deliverables topics stories contents pages
    features modules functions functionalities screens views rules details examples constraints
    options
    """
)


class Inventory(NamedTuple):
    """The things of a list, in the singular, how sure it is, and the words left to read."""

    nouns: tuple[str, ...]
    weight: float
    rest: str


def is_inventory(before: str, listed: str) -> bool:
    """Tell whether a list is of the things of an app, each of which there are many of."""
    if _OF_AN_APP.search(f"{before.rstrip()} ") is None:
        return False
    every = [piece.split()[-1] for piece in _pieces(_BRACKETS.sub("", listed).lower())]
    heads = [head for head in every if head not in VIEWS]
    many = [singular_of(head) != head or head in MASS for head in heads]
    several = len(heads) >= LEAST_COUNTED and all(many)
    # "A to-do app with due dates and priorities" has no dates of their own.
    return several and any(singular_of(head) in _KNOWN - WHAT_THINGS_HAVE for head in heads)


def _pieces(text: str) -> list[str]:
    """Return the parts of a list without what is said of each: "deals in stages" are deals."""
    parts = (part.strip(" .;:-") for part in _LISTED.split(text))
    return [bare for part in parts if (bare := _BEFORE_PREPOSITION.sub("", part))]


def inventory_in(text: str, declared: frozenset[str] = frozenset()) -> Inventory:
    """Return the things that an app is said to be of, or that make up a line.

    What is `declared` is a thing by the name it has.
    """
    text = _EMPTY.sub(lambda found: " " * len(found.group()), text)
    timed = _HOURS.sub("time entries", text[:LONGEST])
    if timed != text[:LONGEST] and (told := told_one_by_one(timed, declared)):
        return Inventory(_nouns(told), DONE, text)
    counted = _AFTER_COLON.match(text)
    if counted is not None and not _tells(counted["list"]):
        items = list(items_of(counted["list"], declared))
        if len(items) >= LEAST_COUNTED and all(item.is_plural for item in items):
            things = [item for item in items if item.noun not in _CHOSEN]
            return Inventory(_nouns(things), KEPT, text.partition(":")[2])
    if told := told_one_by_one(text[:LONGEST], declared):
        return Inventory(_nouns(told), DONE, text)
    found = _APP.search(text[:LONGEST])
    if found is not None and (by_name := _by_name(found["list"])):
        return Inventory(by_name, KEPT, text)
    several = _several(found["list"], declared) if found is not None else []
    if found is not None and found["whom"] and (with_what := _WITH_WHAT.search(found["list"])):
        several = _several(with_what["list"], declared)  # "for freelancers with clients, projects"
    elif found is not None and found["whom"]:
        several = [item for item in several if item.noun.rpartition(" ")[2] not in PERSONS]
    if len(several) < LEAST_COUNTED:
        several = _whole(text[:LONGEST], declared)
    return Inventory(_nouns(several), SEEN if found is not None and found["may"] else DONE, text)


def _by_name(listed: str) -> tuple[str, ...]:
    """Return things that are called as classes are: "an app with Order, Customer and Import"."""
    pieces = [piece.strip() for piece in _LISTED.split(listed) if piece.strip()]
    named = len(pieces) >= LEAST_TOLD and all(_CLASS.fullmatch(piece) for piece in pieces)
    return tuple(literal(piece.lower().split()) for piece in pieces) if named else ()


@lru_cache(maxsize=256)
def told_one_by_one(text: str, declared: frozenset[str] = frozenset()) -> tuple[Item, ...]:
    """Return the things of "a planner: guests with names, tables, vendors with contracts"."""
    lead, _, told = text.partition(": ")
    pieces = list(_each_of(_BRACKETS.sub("", told).strip(" ."), declared))
    items = [item for _, item in pieces if item is not None and not _is_done(item.noun)]
    items = [item for item in items if item.noun not in _CHOSEN]
    several = [item for item in items if item.is_plural or item.noun in MASS]
    known = [item for item in several if item.noun in _KNOWN or _head(item) in PERSONS]
    if len(known) >= LEAST_TOLD and MOSTLY * len(pieces) <= len(known):
        return tuple(several)
    # Behind "an app for scouts:", such as patrols, camps with a date and a packing list per camp.
    several = [item for item in items if item.is_plural or item.quantity is Quantity.ONE]
    enough = len(several) >= LEAST_TOLD and MOSTLY * len(pieces) <= len(several)
    return tuple(several) if enough and several[0].is_plural and _KEEPS.search(lead) else ()


def _each_of(told: str, declared: frozenset[str]) -> Iterator[tuple[str, Item | None]]:
    """Yield the pieces of a list, each with its thing; of "matches and results" there are two."""
    for piece in _PIECES.split(told):
        bare = _SAYING_MORE.split(piece)[0]
        both = list(items_of(bare, declared))
        further = all(item.is_plural or item.quantity is Quantity.ONE for item in both[1:])
        if len(both) == bare.count(" and ") + 1 and further:
            yield from ((bare, item) for item in both)
        else:
            yield piece, next(iter(both), None)


def _head(item: Item) -> str:
    return item.noun.rpartition(" ")[2]


def _nouns(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.noun for item in items)


def _several(text: str, declared: frozenset[str]) -> list[Item]:
    every = items_of(_BRACKETS.sub("", text), declared)
    items = [item for item in every if item.is_plural or item.noun in MASS]
    return [
        item
        for item in items
        if not _is_done(item.noun) and item.noun not in (ALSO_NOUNS - _KNOWN) | _CHOSEN
    ]


def _is_done(noun: str) -> bool:
    """Tell whether words are what is done rather than a thing: "conducting assessments"."""
    first, _, rest = noun.partition(" ")
    if first in {"book", "reserve"} and rest.rpartition(" ")[2] in BOOKED and noun not in _KNOWN:
        return True  # "exhibitions, book guided tours, a shop"
    verb = verb_of(first)
    done = first.endswith("ing") or verb not in ALSO_NOUNS
    return first != noun and verb is not None and done and noun not in _KNOWN


def _whole(text: str, declared: frozenset[str]) -> list[Item]:
    """Return the things of a line that is a list and no sentence: "projects, tasks, tags"."""
    bare = _BRACKETS.sub("", text).strip(" .;:-")
    if "," not in bare:
        bare = _BEFORE_PREPOSITION.sub("", bare)
    pieces = [piece for piece in _LISTED.split(bare) if piece]
    if not pieces or any(len(piece.split()) > MOST_OF_A_PHRASE for piece in pieces):
        return []
    if any(_says_what_is_done(piece.lower().split()) for piece in pieces):
        return []
    several = _several(bare, declared)
    if len(pieces) == 1:
        alone = len(bare.split()) <= LEAST_COUNTED and bare.lower() not in HEADINGS
        return several if alone and text.strip()[0] != "#" else []
    return several if len(several) >= LEAST_COUNTED else []


def _says_what_is_done(words: list[str]) -> bool:
    """Tell whether words are a sentence: "track orders", "employers post jobs"."""
    known = literal(words) in FIELDS.keys() | SAME_AS.keys()
    starts = len(words) > 1 and words[0] in VERBS and not known
    return starts or _acts(words) or any(_does(word) for word in words)


def _tells(listed: str) -> bool:
    """Tell whether the parts of a list are sentences: "students apply, juries review papers"."""
    return all(_acts(piece.lower().split()) for piece in _LISTED.split(listed))


def _acts(words: list[str]) -> bool:
    """Tell whether several do something: "employers post jobs"."""
    return any(second in VERBS and singular_of(first) != first for first, second in pairwise(words))


def _does(word: str) -> bool:
    """Tell whether a word makes a sentence of a list."""
    verb = verb_of(word)
    return word in MODALS | PRONOUNS | BEING or (verb is not None and verb not in ALSO_NOUNS)
