"""How common things usually hang together, where the words name both and do not say how.

A line of `belongings.txt` is `thing: whole whole …`: a lesson belongs to a course. Of wholes that
are joined by `|` only the first that is there counts. Words of a name are joined by `_`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS

TABLE = Path(__file__).with_name("belongings.txt")
Wholes = tuple[tuple[str, ...], ...]


@cache
def belongings() -> dict[str, Wholes]:
    """Return what each thing of the table usually belongs to, as lists of alternatives."""
    lines = TABLE.read_text("utf-8").splitlines()
    rows = [line.split(":", maxsplit=1) for line in lines if line and not line.startswith("#")]
    return {
        name: tuple(tuple(_named(one) for one in word.split("|")) for word in words.split())
        for name, words in rows
    }


def usual_wholes(nouns: Iterable[str]) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each thing with what it usually belongs to among the things, best alternative first."""
    things = list(nouns)
    called: dict[str, list[str]] = defaultdict(list)
    for noun in things:
        kind = noun.rpartition(" ")[0] not in FIELDS
        for name in dict.fromkeys(_names(noun) if kind else _names(noun)[:2]):
            called[name].append(noun)
    for noun in things:
        wholes = next((belongings()[n] for n in _names(noun) if n in belongings()), ())
        found = [
            [other for one in alternatives for other in called.get(one, ()) if other != noun]
            for alternatives in wholes
        ]
        if any(found):
            yield noun, [others for others in found if others]


def _names(noun: str) -> list[str]:
    """Return the names a thing goes by, the most exact first: of "support ticket", "ticket" too."""
    head = noun.rpartition(" ")[2]
    return [noun, SAME_AS.get(noun, noun), head, SAME_AS.get(head, head)]


def _named(word: str) -> str:
    return word.replace("_", " ")
