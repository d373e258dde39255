"""Specs that go to the limits of what a stack must write."""

from __future__ import annotations

from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)


def every_type() -> tuple[FieldSpec, ...]:
    """Return a field of every type, needed and not, with and without limits."""
    return (
        FieldSpec(name="name", required=True, unique=True, max_length=80),
        FieldSpec(name="code", min_length=3, max_length=3),
        FieldSpec(name="story", type=FieldType.TEXT, required=True),
        FieldSpec(name="stars", type=FieldType.INTEGER, required=True, minimum=1, maximum=5),
        FieldSpec(name="count", type=FieldType.INTEGER, default="7"),
        FieldSpec(name="price", type=FieldType.DECIMAL, required=True, minimum=0),
        FieldSpec(name="weight", type=FieldType.DECIMAL, default="1.5"),
        FieldSpec(name="open", type=FieldType.BOOLEAN, default="yes"),
        FieldSpec(name="date", type=FieldType.DATE, required=True),
        FieldSpec(name="starts at", type=FieldType.DATETIME),
        FieldSpec(name="email", type=FieldType.EMAIL, unique=True),
        FieldSpec(name="class", type=FieldType.URL),
        FieldSpec(
            name="state",
            type=FieldType.ENUM,
            choices=("in progress", "2nd try", 'said "done"', "très long"),
            default="2nd try",
        ),
        FieldSpec(name="size", type=FieldType.ENUM, choices=("S", "M"), required=True),
    )


def _link(kind: RelationKind, name: str, target: str, *, required: bool = False) -> RelationSpec:
    return RelationSpec(kind=kind, name=name, target=target, required=required)


def torture(*, auth: bool = True) -> AppSpec:
    """Return an app with every field type, every relation and awkward names."""
    kinds = RelationKind
    return AppSpec(
        name='Torture "Test" {{ 7*7 }} <b>',
        description="Every type, every link.",
        auth=auth,
        dashboard=True,
        entities=(
            EntitySpec(
                name="Thing",
                plural="Things",
                fields=every_type(),
                relations=(
                    _link(kinds.MANY_TO_ONE, "shelf", "Class", required=True),
                    _link(kinds.MANY_TO_ONE, "second shelf", "Class"),
                    _link(kinds.MANY_TO_ONE, "parent", "Thing"),
                    _link(kinds.MANY_TO_MANY, "tags", "Tag"),
                    _link(kinds.MANY_TO_MANY, "friends", "Thing"),
                    _link(kinds.ONE_TO_ONE, "passport", "Passport"),
                ),
            ),
            EntitySpec(
                name="Class",
                plural="Classes",
                owned=False,
                fields=(FieldSpec(name="title", required=True),),
                relations=(_link(kinds.MANY_TO_ONE, "best thing", "Thing"),),
            ),
            EntitySpec(
                name="Tag",
                plural="Tags",
                owned=False,
                fields=(FieldSpec(name="label", required=True, unique=True, max_length=30),),
            ),
            EntitySpec(
                name="Passport",
                plural="Passports",
                fields=(
                    FieldSpec(name="number", type=FieldType.INTEGER, required=True, unique=True),
                ),
                relations=(_link(kinds.ONE_TO_MANY, "stamps", "Entry stamp of a border"),),
            ),
            EntitySpec(
                name="Entry stamp of a border",
                plural="Entry stamps of a border",
                relations=(_link(kinds.MANY_TO_ONE, "page", "Page", required=True),),
            ),
            EntitySpec(
                name="Page",
                plural="Pages",
                fields=(
                    FieldSpec(name="a name that is very long and goes on and on and on for ever"),
                ),
                relations=(
                    _link(kinds.MANY_TO_ONE, "stamp", "Entry stamp of a border", required=True),
                ),
            ),
        ),
    )
