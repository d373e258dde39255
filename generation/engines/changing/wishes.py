"""A design while wishes change it, and what was understood of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generation.engines.builtin.understanding.grammar import singular_of
from projects.spec.edit import put_entity, rename_entity
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, RelationSpec, Source

# Migrations know no renaming: they drop what has the old name and make what has the new one.
LOST = "what is stored under the old name in a database in use is dropped"
USER_SOURCE = Source(part="user", text="a change that was asked for")


@dataclass(frozen=True)
class Draft:
    """A design with the changes so far: each said in `edits`, what was not read in `unknown`.

    `renamed` leads from the names that entities had to those that they have now.
    """

    spec: AppSpec
    styling: str
    edits: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def with_spec(self, said: str, **changes: object) -> Draft:
        """Return the draft with parts of its design changed, and that said."""
        spec = self.spec.model_copy(update=changes)
        return replace(self, spec=spec, edits=(*self.edits, said))

    def with_entity(self, said: str, entity: EntitySpec, *, replacing: str | None = None) -> Draft:
        """Return the draft with an entity added or changed, and that said."""
        spec = put_entity(self.spec, entity, replacing=replacing)
        return replace(self, spec=spec, edits=(*self.edits, said))

    def with_name(self, old: str, new: str) -> Draft:
        """Return the draft with an entity renamed."""
        first = next((was for was, now in self.renamed if now == old), old)
        others = tuple(pair for pair in self.renamed if pair[1] != old)
        spec = rename_entity(self.spec, old, new)
        said = (*self.edits, f"{old} becomes {new}; {LOST}")
        return replace(self, spec=spec, edits=said, renamed=(*others, (first, new)))

    def entity(self, words: str) -> EntitySpec | None:
        """Return the entity that words name, in the singular or the plural."""
        wanted = key_of(words)
        return next(
            (one for one in self.spec.entities if wanted in {key_of(one.name), key_of(one.plural)}),
            None,
        )


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
