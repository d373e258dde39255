"""Wireframe: every page of the app, and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generation.agents.agent import Agent, AgentRequest, Watch
from generation.agents.schemas import AgentType, Component, PageRoute, WireframeSpec
from generation.agents.wording import cut, flat, listed
from generation.engines.builtin.screens import Screen, screens_of
from generation.engines.builtin.stacks.shared.capabilities import wants
from generation.engines.builtin.stacks.shared.theme import first_colours
from projects.spec.models import AppSpec, EntitySpec, PageKind, PageSpec, SectionSpec
from projects.spec.proposals import Proposals

NAME = 100
PATH = re.compile(r"^/[a-z0-9/:_-]*$")
COLOUR = re.compile(r"^#[0-9a-f]{6}$")
KINDS = {
    PageKind.HOME: "The first page",
    PageKind.DASHBOARD: "What there is, in numbers",
    PageKind.CONTENT: "A page of words",
}


def by_rules(request: AgentRequest, watch: Watch) -> WireframeSpec:
    """Lay out the pages that the app will have."""
    spec = request.spec
    screens = screens_of(spec, request.words.tech_stack)
    watch.at(50.0)
    return WireframeSpec(
        site_map=[_route(screen, spec) for screen in screens],
        global_state_needs=list(_state(spec)),
        theme_colors=list(dict.fromkeys(first_colours(spec.theme).values())),
    )


def _route(screen: Screen, spec: AppSpec) -> PageRoute:
    entity = next((one for one in spec.entities if one.name == screen.entity), None)
    if entity is not None:
        components = _of_rows(screen, entity, spec)
    else:
        components = list(_of_words(screen, spec))
    return PageRoute(path=screen.path, description=_purpose(screen, entity), components=components)


def _purpose(screen: Screen, entity: EntitySpec | None) -> str:
    if entity is None:
        return f"{screen.name}. {KINDS.get(screen.kind, screen.name)}."
    one, many = entity.name.lower(), entity.plural.lower()
    deeds = {
        PageKind.LIST: f"All {many}, to look through and to open",
        PageKind.DETAIL: f"One {one} with everything that is known of it",
        PageKind.FORM: f"Fill in a {one} and save it",
    }
    return f"{screen.name}. {deeds.get(screen.kind, screen.name)}."


def _of_rows(screen: Screen, entity: EntitySpec, spec: AppSpec) -> list[Component]:
    """Return what a list, a row's page or a form is made of, in the entity's own fields."""
    fields = [field.name for field in sorted(entity.fields, key=lambda field: field.position)]
    props = [*fields, *(relation.name for relation in entity.relations)]
    if screen.kind is PageKind.LIST:
        able = [name for name in ("search", "filter", "sort", "pagination") if wants(spec, name)]
        tools = [f"{entity.name} {name}" for name in able]
        top = Component(name=_named(f"{entity.name} list"), props=props, children=tools)
        return [top, *(Component(name=_named(tool), props=fields, children=[]) for tool in tools)]
    if screen.kind is PageKind.FORM:
        inputs = [_named(f"{name} input") for name in props]
        return [Component(name=_named(f"{entity.name} form"), props=props, children=inputs)]
    return [Component(name=_named(f"{entity.name} detail"), props=props, children=[])]


def _of_words(screen: Screen, spec: AppSpec) -> Iterator[Component]:
    if screen.kind is PageKind.DASHBOARD:
        tiles = [_named(f"Number of {entity.plural}") for entity in spec.entities]
        yield Component(name="Dashboard", props=[e.plural for e in spec.entities], children=tiles)
    elif screen.kind is PageKind.FORM:
        inputs = ["E-mail input", "Password input"]
        yield Component(name=f"{screen.name} form", props=["email", "password"], children=inputs)
    else:
        headings = [_named(section) for section in screen.sections]
        yield Component(name=_named(f"{screen.name} content"), props=[], children=headings)


def _named(words: str) -> str:
    return cut(words, NAME)


def _state(spec: AppSpec) -> Iterator[str]:
    if spec.auth:
        yield "who is signed in"
    yield "light or dark theme"
    if spec.entities:
        yield f"the lists of {listed(entity.plural.lower() for entity in spec.entities)}"


def _values(request: AgentRequest) -> dict[str, object]:
    sketch = [
        {"path": screen.path, "name": screen.name, "kind": screen.kind}
        for screen in screens_of(request.spec, request.words.tech_stack)
    ]
    return {
        "spec": request.spec.model_dump(mode="json", exclude_defaults=True),
        "stack": request.words.tech_stack,
        "pages": sketch,
    }


def _faults(answer: WireframeSpec, _request: AgentRequest) -> str | None:
    """Say which paths and colours cannot be used."""
    paths = [page.path for page in answer.site_map]
    odd = [path for path in paths if not PATH.match(path)]
    if odd:
        return f"site_map: use small letters, digits, - _ : and / in {odd}; parameters as /:id"
    twice = sorted({path for path in paths if paths.count(path) > 1})
    if twice:
        return f"site_map: these paths are there twice: {twice}"
    colours = [colour for colour in answer.theme_colors if not COLOUR.match(colour.lower())]
    return f"theme_colors: write {colours} as # and six hexadecimal digits" if colours else None


def _settled(answer: WireframeSpec, request: AgentRequest, watch: Watch) -> WireframeSpec:
    """Put back the pages that the app has anyway, and the colours that a person named."""
    floor = by_rules(request, watch)
    given = {page.path for page in answer.site_map}
    named = [colour for colour in _colours(request.spec) if colour]
    drawn = [colour.lower() for colour in answer.theme_colors]
    return answer.model_copy(
        update={
            "site_map": [
                *answer.site_map,
                *(page for page in floor.site_map if page.path not in given),
            ],
            "theme_colors": list(dict.fromkeys([*named, *drawn])),
        }
    )


def _colours(spec: AppSpec) -> tuple[str | None, ...]:
    return spec.theme.background, spec.theme.component, spec.theme.text


def proposals_in(answer: WireframeSpec, request: AgentRequest, by: str | None) -> Proposals:
    """Return the pages of words that a model lays out beyond those that the app has anyway."""
    if by is None:
        return Proposals()
    known = {screen.path for screen in screens_of(request.spec, request.words.tech_stack)}
    fresh = [route for route in answer.site_map if route.path not in known | {"/"}]
    return Proposals(
        by=by, pages=tuple(_page_in(route) for route in fresh if ":" not in route.path)
    )


def _page_in(route: PageRoute) -> PageSpec:
    """Return a page named by the first words of its description, with the rest as its text."""
    lead, _, rest = flat(route.description).partition(". ")
    name = cut(lead.rstrip("."), NAME) or route.path.strip("/")
    section = SectionSpec(heading=name, text=rest)
    return PageSpec(name=name, path=route.path, kind=PageKind.CONTENT, sections=(section,))


WIREFRAME = Agent(AgentType.WIREFRAME, WireframeSpec, by_rules, _values, _faults, _settled)
