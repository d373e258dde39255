"""What is understood of a description, and its names and links."""

from __future__ import annotations

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.theme import theme_of
from projects.spec.models import AppSpec, Source, ThemeSpec
from projects.spec.request import AppRequest


def read(description: str) -> AppSpec:
    """Return what is understood of a description alone."""
    return understand(AppRequest(project_name="App", description=description, features=()))


def looks_in(words: str) -> ThemeSpec:
    """Return the look that the words of a description ask for."""
    return theme_of([Source(part="description", text=words)])


def names(spec: AppSpec) -> set[str]:
    """Return the names of the entities."""
    return {entity.name for entity in spec.entities}


def links(spec: AppSpec) -> set[tuple[str, str]]:
    """Return each entity that holds or has a relation, with the one it leads to."""
    return {(e.name, relation.target) for e in spec.entities for relation in e.relations}


def access(spec: AppSpec) -> dict[str, str]:
    """Return of each entity who sees its rows: o(wner), m(anaged by staff), p(ublic)."""
    return {e.name: "o" * e.owned + "m" * e.managed + "p" * e.public for e in spec.entities}
