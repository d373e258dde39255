"""Columns of the design's tables that follow from the rest of a design and are not read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from projects.spec.models import (
    OPERATIONS,
    THEME_PARTS,
    EntitySpec,
    FeatureSpec,
    FieldSpec,
    FieldType,
    PageKind,
    PageSpec,
    ThemePart,
    ThemeSpec,
)
from projects.spec.screens import DASHBOARD

# Where a colour is seen.
CONTEXTS: dict[ThemePart, list[str]] = {
    "background": ["pages", "panels"],
    "component": ["buttons", "links"],
    "text": ["text"],
}
# The parts that a page of each kind is made of.
PATTERNS: dict[PageKind, list[str]] = {
    PageKind.HOME: ["headings", "texts"],
    PageKind.CONTENT: ["headings", "texts"],
    PageKind.DASHBOARD: ["counts", "newest rows"],
    PageKind.LIST: ["table", "search box", "filters", "pagination"],
    PageKind.DETAIL: ["labelled values", "delete with confirmation"],
    PageKind.FORM: ["form", "field errors"],
}
# What a person is shown for each capability.
_SHOWN = {
    "search": "search box",
    "filter": "filters",
    "sort": "sortable columns",
    "pagination": "pagination",
    "chart": "chart",
    "breakdown": "numbers by group",
    "totals": "totals",
    "dashboard": "dashboard",
    "toggle": "switch",
    "export csv": "download button",
    "auth": "sign-in form",
    "dark mode": "theme switch",
}
_FORM_OF = {"creates": "form", "updates": "form", "reads": "list", "deletes": "delete button"}
# The path of the first page of a kind that an entity has.
Screens = Mapping[tuple[str | None, PageKind], str]
_ON_DASHBOARD = frozenset({"dashboard", "chart", "breakdown", "totals"})


def purpose_of(page: PageSpec, entity: EntitySpec | None) -> str:
    """Return what somebody comes to a page for."""
    if entity is None or page.kind in (PageKind.HOME, PageKind.CONTENT):
        if page.kind is PageKind.HOME:
            return "Visitors see it first."
        if page.kind is PageKind.DASHBOARD:
            return "People see how much there is, and what is new."
        told = [section.heading for section in page.sections if section.heading]
        return f"Visitors read: {', '.join(dict.fromkeys(told))}." if told else "Visitors read it."
    one, many = entity.name.lower(), entity.plural.lower()
    if page.kind is PageKind.LIST:
        return f"People find {many}."
    if page.kind is PageKind.DETAIL:
        return f"People see all of one {one}."
    return f"People {'change' if ':id' in page.path else 'add'} {_a(one)}."


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def screens_by_entity(pages: Iterable[PageSpec]) -> Screens:
    """Return the path of the first page of each kind that each entity has."""
    screens: dict[tuple[str | None, PageKind], str] = {}
    for page in pages:
        screens.setdefault((page.entity, page.kind), page.path)
    return screens


def parent_path(page: PageSpec, screens: Screens) -> str | None:
    """Return the path of the page that a page hangs below: of a row and its forms, their list's."""
    if page.kind not in (PageKind.DETAIL, PageKind.FORM):
        return None
    return screens.get((page.entity, PageKind.LIST))


def usage_contexts(
    page: PageSpec, screens: Screens, entity: EntitySpec | None, *, signed_in: bool
) -> list[dict[str, str]]:
    """Return from where a page is reached, and by whom: the menu, or the path of another page.

    A row is changed from its own page and reached from its list; `entity` is the page's own.
    """
    above = parent_path(page, screens)
    if page.kind is PageKind.FORM and page.path.endswith("/edit"):
        above = screens.get((page.entity, PageKind.DETAIL), above)
    return [{"from": above or "menu", "who": _user_of(page, entity, signed_in=signed_in)}]


def _user_of(page: PageSpec, entity: EntitySpec | None, *, signed_in: bool) -> str:
    if page.kind in (PageKind.HOME, PageKind.CONTENT) or not signed_in:
        return "visitors"
    if entity is None:
        return "people signed in"
    if entity.inbox:
        return "visitors" if page.path.endswith("/new") else "staff"
    if page.kind is PageKind.FORM:
        return "staff" if entity.managed and not entity.owned else "people signed in"
    return "visitors" if entity.public else "people signed in"


def validation_rules(entity: EntitySpec) -> dict[str, dict[str, Any]]:
    """Return by field what a value must be to be kept; fields that take anything are left out."""
    rules = {field.name: dict(_rules(field)) for field in entity.fields}
    return {name: said for name, said in rules.items() if said}


