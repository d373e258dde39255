"""Wishes about the app as a whole: its look, its styling, its pages, signing in."""

from __future__ import annotations

import re

from generation.engines.builtin.stacks.shared.theme import DARK
from generation.engines.builtin.understanding.theme import theme_of
from generation.engines.changing.wishes import Draft
from projects.spec.models import (
    THEME_PARTS,
    Inferred,
    PageKind,
    PageSpec,
    SectionSpec,
    Source,
    ThemePart,
)

Groups = re.Match[str]
STYLINGS = {
    "tailwind": "TailwindCSS",
    "tailwindcss": "TailwindCSS",
    "bootstrap": "Bootstrap",
    "plaincss": "Plain CSS",
    "css": "Plain CSS",
}
LIGHT = "#ffffff"
_SHADE = re.compile(
    r"\b(dark|light)(?:er)?\b(?!\s+(?:\w+\s+)?(?:buttons?|text|components?))", re.IGNORECASE
)


def style(draft: Draft, found: Groups) -> Draft | None:
    """Switch to Bootstrap."""
    styling = STYLINGS.get(re.sub(r"\W", "", found["styling"]).lower())
    if styling is None or styling == draft.styling:
        return None
    edits = (*draft.edits, f"The styling becomes {styling}")
    return Draft(draft.spec, styling, edits, draft.unknown)


def paint(draft: Draft, found: Groups) -> Draft | None:
    """Make it dark with teal buttons."""
    text = found[0]
    source = Source(part="user", text=text)
    asked = theme_of([source])
    given: dict[ThemePart, str | None] = {
        part: getattr(asked, part) for part in THEME_PARTS if getattr(asked, part) is not None
    }
    shade = _SHADE.search(text)
    if shade and "background" not in given:
        is_dark = shade[1].lower() == "dark"
        given |= {"background": DARK["page"] if is_dark else LIGHT, "mood": shade[1].lower()}
        given |= {} if "text" in given else {"text": None}
    if not given:
        return None
    theme = draft.spec.theme.painted(given, Inferred(inferred_from=(source,)))
    if theme == draft.spec.theme:
        return None
    names = {"component": "buttons and links", "mood": "mood"}
    said = ", ".join(f"{names.get(key, key)} {value}" for key, value in given.items() if value)
    return draft.with_spec(f"The look: {said}", theme=theme)


def add_page(draft: Draft, found: Groups) -> Draft | None:
    """Add an about page."""
    name = found["name"].strip(" \"'“”")
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    path = f"/{slug}"
    if re.search(r"\bpages?\b", name):  # several at once
        return None
    if not slug or len(name) > 60 or any(page.path == path for page in draft.spec.pages):
        return None
    if slug == "dashboard":
        return _dashboard(draft, wanted=True)
    title = name[:1].upper() + name[1:]
    sections = (SectionSpec(heading=title, text=f"Write about “{title}” here."),)
    page = PageSpec(
        name=title,
        path=path,
        kind=PageKind.CONTENT,
        sections=sections,
        inferred_from=(Source(part="user", text=found[0]),),
    )
    return draft.with_spec(f"A page “{title}” at {path}", pages=(*draft.spec.pages, page))


def remove_page(draft: Draft, found: Groups) -> Draft | None:
    """Remove the about page."""
    wanted = found["name"].strip(" \"'“”").lower()
    kept = tuple(page for page in draft.spec.pages if page.name.lower() != wanted)
    if wanted == "dashboard":
        return _dashboard(draft, wanted=False)
    if len(kept) == len(draft.spec.pages):
        return None
    return draft.with_spec(f"The page “{wanted}” goes", pages=kept)


def switch_dashboard(draft: Draft, found: Groups) -> Draft | None:
    """Add a dashboard."""
    return _dashboard(draft, wanted=found["verb"].lower() in {"add", "show", "include"})


def _dashboard(draft: Draft, *, wanted: bool) -> Draft | None:
    if draft.spec.dashboard == wanted:
        return None
    said = "There is a dashboard" if wanted else "The dashboard goes"
    return draft.with_spec(said, dashboard=wanted)


def switch_accounts(draft: Draft, found: Groups) -> Draft | None:
    """Add login."""
    wanted = found["verb"].lower() in {"add", "include", "require"}
    if draft.spec.auth == wanted:
        return None
    said = "People sign in" if wanted else "Nobody signs in any more"
    return draft.with_spec(said, auth=wanted)
