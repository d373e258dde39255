"""What an app of a kind keeps, where its words say no more than what it is: "a todo app".

`kinds.txt` says it. Where the words name things of their own, these are what is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS
from generation.engines.builtin.understanding.listings import is_several
from generation.engines.builtin.understanding.things import literal
from generation.engines.builtin.understanding.vocabulary import CLASSIFIERS, LABELS, words
from projects.spec.models import Source

TABLE = Path(__file__).with_name("kinds.txt")
SURENESS = 0.7
WITH_ACCOUNTS = "+"
_APP = (
    r"(?:[- ](?:app|apps|application|applications|web ?app|web ?site|site|platform|system|tool|"
    r"software|program|manager|tracker|planner|organi[sz]er|database|db|service|portal|clone|builder|"
    r"sharing|community|maker|reminder|scheduler|list|lists|log|logger|board|box|keeper|helper|diary|journal|management|register|"
    r"registry|catalogue|catalog|watchlist|collection|book|counter|splitter|notebook|archive))+"
)
# What may be read as a thing of its own where it names the app: the manager of "bookmark manager".
_MADE = words(
    """
    manager tracker planner organiser organizer list log logger board box keeper helper diary
    journal builder maker entry locator finder
    """
)
# What says more of a thing and is none that an app is about.
_BESIDE = (
    CLASSIFIERS
    | LABELS
    | words(
        """
    comment rating review like favourite favorite vote reply tag category label group folder status
    attachment reminder note ticket user author
    """
    )
)
# What goes on around what a shop sells or a board lists, and is never all that there is.
_AROUND = _BESIDE | words(
    """
    order cart payment customer coupon discount invoice delivery shipment wishlist message refund
    checkout subscription friend
    """
)
_WITH = re.compile(r"\b(?:with|including|plus)\s+(?P<list>[^.;:\n]{3,120})", re.IGNORECASE)
_BETWEEN = re.compile(r",|\band\b|\bor\b|&", re.IGNORECASE)
# What a catalogue that is named without what it lists is of, the kind of the app says.
_CATALOGUE = re.compile(
    r"\b(?:the|our|its) (?:(?:online|full|whole|digital|complete) )?catalog(?:ue)?\b(?! of)",
    re.IGNORECASE,
)


class Kind(NamedTuple):
    """How apps of a kind are called, what they keep, and whether people have accounts there.

    What is called `alone` needs no word such as "app" behind it.
    """

    called: frozenset[str]
    alone: frozenset[str]
    things: tuple[str, ...]
    accounts: bool

    def is_itself(self, noun: str) -> bool:
        """Tell whether a noun is the app, and no thing in it: "blog", "inventory"."""
        return noun not in self.things and noun in self.called


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the kinds of the table."""
    lines = TABLE.read_text("utf-8").splitlines()
    return tuple(_kind(line) for line in lines if line and not line.startswith("#"))


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, Kind]]:
    """Return what finds the names of kinds in a text, and the kind that each is of."""
    of = {name: kind for kind in kinds() for name in kind.called}
    alone = {name for kind in kinds() for name in kind.alone}
    ways = [f"(?P<alone>{_any(alone)})(?:{_APP})?", f"(?P<name>{_any(of.keys() - alone)}){_APP}"]
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE), of


def kind_of(sources: Sequence[Source]) -> Kind | None:
    """Return the kind of app that a first sentence asks for: of several the longest name's."""
    pattern, of = _names()
    found = list(pattern.finditer(sources[0].text)) if sources else []
    longest = max(found, key=lambda match: match.end() - match.start(), default=None)
    return of[(longest["alone"] or longest["name"]).lower()] if longest is not None else None