def _rules(field: FieldSpec) -> Iterator[tuple[str, Any]]:
    if field.type in (FieldType.EMAIL, FieldType.URL):
        yield "format", field.type.value
    for flag in ("required", "unique"):
        if getattr(field, flag):
            yield flag, True
    if field.choices:
        yield "choices", list(field.choices)
    for limit in ("min_length", "max_length", "minimum", "maximum", "pattern"):
        if getattr(field, limit) is not None:
            yield limit, getattr(field, limit)


def business_rules(entity: EntitySpec, *, signed_in: bool) -> list[str]:
    """Return who reads and who writes an entity's rows, and what each row needs."""
    many = entity.plural.lower()
    rules = [_who(entity, many)] if signed_in else [f"Anybody reads and writes the {many}."]
    rules += [f"Anybody reads the {many}, signed in or not."] if entity.public else []
    needed = (relation.name for relation in entity.relations if relation.required)
    rules += [f"Each {entity.name.lower()} needs {_a(name)}." for name in needed]
    return rules


def _who(entity: EntitySpec, many: str) -> str:
    if entity.followed is not None:
        return f"Whoever sees {_a(entity.followed.name)} sees and adds its {many}."
    if entity.overseen:
        return f"Everybody sees only their own {many}; staff sees all."
    if entity.owned:
        return f"Everybody sees only their own {many}."
    if entity.inbox:
        return f"Anybody sends {many}; staff alone reads them."
    if entity.managed:
        return f"Staff alone writes the {many}."
    if entity.authored:
        return f"Everybody adds {many}; their author and staff change them."
    return f"Everybody who signs in reads and writes the {many}."


def category_of(feature: FeatureSpec, entities: Mapping[str, EntitySpec]) -> str:
    """Return auth, payment, social, admin or content.

    What people put before each other is social; what staff alone writes is admin.
    """
    if "auth" in feature.capabilities:
        return "auth"
    if feature.reason is not None and "taking payments" in feature.reason:
        return "payment"
    about = [entities[name] for name in feature.entities if name in entities]
    writes = any(feature.operations.get(one) for one in ("creates", "updates", "deletes"))
    if any(entity.authored for entity in about):
        return "social"
    if writes and about and all(e.managed and not e.owned for e in about):
        return "admin"
    return "content"


def data_operations(feature: FeatureSpec) -> dict[str, list[str]]:
    """Return what is done with the rows of which entities, and all that the feature uses.

    Where it is not known what is done, it is all that pages do.
    """
    names = list(feature.entities)
    done = feature.operations or (dict.fromkeys(OPERATIONS, tuple(names)) if names else {})
    return {**{one: list(done[one]) for one in OPERATIONS if one in done}, "uses": names}


def ui_requirements(feature: FeatureSpec) -> list[str]:
    """Return what of a page a feature needs: "form", "search box"."""
    operations = [one for one in OPERATIONS if data_operations(feature).get(one)]
    shown = [_FORM_OF[one] for one in operations]
    shown += [_SHOWN[name] for name in feature.capabilities if name in _SHOWN]
    return list(dict.fromkeys(shown))


def rules_of(feature: FeatureSpec, rules: Mapping[str, list[str]]) -> list[str]:
    """Return the rules of the entities that answer a feature; `rules` holds them by entity."""
    return list(dict.fromkeys(rule for name in feature.entities for rule in rules.get(name, ())))


def answers(page: PageSpec, feature: FeatureSpec) -> bool:
    """Tell whether a page is one of those that a feature is built by."""
    if page.entity is not None and page.kind is not PageKind.CONTENT:
        return page.entity in feature.entities
    if page.path == DASHBOARD:
        return bool(_ON_DASHBOARD.intersection(feature.capabilities))
    said = {source.text for source in page.inferred_from}
    return any(source.text in said for source in feature.inferred_from)


def colour_token(theme: ThemeSpec, part: ThemePart) -> dict[str, Any]:
    """Return a named colour with where it is seen."""
    return {"value": getattr(theme, part), "contexts": CONTEXTS.get(part, [])}


def theme_confidence(theme: ThemeSpec) -> dict[ThemePart, float]:
    """Return how sure each part of a look is; what nobody read was chosen, and is sure."""
    said = [part for part in THEME_PARTS if getattr(theme, part) is not None]
    return {p: theme.marks[p].confidence if p in theme.marks else 1.0 for p in said}
