"""Pieces of a list that are no fields of a thing, but what is done with things."""

from __future__ import annotations

from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS
from generation.engines.builtin.understanding.vocabulary import PERHAPS_PEOPLE, PERSONS

# Behind a verb that says what they are for: "reorder level", "cancel date".
_OF_A_FIELD = frozenset({"date", "price", "time", "level", "point", "threshold", "quantity"})
# How things are: "remaining weight"
_LEFT = frozenset({"remaining", "estimated", "existing"})
# Verbs that are nouns too, but stand for no kind of what follows them in the plural.
_DONE_TO_SEVERAL = frozenset(
    {"set", "grade", "share", "leave", "view", "print", "export", "download", "upload", "check"}
    | {"track", "process", "answer", "remind", "rent", "buy", "sign", "run", "message", "vote"}
)


def are_persons(word: str) -> bool:
    """Tell whether a word names several persons: what follows is what they do."""
    return singular_of(word) != word and singular_of(word) in PERSONS | PERHAPS_PEOPLE


def is_done_to(words: list[str]) -> bool:
    """Tell whether a piece says what is done to something: "assigned to mechanics"."""
    if not words:
        return False
    first = singular_of(words[0])
    several = len(words) > 1 and first != words[0] and first in FIELDS
    return words[-1].endswith("ed") and (several or len(words) == 1)


def is_deed(words: list[str]) -> bool:
    """Tell whether a piece says what is done: "notify customers", "set time limits"."""
    verb = None if words[-1] in _OF_A_FIELD else verb_of(words[0])
    if verb is None or words[0].endswith("ed") or words[0] in _LEFT:
        return False
    several = len(words) > 1 and singular_of(words[-1]) != words[-1]
    return verb not in ALSO_NOUNS or (several and words[0] in _DONE_TO_SEVERAL)
