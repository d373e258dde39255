"""What is done again and again leaves a row each time: a check-in of the habit, a watering.

"Check them off every day", "water my plants twice a week", "log a run every day".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.mentions import Mention
from generation.engines.builtin.understanding.patterns import pattern
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.times import OFTEN
from generation.engines.builtin.understanding.weights import DONE, SEEN
from projects.spec.models import Source

_WHAT = (
    r"(?:(?P<them>them|it|each(?: one)?|one)|(?:(?:my|the|their|our|his|her|your|each|every|all) )?"
    r"(?P<what>[a-z-]+"
    r"(?: (?!(?:every|each|daily|nightly|once|twice|as|off|on|in|for|at|and|or)\b)[a-z-]+)?))"
)
_STATE = r"(?:done|complete|completed|finished|kept|achieved|taken)"
# "check them off", "tick off each habit", "mark my pills as taken", "check in".
_CHECKED = (
    rf"\b(?:check|tick|cross|mark)(?:s|es|ed|ing)? {_WHAT} off\b",
    rf"\b(?:check|tick|cross|mark)(?:s|es|ed|ing)? off {_WHAT}",
    rf"\b(?:mark|log|record)(?:s|ed|ing)? {_WHAT} (?:as )?{_STATE}\b",
    r"(?<!\bof )\bcheck(?:s|ing)?[ -]in(?! (?:and|or|date|time|at|to)\b)(?P<them>)(?P<what>)",
)
_OFTEN = re.compile(rf"\b{OFTEN}\b", re.IGNORECASE)
_PART = r"[.;:!?]\s|\s(?:so that|so|because|if|when)\s"
# What is done to several things, or to what was spoken of before.
_DONE = (
    rf"\b(?P<verb>[a-z]{{3,12}}) (?:them|it|(?:(?:my|the|their|our|his|her|your) )?"
    rf"(?P<what>[a-z]+s)) {OFTEN}\b"
)
_LOG = r"(?:log|record|track|note|write|enter|add)(?:s|ing)?"
_LOGGED = re.compile(
    rf"\b{_LOG}(?: (?!(?:and|or|with|to)\b)[\w'-]+){{1,5}}? {OFTEN}\b"
    rf"|\b{OFTEN},? (?:i|we|they|[a-z]+s) (?:(?:can|should|must|want to|need to) )?{_LOG}\b",
    re.IGNORECASE,
)
TAKEN = "taken"


def is_recurring(text: str) -> bool:
    """Tell whether a sentence says that something is checked off again and again."""
    return any(_is_checked_often(part) for part in pattern(_PART).split(text))


def is_logged_often(text: str) -> bool:
    """Tell whether a sentence says that something is written down again and again."""
    return _LOGGED.search(text) is not None


def _is_checked_often(part: str) -> bool:
    often = _OFTEN.search(part) is not None
    return often and any(pattern(way).search(part) for way in _CHECKED)


def recurring_in(source: Source) -> Iterator[Mention]:
    """Yield what is left of deeds that a sentence says are done again and again."""
    if _OFTEN.search(source.text) is None:
        return
    for part in filter(_is_checked_often, pattern(_PART).split(source.text)):
        found = next(f for way in _CHECKED if (f := pattern(way).search(part)) is not None)
        noun = "dose" if found.group().lower().endswith(TAKEN) else "check-in"
        of = thing_of(tuple((found["what"] or "").lower().split())) if found["what"] else None
        yield Mention(noun, DONE, source, belongs_to=of, deed=True)
        if of is not None:
            yield Mention(of, SEEN, source)
    for found in pattern(_DONE).finditer(source.text):
        verb = found["verb"].lower().removesuffix("s")
        of = thing_of((found["what"].lower(),)) if found["what"] else None
        for noun in {f"{verb}ing", f"{verb[:-1]}ing"} & FIELDS.keys():
            yield Mention(noun, DONE, source, belongs_to=of, deed=True)
