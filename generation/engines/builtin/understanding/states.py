"""What a thing may be, where a sentence says so: "a job is new, printing or shipped"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.verbs import KEEPING, LOOKING
from generation.engines.builtin.understanding.vocabulary import PEOPLE, words

MOST = 8
LONGEST = 3  # words
_ITEM = r"[a-z][a-z-]*(?: [a-z-]+){0,2}"
_SAID = re.compile(
    r"(?:(?<=^)|(?<=[.;:,] )|(?<=\band ))(?:(?:each|every|an?|the|all) )?"
    r"(?P<noun>[a-z][\w-]*(?: [a-z][\w-]*){0,2}?) "
    r"(?P<being>is|are|(?:can|may|must|should|will) be)(?: always)? (?:either )?"
    rf"(?P<items>{_ITEM}(?:, {_ITEM}){{0,{MOST}}},? or {_ITEM})(?=\s*(?:[.;:!)]|$))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",? or |, ")
# What something is like at a time, in more words than one.
_IN_WORDS = re.compile(r"(?:in|on|to|out|under|not|at) (?:(?:the|its) )?[a-z-]+")
# What names no state: whose, where, or for whom something is.
_NO_STATE = words(
    "a an the my our your their his her by for from of with as about like used made based"
)
# What somebody says a thing becomes; a kind of it does not change: "a room is single or double".
_STATES = words(
    """
    new open closed active inactive draft pending done available unavailable free busy full empty
    due overdue late paid unpaid public private online offline healthy sick good fair poor broken
    damaged working waiting ready sold out running live planned todo unread read hidden visible
    """
)


class States(NamedTuple):
    """What a thing may be: the field that says it, and its choices in the order of the words."""

    noun: str
    field: str
    choices: tuple[str, ...]


def states_in(text: str) -> Iterator[States]:
    """Yield what things may be, where sentences say it of each of them."""
    for found in _SAID.finditer(text):
        noun = thing_of(tuple(found["noun"].lower().split()))
        choices = tuple(dict.fromkeys(_BETWEEN.split(found["items"].lower())))
        if noun is None or noun in PEOPLE or len(choices) < 2:
            continue
        if not all(map(_is_state, choices)) or ("be" in found["being"] and _are_done(choices)):
            continue
        yield States(noun, "status" if _becomes(choices) else "type", choices)


def _is_state(choice: str) -> bool:
    said = choice.split()
    plain = not _NO_STATE & {*said} or _IN_WORDS.fullmatch(choice) is not None
    return plain and len(said) <= LONGEST and singular_of(said[-1]) == said[-1]


def _are_done(choices: tuple[str, ...]) -> bool:
    """Tell whether all that things can be is done to them by somebody: "edited or deleted"."""
    verbs = [verb_of(choice) if choice.endswith("ed") else None for choice in choices]
    return all(verb in KEEPING | LOOKING for verb in verbs)


def _becomes(choices: tuple[str, ...]) -> bool:
    last = [choice.split()[-1] for choice in choices]
    return any(word in _STATES or word.endswith(("ed", "ing")) for word in last) or any(
        choice.startswith(("in ", "on ", "to ", "not ", "under ", "out ")) for choice in choices
    )
