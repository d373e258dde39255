"""The pages of a person's own words: home, about, contact and the like, as the stacks show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from generation.engines.builtin.introduction import introduction
from generation.engines.builtin.stacks.shared.addresses import TAKEN, Addresses, note_of_move
from generation.engines.builtin.stacks.shared.capabilities import has_dashboard
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames
from projects.spec.models import AppSpec, FieldType, PageKind, PageSpec, SectionSpec

MOST_OFFERED = 2
MOST_NAMED = 3
LONGEST_TITLE = 8  # words
SHORTEST_SENTENCE = 4
LONGEST_LEAD = 280  # characters
_STOPS = (".", "!", "?", "\u2026")


class ContentPage(NamedTuple):
    """A page that shows words: `title` and `lead` on top, then the sections, in order.

    `form` is the slug of the inbox whose form stands below them, where there is one. `wanted` is
    the address that the design gives it, which may belong to something else.
    """

    name: str
    path: str
    title: str
    lead: str
    sections: tuple[SectionSpec, ...]
    form: str = ""
    wanted: str = "/"

    @property
    def is_home(self) -> bool:
        """Tell whether it is the first page of the app."""
        return self.path == "/"


@dataclass(frozen=True)
class Content:
    """The app's content pages; `home` is None where the first page is a dashboard.

    Everybody may read `pages`; `home` only where it is `is_open`. People who sign in start at
    `start`; `private` is a path that needs signing in, where there is one. `apart` are the inboxes
    whose forms stand on none of the pages; `shown` is what visitors read, to which home leads them;
    `stored` is all that the app keeps. `greeting` is what visitors are told of the app who see
    nothing of it before they sign in.
    """

    home: ContentPage | None
    pages: tuple[ContentPage, ...]
    is_open: bool
    dashboard_path: str | None
    start: str
    private: str | None
    apart: tuple[EntityNames, ...] = ()
    shown: tuple[EntityNames, ...] = ()
    stored: tuple[EntityNames, ...] = ()
    greeting: str = ""

    @cached_property
    def offered(self) -> tuple[EntityNames, ...]:
        """Return what home names first to visitors, who find the rest from there."""
        return _main(self.shown)

    @cached_property
    def newest(self) -> tuple[EntityNames, ...]:
        """Return whose newest rows home shows: of what visitors read, else of all that is kept.

        Where visitors read nothing and there is a dashboard, that shows them.
        """
        if self.home is None or (self.dashboard_path and not self.shown):
            return ()
        return self.offered or _main(tuple(one for one in self.stored if not one.inbox))

    @property
    def newest_picture(self) -> str:
        """Return the first picture of the rows that home shows first; it is "" without one."""
        uploads = self.newest[0].uploads if self.newest else ()
        pictures = (one.python for one in uploads if one.spec.type is FieldType.IMAGE)
        return next(pictures, "")

    @cached_property
    def others(self) -> tuple[EntityNames, ...]:
        """Return what home leads to beside the newest rows, where nobody wrote of anything else."""
        if self.is_told or not self.newest:
            return ()
        return tuple(one for one in self.stored if one not in self.newest)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what is said of each page that is not where the design puts it."""
        moves = (note_of_move(page.name, page.wanted, page.path) for page in self.pages)
        return tuple(note for note in moves if note)

    @property
    def is_told(self) -> bool:
        """Tell whether there is more to show than the app's name and description."""
        # Visitors who may read no list are not led to any.
        greets = bool(self.is_open and self.private and not self.shown)
        return greets or bool(self.pages or (self.home and (self.home.sections or self.home.form)))


def _main(entities: tuple[EntityNames, ...]) -> tuple[EntityNames, ...]:
    """Return what an app is most about.

    Lists with pictures come first, then what staff keeps, then what there is most to tell of;
    what people add to something else, such as a comment, is left out.
    """
    linked = {k.target for e in entities for k in e.links if k.target != e.class_name}
    whole = [
        one
        for one in entities
        if one.managed or one.class_name in linked or not any(k.required for k in one.links)
    ]
    chosen = sorted(
        whole or entities,
        key=lambda one: (not one.uploads, not one.managed, -len(one.fields) - len(one.links)),
    )
    return tuple(chosen[:MOST_OFFERED])


def content_of(spec: AppSpec, names: AppNames) -> Content:
    """Return what an app shows beside the pages of its entities."""
    lists = [f"/{entity.plural_slug}" for entity in names.entities]
    forms = {entity.spec.name: entity.plural_slug for entity in names.inboxes}
    first = _first_page(spec)
    pages = _pages(spec, first, lists, forms)
    told = bool(pages or (first and (first.sections or first.entity in forms)))
    welcomes = bool(told or names.public)
    is_open = welcomes or not spec.auth
    dashboard = ("/dashboard" if welcomes else "/") if has_dashboard(spec) else None
    home = None if dashboard == "/" else _home(spec, names, first, forms)
    forms_shown = {page.form for page in (home, *pages) if page}
    inside = [path for path in (dashboard, None if is_open else "/", *lists) if path]
    # Only staff may see an inbox: nobody begins there.
    refused = {f"/{entity.plural_slug}" for entity in names.inboxes}
    open_lists = {f"/{entity.plural_slug}" for entity in names.public}
    # What visitors read, they do not add to.
    closed = [path for path in inside if path not in open_lists] or [f"{p}/new" for p in inside]
    return Content(
        home=home,
        pages=pages,
        is_open=is_open,
        dashboard_path=dashboard,
        start=next((path for path in inside if path not in refused), "/"),
        private=next(iter(closed), None) if spec.auth else None,
        apart=tuple(entity for entity in names.inboxes if entity.plural_slug not in forms_shown),
        shown=names.public,
        stored=names.entities,
        greeting="" if is_open else home.lead if home else _lead(spec, names),
    )


