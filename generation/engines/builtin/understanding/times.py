"""How often something is done: "every day", "twice a week", "daily"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TIME = r"(?:days?|weekdays?|mornings?|evenings?|nights?|weeks?|weekends?|months?|years?)"
_EVERY = (
    rf"(?:(?:every|each)(?: (?:single|other|few|two|three|\d{{1,2}}))? {_TIME}|"
    rf"(?:once|twice|(?:\d{{1,2}}|two|three|several) times) (?:a|per|every|each) {_TIME})"
)
OFTEN = rf"(?:{_EVERY}|daily|nightly)"
# Not "for each day", and not what is said of a day: "each day has a menu".
_WHEN = re.compile(
    rf"(?:(?<=^)|(?<= )(?<!\bfor )(?<!\bof )(?<!\bon )(?<!\bin )){_EVERY}\b"
    r"(?! (?:has|have|is|are|contains?|includes?|should|must|of|and)\b)",
    re.IGNORECASE,
)
_TIMES = frozenset({"day", "weekday", "morning", "evening", "night", "week", "month"})


def without_times(text: str) -> str:
    """Put spaces in place of words that only say how often something is done."""
    return _WHEN.sub(lambda found: " " * len(found.group()), text)


def without_time(words: Sequence[str]) -> tuple[str, ...]:
    """Return words without how often something is done at their end: "log a run every day"."""
    if words and words[-1] == "daily":
        return tuple(words[:-1])
    timed = list(words[-2:-1]) in (["every"], ["each"]) and words[-1] in _TIMES
    return tuple(words[:-2] if timed else words)
