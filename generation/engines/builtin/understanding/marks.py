"""The words that the parts of an entity were read from, as they stand in the request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from generation.engines.builtin.understanding.linking import short
from projects.spec.models import AppSpec, EntitySpec, Inferred, Source

Part = TypeVar("Part", bound=Inferred)
_Place = tuple[str, int, int]


def with_marks(spec: AppSpec, sentences: Iterable[Source]) -> AppSpec:
    """Return a spec of which each part of an entity has words of the `sentences`, at their place.

    What was said in full to be read ("Claims: number, date" of a point below "Claims") is as it was
    written, and a usual field that no words name has the first word that names its entity.
    """
    said = {_place(sentence): short(sentence) for sentence in sentences}
    marked = (_with_usual(_entity_as_said(entity, said)) for entity in spec.entities)
    return spec.model_copy(update={"entities": tuple(marked)})


def _place(source: Source) -> _Place:
    return source.part, source.index, source.start


def _entity_as_said(entity: EntitySpec, said: Mapping[_Place, Source]) -> EntitySpec:
    fields = tuple(_as_said(field, said) for field in entity.fields)
    relations = tuple(_as_said(relation, said) for relation in entity.relations)
    parts = {"fields": fields, "relations": relations}
    return _as_said(entity, said).model_copy(update=parts)


def _as_said(part: Part, said: Mapping[_Place, Source]) -> Part:
    sources = []
    for source in part.inferred_from:
        written = said.get(_place(source), source)
        sources.append(source if written.text.startswith(source.text) else written)
    return part.model_copy(update={"inferred_from": tuple(sources)})


def _with_usual(entity: EntitySpec) -> EntitySpec:
    if not entity.inferred_from or all(field.inferred_from for field in entity.fields):
        return entity
    mark = (_named_in(entity),)
    fields = (
        field if field.inferred_from else field.model_copy(update={"inferred_from": mark})
        for field in entity.fields
    )
    return entity.model_copy(update={"fields": tuple(fields)})


def _named_in(entity: EntitySpec) -> Source:
    """Return an entity's name where it first stands; all of a sentence that has it otherwise."""
    name = re.compile(
        rf"\b(?:{re.escape(entity.plural)}|{re.escape(entity.name)})\b", re.IGNORECASE
    )
    for source in entity.inferred_from:
        if found := name.search(source.text):
            start = source.start + found.start()
            return source.model_copy(update={"start": start, "text": found[0]})
    return entity.inferred_from[0]
