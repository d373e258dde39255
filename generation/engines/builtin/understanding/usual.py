"""How common things usually hang together, where the words name both and do not say how.

A line of `belongings.txt` is `thing: whole whole …`: a lesson belongs to a course. Of wholes that
are joined by `|` only the first that is there counts; `*` stands before what a thing has several
of, such as the products of an order. Words of a name are joined by `_`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS

# What is none of what its last word says: nobody takes part in an adverse event.
_OF_NO_KIND = frozenset({"adverse event", "life event", "calendar event", "trial milestone"})
TABLE = Path(__file__).with_name("belongings.txt")


class Whole(NamedTuple):
    """What a thing usually belongs to, or has several of: the best alternative stands first."""

    nouns: tuple[str, ...]
    several: bool


@cache
def belongings() -> dict[str, tuple[Whole, ...]]:
    """Return what each thing of the table usually belongs to."""
    lines = TABLE.read_text("utf-8").splitlines()
    rows = [line.split(":", maxsplit=1) for line in lines if line and not line.startswith("#")]
    return {name: tuple(_whole(word) for word in words.split()) for name, words in rows}


def usual_wholes(
    nouns: Iterable[str], goods: str | None = None
) -> Iterator[tuple[str, list[Whole]]]:
    """Yield each thing with what it usually belongs to among the things.

    `goods` stand where products would, if there are none.
    """
    things = list(nouns)
    called: dict[str, list[str]] = defaultdict(list)
    for noun in things:
        kind = noun.rpartition(" ")[0] not in FIELDS
        for name in dict.fromkeys(_names(noun) if kind else _names(noun)[:2]):
            called[name].append(noun)
    if goods is not None:
        called.setdefault("product", [goods])
    for noun in things:
        wholes = next((belongings()[n] for n in _names(noun) if n in belongings()), ())
        found = [
            Whole(
                tuple(o for n in whole.nouns for o in called.get(n, ()) if o != noun), whole.several
            )
            for whole in wholes
        ]
        if any(whole.nouns for whole in found):
            yield noun, [whole for whole in found if whole.nouns]


def _names(noun: str) -> list[str]:
    """Return the names a thing goes by, the most exact first: of "support ticket", "ticket" too."""
    if noun in _OF_NO_KIND:
        return [noun]
    head = noun.rpartition(" ")[2]
    return [noun, SAME_AS.get(noun, noun), head, SAME_AS.get(head, head)]


def _whole(word: str) -> Whole:
    nouns = tuple(noun.replace("_", " ") for noun in word.removeprefix("*").split("|"))
    return Whole(nouns, several=word.startswith("*"))
