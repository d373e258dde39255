"""Lists of pages: "with home, about, pricing and contact pages"."""

from __future__ import annotations

import re

_LIST = re.compile(
    r"(?P<list>(?:[\w&'-]+(?: [\w&'-]+)?,\s*)*[\w&'-]+(?: [\w&'-]+)?,?\s+(?:and|&)\s+[\w&'-]+)"
    r"\s+(?:pages|sections)\b",
    re.IGNORECASE,
)
# What stands behind "Pages:", such as "Home, About me, Prices".
_AFTER = re.compile(
    r"\b(?:pages|sections)\s*:\s*(?P<list>[^.\n]+?(?:,|\band\b)[^.\n]+)", re.IGNORECASE
)
_SAME = {"prices": "pricing", "faqs": "faq", "questions": "faq"}
_GAP = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:.*\b(?:with|has|have|including)\s+)?(?:an?\s+|the\s+|our\s+)?")
_OF_US = re.compile(r"\s+(?:us|me)$")
LONGEST = 500
_PAGES = re.compile(r"\b(?:pages|sections)\b", re.IGNORECASE)


def pages_listed(text: str) -> frozenset[str]:
    """Return the last words of what is listed as pages or sections, in lower case."""
    if _PAGES.search(text, 0, LONGEST) is None:
        return frozenset()
    found = [match["list"] for match in _LIST.finditer(text[:LONGEST])]
    before = [_ARTICLE.sub("", piece.lower()) for listed in found for piece in _GAP.split(listed)]
    after = [
        _OF_US.sub("", piece.lower())
        for match in _AFTER.finditer(text[:LONGEST])
        for piece in _GAP.split(match["list"])
    ]
    named = [piece.split()[-1] for piece in (*before, *after) if piece.split()]
    return frozenset(_SAME.get(name, name) if after else name for name in named)
