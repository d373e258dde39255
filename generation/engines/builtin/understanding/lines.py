"""The lines of what is ordered, bought or billed: each has a quantity and points at a thing.

"Purchase orders with lines", "customers order several cakes".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generation.engines.builtin.understanding.deeds import DONE_OUTRIGHT, UNMOVED
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.mentions import Mention
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.vocabulary import PERSONS, words
from generation.engines.builtin.understanding.weights import DONE, SEEN
from projects.spec.models import Source

# What has lines.
_LINED = words("order invoice quote bill receipt")
_WITH_LINES = re.compile(
    rf"\b(?P<whole>(?:[a-z]+ )?(?:{'|'.join(sorted(_LINED))}))s? (?:can |must |should )?"
    r"(?:with|has|have|having|contains?|consists? of|made of|includes?) "
    r"(?:(?:one or more|several|multiple|many|some|its|their|the|a list of) )*"
    r"(?:line )?(?P<lines>lines|items|positions)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:order|buy|purchas)(?:s|e|es|ing)? "
    r"(?:several|multiple|many|various|any number of|one or more|more than one|a number of) "
    r"(?:(?:different|kinds of|types of) )*"
    r"(?:(?P<them>of (?:them|these))|(?P<what>(?:[a-z-]+ )?[a-z-]+s))\b",
    re.IGNORECASE,
)
OF_LINES = words("quantity qty")


def line_of(whole: str, part: str) -> str:
    """Return what the lines of a thing are called: the items of an invoice are invoice items."""
    head = whole.rpartition(" ")[2]
    return f"{head} {part}" if head in _LINED and part in {"line", "item"} else part


def lines_in(source: Source) -> Iterator[Mention]:
    """Yield the lines that a sentence says there are, and the orders of several things."""
    for found in _WITH_LINES.finditer(source.text):
        whole = thing_of(tuple(kept(found["whole"].lower().split())))
        if whole is not None:
            part = "item" if found["lines"].lower() == "items" else "line"
            yield Mention(line_of(whole, part), DONE, source, belongs_to=whole)
            yield Mention(whole, SEEN, source)
    for found in _SEVERAL.finditer(source.text):
        what = thing_of(tuple(kept((found["what"] or "").lower().split())))
        if what is not None and what.rpartition(" ")[2] in DONE_OUTRIGHT | UNMOVED | PERSONS:
            continue
        if what is None and not found["them"]:
            continue
        yield Mention("order", DONE, source, deed=True)
        yield Mention("order item", DONE, source, belongs_to="order")
        # Without a thing they are of what is spoken of.
        yield Mention("order item", 0.0 if what else DONE, source, belongs_to=what, deed=not what)
