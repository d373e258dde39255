"""Sentences of ordinary prose that say what there is: "there is a card for every animal".

"Every batch is brewed from a recipe", "we have 23 dogs from 17 owners", "one bill per visit",
"Vehicles and the equipment that is on them".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generation.engines.builtin.understanding.grammar import kept, singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.mentions import Mention
from generation.engines.builtin.understanding.sentences import story_of, words_of
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.vocabulary import ALSO_NOUNS, PEOPLE, STOPS
from generation.engines.builtin.understanding.weights import SEEN, WANTED
from projects.spec.models import Source

MOST_WORDS = 3
_NUMBER = (
    r"(?:\d{1,6}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|hundreds of)"
)
_WORDS = r"(?P<words>[a-z][\w'-]*(?: [a-z][\w'-]*){0,3})"
_EACH = re.compile(rf"\b(?:each|every) {_WORDS}", re.IGNORECASE)
_FOR_EACH = re.compile(
    rf"\b(?:an?|one|the|several|many) (?P<part>[a-z][\w-]*(?: [a-z][\w-]*)?) "
    rf"(?:for (?:each|every)|per) {_WORDS}",
    re.IGNORECASE,
)
_THERE = re.compile(
    rf"\bthere (?:is|are|will be|should be|must be) (?:also )?(?:an?|the|many|several|some|our)? ?"
    rf"{_WORDS}",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"(?<![-\d.,])\b{_NUMBER} {_WORDS}", re.IGNORECASE)
_FIRST = re.compile(
    rf"^\s*(?:[-*•]\s*)?(?:all |the |our )?{_WORDS}"
    r"(?= (?:are|with|have|belong|and the|that)\b|:|,)",
    re.IGNORECASE,
)
_OF_A_SITE = frozenset(
    {"page", "pages", "section", "sections", "form", "button", "menu", "tab", "screen", "link"}
)
# "Every batch is brewed from a recipe", "every aliquot sits in a box"
_COMES_FROM = re.compile(
    r"\b(?:each|every|an?) (?P<one>[a-z][\w-]*(?: [a-z][\w-]*)?) "
    r"(?:(?:is|are|gets) (?:\w+ )?\w+(?:ed|en|n)|sits|stands|comes|lies|hangs|happens|takes place) "
    r"(?:at an? \w+ )?(?:from|by|in|at|on|to|into|of) (?:an?|one|the) (?P<other>[a-z][\w-]*)",
    re.IGNORECASE,
)


def declared_in(source: Source, declared: frozenset[str] = frozenset()) -> Iterator[Mention]:
    """Yield what a sentence says there is, and what that belongs to.

    What is `declared` is a thing by the name it has.
    """
    if story_of(source.text) is not None:
        return
    text = source.text
    for pattern, weight in ((_EACH, WANTED), (_THERE, WANTED), (_COUNTED, SEEN)):
        for found in pattern.finditer(text):
            noun = _noun_of(found["words"], declared, plural=pattern is _COUNTED)
            if noun is not None:
                yield Mention(noun, weight, source)
    first = _FIRST.match(text)
    every = (
        _noun_of(first["words"], declared, plural=True, whole=True) if first is not None else None
    )
    if every is not None and every in FIELDS:
        yield Mention(every, SEEN, source)
    for found in _FOR_EACH.finditer(text):
        part, whole = _noun_of(found["part"], declared), _noun_of(found["words"], declared)
        if part is not None and whole is not None and part != whole:
            yield Mention(part, SEEN, source, belongs_to=whole)
            yield Mention(whole, SEEN, source)
    for found in _COMES_FROM.finditer(text):
        one, other = _noun_of(found["one"], declared), _noun_of(found["other"], declared)
        if one is not None and other is not None and one != other:
            yield Mention(one, 0.0, source, belongs_to=other)


def _noun_of(
    text: str, declared: frozenset[str], *, plural: bool = False, whole: bool = False
) -> str | None:
    """Return the thing that words begin with, or that they are as a `whole`; None for none."""
    words: list[str] = []
    for word in words_of(text):
        if word.is_mark or word.text in STOPS or (words and _is_verb(words, word.text)):
            if whole:
                return None
            break
        words.append(word.text)
    if set(words) & _OF_A_SITE:  # "there is a home page"
        return None
    words = kept(words[:MOST_WORDS])
    if not words or (plural and singular_of(words[-1]) == words[-1]):
        return None
    noun = thing_of(tuple(words), declared)
    return noun if noun is not None and noun not in PEOPLE else None


def _is_verb(before: Sequence[str], word: str) -> bool:
    """Tell whether a word behind a noun says what it does: "every batch ferments"."""
    verb = verb_of(word)
    if verb is not None and verb not in ALSO_NOUNS:
        return True
    third = word.endswith("s") and singular_of(before[-1]) == before[-1]
    return third and (verb is not None or singular_of(word) not in FIELDS)
