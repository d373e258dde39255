"""Sentences as sections of a page: their headings, texts and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.blocks import Block, blocks_of, listed_in
from generation.engines.builtin.understanding.parts import is_bare, lists_parts, names_parts
from generation.engines.builtin.understanding.telling import (
    is_about_people,
    is_for_the_maker,
    is_of_parts,
    is_wanted,
    plain,
    without_asking,
)
from projects.spec.models import SectionSpec, Source

LONGEST_HEADING = 60
LONGEST_TITLE = 6  # words
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,120})[\"”]")
# "two buttons \u2014 "Try it" (primary) and "See it"", "a prominent "Buy" button"
_BUTTONS = re.compile(
    r"\b(?:buttons?|ctas?|links?)\b[^\w\"\u201c]{0,4}(?:(?:and|or|saying|with|called|"
    r"\([\w ]{1,20}\)|[\"\u201c][^\"\u201c\u201d]{2,120}[\"\u201d])[\s,]*)+"
    r"|[\"\u201c][^\"\u201c\u201d]{2,120}[\"\u201d]\s+(?:buttons?|ctas?|links?)\b",
    re.IGNORECASE,
)
_ONE_PART = re.compile(
    r"^(?:and )?(?:an?|the|one|single)\s(?:[\w-]+\s){0,3}?(?:section|block|area|grid|bar)\b",
    re.IGNORECASE,
)
_KIND = re.compile(r"\s+(?:sections?|block|area)$", re.IGNORECASE)
_INSIDE = re.compile(r"\(([^()]{2,300})\)")
_LISTS = re.compile(
    r"(?:^|\b)(?:includes?|including|features?|with|sections?)\s*:\s*(?P<list>.+)$",
    re.IGNORECASE | re.DOTALL,
)
# What stands before a colon is a heading, as in "Our services: bookkeeping, payroll".
_HEADED = re.compile(
    r"^(?:(?:show|list|display|include)\s+)?(?P<head>[\w' -]{3,40}):\s+(?P<rest>\S.+)$",
    re.IGNORECASE | re.DOTALL,
)


def lists_words(text: str) -> bool:
    """Tell whether a text lists words of a site: "Show our services: bookkeeping, payroll"."""
    headed = _HEADED.match(text)
    if headed:
        return not is_of_parts(text) and bool(listed_in(headed["rest"]))
    return _LISTS.search(text) is not None


def section_of(block: Block) -> SectionSpec:
    """Return a part of a site as a section; names of parts alone are no words."""
    text = "" if lists_parts(block.text) else block.text
    items = () if block.items and all(map(is_bare, block.items)) else block.items
    return SectionSpec(heading=block.heading[:LONGEST_HEADING], text=text, items=items)


def sections_of(name: str, sources: Iterable[Source]) -> Iterator[SectionSpec]:
    """Yield the parts of the first page; what has a page of its own is left to it."""
    for number, source in enumerate(sources):
        lead, blocks = blocks_of(source.text)
        if blocks:
            if number == 0:
                yield SectionSpec(heading=name[:LONGEST_HEADING], text=_first_words(lead))
            shown = [block for block in blocks if not (block.is_page or block.is_layout)]
            # A heading alone tells visitors nothing.
            made = map(section_of, shown)
            yield from (one for one in made if one.heading and (one.text or one.items))
            continue
        if number and _is_part(source.text):
            yield from filter(None, [_part(source.text.strip(" .\n"))])
            continue
        listed = None if number and _lists_words_alone(source.text) else _LISTS.search(source.text)
        lead = source.text[: listed.start()] if listed else source.text
        quoted = _QUOTED.findall(lead)
        if number == 0:
            heading = quoted[0] if quoted else name
            yield SectionSpec(heading=heading[:LONGEST_HEADING], text=_first_words(lead))
        elif lead.strip(" :") and not (listed and is_for_the_maker(lead)):
            yield said_in(lead)
        for part in re.split(r";\s*", listed["list"]) if listed else ():
            section = _part(part.strip(" .\n"))
            if section is not None:
                yield section


def _first_words(lead: str) -> str:
    """Return what a first sentence says the site is; one that only asks says nothing."""
    said = plain(lead)
    asks = is_bare(lead) or is_of_parts(lead) or is_wanted(lead) or is_about_people(said)
    return "" if asks else said


def _is_part(text: str) -> bool:
    """Tell whether a sentence says what a page has, of which what it quotes and lists is shown."""
    return _ONE_PART.match(text) is not None or bool(_QUOTED.search(text) and names_parts(text))


def _lists_words_alone(text: str) -> bool:
    headed = _HEADED.match(text)
    return headed is not None and bool(listed_in(headed["rest"]))


def said_in(text: str) -> SectionSpec:
    """Return a sentence as a section: a short one as its heading, a long one as its text.

    "Our services: a, b, c" is a heading with what stands behind it.
    """
    headed = _HEADED.match(text)
    if headed:
        heading, rest = _heading(headed["head"]), headed["rest"].strip()
        if items := listed_in(rest):
            return SectionSpec(heading=heading, items=items)
        return SectionSpec(heading=heading, text=plain(rest))
    said = plain(text)
    if len(said.split()) <= LONGEST_TITLE:
        return SectionSpec(heading=said.rstrip(".")[:LONGEST_HEADING])
    return SectionSpec(heading="", text=said)


def _part(text: str) -> SectionSpec | None:
    """Read "a three-feature section (fast, safe, small)" as a section with three items."""
    inside = _INSIDE.search(_BUTTONS.sub("", text))
    items = (
        [item.strip(' ."“”') for item in re.split(r",\s*(?:and\s+)?", inside[1])] if inside else []
    )
    # Quoted words are the site's own, but for those on a button that does nothing here.
    quoted = [found[1] for found in _QUOTED.finditer(text) if not _is_on_button(text, found)]
    items = [item[:1].upper() + item[1:] for item in items if item and item not in quoted]
    heading = quoted[0] if quoted else _heading(_KIND.sub("", _INSIDE.sub("", text).strip()))
    rest = quoted[1:]
    if not heading or not (quoted or items):
        return None
    return SectionSpec(heading=heading[:LONGEST_HEADING], items=(*rest, *items)[:12])


def _is_on_button(text: str, quoted: re.Match[str]) -> bool:
    return any(on.start() <= quoted.start() < on.end() for on in _BUTTONS.finditer(text))


def _heading(text: str) -> str:
    words = re.sub(
        r"^(?:(?:and|an?|the|our|my|final|single|two|three|four|five|six|\d{1,2})[\s-]+)+",
        "",
        without_asking(text),
        flags=re.IGNORECASE,
    ).split()
    short = " ".join(words[:6]).strip(' ,.;:-—()"')
    return (short[:1].upper() + short[1:])[:LONGEST_HEADING]
