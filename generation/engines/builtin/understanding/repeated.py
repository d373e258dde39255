"""Ordinary words that are things where they are spoken of again and again: cases, designs, works.

"In this case" keeps no cases; "open a case", "add tasks to a case" and "close a case" do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import inflection

from generation.engines.builtin.understanding.fields import pieces_of
from generation.engines.builtin.understanding.grammar import phrases_of
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.listings import is_attribute
from generation.engines.builtin.understanding.sentences import story_of
from generation.engines.builtin.understanding.verbs import KEEPING, TAKING
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.models import Source

_ORDINARY = words(
    """
    case record design session language word standard machine device problem procedure
    process operation program computer server network theme version work letter piece market
    decision speech series motion agreement approval
    """
)
# With these before it, an ordinary word means what it does everywhere.
_OF_OTHERS = words("use user web app business work graphic login tracking test health key pass")
_DONE = (
    KEEPING | TAKING | words("open start close list view browse see choose assign perform lend use")
)
# Where work is done: "customers and their sites", "visits per site"
_SITES = re.compile(
    r"\b(?:sites|(?:per|each|every|(?:at|on|to|for) an?) (?:[a-z]+ )?site)\b", re.IGNORECASE
)
# The app itself, which keeps none of these.
_OF_THE_WEB = re.compile(
    r"\bweb ?sites?\b|\b(?:this|our|my) (?:[a-z]+ )?site\b"
    r"|\bthe site (?:should|must|will|can|is|has|needs?|shows?)\b"
    r"|\ban? (?:[a-z]+ )?site (?:with|for|where|that)\b",
    re.IGNORECASE,
)
_DESCRIBED = _ORDINARY - {"record"}  # "employee records (name, email)": of employees
# What has fields in brackets or behind a colon: "cases (patient, tooth, due date)".
_WITH_FIELDS = re.compile(
    rf"\b(?P<noun>{'|'.join(sorted(map(inflection.pluralize, _DESCRIBED)))})"
    r" ?(?:\((?P<list>[^()]{5,200})\)|: (?P<more>[^.:]{5,200}))",
    re.IGNORECASE,
)
OFTEN, WITH_A_DEED = 3, 2
MOST_WORDS = 2
_ONE = r"\b(?:an?|each|every|one|per|another) (?:[a-z]+ )?"


def repeated_in(sources: Iterable[Source]) -> frozenset[str]:
    """Return the ordinary words that a text makes things of, in the singular.

    Each is spoken of at least three times, twice where it is made; once by what is done to it.
    """
    said: Counter[str] = Counter()
    sources = list(sources)
    made: set[str] = set()
    done: set[str] = set()
    for source in sources:
        for noun, verbs in _spoken_of(source.text):
            said[noun] += 1
            if verbs & _DONE:
                done.add(noun)
            if verbs & (KEEPING | TAKING):
                made.add(noun)
    often = {noun for noun, count in said.items() if count >= OFTEN} & done
    described = {noun for source in sources for noun in _described(source.text)}
    described |= {"site"} if _has_sites([source.text for source in sources]) else set()
    return frozenset(often | described | {noun for noun in made if said[noun] >= WITH_A_DEED})


def _described(text: str) -> Iterator[str]:
    """Yield the ordinary words that a list of fields follows."""
    for found in _WITH_FIELDS.finditer(text):
        pieces = pieces_of(found["list"] or found["more"])
        if len(pieces) > 1 and 2 * sum(map(is_attribute, filter(None, pieces))) >= len(pieces):
            yield singular_of(found["noun"].lower())


def _has_sites(texts: list[str]) -> bool:
    """Tell whether sites are where something is done, and none of them is the app."""
    said = any(_SITES.search(text) for text in texts)
    return said and not any(_OF_THE_WEB.search(text) for text in texts)


def _says_which(word: str) -> bool:
    """Tell whether a word before an ordinary one says of which kind it is: a funeral case."""
    return word not in _OF_OTHERS and verb_of(word) is None and not word.endswith("ing")


def _spoken_of(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the ordinary words that a sentence names several or one of, and what is done to it."""
    if not any(word in _ORDINARY for word in map(singular_of, re.findall(r"[a-z]+", text.lower()))):
        return
    story = story_of(text)
    wish = text if story is None else story.wish
    for phrase in phrases_of(wish, verb_first=story is not None):
        head = singular_of(phrase.words[-1]) if phrase.words else ""
        if head not in _ORDINARY or len(phrase.words) > MOST_WORDS:
            continue
        if len(phrase.words) == MOST_WORDS and not _says_which(phrase.words[0]):
            continue
        one = re.search(rf"{_ONE}{head}\b", text, re.IGNORECASE) is not None
        if one or head != phrase.words[-1]:
            yield head, frozenset() if phrase.preposition else frozenset(phrase.verbs)
