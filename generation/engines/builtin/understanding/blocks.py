"""The parts of a site that a sentence lists: "a services section (one, two), a pricing page"."""

from __future__ import annotations

import re
from typing import NamedTuple

_OUTSIDE = r"(?![^()]*\))"
_BETWEEN = re.compile(
    rf"[,;]\s+(?:and\s+)?(?=(?:an?|the|our)\s){_OUTSIDE}|\s+and\s+(?=an?\s){_OUTSIDE}",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"\b(?:sections?|pages?|heros?|banner|header|footer|gallery|form|slider|carousel|map|grid|"
    r"block|area|list|navigation|menu|hours|testimonials|reviews|newsletter|faqs?|pricing|prices|"
    r"team|services|story|pictures?|photos?|slogan|headline|buttons?|logo|sponsors|partners|benefits|"
    r"(?:training|meeting) times|about(?: us| me)|offers)\b",
    re.IGNORECASE,
)
# What is around the words of a site rather than among them.
_LAYOUT = re.compile(
    r"\b(?:hero|banner|header|footer|navigation|(?:top|main|side|hamburger|dropdown) menu|"
    r"pictures?|photos?|slogan|headline|tag ?line|motto|buttons?|call[ -]to[ -]action|logo)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?P<lead>.*?\b(?:web ?site|site|page|portfolio)\b[^:.]{0,60}?)"
    r"(?:\s+(?:with|including))?:\s+(?=\w[^:]*,)"
    r"|^(?P<first>.*?)\b(?:has|have|with|includ(?:es?|ing)|contain(?:s|ing)|features?|featuring|"
    r"consists? of|such as|needs?|there (?:is|are|should be|must be|will be)):?\s+"
    r"(?=(?:an?|the|our)\s)",
    re.IGNORECASE | re.DOTALL,
)
# "sections for services, testimonials and a contact form"
_SECTIONS_FOR = re.compile(
    r"^.*?\bsections\s+(?:for|on|about|covering|like|such as|including)\s+(?P<list>[^.]+)",
    re.IGNORECASE | re.DOTALL,
)
_EACH = re.compile(rf"(?:,\s+(?:and\s+)?|\s+and\s+){_OUTSIDE}", re.IGNORECASE)
_ONE = re.compile(
    r"^(?:an?|the|our)\s+[\w-]+(?:\s[\w-]+)?\s(?:page|section)\s(?:listing|showing|telling|"
    r"saying|describing|explaining|about)\b",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"^sections?\s+(?:for|to|on|about)\s+(?:(?:display|show|present|describ|introduc)\w*\s+)?",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\s(?:(?:telling|saying|explaining|showing|listing|describing)(?:\s+that)?|"
    r"(?:that|which)\s+(?:tells?|says?|explains?|shows?|lists?|describes?)(?:\s+that)?|"
    r"with|of|about(?!\s+(?:us|me|page|section)\b))\s+(?P<text>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_INSIDE = re.compile(r"\s*\(([^()]{2,300})\)")
LONGEST_NAME, LONGEST_ITEM = 3, 5  # words
LONGEST = 4000  # characters of a sentence that may be a list of parts
_ARTICLE = re.compile(
    r"^(?:and\s+)?(?:an?|the|our|one|single)\s+(?:(?:short\s+)?list\s+of\s+(?:(?:our|the)\s+)?)?",
    re.IGNORECASE,
)
_KIND = re.compile(r"\s+(?:sections?|pages?|block|area)\s*$", re.IGNORECASE)


class Block(NamedTuple):
    """A part of a site: what it is called, what it says and lists, and the words it came from."""

    words: str
    heading: str
    text: str
    items: tuple[str, ...]

    @property
    def is_page(self) -> bool:
        """Tell whether it is to be a page of its own."""
        return re.search(r"\bpage\b", self.words, re.IGNORECASE) is not None

    @property
    def is_layout(self) -> bool:
        """Tell whether it stands around the words, as a header does."""
        return _LAYOUT.search(self.heading) is not None


def blocks_of(text: str) -> tuple[str, tuple[Block, ...]]:
    """Return what comes before a list of parts of a site, and the parts.

    One part alone is a list only where it is a page or section that tells something.

    A part's words begin with a capital, and its text ends as a sentence does.
    """
    if len(text) > LONGEST:
        return text, ()
    plainly = _SECTIONS_FOR.match(text)
    if plainly:
        return "", tuple(_block(piece) for piece in _EACH.split(plainly["list"]) if piece.strip())
    before = _BEFORE.match(text)
    lead = (before["lead"] or before["first"] or "") if before else ""
    rest = text[before.end() :] if before else text
    pieces = [
        part.strip(" .\n")
        for piece in _BETWEEN.split(rest)
        for part in _in_a_row(piece.strip(" .\n"))
        if part.strip(" .\n")
    ]
    named = sum(_BLOCK.search(piece) is not None for piece in pieces)
    alone = before and len(pieces) == 1 and _ONE.match(rest)
    if named < 2 and not alone:
        return text, ()
    return lead.strip(" ,:;"), tuple(_block(piece) for piece in pieces)


def _in_a_row(words: str) -> list[str]:
    """Split "our menu, opening hours, testimonials"; what tells of one part stays with it."""
    parts = _EACH.split(words)
    short = all(len(_INSIDE.sub("", part).split()) <= LONGEST_NAME for part in parts)
    if short and _TELLS.search(words) is None:
        return parts
    row = [parts[0]]
    for part in parts[1:]:
        if _BLOCK.search(" ".join(part.split()[:LONGEST_NAME])):
            row.append(part)
        else:
            row[-1] = words[words.index(row[-1]) : words.index(part) + len(part)]
    return row


def _block(words: str) -> Block:
    inside = _INSIDE.search(words)
    items = re.split(r",\s*(?:and\s+)?", inside[1]) if inside else []
    bare = _INSIDE.sub("", words)
    named = _SHOWS.sub("", _ARTICLE.sub("", bare))
    tells = _TELLS.search(named)
    head = _KIND.sub("", _ARTICLE.sub("", named[: tells.start()] if tells else named))
    text = tells["text"] if tells else ""
    if not items and (listed := listed_in(text)):
        items, text = list(listed), ""
    return Block(
        words=words,
        heading=_begun(head.strip(" ,;:")),
        text=_sentence(text),
        items=tuple(_begun(item.strip(' ."“”')) for item in items)[:12],
    )


def listed_in(text: str) -> tuple[str, ...]:
    """Return the things of a list of short names such as "roof repair, gutters and chimneys"."""
    parts = [part.strip(" .;:") for part in _EACH.split(text)]
    is_list = len(parts) > 2 and all(0 < len(part.split()) <= LONGEST_ITEM for part in parts)
    return tuple(_begun(part) for part in parts) if is_list else ()


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    flat = " ".join(text.split()).strip(" ,;:.")
    return f"{_begun(flat)}." if flat else ""
