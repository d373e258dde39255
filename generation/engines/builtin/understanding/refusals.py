"""What a request says it does not want: "not included: payments", "what we don't need"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from projects.spec.models import Source

_NOT = r"(?:do not|don'?t|dont|don\u2019t|does not|doesn'?t)"
_REFUSAL = re.compile(
    r"^\W*(?:not (?:included|needed|wanted|required|in scope|part of)\b|out of scope\b|"
    r"(?:we|i) " + _NOT + r" (?:need|want)\b(?! to)|no need for\b|"
    r"(?:explicitly )?(?:excluded|excluding)\b|"
    r"what (?:we|i|it|the \w+) " + _NOT + r" (?:need|want|do|have)\b|non-?goals?\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^\s*(?:#|\*\*)|:\s*$")
LONGEST_HEADING = 6


def wanted(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield the sentences that say what is wanted, and stand under no heading that refuses."""
    below = False
    for source in sources:
        refused = _REFUSAL.match(source.text) is not None
        if is_heading(source.text) or source.part != "description":
            below = refused and source.part == "description"
        if not (refused or below):
            yield source


def is_heading(text: str) -> bool:
    """Tell whether a line only says what the following lines are about."""
    marked = _HEADING.search(text) is not None
    return marked and len(text.split()) <= LONGEST_HEADING + 1
