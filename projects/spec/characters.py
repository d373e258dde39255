"""Which characters a text may hold."""

from __future__ import annotations

import unicodedata

DESCRIPTION_BYTES = 64 * 1024

DIRECTION_MARKS = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
WHITE_SPACE = frozenset("\t\n\r")


def check_characters(text: str, *, allowed: frozenset[str] = frozenset()) -> None:
    """Raise `ValueError` at characters that nobody can see or that mislead."""
    for character in text:
        if character in allowed:
            continue
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise ValueError("Remove the control characters.")
        if character in DIRECTION_MARKS:
            raise ValueError("Remove the marks that change the direction of writing.")
