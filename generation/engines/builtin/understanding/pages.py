"""Content pages made of the user's own words: a home page, and pages such as about or pricing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.blocks import blocks_of
from generation.engines.builtin.understanding.capabilities import capabilities_in, out_of_reach
from generation.engines.builtin.understanding.contact import contact_facts, is_contact_fact
from generation.engines.builtin.understanding.inboxes import forms_in
from generation.engines.builtin.understanding.linking import short
from generation.engines.builtin.understanding.pagelists import pages_listed
from generation.engines.builtin.understanding.parts import is_bare
from generation.engines.builtin.understanding.refusals import is_heading
from generation.engines.builtin.understanding.sections import (
    lists_words,
    said_in,
    section_of,
    sections_of,
)
from generation.engines.builtin.understanding.slogans import is_slogan, slogan_of
from generation.engines.builtin.understanding.telling import (
    is_for_the_maker,
    plain,
    tells,
    without_things,
)
from generation.engines.builtin.understanding.theme import is_about_looks
from projects.spec.models import PageKind, PageSpec, SectionSpec, Source

MOST_SECTIONS = 12
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
            r"contact (?:us|page|form|section|with our)|(?<!, )contact (?:information|details)"
            r"|get in touch"
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
# Words that only name pages, such as "Home page with our services" or "About and contact page".
# One or two words that are read in one way: neither an article nor "and" is one of them.
_FEW = r"(?!an?\s)[\w-]+(?:\s(?!(?:and|or)\s)[\w-]+)?"
_NAMES_ONLY = re.compile(
    rf"^(?:(?:it|the \w+) (?:has|needs|should have|must have)\s+)?(?:(?:an?|the|our)\s+)?{_FEW}"
    rf"(?:(?:,|\s(?:and|or))\s+(?:an?\s)?{_FEW})*\s(?:pages?|section)"
    r"(?:\s(?:with|for|of)(?:\s[\w-]+){1,3})?\.?$",
    re.IGNORECASE,
)
_FIRST_PAGE = re.compile(
    r"(?:an? |the )?(?:home|start|front|landing|welcome) ?page\W*", re.IGNORECASE
)
# A first page that is to greet whoever comes by.
_GREETING = re.compile(
    r"\bpublic (?:home|start|front|landing|first) ?page\b"
    r"|\b(?:home|start|front|landing|first) ?page\b[^.;\n]{0,80}?"
    r"\b(?:welcom\w+|introduc\w+|slogan|motto|visitors|guests|who we are)\b",
    re.IGNORECASE,
)
# What the heading of a page may be.
_HEADINGS = {
    "about": "about",
    "about us": "about",
    "about me": "about",
    "our story": "about",
    "services": "services",
    "our services": "services",
    "pricing": "pricing",
    "prices": "pricing",
    "contact": "contact",
    "contact us": "contact",
    "faq": "faq",
    "faqs": "faq",
    "team": "team",
    "our team": "team",
    "testimonials": "testimonials",
}
_SITE = re.compile(
    r"\b(?:landing page|web ?page|web ?site|site|portfolio|brochure|home ?page|blog)\b",
    re.IGNORECASE,
)


def pages_of(name: str, sources: Iterable[Source], *, stores_things: bool) -> tuple[PageSpec, ...]:
    """Return the content pages that the words ask for, the home page first.

    A home page is made of words where nothing is stored; an app that stores things has one of its
    own unless a site is asked for, or a slogan or a page that greets visitors.
    """
    once = {" ".join(source.text.split()).casefold(): source for source in reversed(list(sources))}
    spoken = [source for source in reversed(once.values()) if not is_about_looks(source.text)]
    text = " ".join(source.text for source in spoken)
    below = _below_headings(spoken)
    listed = pages_listed(text) | {*below.values(), *map(_page_headed, spoken)}
    wished = " ".join(source.text for source in spoken if source.part != "story")
    asked = {
        key: title
        for key, (title, words) in _NAMED.items()
        if words.search(wished) or key in listed
    }
    reached = contact_facts(spoken)
    slogan = slogan_of(source.text for source in spoken)
    spoken = [s for s in spoken if not (is_contact_fact(s.text) or is_slogan(s.text))]
    told = [*spoken[:1], *(s for s in spoken[1:] if _is_told(s))]
    pages = [_named_page(key, title, spoken, told, reached, below) for key, title in asked.items()]
    is_site = _SITE.search(text) is not None and bool(pages or reached)
    if stores_things and not (is_site or slogan or _GREETING.search(text)):
        return tuple(pages)
    own = [source for source in told if source not in below]
    own = list(_beside_things(own)) if stores_things else own
    home = _home(name, own, spoken[:1], slogan)
    if reached and "contact" not in asked:
        last = SectionSpec(heading="Contact", items=reached)
        home = home.model_copy(update={"sections": (*home.sections, last)})
    return (home, *pages)


def beside_lists(pages: Iterable[PageSpec], plurals: Iterable[str]) -> tuple[PageSpec, ...]:
    """Return the pages but those without words that a list of that name, such as Services, is."""
    lists = {plural.casefold() for plural in plurals}
    return tuple(
        page for page in pages if page.name.casefold() not in lists or not _is_bare(page.sections)
    )


def _page_headed(source: Source) -> str:
    """Return the key of the page that a line is the heading of: "About us:", "# Contact"."""
    if source.part != "description" or not is_heading(source.text):
        return ""
    return _HEADINGS.get(source.text.strip("#*: \t").lower(), "")


def _below_headings(sources: Iterable[Source]) -> dict[Source, str]:
    """Return the lines that stand below the heading of a page, with the key of the page."""
    found: dict[Source, str] = {}
    key = ""
    for source in sources:
        if source.part != "description" or is_heading(source.text):
            key = _page_headed(source)
        elif key:
            found[source] = key
    return found


def _is_told(source: Source) -> bool:
    """Tell whether visitors read a sentence: what only asks for something is for the maker."""
    text = source.text
    if is_bare(text) or _asks_for_parts(text) or source.part == "story":
        return False
    if tells(text) or blocks_of(text)[1] or lists_words(text):
        return True
    if source.part == "feature" and (capabilities_in(text) or out_of_reach(text)):
        return False
    return not is_for_the_maker(text)


def _beside_things(told: Iterable[Source]) -> Iterator[Source]:
    """Yield what a site says beside the lists of what it keeps, which tell of that themselves."""
    for number, source in enumerate(told):
        if number == 0:
            yield source.model_copy(update={"text": without_things(source.text)})
        elif source.part == "description" and not is_for_the_maker(source.text):
            yield source


def _asks_for_parts(text: str) -> bool:
    """Tell whether words ask for pages or forms and tell visitors nothing."""
    return _NAMES_ONLY.match(text) is not None or bool(forms_in(text) and not blocks_of(text)[1])


def only_names_pages(text: str) -> bool:
    """Tell whether words name pages such as "About and contact page" or "FAQ", and nothing else."""
    named = [words for _, words in _NAMED.values()]
    if _FIRST_PAGE.fullmatch(text) or any(w.fullmatch(text.strip(" .")) for w in named):
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
    name: str,
    told: list[Source],
    first: list[Source],
    slogan: str,
) -> PageSpec:
    """Return the first page: its name and slogan, or what it is for, then what is told."""
    top, *rest = [*sections_of(name, told)] or [SectionSpec(heading=name)]
    if slogan:
        rest = [one for one in rest if one.items or one.heading.casefold() != slogan.casefold()]
    if slogan and slogan.casefold() not in (name.casefold(), top.text.casefold()):
        rest = [*([SectionSpec(heading="", text=top.text)] if top.text else []), *rest]
        top = SectionSpec(heading=top.heading, text=slogan)
    sections = (top, *rest)[:MOST_SECTIONS]
    return PageSpec(
        name="Home",
        path="/",
        kind=PageKind.HOME,
        sections=sections,
        inferred_from=tuple(map(short, first)),
        confidence=0.8,
    )


def _named_page(
    key: str,
    title: str,
    spoken: list[Source],
    told: list[Source],
    reached: tuple[str, ...],
    below: dict[Source, str],
) -> PageSpec:
    """Return a page with what is said of it, and what stands below its heading."""
    words = _NAMED[key][1]
    about = [
        s
        for s in spoken
        if words.search(s.text) or key in (*pages_listed(s.text), _page_headed(s), below.get(s))
    ]
    sections = list(_told(title, [source for source in about if source in told], words))
    if key == "contact" and reached:
        sections = [
            *(s for s in sections if s.text or s.items),
            SectionSpec(heading="", items=reached),
        ]
        sections[0] = sections[0].model_copy(update={"heading": title})
    if key == "about" and _is_bare(sections):
        sections = [SectionSpec(heading=title, text=plain(blocks_of(s.text)[0])) for s in told[:1]]
        sections += [said_in(s.text) for s in told[1:] if tells(s.text)]
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
        meant = [section_of(block) for block in blocks if words.search(block.words)]
        if not blocks and not is_for_the_maker(source.text):
            meant = [said_in(source.text)]
        for section in meant:
            yield section.model_copy(update={"heading": first or section.heading})
            first = ""
