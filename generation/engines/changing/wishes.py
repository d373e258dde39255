"""A design while wishes change it, and what was understood of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generation.engines.builtin.understanding.inflections import singular_of
from projects.spec.edit import keep_following, put_entity, rename_entity
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, RelationSpec, Source

KEPT = "what is stored in a database in use is kept"
# What an app does rather than keeps: neither a thing nor a field.
DEEDS = frozenset(
    {
        *("search", "export", "exports", "import", "csv", "pdf", "filter", "filters", "filtering"),
        *("sorting", "pagination", "calendar", "map", "chart", "charts", "graph", "button", "menu"),
        *("totals", "averages"),
        *("something", "anything", "everything", "stuff"),
    }
)
USER_SOURCE = Source(part="user", text="a change that was asked for")


@dataclass(frozen=True)
class Draft:
    """A design with the changes so far: each said in `edits`, what was not read in `unknown`."""

    spec: AppSpec
    styling: str
    edits: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def with_spec(self, said: str, **changes: object) -> Draft:
        """Return the draft with parts of its design changed, and that said."""
        spec = self.spec.model_copy(update=changes)
        return replace(self, spec=spec, edits=(*self.edits, said))

    def with_entity(self, said: str, entity: EntitySpec, *, replacing: str | None = None) -> Draft:
        """Return the draft with an entity added or changed, and that said."""
        spec = put_entity(self.spec, keep_following(entity), replacing=replacing)
        return replace(self, spec=spec, edits=(*self.edits, said))

    def with_name(self, old: str, new: str) -> Draft:
        """Return the draft with an entity renamed."""
        spec = rename_entity(self.spec, old, new)
        return replace(self, spec=spec, edits=(*self.edits, f"{old} becomes {new}; {KEPT}"))

    def entity(self, words: str) -> EntitySpec | None:
        """Return the entity that words name, in the singular or the plural."""
        wanted = key_of(words)
        return next(
            (one for one in self.spec.entities if wanted in {key_of(one.name), key_of(one.plural)}),
            None,
        )

    def held(self, words: str) -> tuple[EntitySpec, FieldSpec | RelationSpec] | None:
        """Return the one part that words name ("due date", "task's due date"), and its holder."""
        own, wanted = key_of(re.sub(r"['\u2019]s?\b", "", words)), key_of(words)
        found, whole = [], []
        for one in self.spec.entities:
            parts: tuple[FieldSpec | RelationSpec, ...] = (*one.fields, *one.relations)
            found += [(one, part) for part in parts if key_of(part.name) == wanted]
            whole += [(one, p) for p in parts if key_of(f"{one.name} {p.name}") == own]
        fitting = whole or found
        return fitting[0] if len(fitting) == 1 else None


def key_of(words: str) -> str:
    """Return a name as it is compared: in small letters, the singular, without its article."""
    parts = words.lower().replace("_", " ").replace("-", " ").split()
    while parts and parts[0] in {"a", "an", "the", "all", "every", "each", "my", "their"}:
        parts = parts[1:]
    return "".join(singular_of(part) for part in parts)


def part_named(
    words: str, parts: Iterable[FieldSpec | RelationSpec]
) -> FieldSpec | RelationSpec | None:
    """Return the field or relation that words name."""
    wanted = key_of(words)
    return next((part for part in parts if key_of(part.name) == wanted), None)
