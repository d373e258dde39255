"""Versions of an app between which nearly everything gets another name."""

from __future__ import annotations

from projects.spec.edit import put_entity, remove_entity
from projects.spec.identity import with_identities
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)

ONE, MANY, OWN = RelationKind.MANY_TO_ONE, RelationKind.MANY_TO_MANY, RelationKind.ONE_TO_ONE


def text(name: str, identity: str | None = None, **more: object) -> FieldSpec:
    return FieldSpec(name=name, identity=identity, **more)


def link(name: str, target: str, kind: RelationKind = ONE, **more: object) -> RelationSpec:
    return RelationSpec(kind=kind, name=name, target=target, **more)


TAG = EntitySpec(name="Tag", plural="Tags", fields=(text("name"),))
BEFORE = AppSpec(
    name="Notebook",
    entities=(
        EntitySpec(
            name="Person",
            plural="Persons",
            fields=(text("name", required=True, unique=True), text("nickname", unique=True)),
        ),
        EntitySpec(
            name="Note",
            plural="Notes",
            fields=(
                text("title", required=True),
                text("body"),
                text("due date", type=FieldType.DATE),
                text("code", unique=True),
                text("stage", type=FieldType.ENUM, choices=("open", "done"), required=True),
                text("pages", type=FieldType.INTEGER),
            ),
            relations=(
                link("person", "Person", required=True),
                link("parent", "Note"),
                link("tags", "Tag", MANY),
                link("friends", "Note", MANY),
                link("cover", "Tag", OWN),
            ),
        ),
        TAG,
        EntitySpec(
            name="Memo", plural="Memos", fields=(text("line"),), relations=(link("tag", "Tag"),)
        ),
    ),
)
_MEMO = EntitySpec(
    name="Memo",
    plural="Memos",
    identity="Note",
    fields=(
        text("heading", "title", required=True),
        text("title", "body"),
        text("deadline", "due date", type=FieldType.DATE),
        text("serial", "code", unique=True),
        text("state", "stage", type=FieldType.ENUM, choices=("open", "shut"), required=True),
        text("length", "pages", type=FieldType.DECIMAL),
    ),
    relations=(
        link("writer", "Person", identity="person", required=True),
        link("origin", "Memo", identity="parent"),
        link("labels", "Label", MANY, identity="tags"),
        link("peers", "Memo", MANY, identity="friends"),
        link("badge", "Label", OWN, identity="cover"),
        link("parent", "Memo"),
    ),
)


def renamed() -> AppSpec:
    """Return the next version: names change, go round, and are taken by something new."""
    spec = remove_entity(BEFORE, "Memo")
    spec = put_entity(
        spec, TAG.model_copy(update={"name": "Label", "plural": "Labels"}), replacing="Tag"
    )
    spec = put_entity(spec, _MEMO, replacing="Note")
    person = spec.entities[0].model_copy(
        update={
            "fields": (
                text("nickname", "name", required=True, unique=True),
                text("name", "nickname", unique=True),
            )
        }
    )
    spec = put_entity(spec, person, replacing="Person")
    note = EntitySpec(
        name="Note",
        plural="Notes",
        fields=(text("title"), text("code", unique=True)),
        relations=(
            link("person", "Person"),
            link("tags", "Label", MANY),
            link("friends", "Note", MANY),
        ),
    )
    return with_identities(BEFORE, put_entity(spec, note))


AFTER = renamed()


def swapped() -> AppSpec:
    """Return a third version, in which two things change their names."""
    spec = put_entity(
        AFTER, AFTER.entities[1].model_copy(update={"name": "Between"}), replacing="Memo"
    )
    note = next(entity for entity in spec.entities if entity.name == "Note")
    plain = {"name": "Memo", "plural": "Memos"}
    spec = put_entity(spec, note.model_copy(update=plain), replacing="Note")
    memo = next(entity for entity in spec.entities if entity.name == "Between")
    plain = {"name": "Note", "plural": "Notes"}
    return with_identities(
        AFTER, put_entity(spec, memo.model_copy(update=plain), replacing="Between")
    )


SWAPPED = swapped()
