"""Wishes about things, their fields and how they hang together."""

from __future__ import annotations

import re

import inflection

from generation.engines.builtin.understanding.fields import field_from, pieces_of
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import fields_of
from generation.engines.builtin.understanding.limits import with_limits
from generation.engines.builtin.understanding.linking import name_of
from generation.engines.builtin.understanding.vocabulary import CLASSIFIERS, LABELS
from generation.engines.changing.wishes import DEEDS, USER_SOURCE, Draft, key_of, part_named
from projects.spec.edit import remove_entity
from projects.spec.models import (
    UPLOADS,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)

Groups = re.Match[str]
NO_NAMES = frozenset({"make", "add", "remove", "delete", "rename", "switch", "use", "change"})
NO_THINGS = frozenset(
    {"page", "user", "users", "login", "it", "app", "mode", "theme", "field", "column"}
)
MOST_WORDS = 3
JOINTS = frozenset({"to", "of", "in", "on", "for", "with", "from", "by", "at", "and", "when"})
_SEVERAL = re.compile(r"^(?:many|several|some|multiple)\s+", re.IGNORECASE)
_ONE = re.compile(r"^(?:an?|the|(?:exactly |just )?one|a single)\s+", re.IGNORECASE)
_KIND = re.compile(r"^(?:new )?(?:table|entity|model|thing)(?: called| named)? ", re.IGNORECASE)
_UNIQUE = re.compile(r"^unique\s+", re.IGNORECASE)


def add_fields(draft: Draft, found: Groups) -> Draft | None:
    """Add a due date to Task."""
    entity = draft.entity(found["thing"])
    if entity is None:
        return None
    words = re.sub(r"\s+(?:fields?|columns?|attributes?)$", "", found["list"].strip())
    for piece in pieces_of(words):
        changed = _with_part(draft, entity, _ONE.sub("", piece.strip()))
        if changed is None:
            return None
        draft, entity = changed, changed.entity(entity.name) or entity
    return draft


def _with_part(draft: Draft, entity: EntitySpec, words: str) -> Draft | None:
    """Give an entity a field, or a link where the words name another entity."""
    target = draft.entity(words)
    if target is not None:
        several = key_of(words) != "".join(words.lower().split())
        return _linked(draft, entity, target, several=several)
    if part_named(words, (*entity.fields, *entity.relations)) is not None:
        return None
    field = field_from(_UNIQUE.sub("", words), USER_SOURCE)
    names = field.name.lower().split() if field else []
    if field is None or names[0] in NO_NAMES or DEEDS.intersection(names) or "with" in names:
        return None
    known = {"position": len(entity.fields), "confidence": 1.0}
    known |= {"unique": True} if _UNIQUE.match(words) else {}
    made = with_limits(field.model_copy(update=known))
    changed = entity.model_copy(update={"fields": (*entity.fields, made)})
    said = f"{entity.name} gets a field “{made.name}” ({made.type.value})"
    return draft.with_entity(said, changed, replacing=entity.name)


def _linked(draft: Draft, entity: EntitySpec, target: EntitySpec, *, several: bool) -> Draft | None:
    kind = RelationKind.MANY_TO_MANY if several else RelationKind.MANY_TO_ONE
    name = (target.plural if several else target.name).lower()
    if part_named(name, (*entity.fields, *entity.relations)) is not None:
        return None
    if several and any(link.target == entity.name for link in target.relations):
        return None
    relation = RelationSpec(kind=kind, name=name, target=target.name)
    changed = entity.model_copy(update={"relations": (*entity.relations, relation)})
    said = f"{entity.name} is linked to {'several ' if several else 'one '}{name}"
    return draft.with_entity(said, changed, replacing=entity.name)


def have(draft: Draft, found: Groups) -> Draft | None:
    """Give notes tags, or tasks a due date."""
    entity = draft.entity(found["thing"])
    words = _SEVERAL.sub("", found["list"].strip())
    if entity is None:
        return None
    last = words.split()[-1].lower() if words.split() else ""
    is_plural = singular_of(last) != last and "," not in words and " and " not in words
    if not is_plural or re.match(r"(?:an?|the)\s", words):
        return add_fields(draft, found)
    target = draft.entity(words)
    noun = " ".join([*words.lower().split()[:-1], singular_of(last)])
    if target is not None:
        shared = noun in CLASSIFIERS | LABELS
        one, other = (entity, target) if shared else (target, entity)
        return _linked(draft, one, other, several=shared)
    if noun in CLASSIFIERS | LABELS:
        added = _with_thing(draft, noun)
        target = added.entity(noun)
        return _linked(added, entity, target, several=True) if target else None
    link = RelationSpec(
        kind=RelationKind.MANY_TO_ONE, name=entity.name.lower(), target=entity.name, required=True
    )
    return _with_thing(draft, noun, link)


