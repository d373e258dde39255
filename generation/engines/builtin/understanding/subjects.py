"""What a statement is about: the thing that its verb follows, or what was spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.quantities import items_of
from generation.engines.builtin.understanding.sentences import words_of
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import (
    COLLECTIONS,
    CONTAINERS,
    MAKING,
    PEOPLE,
    PERHAPS_PEOPLE,
    PERSONS,
    STOPS,
    is_adjective,
)

_EACH = frozenset({"each", "every", "a", "an", "any", "all"})
_DETERMINERS = _EACH | {"the", "one", "this", "that", "these", "those", "its", "their"}
# "Photos of a roof", "a prescription from a doctor": what stands behind these is not the head.
_SAYING_MORE = frozenset({"of", "from", "for"})
BACK = frozenset({"which", "that", "who", "whose"})
_OURS = frozenset({"our", "my"})
SAME = frozenset({"it", "they", "one", "them"})
MOST_WORDS = 4
_KNOWN = frozenset(FIELDS)


class Subject(NamedTuple):
    """What a statement is about, and whether it speaks of each such thing."""

    nouns: tuple[str, ...]
    each: bool = False


def subject_of(text: str, before: Subject, declared: frozenset[str]) -> Subject:
    """Return the thing that a statement's verb follows; "it" is what was spoken of before."""
    words = [word.text for word in words_of(text)[-12:]]
    told = bool(words) and words[-1] in BACK
    while words and words[-1] in BACK:
        words.pop()
    if told and words[-1:] == [","]:  # "items, which point at a product"
        words.pop()
    if words and words[-1] in {"and", ",", "or", "but"} and not before.nouns:
        first = thing_at_start(text, declared)
        return Subject((first,)) if first is not None else before
    if not words or words[-1] in SAME | {"and", ",", "or", "but"}:
        return before
    noun, at = phrase_at_end(words, declared)
    asking = _OURS.intersection(words[at:]) and singular_of(words[-1]) == words[-1]
    # "Our choir has 40 singers": there is one choir, which asks; "a task manager" is the app.
    if noun is None or asking or words[-1] in MAKING:
        return Subject(())
    if (headed := _head_before(words, at, declared)) is not None:
        return headed
    each = words[0] in _EACH or (at > 0 and words[at - 1] in _EACH)
    nouns = [noun]
    if at > 1 and words[at - 1] == "and":
        first, _ = phrase_at_end(words[: at - 1], declared)
        nouns = [first, noun] if first is not None else nouns
    return Subject(tuple(nouns), each)


def _head_before(words: Sequence[str], at: int, declared: frozenset[str]) -> Subject | None:
    """Return what a phrase that ends words only says more of: of "a bill from a shop", the bill."""
    while at and words[at - 1] in _DETERMINERS:
        at -= 1
    if at < MOST_WORDS - 2 or words[at - 1] not in _SAYING_MORE:
        return None
    noun, begins = phrase_at_end(words[: at - 1], declared)
    if noun is None or (begins and words[begins - 1] not in _DETERMINERS):
        return None
    if noun in COLLECTIONS | CONTAINERS:  # "a collection of recipes shared by members"
        return None
    return Subject((noun,), begins > 0 and words[begins - 1] in _EACH)


def phrase_at_end(words: Sequence[str], declared: frozenset[str]) -> tuple[str | None, int]:
    """Return the thing that words end with, and where its phrase begins."""
    at = len(words)
    while at > 0 and len(words) - at < MOST_WORDS and _is_of_phrase(words[at - 1]):
        if at > 1 and _is_done(words[at - 2], words[at - 1]):
            break
        at -= 1
    return thing_of(tuple(kept(words[at:])), declared | _KNOWN), at


def _is_done(before: str, word: str) -> bool:
    """Tell whether a word that may be a noun is what persons do: "inspectors record incidents"."""
    person = singular_of(before)
    return word in VERBS and before != person and person in PERSONS | PERHAPS_PEOPLE | PEOPLE


def _is_of_phrase(word: str) -> bool:
    if word in STOPS or word in _DETERMINERS or not word[0].isalpha():
        return False
    verb = verb_of(word)
    return verb is None or verb in ALSO_NOUNS or (is_adjective(word) and word not in VERBS)


def thing_at_end(text: str, declared: frozenset[str]) -> str | None:
    """Return the thing that a text ends with."""
    return phrase_at_end([word.text for word in words_of(text)], declared)[0]


def thing_at_start(text: str, declared: frozenset[str]) -> str | None:
    """Return the first thing of a text."""
    item = next(items_of(text, declared), None)
    return item.noun if item is not None else None
