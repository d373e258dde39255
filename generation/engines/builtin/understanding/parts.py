"""Parts of pages that a request names, such as "Picture" or "Phone", and gives no words for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.blocks import blocks_of
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.patterns import pattern
from generation.engines.builtin.understanding.telling import is_of_parts, tells
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.models import PageKind, PageSpec, SectionSpec

# What each part may be called, and what it is called where it is said to be missing.
_PARTS = {
    "picture": r"(?:pictures?|photos?|images?)",
    "logo": r"logo",
    "button": r"(?:(?:call[ -]to[ -]action|cta|[\w-]+ now) )?buttons?",
    "introduction": r"introduct(?:ion|ory text)|(?:welcome|short|intro) (?:text|message|words)",
    "headline": r"headline",
    "slogan": r"slogan|motto|tag ?line",
    "phone": r"(?:tele)?phone(?: numbers?)?",
    "mail": r"e-?mail(?: address)?|mail",
    "address": r"(?<!mail )(?<!email )address",
    "opening hours": r"(?:opening|business|office) (?:hours|times)",
    "gallery": r"gallery",
    "services": r"(?:list of )?(?:our )?services",
    "prices": r"(?:our )?(?:prices|price list|pricing)",
    "menu": r"(?:our )?menu",
    "team": r"(?:our |the )?team",
    "testimonials": r"(?:testimonials|(?:customer )?reviews)",
    "questions": r"faqs?|(?:frequently asked )?questions",
    "sponsors": r"(?:sponsors|partners)",
    "benefits": r"benefits",
    "story": r"(?:our )?story",
}
_NAMED = {name: rf"\b(?:{ways})\b" for name, ways in _PARTS.items()}
_BARE = re.compile(
    rf"^\W*(?:(?:an?|the|our|my|big|large|short|nice)\s+)*(?:{'|'.join(_PARTS.values())}|"
    r"home(?: ?page)?|start ?page|about(?: us| me)?|contact(?: us| me| details)?|hero|banner|"
    r"header|footer|navigation|pages?|sections?|content|design|colou?rs)\W*$",
    re.IGNORECASE,
)
_GAP = re.compile(r",\s*(?:and\s+)?|\s+(?:and|with)\s+|:\s+", re.IGNORECASE)
_HOURS = re.compile(r"(?<=hours)\s.*\d.*$", re.IGNORECASE)
# Every first page has its name and a line of what it is for, or the slogan.
_ALWAYS = ("introduction", "headline", "slogan")
_PICTURED = words("photo picture image gallery artwork painting")
_SITE_WITH = re.compile(
    r"\b(?:web ?site|site|web ?page|page|portfolio) (?:with|has|needs|(?:should|must|to) have)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^(?:please )?(?:show|display|include|add|list|put)\b", re.IGNORECASE)
_REACHED = {"phone": "Telephone:", "mail": "E-mail:", "address": "Address:"}
_REACHED |= {"opening hours": "Opening hours:"}


def is_bare(text: str) -> bool:
    """Tell whether a line only names a part of a page, as "Picture" or "About us:" does."""
    return _BARE.match(text) is not None


def only_names_parts(text: str) -> bool:
    """Tell whether a text says of what parts a page is made and nothing else.

    "Contact with phone, mail and address" describes no thing that is kept.
    """
    return is_of_parts(text) and len(_GAP.split(text)) > 1 and lists_parts(text)


def lists_parts(text: str) -> bool:
    """Tell whether a text is a list of names of parts: "our address and e-mail"."""
    pieces = [piece for piece in _GAP.split(text.strip(" .")) if piece.strip()]
    return bool(pieces) and all(is_bare(_HOURS.sub("", piece)) for piece in pieces)


def names_parts(text: str) -> bool:
    """Tell whether a sentence that does not tell anything names parts of pages."""
    return not tells(text) and any(pattern(called).search(text) for called in _NAMED.values())


def parts_named(text: str) -> list[str]:
    """Return the parts that a text says pages are made of."""
    is_asked = is_bare(text) or is_of_parts(text) or bool(blocks_of(text)[1])
    asks = is_asked or any(ways.search(text) for ways in (_ASKS, _SITE_WITH))
    return [name for name, called in _NAMED.items() if asks and pattern(called).search(text)]


def wordless_parts(text: str, pages: Iterable[PageSpec], things: Iterable[str]) -> list[str]:
    """Return the parts that a text asks for and the pages do not have.

    `things` are what is kept; a page of its own is another matter.
    """
    told = [page for page in pages if page.kind in (PageKind.HOME, PageKind.CONTENT)]
    if not any(page.kind is PageKind.HOME for page in told) and not only_names_parts(text):
        return []
    kept = {singular_of(word) for thing in things for word in thing.lower().split()}
    there = {*_ALWAYS, *_parts_of(told)}
    return [name for name in parts_named(text) if name not in there and not _is_kept(name, kept)]


def _is_kept(name: str, kept: set[str]) -> bool:
    """Tell whether rows of the app are this part: photos a gallery, services with their prices."""
    if name == "prices":
        return bool(kept)
    if name in ("gallery", "picture"):
        return bool(kept & _PICTURED)
    return singular_of(name) in kept


def _parts_of(pages: Iterable[PageSpec]) -> Iterator[str]:
    """Yield the parts that have words, and those that are a page, of which more is told there."""
    for page in pages:
        yield from _named_in(page.name)
        for section in page.sections:
            if section.text or section.items:
                yield from _named_in(section.heading)
                yield from _reached_by(section)


def _named_in(title: str) -> Iterator[str]:
    yield from (name for name, called in _NAMED.items() if pattern(called).search(title))


def _reached_by(section: SectionSpec) -> Iterator[str]:
    for name, label in _REACHED.items():
        if any(item.startswith(label) for item in section.items):
            yield name