def with_kind(
    chosen: Mapping[str, Candidate], kind: Kind, sources: Sequence[Source]
) -> dict[str, Candidate]:
    """Return the things of an app, with what an app of the kind keeps where the words name none.

    Words that only name things beside, such as categories, leave it to the kind.
    """
    source = sources[0]
    named = {noun: thing for noun, thing in chosen.items() if not _is_app(noun, thing)}
    beside = {n: thing for n, thing in named.items() if n.rpartition(" ")[2] in _BESIDE}
    known = {*kind.things, *(SAME_AS.get(thing, thing) for thing in kind.things)}
    known |= {n for n, thing in named.items() if thing.declared and SAME_AS.get(n) in known}
    listed = [n for n, thing in named.items() if _is_listed(n, thing, source)]
    others = [n for n in named if n not in beside and (n in listed or not kind.is_itself(n))]
    first = kind.things[0]
    told = [n for n in named if n not in beside or n.rpartition(" ")[2] == first]
    if others or any({n, n.rpartition(" ")[2]} & known for n in told):
        # The travel of "a travel planner" is none of its trips.
        own = {n: thing for n, thing in named.items() if not _is_called(n, thing, kind, source)}
        dropped = kind.alone & named.keys() - own.keys()
        if any(named[n].done for n in dropped) and first not in own:
            own[first] = Candidate(first, [SURENESS], [source])  # "plan meals, get a shopping list"
        heads = {noun.rpartition(" ")[2] for noun in own}
        if own and first not in heads and heads <= _AROUND:
            own = {n: Candidate(n, [SURENESS], [source]) for n in kind.things} | own
        return _with_catalogue(own, kind, sources) or named
    nouns = dict.fromkeys((*kind.things, *beside, *_come_with(source.text)))
    return {noun: beside.get(noun) or Candidate(noun, [SURENESS], [source]) for noun in nouns}


def _is_listed(noun: str, thing: Candidate, source: Source) -> bool:
    """Tell whether the first sentence lists what an app keeps, and a thing first of all."""
    first = source.text.lower().partition(":")[2].split(",")[0].strip()
    return thing.is_kept and literal(first.split()) == noun


def _with_catalogue(
    own: dict[str, Candidate], kind: Kind, sources: Sequence[Source]
) -> dict[str, Candidate]:
    """Add what the catalogue lists that a text names no more of: a library's has books."""
    listed = next((source for source in sources if _CATALOGUE.search(source.text)), None)
    first = kind.things[0]
    if listed is None or any(first in {n, n.rpartition(" ")[2], SAME_AS.get(n)} for n in own):
        return own
    return {first: Candidate(first, [SURENESS], [listed]), **own}


def is_of_kind(noun: str, kind: Kind | None) -> bool:
    """Tell whether a noun is what an app of a kind keeps, or another word for it."""
    return kind is not None and bool({noun, SAME_AS.get(noun, noun)} & {*kind.things})


def _is_app(noun: str, thing: Candidate) -> bool:
    """Tell whether a noun is a word for the app, and nothing that is kept."""
    is_said = any(f"{noun}s" in source.text.lower() for source in thing.sources)
    return noun in _MADE and not (thing.declared or is_said)


def _is_called(noun: str, thing: Candidate, kind: Kind, source: Source) -> bool:
    """Tell whether a noun is said once, of what the app is called by."""
    said = not thing.declared and thing.sources == [source]
    return said and kind.is_itself(noun)


def _come_with(text: str) -> list[str]:
    """Return the things that an app is said to come with: "with categories and comments"."""
    found = _WITH.search(text)
    pieces = _BETWEEN.split(found["list"]) if found is not None else []
    nouns = [(piece.strip(), literal(piece.lower().split())) for piece in pieces if piece.strip()]
    return [n for said, n in nouns if n in FIELDS and (n in _BESIDE or is_several(said))]


def _any(names: Iterable[str]) -> str:
    """Return a pattern of any of the names, the longer before what they begin with."""
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))


def _kind(line: str) -> Kind:
    called, _, kept = line.partition(":")
    names = called.split("|")
    return Kind(
        called=frozenset(name.removesuffix("!") for name in names),
        alone=frozenset(name.removesuffix("!") for name in names if name.endswith("!")),
        things=tuple(thing.replace("_", " ") for thing in kept.split() if thing != WITH_ACCOUNTS),
        accounts=WITH_ACCOUNTS in kept.split(),
    )
