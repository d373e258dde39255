"""Lists of things with how many there are of each: "many books, exactly one cover, an author"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from generation.engines.builtin.understanding.grammar import WITH_ITS_WORD, kept
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.sentences import words_of
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import PERSONS, PREPOSITIONS, STOPS

MOST_ITEMS = 12
_KNOWN = frozenset(FIELDS)
_MANY = re.compile(
    r"\b(?:one or (?:more|many|several)|zero or more|zero, one or (?:more|many)|at least one|"
    r"more than one|any number of|an? (?:number|list|set|collection|series|group|variety) of|"
    r"lots of|a lot of|plenty of|up to \w+|as many|several|multiple|various|numerous|"
    r"two|three|four|five|six|ten|\d+)\b",
    re.IGNORECASE,
)
_EXACT = re.compile(
    r"\b(?:(?:exactly|only|just|one and only) one|(?:a|one) single|(?:its|their|his) own)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+|as well as\s+)?|\band\b|\bor\b|&|\bplus\b)\s*")
_NOTE = re.compile(r"\(([^()]{0,80})\)")
_CALLED = re.compile(r"\s(?:as (?:its |the |an? )?|called |named )([\w-]+(?: [\w-]+)?)\s*$")
_WHO_IS = re.compile(
    r"\b(?:who|which|that) (?:is|are) (?:also )?(?:an?|another|the) ([\w -]{2,40})"
)
# "a manager, who is another employee"
_WHO = re.compile(r",\s+(?=(?:who|which|that) (?:is|are) )")
_QUANTIFIER = re.compile(
    r"^(?P<said>MANY|EXACT|many|one|an?|the|its|their|his|her|another|other|some|each|every)\s+"
)
_ARTICLES = frozenset({"the", "a", "an", "their", "our", "my", "his", "her", "its"})
_PARTS = re.compile(r"^(?:sub(?:[- ]|(?!contract|scri|ject|miss))|(?:child|parent|nested)[- ])")


class Quantity(StrEnum):
    """How many of a thing the words speak of."""

    MANY = "many"
    EXACT = "exact"
    ONE = "one"
    NONE = "none"


class Item(NamedTuple):
    """A thing in a list: its noun in the singular, and what the words say about it.

    `whole` is a longer name that says which one ("home team"), `name` one that is given to it
    ("as its captain"), `part` tells of a subtask or a parent category, `is_same` of "another" one,
    `is_one_of` that a thing has several of its kind, each of a name.
    """

    noun: str
    quantity: Quantity
    is_plural: bool
    is_same: bool = False
    part: bool = False
    required: bool = False
    whole: str | None = None
    name: str | None = None
    is_one_of: bool = False


def items_of(text: str, declared: frozenset[str] = frozenset()) -> Iterator[Item]:
    """Yield the things of a list; pieces that are none are left out."""
    notes: list[str] = []

    def hide(found: re.Match[str]) -> str:
        notes.append(found[1].lower())
        return f" NOTE{len(notes) - 1} "

    flat = _NOTE.sub(hide, _WHO.sub(" ", text.strip().lower()))
    flat = _EXACT.sub("EXACT", _MANY.sub("MANY", flat))
    for piece in _SPLIT.split(flat)[:MOST_ITEMS]:
        mark = re.search(r" ?NOTE(\d+) ?", piece)
        note = notes[int(mark[1])] if mark else ""
        item = _item(re.sub(r" ?NOTE\d+ ?", " ", piece).strip(), note, declared)
        if item is not None:
            yield item


def _item(piece: str, note: str, declared: frozenset[str]) -> Item | None:
    piece, quantity, same = _quantified(piece)
    called = _CALLED.search(piece)
    words = _leading(piece[: called.start()] if called else piece)
    is_a = _WHO_IS.search(piece)
    if not words:
        return None
    if tuple(piece.split()[:2]) in WITH_ITS_WORD or _is_what_they_do(words):
        return (
            None  # "polls with options and vote on one of them", "posts with tags, readers reply"
        )
    if len(words) > 1 and words[0] in VERBS - ALSO_NOUNS:
        return None  # "hikes divided into legs and recommend huts"
    if is_a is not None:
        other = thing_of(tuple(kept(_leading(is_a[1]))))
        return Item(other, quantity, is_plural=False, name=" ".join(words)) if other else None
    bare = _PARTS.sub("", " ".join(words)).split()
    part = bare != words and bool(bare)
    noun = thing_of(tuple(bare) if part else tuple(kept(words)), declared | _KNOWN)
    if noun is None or noun.rpartition(" ")[2] != singular_of(words[-1]).removeprefix("sub"):
        return None
    plural = singular_of(words[-1]) != words[-1]
    return Item(
        noun,
        quantity,
        plural,
        is_same=same or "another" in note,
        part=part,
        required="required" in note,
        whole=None if plural or part else " ".join(words),
        name=called[1] if called else None,
    )


def _is_what_they_do(words: list[str]) -> bool:
    """Tell whether several persons do something: "readers comment"."""
    first = singular_of(words[0])
    return len(words) == 2 and first != words[0] and first in PERSONS and words[1] in VERBS


def _quantified(piece: str) -> tuple[str, Quantity, bool]:
    """Return a piece without its quantifiers, how many they say, and whether they say "other"."""
    quantity, same = Quantity.NONE, False
    while (said := _QUANTIFIER.match(piece)) is not None:
        same = same or said["said"] in {"another", "other"}
        quantity = _stronger(quantity, said["said"])
        piece = piece[said.end() :]
    return piece, quantity, same


def _stronger(quantity: Quantity, word: str) -> Quantity:
    if word.upper() == "EXACT":
        return Quantity.EXACT
    if word.upper() == "MANY" or quantity is Quantity.MANY:
        return Quantity.MANY
    if word in {"other", "some", "the", "their"}:
        return quantity
    return Quantity.ONE if quantity is Quantity.NONE else quantity


def _leading(piece: str) -> list[str]:
    """Return the words of a piece up to the first that is not of its noun phrase."""
    words: list[str] = []
    for word in words_of(piece):
        if (
            word.is_mark
            or (word.text in STOPS and word.text != "away")
            or word.text in PREPOSITIONS
            or (words and word.text in _ARTICLES)
        ):
            break
        if words and (verb := verb_of(word.text)) is not None and verb not in ALSO_NOUNS:
            break
        words.append(word.text)
    return words[:4]
