"""Content pages made of the user's own words: a home page, and pages such as about or pricing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.blocks import Block, blocks_of
from generation.engines.builtin.understanding.theme import is_about_looks
from projects.spec.models import PageKind, PageSpec, SectionSpec, Source

MOST_SECTIONS = 12
LONGEST_HEADING = 60
LONGEST_TITLE = 6  # words
_PAGES = {
    "about": (
        "About",
        r"about (?:us|me|page|section)|company (?:profile|introduction)|our story|biograph\w+",
    ),
    "services": (
        "Services",
        r"(?:our )?services (?:page|section|offered)|list of services|service details",
    ),
    "pricing": ("Pricing", r"pricing|price (?:list|table)|plans and prices"),
    "contact": ("Contact", r"contact (?:us|page|form|section|information|details)|get in touch"),
    "faq": ("Questions", r"faqs?|frequently asked questions"),
    "team": ("Team", r"(?:our |meet the )team(?: page| section)|team members page"),
    "testimonials": ("Testimonials", r"testimonials?|success stories|customer reviews"),
}
_NAMED = {
    key: (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for key, (name, words) in _PAGES.items()
}
# How a request begins and a site's own words do not.
_ASKING = re.compile(
    r"^\s*(?:please\s+)?(?:"
    r"(?:implement|build|create|develop|design|make|write|include|(?:i|we) (?:want|need))\s+"
    r"(?:me\s+)?"
    r"|(?:it|(?:the|this)\s+[\w-]+(?:\s+[\w-]+)?)\s+(?:should|must|will|needs? to)\s+"
    r"(?:also\s+)?"
    r"(?:have|include|contain|provide|offer|feature|support|display|show|be able to)\s+"
    r"|(?:users?|visitors?|customers?|people)\s+(?:should|must|can|will)\s+(?:also\s+)?"
    r"(?:be able to\s+)?"
    r")(?:an?\s+|the\s+|functionalities\s+(?:for|to)\s+)?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,120})[\"”]")
_INSIDE = re.compile(r"\(([^()]{2,300})\)")
_LISTS = re.compile(
    r"(?:^|\b)(?:includes?|including|features?|with|sections?)\s*:\s*(?P<list>.+)$",
    re.IGNORECASE | re.DOTALL,
)
# Words that only name a page, such as "Home page with our services".
_NAMES_ONLY = re.compile(
    r"^(?:an?|the|our)?\s*[\w-]+(?:\s[\w-]+)?\s(?:page|section)(?:\s(?:with|for|of)(?:\s[\w-]+){1,3})?\.?$",
    re.IGNORECASE,
)
# What a request says before the words that the site itself would say.
_SITE_OF = re.compile(
    r"^(?:an?|the)\s+(?:[\w-]+\s+){0,3}?(?:landing page|web ?site|site|web ?page|portfolio|"
    r"brochure|home ?page|blog)\s+(?:for|of|about)\s+(?=\S+\s\S)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:landing page|web ?page|web ?site|site|portfolio|brochure|home ?page|blog)\b",
    re.IGNORECASE,
)


def pages_of(name: str, sources: Iterable[Source], *, stores_things: bool) -> tuple[PageSpec, ...]:
    """Return the content pages that the words ask for, the home page first.

    A home page is made of words where nothing is stored; an app that stores things has one of its
    own unless a site is asked for.
    """
    once = {" ".join(source.text.split()).casefold(): source for source in reversed(list(sources))}
    spoken = [source for source in reversed(once.values()) if not is_about_looks(source.text)]
    text = " ".join(source.text for source in spoken)
    pages = [
        _named_page(key, title, spoken, words)
        for key, (title, words) in _NAMED.items()
        if words.search(text)
    ]
    if stores_things and not (pages and _SITE.search(text)):
        return tuple(pages)
    return (_home(name, spoken), *pages)


def _home(name: str, sources: list[Source]) -> PageSpec:
    sections = tuple(_sections(name, sources))[:MOST_SECTIONS]
    return PageSpec(
        name="Home",
        path="/",
        kind=PageKind.HOME,
        sections=sections,
        inferred_from=tuple(sources[:1]),
        confidence=0.8,
    )


def _named_page(key: str, title: str, sources: list[Source], words: re.Pattern[str]) -> PageSpec:
    about = [source for source in sources if words.search(source.text)]
    sections = tuple(_told(title, about, words)) or (SectionSpec(heading=title),)
    return PageSpec(
        name=title,
        path=f"/{key}",
        kind=PageKind.CONTENT,
        sections=sections[:MOST_SECTIONS],
        inferred_from=tuple(about[:3]),
        confidence=0.8,
    )


def _told(title: str, sources: list[Source], words: re.Pattern[str]) -> Iterator[SectionSpec]:
    """Yield what is said of a page: of a list of parts, the part that is meant."""
    first = title
    for source in sources:
        _, blocks = blocks_of(source.text)
        meant = [_section(block) for block in blocks if words.search(block.words)]
        if not blocks and not _NAMES_ONLY.match(source.text):
            meant = [_sentence(source.text)]
        for section in meant:
            yield section.model_copy(update={"heading": first or section.heading})
            first = ""


def _section(block: Block) -> SectionSpec:
    return SectionSpec(heading=block.heading[:LONGEST_HEADING], text=block.text, items=block.items)


def _sections(name: str, sources: list[Source]) -> Iterator[SectionSpec]:
    for number, source in enumerate(sources):
        lead, blocks = blocks_of(source.text)
        if blocks or (number and _NAMES_ONLY.match(source.text)):
            if number == 0:
                yield SectionSpec(heading=name[:LONGEST_HEADING], text=plain(lead))
            shown = [block for block in blocks if not (block.is_page or block.is_layout)]
            yield from (_section(block) for block in shown if block.heading)
            continue
        listed = _LISTS.search(source.text)
        lead = source.text[: listed.start()] if listed else source.text
        quoted = _QUOTED.findall(lead)
        if number == 0:
            heading = quoted[0] if quoted else name
            yield SectionSpec(heading=heading[:LONGEST_HEADING], text=plain(lead))
        elif lead.strip(" :"):
            yield _sentence(lead)
        for part in re.split(r";\s*", listed["list"]) if listed else ():
            section = _part(part.strip(" .\n"))
            if section is not None:
                yield section


def _sentence(text: str) -> SectionSpec:
    """Return a sentence as a section: a short one as its heading, a long one as its text."""
    said = plain(text)
    if len(said.split()) <= LONGEST_TITLE:
        return SectionSpec(heading=said.rstrip(".")[:LONGEST_HEADING])
    return SectionSpec(heading="", text=said)


def _part(text: str) -> SectionSpec | None:
    """Read "a three-feature section (fast, safe, small)" as a section with three items."""
    inside = _INSIDE.search(text)
    items = (
        [item.strip(' ."“”') for item in re.split(r",\s*(?:and\s+)?", inside[1])] if inside else []
    )
    quoted = _QUOTED.findall(text)
    bare = _INSIDE.sub("", _QUOTED.sub("", text))
    heading = quoted[0] if quoted else _heading(bare)
    if not heading:
        return None
    rest = quoted[1:] if quoted else []
    return SectionSpec(
        heading=heading[:LONGEST_HEADING], text=plain(bare), items=(*rest, *items)[:12]
    )


def _heading(text: str) -> str:
    words = re.sub(
        r"^(?:and|an?|the|final|single)\s+", "", _ASKING.sub("", text).strip(), flags=re.IGNORECASE
    ).split()
    short = " ".join(words[:6]).strip(' ,.;:-—()"')
    return (short[:1].upper() + short[1:])[:LONGEST_HEADING]


def plain(text: str) -> str:
    """Return a request's words as a sentence of the site itself."""
    flat = " ".join(_SITE_OF.sub("", _ASKING.sub("", text)).split()).strip(" ,;:")
    return flat[:1].upper() + flat[1:]
