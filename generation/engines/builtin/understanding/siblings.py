"""Where a list of fields ends and the things that what has them is listed with begin.

"Medicines, batches with expiry dates, suppliers and purchase orders": the dates are the batches'.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from generation.engines.builtin.understanding.fieldtypes import type_of
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.vocabulary import PERSONS
from projects.spec.models import FieldType

LONGEST_NAME = 3  # words
_GAP = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_JOINED = re.compile(
    r"(?<!,)(?<! as)(?<! like)(?<!including) \b(?P<first>[a-z]+s) and "
    r"(?:(?:the|our|their|my|all) )?$",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(
    r"\b(?P<whole>[a-z]+s) (?:of|for|on) (?:(?:the|our|all) )?(?:[a-z]+s, ){0,3}[a-z]+s and "
    r"(?:(?:the|our|all) )?$",
    re.IGNORECASE,
)
OF_AN_APP = frozenset({"functionalities", "functions", "features", "modules", "capabilities"})


def before_others(listed: str, others: Collection[str]) -> str:
    """Return a list up to the next thing of the list it stands in: "jobs with a date, invoices"."""
    for gap in _GAP.finditer(listed) if others else ():
        piece = _GAP.split(listed[gap.end() :], maxsplit=1)[0].lower().split()
        if piece and {literal(piece), singular_of(piece[-1])} & {*others}:
            return listed[: gap.start()]
    return listed


def without_siblings(listed: str, before: str, words: tuple[str, ...]) -> str:
    """Return the fields of one of several things, without those it is listed with.

    These stand behind the last field, as in "a price and a season, orders", or, where other things
    stand `before` it, are known things of which there are several: "expiry dates, suppliers".
    """
    among = _is_one_of_several(words) and before.rstrip().endswith((",", ", and"))
    if not among and not OF_AN_APP & set(words[:-1]):
        return listed
    for gap in _GAP.finditer(listed):
        behind = _GAP.split(listed[gap.end() :], maxsplit=1)[0].lower().split()
        is_next = "," in gap.group() and " and " in listed[: gap.start()]
        if among and (is_next or names_several(behind)):
            return listed[: gap.start()]
        if names_several(behind):
            return listed
        if is_next:
            return listed[: gap.start()]
    return listed


def _is_one_of_several(words: tuple[str, ...]) -> bool:
    """Tell whether words are the name of several things and no sentence."""
    plain = bool(words) and len(words) <= LONGEST_NAME and verb_of(words[0]) is None
    return plain and singular_of(words[-1]) != words[-1]


def joined_with(before: str, words: tuple[str, ...]) -> str | None:
    """Return what has the same fields: the breads of "breads and pastries with a price".

    Only what nothing else is known of: customers have fields of their own before "and orders with".
    """
    found = _JOINED.search(before)
    if found is None or singular_of(words[-1]) == words[-1]:
        return None
    noun = thing_of((found["first"].lower(),))
    known = noun in FIELDS or noun in PERSONS
    return None if known or verb_of(found["first"].lower()) is not None else noun


def whole_of(before: str) -> tuple[str, ...]:
    """Return what has the fields in "inspections of ropes and harnesses with a date"."""
    found = _OF_SEVERAL.search(before)
    noun = thing_of((found["whole"].lower(),)) if found is not None else None
    return () if found is None or noun is None else (found["whole"].lower(),)


def names_several(words: list[str]) -> bool:
    """Tell whether words are the name of several known things: "suppliers"."""
    several = bool(words) and singular_of(words[-1]) != words[-1]
    known = {literal(words), singular_of(words[-1])} & FIELDS.keys() if several else set()
    return bool(known) and type_of(" ".join(words)) == FieldType.STRING
