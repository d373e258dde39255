"""Content pages made of the user's own words: a home page, and pages such as about or pricing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.blocks import Block, blocks_of, listed_in
from generation.engines.builtin.understanding.capabilities import out_of_reach
from generation.engines.builtin.understanding.contact import contact_facts, is_contact_fact
from generation.engines.builtin.understanding.inboxes import forms_in
from generation.engines.builtin.understanding.linking import short
from generation.engines.builtin.understanding.pagelists import pages_listed
from generation.engines.builtin.understanding.theme import is_about_looks
from projects.spec.models import PageKind, PageSpec, SectionSpec, Source

MOST_SECTIONS = 12
LONGEST_HEADING = 60
LONGEST_TITLE = 6  # words
_PAGES = {
    "about": (
        "About",
        r"about (?:us|me|(?:and [\w-]+ )?(?:page|section)s?)|our story|biograph\w+|company profile",
    ),
    "services": (
        "Services",
        r"(?:our )?services (?:page|section|offered)|list of services|service details",
    ),
    "pricing": ("Pricing", r"pricing|price (?:list|table)|plans and prices"),
    "contact": (
        "Contact",
        (
            r"contact (?:us|page|form|section|information|details|with our)|get in touch"
            r"|pages?\b[^.;]{1,80}\bcontact"
        ),
    ),
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
# Words that only name pages, such as "Home page with our services" or "About and contact page".
# One or two words that are read in one way: neither an article nor "and" is one of them.
_FEW = r"(?!an?\s)[\w-]+(?:\s(?!(?:and|or)\s)[\w-]+)?"
_NAMES_ONLY = re.compile(
    rf"^(?:(?:it|the \w+) (?:has|needs|should have|must have)\s+)?(?:(?:an?|the|our)\s+)?{_FEW}"
    rf"(?:(?:,|\s(?:and|or))\s+(?:an?\s)?{_FEW})*\s(?:pages?|section)"
    r"(?:\s(?:with|for|of)(?:\s[\w-]+){1,3})?\.?$",
    re.IGNORECASE,
)
# What an app that stores things is told about its data and its pages, and visitors are not.
_FOR_THE_MAKER = re.compile(
    r"^(?:please\s+)?(?!\w+\s+(?:our|my)\b)(?:show|display|include|add|use|provide|allow|let|"
    r"make|ensure|support|store|save|implement|keep|track|there (?:is|are|should))\b"
    r"|^(?:it|the (?:app|site|website|system|platform|home ?page)) "
    r"(?:has|have|should|must|needs?|will)\b"
    r"|^(?!(?:we|our|i|my)\b)(?:(?:each|every|an?|the)\s+)?[\w-]+(?:\s[\w-]+)?\s+"
    r"(?:(?:has|have|contains?)\s+(?:an?|the|many|several|one|multiple|optional)|belongs?\s+to|"
    r"consists?\s+of)\b"
    r"|\b(?:can|should|must) be (?:marked|sorted|filtered|searched|grouped|stored|saved|listed)\b",
    re.IGNORECASE,
)
# "We have worked here since 1998", "Our bread is made by hand"
_TELLING = re.compile(r"^(?:we|our|i|my|since|for (?:over|more than))\b", re.IGNORECASE)
# What stands before a colon is a heading, as in "Our services: bookkeeping, payroll".
_HEADED = re.compile(
    r"^(?:(?:show|list|display|include)\s+)?(?P<head>[\w' -]{3,40}):\s+(?P<rest>\S.+)$",
    re.IGNORECASE | re.DOTALL,
)
# What a request says before the words that the site itself would say.
_SITE_OF = re.compile(
    r"^(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,3}?(?:landing page|web ?site|site|web ?page|portfolio|"
    r"brochure|home ?page|blog)\s+(?:for|of|about)\s+(?:(?:my|our)\s+)?(?=\S+\s\S)",
    re.IGNORECASE,
)
# "We are a bakery and want a website with our opening hours."
_AND_WANT = re.compile(
    r",? (?:and|so) (?:(?:we|i) )?(?:want|need|would like|would love|are looking for)\b"
    r"[^.]*\b(?:web ?site|site|app|page|system|tool|platform)\b[^.]*\.?",
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
    listed = pages_listed(text)
    asked = {
        key: title for key, (title, words) in _NAMED.items() if words.search(text) or key in listed
    }
    reached = contact_facts(spoken)
    spoken = [source for source in spoken if not is_contact_fact(source.text)]
    told = [*spoken[:1], *(s for s in spoken[1:] if not _asks_for_parts(s.text))]
    pages = [_named_page(key, title, spoken, told, reached) for key, title in asked.items()]
    if stores_things and not (pages and _SITE.search(text)):
        return tuple(pages)
    if stores_things:
        told = [*told[:1], *(s for s in told[1:] if not _FOR_THE_MAKER.search(s.text))]
    home = _home(name, told, spoken[:1], [_NAMED[key][1] for key in asked])
    if reached and "contact" not in asked:
        last = SectionSpec(heading="Contact", items=reached)
        home = home.model_copy(update={"sections": (*home.sections, last)})
    return (home, *pages)


def _asks_for_parts(text: str) -> bool:
    """Tell whether words ask for pages or forms and tell visitors nothing."""
    return _NAMES_ONLY.match(text) is not None or bool(forms_in(text) and not blocks_of(text)[1])


def is_for_the_maker(text: str) -> bool:
    """Tell whether a sentence says how an app is to be made, and visitors nothing."""
    return _FOR_THE_MAKER.search(text) is not None or _ASKING.match(text) is not None


def only_names_pages(text: str) -> bool:
    """Tell whether words name pages such as "About and contact page" or "FAQ", and nothing else."""
    named = [words for _, words in _NAMED.values()]
    if any(words.fullmatch(text.strip(" .")) for words in named):
        return True
    return _NAMES_ONLY.match(text) is not None and any(words.search(text) for words in named)


def unwritten(text: str, pages: Iterable[PageSpec]) -> list[str]:
    """Return the pages that a text asks for and nothing is told for, by name."""
    named = dict(_NAMED.values())
    return [
        page.name
        for page in pages
        if page.name in named
        and (named[page.name].search(text) or page.path.strip("/") in pages_listed(text))
        if not page.entity and _is_bare(page.sections)
    ]


def _is_bare(sections: Iterable[SectionSpec]) -> bool:
    return not any(section.text or section.items for section in sections)


def _home(
    name: str, told: list[Source], first: list[Source], elsewhere: list[re.Pattern[str]]
) -> PageSpec:
    sections = tuple(_sections(name, told, elsewhere))[:MOST_SECTIONS]
    return PageSpec(
        name="Home",
        path="/",
        kind=PageKind.HOME,
        sections=sections,
        inferred_from=tuple(map(short, first)),
        confidence=0.8,
    )


def _named_page(
    key: str, title: str, spoken: list[Source], told: list[Source], reached: tuple[str, ...]
) -> PageSpec:
    words = _NAMED[key][1]
    about = [s for s in spoken if words.search(s.text) or key in pages_listed(s.text)]
    sections = list(_told(title, [source for source in about if source in told], words))
    if key == "contact" and reached:
        sections = [
            *(s for s in sections if s.text or s.items),
            SectionSpec(heading="", items=reached),
        ]
        sections[0] = sections[0].model_copy(update={"heading": title})
    if key == "about" and _is_bare(sections):
        sections = [SectionSpec(heading=title, text=plain(s.text)) for s in told[:1]]
        sections += [_sentence(s.text) for s in told[1:] if _TELLING.match(s.text)]
    return PageSpec(
        name=title,
        path=f"/{key}",
        kind=PageKind.CONTENT,
        sections=tuple(sections[:MOST_SECTIONS]) or (SectionSpec(heading=title),),
        inferred_from=tuple(map(short, about[:3])),
        confidence=0.8,
    )


def _told(title: str, sources: list[Source], words: re.Pattern[str]) -> Iterator[SectionSpec]:
    """Yield what is said of a page: of a list of parts, the part that is meant."""
    first = title
    for source in sources:
        _, blocks = blocks_of(source.text)
        meant = [_section(block) for block in blocks if words.search(block.words)]
        if not blocks:
            meant = [_sentence(source.text)]
        for section in meant:
            yield section.model_copy(update={"heading": first or section.heading})
            first = ""


def _section(block: Block) -> SectionSpec:
    return SectionSpec(heading=block.heading[:LONGEST_HEADING], text=block.text, items=block.items)


def _sections(
    name: str, sources: list[Source], elsewhere: list[re.Pattern[str]]
) -> Iterator[SectionSpec]:
    """Yield the parts of the first page; what has a page of its own is left to it."""
    for number, source in enumerate(sources):
        lead, blocks = blocks_of(source.text)
        if blocks:
            if number == 0:
                yield SectionSpec(heading=name[:LONGEST_HEADING], text=plain(lead))
            shown = [block for block in blocks if not (block.is_page or block.is_layout)]
            shown = [b for b in shown if not _is_elsewhere(b, elsewhere)]
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


def _is_elsewhere(block: Block, elsewhere: list[re.Pattern[str]]) -> bool:
    """Tell whether a part only names a page, or something that cannot be made."""
    if block.text or block.items:
        return False
    if out_of_reach(block.words) or forms_in(block.words):
        return True
    return any(words.search(block.words) for words in elsewhere)


def _sentence(text: str) -> SectionSpec:
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
        r"^(?:and|an?|the|our|my|final|single)\s+",
        "",
        _ASKING.sub("", text).strip(),
        flags=re.IGNORECASE,
    ).split()
    short = " ".join(words[:6]).strip(' ,.;:-—()"')
    return (short[:1].upper() + short[1:])[:LONGEST_HEADING]


def plain(text: str) -> str:
    """Return a request's words as a sentence of the site itself."""
    told = _AND_WANT.sub(".", _SITE_OF.sub("", _ASKING.sub("", text)))
    flat = " ".join(told.split()).strip(" ,;:")
    return flat[:1].upper() + flat[1:]
