"""How much a feature is wanted, where the words say so: "dark mode (nice to have)".

Only what labels a feature counts: "each task must have a title" and "high priority tasks" speak of
tasks.
"""

from __future__ import annotations

import re

from projects.spec.models import Priority

_LABELS = {
    Priority.NICE: r"nice[- ]to[- ]have|could[- ]have|optional|low priority|bonus|stretch goal",
    Priority.SHOULD: r"should[- ]have|medium priority",
    Priority.MUST: r"must[- ]have|mandatory|essential|required|high priority|top priority",
}
_SAYINGS = {
    Priority.NICE: r"\bif (?:possible|there is time)\b|\bwould be nice\b|\bnice to have\b",
    Priority.MUST: r"\b(?:is|are) (?:an? )?(?:must|must-have|essential|mandatory)\b",
}


def _said(priority: Priority) -> re.Pattern[str]:
    label = _LABELS[priority]
    ways = [
        rf"^\W*(?:{label})\s*[:\])-]",
        rf"[(\[]\s*(?:{label})\s*[)\]]",
        rf"[-,:]\s(?:{label})\W*$",
    ]
    return re.compile("|".join([*ways, *filter(None, [_SAYINGS.get(priority)])]), re.IGNORECASE)


_PRIORITIES = {priority: _said(priority) for priority in _LABELS}


def priority_of(text: str) -> Priority | None:
    """Return how much a feature is said to be wanted; None where nothing is said."""
    return next((kind for kind, said in _PRIORITIES.items() if said.search(text)), None)