def only_sends(names: AppNames) -> bool:
    """Tell whether the app keeps nothing but what anybody sends: visitors need no account."""
    return bool(names.entities) and all(entity.inbox for entity in names.entities)


def _first_page(spec: AppSpec) -> PageSpec | None:
    kinds = (PageKind.HOME, PageKind.CONTENT)
    homes = [
        p for p in spec.pages if p.kind is PageKind.HOME or (p.path == "/" and p.kind in kinds)
    ]
    return next((p for p in homes if p.sections), homes[0] if homes else None)


def _home(
    spec: AppSpec, names: AppNames, page: PageSpec | None, forms: Mapping[str, str]
) -> ContentPage:
    name, lead = flat(spec.name), _lead(spec, names)
    sections = page.sections if page else ()
    if sections and not sections[0].items:
        top, sections = sections[0], sections[1:]
        name, lead = flat(top.heading) or name, top.text or lead
    form = forms.get((page and page.entity) or "", "")
    lead, sections = _lead_on(lead, _gathered(_once(sections, lead)))
    return ContentPage("Home", "/", name, lead, sections, form)


def _lead(spec: AppSpec, names: AppNames) -> str:
    """Return what an app is for, as nobody wrote it for its first page."""
    return introduction(spec.description) or _kept_line(names)


def _kept_line(names: AppNames) -> str:
    """Return what an app keeps in one line; it is "" where that is nothing."""
    kept = [one.plural_label for one in names.entities if not one.inbox]
    labels = [kept[0], *map(str.lower, kept[1:MOST_NAMED])] if kept else []
    labels += ["more"] if len(kept) > MOST_NAMED else []
    *first, last = labels or [""]
    return f"{' and '.join([', '.join(first), last])} in one place." if first else last


def _pages(
    spec: AppSpec, first: PageSpec | None, lists: Iterable[str], forms: Mapping[str, str]
) -> tuple[ContentPage, ...]:
    addresses = Addresses((*TAKEN, *lists))
    found = []
    for page in spec.pages:
        if page.kind is not PageKind.CONTENT or page is first:
            continue
        path = addresses.keep(page.path)
        name, sections, lead = flat(page.name), page.sections, ""
        if sections and flat(sections[0].heading).casefold() == name.casefold():
            top = sections[0]
            lead = top.text
            sections = (top.model_copy(update={"heading": "", "text": ""}), *sections[1:])
            sections = sections if top.items else sections[1:]
        form = forms.get(page.entity or "", "")
        found.append(ContentPage(name, path, name, lead, _once(sections, lead), form, page.path))
    return tuple(found)


def _once(sections: Iterable[SectionSpec], lead: str) -> tuple[SectionSpec, ...]:
    """Leave out sections that say again what stands above them."""
    said: set[tuple[str, tuple[str, ...]]] = {(flat(lead), ())}
    kept = []
    for section in sections:
        words = (flat(section.text), section.items)
        if words == ("", ()) or words not in said:
            kept.append(section)
        said.add(words)
    return tuple(kept)


def _gathered(sections: Iterable[SectionSpec]) -> tuple[SectionSpec, ...]:
    """Make one section of several bare sentences in a row, each of which is an item of it."""
    kept: list[SectionSpec] = []
    for bare, group in groupby(
        sections, key=lambda one: bool(one.text and not (one.heading or one.items))
    ):
        several = list(group)
        if bare and len(several) > 1:
            kept.append(SectionSpec(heading="", items=tuple(_stopped(s.text) for s in several)))
        else:
            kept += several
    return tuple(kept)


def title_and_text(item: str) -> tuple[str, str]:
    """Return an item's title, which stands before its first colon or dash, and the rest.

    A whole sentence has no title.
    """
    title, *rest = re.split(r":\s+|\s+[\u2013\u2014-]\s+", flat(item), maxsplit=1)
    least = SHORTEST_SENTENCE if title.endswith(_STOPS) else LONGEST_TITLE + 1
    if not rest and len(title.split()) >= least:
        return "", title
    return title, "".join(rest)


def _lead_on(lead: str, sections: tuple[SectionSpec, ...]) -> tuple[str, tuple[SectionSpec, ...]]:
    """Let the lead go on with what would be the only section, where that is a bare, short text."""
    if len(sections) != 1 or sections[0].heading or sections[0].items:
        return lead, sections
    joined = " ".join(part for part in (lead and _stopped(lead), sections[0].text) if part)
    return (joined, ()) if len(joined) <= LONGEST_LEAD else (lead, sections)


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith(_STOPS) else f"{sentence.rstrip(' ,;:')}."


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
