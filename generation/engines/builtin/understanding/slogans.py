"""The slogan of a site, which a request names as such: "Slogan 'Cut above'"."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 120  # characters
FEW = 4  # words beside it in a sentence that says nothing else
_QUOTES = (
    r"(?:[\"\u201c\u201e\u00ab](?P<double>[^\"\u201c-\u201f\u00ab\u00bb\n]{2,120})"
    r"[\"\u201c\u201d\u00bb]|['\u2018](?P<single>(?:[^'\u2018\u2019\n]|['\u2019](?=\w)){2,120})"
    r"['\u2019](?!\w))"
)
_CALLED = r"(?:slogan|motto|tag ?line|strap ?line|catch ?phrase|punch ?line)"
_QUOTED = re.compile(
    rf"\b(?:{_CALLED}|(?:hero |main )?headline)\b(?:\s+(?:is|reads|says|saying|should be|of))?"
    rf"\s*[:=,\u2013-]?\s*{_QUOTES}",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"^\W*(?:(?:our|the|my)\s+)?{_CALLED}\s*(?::|=|\s\u2013|\s-)\s*(?P<plain>\S[^\n]*)$",
    re.IGNORECASE,
)


def slogan_of(texts: Iterable[str]) -> str:
    """Return the first slogan of some sentences, of at most `LONGEST` characters; it may be ""."""
    return next((found for found in map(_slogan_in, texts) if found), "")


def is_slogan(text: str) -> bool:
    """Tell whether a sentence says a slogan and little else."""
    said = _slogan_in(text)
    return bool(said) and len(text.split()) - len(said.split()) <= FEW


def _slogan_in(text: str) -> str:
    quoted = _QUOTED.search(text)
    if quoted:
        return (quoted["double"] or quoted["single"]).strip()
    plain = _PLAIN.match(text)
    return plain["plain"].strip(" \"'")[:LONGEST] if plain else ""
