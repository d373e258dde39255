"""What a person has decided about a design, and new words read without touching it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pydantic import Field

from projects.spec.edit import rename_entity, without_dangling
from projects.spec.identity import renamed_entities
from projects.spec.models import AppSpec, EntitySpec, PageSpec, SpecModel

Part = TypeVar("Part", EntitySpec, PageSpec)


class Confirmed(SpecModel):
    """What of a design a person has edited or confirmed, and what they took out of it.

    Entities by name, pages by path; `renamed` leads from a name the words give to the person's.
    """

    entities: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    removed_entities: frozenset[str] = frozenset()
    removed_pages: frozenset[str] = frozenset()
    renamed: dict[str, str] = Field(default_factory=dict)
    app: bool = False
    theme: bool = False
    features: bool = False


def note_edit(before: AppSpec, after: AppSpec, confirmed: Confirmed) -> Confirmed:
    """Return what is confirmed after a person turned one design into another."""
    was = {entity.name: entity for entity in before.entities}
    now = {entity.name: entity for entity in after.entities}
    pages_were = {page.path: page for page in before.pages}
    pages_now = {page.path: page for page in after.pages}
    touched = {name for name, entity in now.items() if was.get(name) != entity}
    renamed = renamed_entities(before, after)
    followed = {old: renamed.get(new, new) for old, new in confirmed.renamed.items()}
    return Confirmed(
        entities=frozenset((confirmed.entities | touched) & now.keys()),
        pages=frozenset(
            (confirmed.pages | {p for p, v in pages_now.items() if pages_were.get(p) != v})
            & pages_now.keys()
        ),
        removed_entities=(confirmed.removed_entities | was.keys() - now.keys()) - now.keys(),
        removed_pages=(confirmed.removed_pages | pages_were.keys() - pages_now.keys())
        - pages_now.keys(),
        renamed={old: new for old, new in {**followed, **renamed}.items() if new in now},
        app=confirmed.app or _app_of(before) != _app_of(after),
        theme=confirmed.theme or before.theme != after.theme,
        features=confirmed.features
        or [f.text for f in before.features] != [f.text for f in after.features],
    )


def _app_of(spec: AppSpec) -> AppSpec:
    return spec.model_copy(update={"entities": (), "pages": (), "features": (), "theme": None})


def merge_understood(fresh: AppSpec, kept: AppSpec, confirmed: Confirmed) -> AppSpec:
    """Return a new reading of the words with everything a person decided left as it is."""
    for old, new in confirmed.renamed.items():
        if any(entity.name == old for entity in fresh.entities):
            fresh = rename_entity(fresh, old, new)
    app = kept if confirmed.app else fresh
    merged = app.model_copy(
        update={
            "name": kept.name,
            "entities": _merge(
                fresh.entities,
                {e.name: e for e in kept.entities if e.name in confirmed.entities},
                confirmed.removed_entities,
                key="name",
            ),
            "pages": _merge(
                fresh.pages,
                {p.path: p for p in kept.pages if p.path in confirmed.pages},
                confirmed.removed_pages,
                key="path",
            ),
            "theme": kept.theme if confirmed.theme else fresh.theme,
            "features": kept.features if confirmed.features else fresh.features,
        }
    )
    return without_dangling(merged)


def _merge(
    fresh: Iterable[Part], kept: dict[str, Part], removed: frozenset[str], *, key: str
) -> tuple[Part, ...]:
    """Return what a person kept in its place among what was read, and the rest of it after."""
    read = {getattr(part, key): part for part in fresh if getattr(part, key) not in removed}
    return tuple({**read, **kept}.values())
