"""Noun phrases to things: what is kept where words speak of information, lists and management."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from generation.engines.builtin.understanding.deeds import DEED_NOUNS, DEEDS
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS
from generation.engines.builtin.understanding.vocabulary import (
    ALONE,
    ATTRIBUTES,
    CENTRES,
    CONTAINERS,
    FACILITIES,
    MAKING,
    NOT_THINGS,
    PEOPLE,
    PERSONS,
    SEVERAL_PERSONS,
    SHOWING,
    SOFT,
    is_adjective,
    words,
)

LONGEST_NOUN = 40
# What persons say: reviews of customers are reviews.
SAID = frozenset(
    {"comment", "review", "rating", "feedback", "reply", "vote", "like", "reaction", "testimonial"}
    | {"suggestion", "question", "answer", "bid", "submission"}
)
_SEVERAL = re.compile(r"(?:al|ive|ary|able)s$|aries$")
# What is a thing in the plural alone: one that tracks is no track.
_IN_THE_PLURAL = words("tracks talks ideas adoptions collections persons places")

# Where one books and reserves: the reservations of a restaurant are no reservations of it.
_WHERE = words("table restaurant hotel clinic venue salon gym club museum cinema theatre theater")
# A centre may be a part of an app too, as these are.
_OF_SOFTWARE = words("help message notification command control support action data preference")
# What is said of apps and kept in none.
_OF_APPS = frozenset(
    {"time zone", "privacy policy", "cookie policy", "user experience", "error message"}
    | {"best practice", "source code", "access control", "automated test", "unit test", "readme"}
    | {"system setting", "control panel", "loading spinner", "waiting time", "response time"}
)
# What is worked out of rows, and shown of them: "player performance", "team rankings".
_WORKED_OUT = words("performance ranking standing statistic stat")
# What is done and is nothing by itself: "betting and trading".
_DOING = (DEEDS.keys() | words("bet trade get track")) - {verb_of(noun) for noun in DEED_NOUNS}
# What the history of them is of.
_LEFT = {"trading": "trade", "bidding": "bid", "borrowing": "loan", "lending": "loan"}
# Links of these lead to a picture or a film of a row.
_FILMED = words("picture photo image video audio sample youtube logo music song")
# What begins with these is a figure that things have: "max load".
_MEASURING = frozenset({"max", "maximum", "min", "minimum", "average", "total", "estimated"})
# What is a thing with a word before it alone: a game night is one.
TIMES = frozenset(
    {"morning", "afternoon", "evening", "night", "noon", "spring", "summer", "autumn", "winter"}
)


@lru_cache(maxsize=4096)
def thing_of(phrase: tuple[str, ...], declared: frozenset[str] = frozenset()) -> str | None:
    """Return what a noun phrase is of, in the singular; None where it is no thing.

    "product information" and "list of products" are products; "contest registration" is the
    contest. What a sentence has `declared` is itself.
    """
    parts = [word for word in phrase if word]
    if (whole := literal(parts)) in declared:
        return whole
    if (
        len(parts) > 1
        and (head := singular_of(parts[-1])) in declared
        and head in NOT_THINGS - FIELDS.keys()
    ):
        return whole
    if (known := _known_compound(parts)) is not None:
        return known
    parts = _without_containers(parts)
    if not parts or "many-to-many" in parts:
        return None
    if (known := _known_compound(parts)) is not None:
        return known
    if len(parts) > 1 and _is_whose(parts[0], singular_of(parts[-1])):
        parts = parts[1:]
    if _is_no_row(parts):
        return None
    if len(parts) == 1 and parts[0] in _IN_THE_PLURAL:
        return singular_of(parts[-1])
    if _is_what_one_does(parts):
        return _LEFT.get(parts[-1]) if len(parts) < len(phrase) else None
    several = _SEVERAL.search(parts[-1]) is not None
    parts = [*parts[:-1], singular_of(parts[-1])]
    noun = " ".join(parts)
    named = all(part[0].isalpha() for part in parts) and 1 < len(noun) <= LONGEST_NOUN
    is_thing = named and noun not in _OF_APPS and _is_thing(parts, several=several)
    return noun if is_thing else None


def _is_no_row(parts: list[str]) -> bool:
    """Tell whether words are a time, a figure of things, or where a picture is to be found."""
    if len(parts) == 1:
        return singular_of(parts[0]) in TIMES or parts[0] in _MEASURING
    is_address = singular_of(parts[-1]) == "link" and singular_of(parts[-2]) in _FILMED
    return is_address or parts[0] in _MEASURING


def _is_whose(word: str, head: str) -> bool:
    """Tell whether a word says who makes a thing: "user reviews", "listener comments"."""
    return (word in PEOPLE and head in FIELDS) or (word in PERSONS and head in SAID)


def _without_containers(parts: list[str]) -> list[str]:
    """Return what is contained, managed or shown: of "product information", the product."""
    while parts and _known_compound(parts) is None:
        head = singular_of(parts[-1])
        if head == "profile" and parts[-2:-1] and not _has_a_profile(parts[-2]):
            break
        if is_a_list(parts):
            break
        if head in CONTAINERS and len(parts) > 1:
            parts = [*parts[:-1], "record"] if is_adjective(parts[-2]) else parts[:-1]
            if parts[-1] == "record":
                break
        elif len(parts) > 1 and (
            _says_what_is_done(head, parts[-1]) or _is_rented(parts) or _is_of_rows(head, parts)
        ):
            parts = parts[:-1]
        else:
            break
    return [*(word for word in parts[:-1] if word not in CONTAINERS), *parts[-1:]]


def _has_a_profile(word: str) -> bool:
    """Tell whether a profile is what is known of somebody or something: a taste has none."""
    return singular_of(word) in FIELDS.keys() | SAME_AS.keys() | PEOPLE | PERSONS | NOT_THINGS


def _is_thing(parts: list[str], *, several: bool) -> bool:
    """Tell whether words in the singular name something that can be kept.

    Of adjectives there are never `several`: rehearsals are things.
    """
    head, before = parts[-1], parts[-2] if len(parts) > 1 else None
    if (is_adjective(head) and not several) or head in ATTRIBUTES:
        return False
    if is_a_list(parts):
        return True
    if head in NOT_THINGS:
        return head in SOFT and before is not None and before not in NOT_THINGS
    return head not in CONTAINERS or head in ALONE


def _is_rented(parts: Sequence[str]) -> bool:
    """Tell whether words are a known thing and its rental, and not of which kind rentals are."""
    is_deed = singular_of(parts[-1]) in {"rental", "booking", "reservation"}
    return is_deed and singular_of(parts[-2]) in FIELDS.keys() - _WHERE


def _is_what_one_does(parts: list[str]) -> bool:
    """Tell whether words name what is done rather than what is made: trading, sports betting."""
    head = parts[-1]
    known = head in FIELDS or head in SAME_AS or literal(parts) in FIELDS
    return head.endswith("ing") and not known and verb_of(head) in _DOING


def _is_of_rows(head: str, parts: Sequence[str]) -> bool:
    """Tell whether a figure is one of rows that are kept: the standings of players."""
    several = parts[-1] == "performances"  # which somebody writes down
    return head in _WORKED_OUT and not several and parts[-2] in FIELDS.keys() - PEOPLE


def _says_what_is_done(head: str, word: str) -> bool:
    """Tell whether a thing is managed or shown; several managers are persons."""
    managed = head in MAKING and word not in SEVERAL_PERSONS
    return managed or bool({head, word} & (SHOWING | FACILITIES))


def _known_compound(parts: Sequence[str]) -> str | None:
    """Return the longest name of several words at the end of a phrase that the lexicon has.

    Several centres with a word before them are places, and known too.
    """
    names = (literal(parts[start:]) for start in range(len(parts) - 1))
    known = next((name for name in names if name in FIELDS or name in SAME_AS), None)
    if known is None and len(parts) > 1 and parts[-1] in CENTRES and parts[-2] not in _OF_SOFTWARE:
        return literal(parts[-2:])
    return known


def is_a_list(parts: Sequence[str]) -> bool:
    """Tell whether a list is a thing of its own: a packing list lists no packings."""
    return len(parts) > 1 and singular_of(parts[-1]) == "list" and parts[-2].endswith("ing")


def literal(parts: Sequence[str]) -> str:
    """Return parts as one noun in the singular."""
    return " ".join([*parts[:-1], singular_of(parts[-1])]) if parts else ""
