"""Content pages as Python: the words of the app's maker as data of its templates."""

from __future__ import annotations

from typing import Any

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.pyfit import import_line
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.fit import (
    Node,
    assigned,
    called,
    keyword,
    lay_out,
    listed,
    tuple_of,
)
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.shared.content import (
    Content,
    ContentPage,
    content_of,
    flat,
    only_sends,
    title_and_text,
)
from projects.spec.models import AppSpec, SectionSpec


@kept_for_same
def content_for(spec: AppSpec) -> Content:
    """Return the content of an app."""
    return content_of(spec, names_of(spec))


def notes_of(spec: AppSpec) -> tuple[str, ...]:
    """Return what is said of the names and addresses that are not the design's own."""
    return (*names_of(spec).notes, *content_for(spec).notes)


def every_open(content: Content) -> bool:
    """Tell whether there are pages that everybody may read."""
    return bool(content.pages or (content.home and content.is_open))


def acts(spec: AppSpec, content: Content) -> str:
    """Return what the first page calls for: signing up, following a link, or nothing."""
    if spec.auth and not only_sends(names_of(spec)):
        return "session" if content.is_open else ""
    return "link" if action_of(spec, content) else ""


def action_of(spec: AppSpec, content: Content) -> str:
    """Return the path that the first page leads to where visitors need not sign in."""
    entities = [entity for entity in names_of(spec).entities if not entity.inbox]
    if entities:
        return f"/{entities[0].plural_slug}"
    if content.apart:
        return f"/{content.apart[0].plural_slug}/send"
    chosen = sorted(content.pages, key=lambda page: (not page.form, "contact" not in page.path))
    return chosen[0].path if chosen else ""


def content_facts(spec: AppSpec) -> dict[str, Any]:
    """Return what the templates say about content: flags, paths and the pages as code."""
    content = content_for(spec)
    home, pages = content.home, content.pages
    return {
        "home": home,
        "greeting": content.greeting,
        "pages": pages,
        "open": content.is_open,
        "open_home": bool(home and content.is_open),
        "told": content.is_told,
        "open_places": spec.auth and (content.is_told or bool(content.apart or content.shown)),
        "apart": [(entity.label, f"/{entity.plural_slug}/send") for entity in content.apart],
        "shown": content.shown,
        "offered_code": _offered(content),
        "newest": content.newest,
        "newest_code": _newest(content),
        "newest_picture": content.newest_picture,
        "others": content.others,
        "forms": [page for page in (home, *pages) if page and page.form],
        "dashboard_path": content.dashboard_path,
        "start": content.start,
        "private": content.private,
        "acts": acts(spec, content) if home else "",
        "action": action_of(spec, content),
        "closing": home is not None and len(home.sections) > 1,
        "home_code": lay_out(assigned("HOME", _page(home)), indent=0) if home else "",
        "pages_code": _pages_code(pages) if pages else "",
        **_places(spec, content),
        **_tested(content),
    }


def _places(spec: AppSpec, content: Content) -> dict[str, Any]:
    """Return how the places of the navigation are chosen."""
    closed_home = content.home is not None and not content.is_open
    inside = bool(closed_home or content.dashboard_path or spec.entities)
    outside = bool((content.home and content.is_open) or content.pages or content.apart)
    staff = bool(names_of(spec).inboxes)
    every = " + ".join([*(["OPEN"] if outside else []), *(["INSIDE"] if inside else [])])
    if not inside:
        code = f"    places = {every or '[]'}"
    elif not spec.auth:
        code = f"    places = {every}"
    elif staff or content.shown:
        code = _places_of_some(staff=staff, public=bool(content.shown), outside=outside)
    else:
        out = "OPEN" if outside else "[]"
        user = 'getattr(request, "user", None)'
        code = (
            f"    user = {user}\n    places = {every} if user and user.is_authenticated else {out}"
        )
    if code.endswith(("else []", "= []")):
        code = code.replace("    places =", "    places: list[Place] =")
    return {"has_inside": inside, "places_code": code}


def _places_of_some(*, staff: bool, public: bool, outside: bool) -> str:
    """Return how the places are chosen where some are shown to staff alone, or to visitors too."""
    who = " if user.is_staff or not place.of_staff" if staff else ""
    lines = [
        'user = getattr(request, "user", None)',
        "places = [*OPEN]" if outside else "places: list[Place] = []",
        "if user and user.is_authenticated:",
        f"    places += [place for place in INSIDE{who}]" if who else "    places += INSIDE",
    ]
    if public:
        lines += ["else:", "    places += [place for place in INSIDE if place.is_public]"]
    return "\n".join(f"    {line}" for line in lines)


def _offered(content: Content) -> str:
    paths = [py_str(f"/{entity.plural_slug}") for entity in content.offered]
    return lay_out(assigned("OFFERED", tuple_of(paths)), indent=0)


def _newest(content: Content) -> str:
    slugs = [py_str(entity.plural_slug) for entity in content.newest]
    return lay_out(assigned("NEWEST", tuple_of(slugs)), indent=0) if slugs else ""


def _tested(content: Content) -> dict[str, str]:
    shown = content.home and content.is_open
    every = [*(["HOME"] if shown else []), *(["*CONTENT"] if content.pages else [])]
    names = [name.removeprefix("*") for name in every]
    return {
        "tests_import": import_line("core.content", [*names, "ContentPage"]),
        "every_code": lay_out(assigned("EVERY", listed(every)), indent=0),
    }


def _pages_code(pages: tuple[ContentPage, ...]) -> str:
    return lay_out(assigned("CONTENT", tuple_of([_page(page) for page in pages])), indent=0)


def _page(page: ContentPage) -> Node:
    words = {"name": page.name, "path": page.path, "title": page.title, "lead": page.lead}
    arguments: list[Node] = [keyword(name, py_str(text)) for name, text in words.items() if text]
    if page.sections:
        sections = [_section(section) for section in page.sections]
        arguments.append(keyword("sections", tuple_of(sections)))
    if page.form:
        arguments.append(keyword("form", py_str(page.form)))
    return called("ContentPage", arguments)


def _section(section: SectionSpec) -> Node:
    words = {"heading": flat(section.heading), "text": section.text}
    arguments: list[Node] = [keyword(name, py_str(text)) for name, text in words.items() if text]
    if section.items:
        arguments.append(keyword("items", tuple_of([_item(item) for item in section.items])))
    return called("Section", arguments)


def _item(item: str) -> Node:
    title, text = title_and_text(item)
    return called("Item", [py_str(part) for part in ([title, text] if text else [title])])
