"""An app, and five ways in which its design is changed before it is generated again."""

from __future__ import annotations

from dataclasses import dataclass, field

from projects.spec.edit import remove_entity
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)

PLAIN, BOOTSTRAP = "Plain CSS", "Bootstrap"


def _entity(name: str, *fields: FieldSpec, relations: tuple[RelationSpec, ...] = ()) -> EntitySpec:
    return EntitySpec(name=name, plural=f"{name}s", fields=fields, relations=relations)


def _link(name: str, target: str, kind: RelationKind = RelationKind.MANY_TO_ONE) -> RelationSpec:
    return RelationSpec(kind=kind, name=name, target=target)


TITLE = FieldSpec(name="title", required=True)
BEFORE = AppSpec(
    name="Library",
    entities=(
        _entity("Author", FieldSpec(name="name", required=True), FieldSpec(name="born")),
        _entity(
            "Book",
            TITLE,
            FieldSpec(name="pages", type=FieldType.INTEGER),
            FieldSpec(name="state", type=FieldType.ENUM, choices=("new", "used"), required=True),
            relations=(_link("author", "Author"), _link("tags", "Tag", RelationKind.MANY_TO_MANY)),
        ),
        _entity("Tag", FieldSpec(name="name", required=True)),
        _entity("Review", TITLE, relations=(_link("book", "Book"),)),
    ),
)


@dataclass(frozen=True)
class Change:
    """A change of a design: what the app is made from afterwards. Its name and styling tell it."""

    name: str
    spec: AppSpec = field(hash=False)
    styling: str = PLAIN


def _book(**changes: object) -> AppSpec:
    entities = (
        entity.model_copy(update=changes) if entity.name == "Book" else entity
        for entity in BEFORE.entities
    )
    return BEFORE.model_copy(update={"entities": tuple(entities)})


_BOOK = BEFORE.entities[1]
CHANGES = (
    Change(
        "add a field",
        _book(fields=(*_BOOK.fields, FieldSpec(name="due date", type=FieldType.DATE))),
    ),
    Change("rename a relation", _book(relations=(_link("writer", "Author"), _BOOK.relations[1]))),
    Change("change styling", BEFORE, BOOTSTRAP),
    Change("change stack settings", BEFORE.model_copy(update={"dashboard": True})),
    Change("remove an entity", remove_entity(BEFORE, "Review")),
)