def belong(draft: Draft, found: Groups) -> Draft | None:
    """Tasks belong to a project."""
    entity, words = draft.entity(found["thing"]), found["target"].strip().lower()
    if entity is None or len(words.split()) > 3 or key_of(words) == key_of(entity.name):
        return None
    target = draft.entity(words)
    if target is None:
        draft = _with_thing(draft, singular_of(words))
        target = draft.entity(words)
    return _linked(draft, entity, target, several=False) if target else None


def _with_thing(
    draft: Draft, noun: str, *relations: RelationSpec, fields: tuple[FieldSpec, ...] = ()
) -> Draft:
    made = EntitySpec(
        name=name_of(noun),
        plural=name_of(inflection.pluralize(noun)),
        fields=fields or fields_of(noun)[0],
        relations=relations,
        inferred_from=(USER_SOURCE,),
    )
    names = ", ".join(field.name for field in made.fields)
    links = "".join(f"; each belongs to one {link.target}" for link in relations)
    return draft.with_entity(f"{made.name} is new, with {names}{links}", made)


def add_thing(draft: Draft, found: Groups) -> Draft | None:
    """Add suppliers with name and email."""
    words = _KIND.sub("", re.sub(r"^(?:an?|the)\s+", "", found["thing"].strip().lower()))
    parts = words.split()
    if not 0 < len(parts) <= MOST_WORDS or parts[-1] in NO_THINGS or draft.entity(words):
        return None
    if (JOINTS | DEEDS).intersection(parts):
        return None
    noun = " ".join([*parts[:-1], singular_of(parts[-1])])
    listed = found.groupdict().get("list") or ""
    if not listed and noun == words and _is_field(noun):
        return None
    read = [field_from(piece, USER_SOURCE) for piece in pieces_of(listed)] if listed else []
    fields = tuple(field for field in read if field is not None)
    if len(fields) != len(read):
        return None
    numbered = tuple(
        with_limits(one.model_copy(update={"position": n})) for n, one in enumerate(fields)
    )
    return _with_thing(draft, noun, fields=numbered)


def _is_field(noun: str) -> bool:
    """Tell whether a noun is rather a field, of nobody knows what, than a thing."""
    field = field_from(noun, USER_SOURCE)
    is_known = fields_of(noun)[0] != fields_of("")[0]
    return not is_known and field is not None and field.type is not FieldType.STRING


def remove_thing(draft: Draft, found: Groups) -> Draft | None:
    """Remove comments."""
    entity = draft.entity(found["thing"])
    if entity is None:
        return _remove_held(draft, found["thing"])
    said = f"{entity.name} goes, with its pages and all links to it"
    spec = remove_entity(draft.spec, entity.name)
    return draft.with_spec(said, entities=spec.entities, pages=spec.pages, features=spec.features)


def remove_part(draft: Draft, found: Groups) -> Draft | None:
    """Remove the due date from Task."""
    entity = draft.entity(found["thing"])
    part = part_named(found["part"], (*entity.fields, *entity.relations)) if entity else None
    return _without(draft, entity, part) if entity and part else None


def _remove_held(draft: Draft, words: str) -> Draft | None:
    """Remove a field of the one thing that has it."""
    held = draft.held(re.sub(r"\s+(?:fields?|columns?)$", "", words))
    return _without(draft, *held) if held else None


def _without(draft: Draft, entity: EntitySpec, part: FieldSpec | RelationSpec) -> Draft:
    changed = entity.model_copy(
        update={
            "fields": tuple(one for one in entity.fields if one != part),
            "relations": tuple(one for one in entity.relations if one != part),
        }
    )
    return draft.with_entity(f"{entity.name} loses “{part.name}”", changed, replacing=entity.name)


def set_rule(draft: Draft, found: Groups) -> Draft | None:
    """Make the due date of Task required."""
    rule, words = found["rule"].lower(), found["part"]
    named = found.groupdict().get("thing")
    entities = [draft.entity(named)] if named else list(draft.spec.entities)
    holding = [one for one in entities if one and part_named(words, (*one.fields, *one.relations))]
    if len(holding) != 1:
        return None
    entity = holding[0]
    part = part_named(words, (*entity.fields, *entity.relations))
    if isinstance(part, FieldSpec) and part.type in UPLOADS:
        return None
    change = {"unique": True} if rule == "unique" else {"required": rule != "optional"}
    if part is None or (rule == "unique" and isinstance(part, RelationSpec)):
        return None
    made = {part.name: part.model_copy(update=change)}
    changed = entity.model_copy(
        update={
            "fields": tuple(made.get(one.name, one) for one in entity.fields),
            "relations": tuple(made.get(one.name, one) for one in entity.relations),
        }
    )
    said = f"“{part.name}” of {entity.name} is {'required' if rule == 'mandatory' else rule}"
    return draft.with_entity(said, changed, replacing=entity.name)
