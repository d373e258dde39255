"""A text as sentences with their places, and sentences as words with theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from generation.engines.builtin.understanding.vocabulary import STOPS
from projects.spec.models import Source
from projects.spec.request import AppRequest

LONGEST_SENTENCE = 1000
MOST_TIMES = 6
# Another sentence behind a comma begins with "each day has".
_GAP = re.compile(
    r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!approx\.)(?<!vs\.)\s+|;\s+|"
    r"(?<!\s)\s*?\n\s*(?:[-*•]\s+|\d{1,3}[.)]\s+)?|"
    r"(?:,|\s+and)\s+(?:and\s+|where\s+)?(?=(?:each|every) "
    r"(?!(?:[\w-]+ )?(?:page|screen|view|section|form)\b)[\w-]+(?: [\w-]+)? "
    r"(?:has|have|can have|contains?|consists? of)\b)",
    re.IGNORECASE,
)
_FIRST_BULLET = re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])\s+")
# An app is called by what it is like: "a job board", "a snake game".
_APP = re.compile(
    r"^\s*(?:please )?(?:i (?:want|need) )?(?:to )?"
    r"(?:(?:build|create|make|develop|design|implement|write) (?:me )?an? [\w -]{0,30}?"
    r"(?:board|game|dashboard|directory|wiki|clone|feed|community|network)\b"
    r"|an? [\w -]{0,30}?(?:board|game|dashboard|directory|wiki|clone|feed|community|network)"
    r"(?= (?:where|for|with|that|to)\b)"
    r"|(?:an? )?(?:[\w-]+ ){0,2}(?:support|help|service)[ -]?desk\b)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019_\-][^\W_]+)*|[^\w\s]")
_STORY = re.compile(
    r"\s*as\s+(?:an?\s+|the\s+)?(?P<actor>[^,.:;]{1,60}?)\s*,?\s+"
    r"(?:(?:i|we)\s+(?:(?:should|must|would|will)\s+)?"
    r"(?:want|need|like|love|prefer|expect|can|could|may|must|should|will|wish|have|"
    r"(?:am |are |be )?(?:allowed|able))"
    r"|(?:i|we)['\u2019]d\s+(?:like|love|want))\b\s*(?:to\b)?\s*"
    r"(?P<wish>.*?)(?:,?\s*\b(?:so that|so (?=(?:i|we|they|he|she|it|you)\b)|"
    r"in order (?:to|that)|because)\b(?P<reason>.*))?$",
    re.IGNORECASE | re.DOTALL,
)


class Word(NamedTuple):
    """A word or a mark, in lower case, and where it starts in its sentence."""

    text: str
    start: int
    is_mark: bool


class Story(NamedTuple):
    """A user story: who, what, and why."""

    actor: str
    wish: str
    reason: str


def sentences_of(request: AppRequest) -> Iterator[Source]:
    """Yield every sentence of a request: of the description, then each feature as it is.

    What the description says more than a few times it says in vain.
    """
    said: Counter[str] = Counter()
    for source in split(request.description):
        said[source.text] += 1
        if said[source.text] <= MOST_TIMES:
            yield source
    for number, text in enumerate(request.features):
        story = story_of(text)
        yield Source(part="story" if story else "feature", index=number, text=text)


def split(text: str) -> Iterator[Source]:
    """Yield the sentences and lines of a description, with their places."""
    ends = [(0, found.end())] if (found := _FIRST_BULLET.match(text)) else []
    ends += [(gap.start(), gap.end()) for gap in _GAP.finditer(text)]
    start = 0
    for end, following in [*ends, (len(text), len(text))]:
        words = text[start:end].strip()
        if words:
            yield Source(part="description", start=text.index(words, start), text=words)
        start = following


def story_of(text: str) -> Story | None:
    """Return a sentence as a user story, if it is one."""
    found = _STORY.match(text[:LONGEST_SENTENCE])
    if found is None or not found["wish"].strip():
        return None
    return Story(found["actor"].strip(), found["wish"].strip(), (found["reason"] or "").strip())


def without_app(text: str) -> str:
    """Put spaces in place of the words for the app itself at the beginning of a text."""
    return _APP.sub(lambda found: " " * len(found.group()), text)


def words_of(text: str) -> list[Word]:
    """Return the words and marks of a sentence, without what is beyond its longest length."""
    return [
        Word(_in_full(found.group()), found.start(), not (found.group()[0].isalnum()))
        for found in _TOKEN.finditer(_without_markup(text[:LONGEST_SENTENCE]))
    ]


def _in_full(word: str) -> str:
    """Return a word in lower case, without what is joined with a pronoun: of "what's", what."""
    word = word.lower().replace("\u2019", "'")
    first = word.partition("'")[0]
    return first if first in STOPS and word not in STOPS else word


def _without_markup(text: str) -> str:
    """Put spaces in place of tags, so that the places of the words stay what they are."""
    return _MARKUP.sub(lambda found: " " * len(found.group()), text)
