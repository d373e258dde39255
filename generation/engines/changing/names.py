"""Wishes about what things and their fields are called; what is stored of them stays."""

from __future__ import annotations

import re

import inflection

from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.linking import name_of
from generation.engines.changing.wishes import KEPT, Draft, part_named
from projects.spec.models import EntitySpec, FieldSpec, RelationSpec

Groups = re.Match[str]
_AND_MORE = re.compile(r"[,;]|\b(?:and|to)\b", re.IGNORECASE)  # of a sentence that goes on


def rename(draft: Draft, found: Groups) -> Draft | None:
    """Rename notes to memos."""
    entity, words = draft.entity(found["old"]), found["new"].strip(" .\"'“”")
    noun = " ".join([*words.split()[:-1], singular_of(words.split()[-1])]) if words else ""
    if entity is None and (held := draft.held(found["old"])):
        return _part_called(draft, *held, words)
    if entity is None or not noun or draft.entity(noun) or len(noun) > 60:
        return None
    if _AND_MORE.search(noun):
        return None
    new = name_of(noun)
    renamed = draft.with_name(entity.name, new)
    plural = name_of(inflection.pluralize(noun))
    entities = tuple(
        one.model_copy(update={"plural": plural}) if one.name == new else one
        for one in renamed.spec.entities
    )
    spec = renamed.spec.model_copy(update={"entities": entities})
    return Draft(spec, renamed.styling, renamed.edits, renamed.unknown)


def rename_part(draft: Draft, found: Groups) -> Draft | None:
    """Rename the title of Task to name."""
    entity = draft.entity(found["thing"])
    new = found["new"].strip(" .\"'“”")
    part = part_named(found["old"], (*entity.fields, *entity.relations)) if entity else None
    return _part_called(draft, entity, part, new) if entity and part else None


def _part_called(
    draft: Draft, entity: EntitySpec, part: FieldSpec | RelationSpec, new: str
) -> Draft | None:
    if not new or len(new) > 60 or _AND_MORE.search(new):
        return None
    if part_named(new, (*entity.fields, *entity.relations)) is not None:
        return None
    known = {"name": new, "identity": part.identity or part.name}
    made = {part.name: part.model_copy(update=known)}
    changed = entity.model_copy(
        update={
            "fields": tuple(made.get(one.name, one) for one in entity.fields),
            "relations": tuple(made.get(one.name, one) for one in entity.relations),
            "follows": new if part.name == entity.follows else entity.follows,
        }
    )
    said = f"“{part.name}” of {entity.name} becomes “{new}”; {KEPT}"
    return draft.with_entity(said, changed, replacing=entity.name)
