"""Content pages as TypeScript: the words of the app's maker as data of the front end."""

from __future__ import annotations

from typing import Any

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.renderer import ts_str
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.react_fastapi.tsfit import array, prop
from generation.engines.builtin.stacks.shared.content import (
    Content,
    ContentPage,
    content_of,
    flat,
    only_sends,
    title_and_text,
)
from generation.engines.builtin.stacks.shared.naming import EntityNames
from projects.spec.models import AppSpec, FieldType, SectionSpec


@kept_for_same
def content_for(spec: AppSpec) -> Content:
    """Return the content of an app."""
    return content_of(spec, names_of(spec))


def notes_of(spec: AppSpec) -> tuple[str, ...]:
    """Return what is said of the names and addresses that are not the design's own."""
    return (*names_of(spec).notes, *content_for(spec).notes)


def content_context(spec: AppSpec) -> dict[str, Any]:
    """Return what the templates say about content: flags, paths and the pages as code."""
    content = content_for(spec)
    member = spec.auth and not only_sends(names_of(spec))
    action = None if member or content.home is None else _action(spec, content)
    session = "session" if member and content.is_open else ""
    inside, outside = _inside(spec, content), _outside(spec, content)
    return {
        "home": content.home,
        "greeting": content.greeting,
        "open": content.is_open,
        "has_words": content.is_told,
        "told": content.is_told or bool(content.shown),
        "open_places": spec.auth and bool(content.is_told or content.apart or content.shown),
        "offered": content.offered,
        "offered_code": _slugs("OFFERED", content.offered),
        "newest": content.newest,
        "newest_code": _slugs("NEWEST", content.newest),
        "newest_picture": content.newest_picture,
        "newest_told": _newest_told(content),
        "others": content.others,
        "others_path": f"/{content.others[0].plural_slug}" if content.others else "",
        "apart": [(entity.label, f"/{entity.plural_slug}/send") for entity in content.apart],
        "forms": [page for page in (content.home, *content.pages) if page and page.form],
        "home_code": "\n".join(_page_lines(content.home, 2)) if content.home else "",
        "pages_code": "\n".join(_listed_lines(content.pages)),
        "dashboard_path": content.dashboard_path,
        "start": content.start,
        "private": content.private,
        "action": action,
        "acts": "link" if action else session,
        "closing": content.home is not None and len(content.home.sections) > 1,
        "inside": inside,
        "inside_code": _constant("inside", inside),
        "outside": outside,
        "outside_code": _constant("open", outside),
        "children_code": _children(spec, inside, outside),
    }


def _slugs(name: str, entities: tuple[EntityNames, ...]) -> str:
    prefix = f"const {name} = "
    return f"{prefix}{array(prefix, [ts_str(one.plural_slug) for one in entities], ';')};"


def _newest_told(content: Content) -> list[tuple[str, str]]:
    """Return what the tests tell of a row beside its name: a short text, and a long one."""
    facts = content.newest[0].facts if content.newest else ()
    short = next((f for f in facts if f.spec.type in (FieldType.STRING, FieldType.ENUM)), None)
    long = next((f for f in facts if f.spec.type is FieldType.TEXT), None)
    told = [(short.ts, '"In short"')] if short else []
    return [*told, *([(long.ts, '"At length" + " and so on".repeat(20)')] if long else [])]


def _inside(spec: AppSpec, content: Content) -> list[str]:
    """Return the routes that need signing in where the app has that."""
    routes = []
    if content.dashboard_path:
        at = "index: true" if content.dashboard_path == "/" else 'path: "/dashboard"'
        routes.append(f"{{ {at}, element: <DashboardPage /> }}")
    if content.home and not content.is_open:
        routes.append("{ index: true, element: <HomePage /> }")
    routes += ["...Object.values(entityRoutes).flat()"] if spec.entities else []
    return [*routes, '{ path: "/account", element: <AccountPage /> }'] if spec.auth else routes


def _outside(spec: AppSpec, content: Content) -> list[str]:
    shown = content.home and content.is_open
    routes = ["{ index: true, element: <HomePage /> }"] if shown else []
    page = "({ path: page.path, element: <ContentPage page={page} /> })"
    routes += [f"...pages.map((page) => {page})"] if content.pages else []
    routes += ["...Object.values(publicRoutes).flat()"] if content.shown else []
    return [*routes, "...inboxes.map(sendRoute)"] if names_of(spec).inboxes else routes


def _constant(name: str, routes: list[str]) -> str:
    prefix = f"const {name}: RouteObject[] = "
    return f"{prefix}{array(prefix, routes, ';')};"


def _children(spec: AppSpec, inside: list[str], outside: list[str]) -> str:
    """Return all routes as the shell's children."""
    missing = '{ path: "*", element: <NotFoundPage /> }'
    open_ = ["...open"] if outside else []
    if not spec.auth:
        routes = [*(["...inside"] if inside else []), *open_, missing]
        return f"    children: [{', '.join(routes)}],"
    routes = [
        '{ path: "/login", element: <CredentialsPage key="login" isNew={false} /> }',
        '{ path: "/signup", element: <CredentialsPage key="signup" isNew /> }',
        *open_,
        "{ element: <RequireUser />, children: inside }",
        missing,
    ]
    return "\n".join(["    children: [", *(f"      {route}," for route in routes), "    ],"])


def _action(spec: AppSpec, content: Content) -> tuple[str, str] | None:
    """Return the label and the path that the first page leads to where nobody signs in."""
    first = next((entity for entity in names_of(spec).entities if not entity.inbox), None)
    if first is not None:
        return first.plural_label, f"/{first.plural_slug}"
    if content.apart:
        return content.apart[0].label, f"/{content.apart[0].plural_slug}/send"
    chosen = sorted(content.pages, key=lambda page: (not page.form, "contact" not in page.path))
    return (chosen[0].name, chosen[0].path) if chosen else None


def _listed_lines(pages: tuple[ContentPage, ...]) -> list[str]:
    return [line for page in pages for line in ("  {", *_page_lines(page, 4), "  },")]


def _page_lines(page: ContentPage, indent: int) -> list[str]:
    pad = " " * indent
    lines = [
        prop("name", ts_str(page.name), indent=indent),
        prop("path", ts_str(page.path), indent=indent),
        prop("title", ts_str(page.title), indent=indent),
        prop("lead", ts_str(page.lead), indent=indent),
    ]
    form = [prop("form", ts_str(page.form), indent=indent)] if page.form else []
    if not page.sections:
        return [*lines, f"{pad}sections: [],", *form]
    sections = [line for section in page.sections for line in _section_lines(section, indent + 2)]
    return [*lines, f"{pad}sections: [", *sections, f"{pad}],", *form]


def _section_lines(section: SectionSpec, indent: int) -> list[str]:
    pad, inner = " " * indent, " " * (indent + 2)
    lines = [
        f"{pad}{{",
        prop("heading", ts_str(flat(section.heading)), indent=indent + 2),
        prop("text", ts_str(section.text), indent=indent + 2),
    ]
    if not section.items:
        return [*lines, f"{inner}items: [],", f"{pad}}},"]
    items = [line for item in section.items for line in _item_lines(item, indent + 4)]
    return [*lines, f"{inner}items: [", *items, f"{inner}],", f"{pad}}},"]


def _item_lines(item: str, indent: int) -> list[str]:
    title, text = title_and_text(item)
    pad = " " * indent
    return [
        f"{pad}{{",
        prop("title", ts_str(title), indent=indent + 2),
        prop("text", ts_str(text), indent=indent + 2),
        f"{pad}}},",
    ]
