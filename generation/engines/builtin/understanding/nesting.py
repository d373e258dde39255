"""Things within things: "each trip has days, each day has activities", "polls with options".

What others have several of and has something itself is kept, whatever its word means elsewhere,
and so is what has it. Questions and their options are kept where something is said to have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.fields import pieces_of
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.listings import is_attribute
from generation.engines.builtin.understanding.relations import Linked
from generation.engines.builtin.understanding.usual import belongings
from generation.engines.builtin.understanding.vocabulary import MODALS, words
from projects.spec.models import RelationKind, Source

LONGEST = 500
PAIR = 2
_HAS = re.compile(
    r"^(?:[^:]{1,60}:)?\W*(?:each|every|an?|all) (?P<noun>[a-z][\w-]*(?: [a-z][\w-]*)?) "
    r"(?:has|have|contains?|consists? of|holds?) (?P<list>.+)",
    re.IGNORECASE | re.DOTALL,
)
_QUANTITY = re.compile(r"^(?:many|several|multiple|some|one or more|\d+) ", re.IGNORECASE)
_NO_ROWS = words("app application website site system platform tool page user section")
# How many rooms these have is a figure.
_HOUSES = words("house home flat apartment property cabin cottage villa listing room suite")
_ASKED = ("question", "option", "answer")
_WHOLES = frozenset(noun for part in _ASKED for whole in belongings()[part] for noun in whole.nouns)
# "Surveys, questions and answer options"
_IN_A_LIST = re.compile(
    r"\bquestions(?:,| and)(?: (?:and )?[\w-]+,)? (?:and )?(?P<part>(?:answer )?option|answer)s\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    rf"\b(?P<whole>{'|'.join(sorted(map(re.escape, _WHOLES)))})(?:s|zes)? "
    r"(?:with|has|have|having|contains?|consists? of|made of|including) (?:its |their )?"
    r"(?:[\w-]+ )?"
    rf"(?P<part>{'|'.join(_ASKED)})s\b",
    re.IGNORECASE,
)


def nested_in(sources: Iterable[Source]) -> list[Linked]:
    """Return the link of each thing within another to that."""
    texts = [(source.text[:LONGEST], source) for source in sources]
    parts = [link for text, source in texts for link in _parts(text, source)]
    having = {noun for text, _ in texts if (noun := _who_has(text)) is not None}
    having |= {noun for text, _ in texts for noun in _held_together(text)}
    asking = [link for text, source in texts for link in _asked(text, source)]
    return [*(link for link in parts if link.one in having), *asking]


def beside_nested(links: Iterable[Linked], nested: Iterable[Linked]) -> list[Linked]:
    """Return the links but those that only seem to say where what is within another belongs."""
    within = {link.one for link in nested}
    pairs = {frozenset((link.one, link.other)) for link in nested}
    return [
        link
        for link in links
        if link.firm or (link.one not in within and frozenset((link.one, link.other)) not in pairs)
    ]


def _who_has(text: str) -> str | None:
    found = _HAS.match(text)
    noun = found["noun"].lower() if found is not None else ""
    return noun if noun and noun.rpartition(" ")[2] not in _NO_ROWS else None


def _held_together(text: str) -> Iterator[str]:
    """Yield what a thing has several of, where that is all it has: "shelves and boxes"."""
    found, noun = _HAS.match(text), _who_has(text)
    pieces = pieces_of(found["list"].rstrip(" .")) if found is not None and noun else []
    parts = [_one_of(piece) for piece in pieces]
    plain = all(part and " " not in part and not is_attribute(part) for part in parts)
    plain = plain and not MODALS & set((noun or "").split())
    if plain and len(parts) == PAIR and any(part in FIELDS for part in parts):
        yield from parts
    if parts == ["room"] and noun not in _HOUSES:
        yield "room"


def _parts(text: str, source: Source) -> Iterator[Linked]:
    found, noun = _HAS.match(text), _who_has(text)
    if found is None or noun is None:
        return
    for piece in pieces_of(found["list"].rstrip(" .")):
        if one := _one_of(piece):
            yield _within(noun, one, source)


def _asked(text: str, source: Source) -> Iterator[Linked]:
    if (listed := _IN_A_LIST.search(text)) is not None:
        yield _within("question", listed["part"].lower(), source)
    for found in _ASKING.finditer(text):
        part, whole = found["part"].lower(), found["whole"].lower()
        if any(whole in one.nouns for one in belongings()[part]):
            yield _within(whole, part, source)


def _one_of(piece: str) -> str:
    """Return one of what a piece of a list names several of; empty where it names one."""
    named = _QUANTITY.sub("", piece.lower()).split()
    head = singular_of(named[-1]) if named else ""
    return " ".join([*named[:-1], head]) if named and head != named[-1] else ""


def _within(whole: str, part: str, source: Source) -> Linked:
    return Linked(RelationKind.MANY_TO_ONE, part, whole, source, required=True, firm=True)
