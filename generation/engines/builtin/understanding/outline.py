"""Points under a heading that names a thing, said in full: "Claims", "- made against a policy"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generation.engines.builtin.understanding.fields import pieces_of
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.inventories import HEADINGS
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.listings import is_attribute
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.verbs import PARTICIPLES
from generation.engines.builtin.understanding.vocabulary import PEOPLE, SOFT
from projects.spec.models import Source

LONGEST_HEADING, LONGEST_NAME = 3, 3  # words
LEAST = 2
_LINE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>(?:[-*•+]|\d{1,3}[.)]|#{1,6})\s+)?(?P<text>\S[^\n]*)$",
    re.MULTILINE,
)
_DONE = re.compile(
    rf"{PARTICIPLES}(?: (?:out|down|up|in|off))? "
    r"(?:by|to|in|on|from|against|under|at|for|with|of|into) ",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"(?:has|have|belongs?|contains?|consists?|references?|includes?) ", re.IGNORECASE
)


class _Line(NamedTuple):
    start: int
    depth: tuple[int, bool]
    text: str


def under_headings(sources: Iterable[Source], text: str) -> list[Source]:
    """Return sources in which a point says of what it is where its heading names a thing."""
    headings = dict(_headings(text))
    return [_in_full(source, headings.get(source.start)) for source in sources]


def _in_full(source: Source, heading: str | None) -> Source:
    if heading is None or source.part != "description":
        return source
    if _DONE.match(source.text):
        return source.model_copy(update={"text": f"{heading} are {source.text}"})
    if _HAS.match(source.text):
        one = literal(heading.lower().split())
        return source.model_copy(update={"text": f"Each {one} {source.text}"})
    if _lists_fields(source.text):
        return source.model_copy(update={"text": f"{heading}: {source.text}"})
    return source


def _lists_fields(text: str) -> bool:
    """Tell whether a point is a list of names of fields: "number, start date, premium"."""
    pieces = [re.sub(r"\s*\([^()]*\)", "", piece).strip(" .") for piece in pieces_of(text)]
    short = [piece for piece in pieces if 0 < len(piece.split()) <= LONGEST_NAME]
    known = sum(is_attribute(piece) for piece in short)
    return len(pieces) >= LEAST and len(short) == len(pieces) and 2 * known >= len(pieces)


def _headings(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each point under a heading starts, and the thing that its heading names."""
    above: list[_Line] = []
    for found in _LINE.finditer(text):
        mark = found["mark"] or ""
        depth = (len(found["indent"].expandtabs(4)), bool(mark) and mark[0] not in "#0123456789")
        line = _Line(found.start("text"), depth, found["text"].strip("*_ :\t"))
        while above and above[-1].depth >= line.depth:
            above.pop()
        heading = _named_by(above[-1].text) if above else None
        if heading is not None:
            yield line.start, heading
        above.append(line)


def _named_by(text: str) -> str | None:
    """Return a heading that names several of a thing, or a known thing in the plural."""
    named = text.split()
    if not 0 < len(named) <= LONGEST_HEADING or named[-1].lower() in HEADINGS - {"services"}:
        return None
    noun = thing_of(tuple(kept([word.lower() for word in named])))
    head = singular_of(named[-1].lower())
    several = head != named[-1].lower()
    is_thing = noun is not None and noun not in PEOPLE and (several or noun in FIELDS)
    return text if is_thing or (several and head in SOFT) else None
