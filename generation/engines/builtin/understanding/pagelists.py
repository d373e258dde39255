"""Lists of pages: "with home, about, pricing and contact pages"."""

from __future__ import annotations

import re

_LIST = re.compile(
    r"(?P<list>(?:[\w&'-]+(?: [\w&'-]+)?,\s*)*[\w&'-]+(?: [\w&'-]+)?,?\s+(?:and|&)\s+[\w&'-]+)"
    r"\s+(?:pages|sections)\b",
    re.IGNORECASE,
)
_GAP = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:.*\b(?:with|has|have|including)\s+)?(?:an?\s+|the\s+|our\s+)?")


LONGEST = 500
_PAGES = re.compile(r"\b(?:pages|sections)\b", re.IGNORECASE)


def pages_listed(text: str) -> frozenset[str]:
    """Return the last words of what is listed as pages or sections, in lower case."""
    if _PAGES.search(text, 0, LONGEST) is None:
        return frozenset()
    found = (match["list"] for match in _LIST.finditer(text[:LONGEST]))
    pieces = (_ARTICLE.sub("", piece.lower()) for listed in found for piece in _GAP.split(listed))
    return frozenset(piece.split()[-1] for piece in pieces if piece.split())
