"""Two versions of an app whose difference holds every kind of change."""

from __future__ import annotations

from generation.engines.base import StepContext, Version
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import carry_out_plan
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)

TAG = EntitySpec(name="Tag", plural="Tags", fields=(FieldSpec(name="name", required=True),))
BEFORE = AppSpec(
    name="Shop",
    entities=(
        EntitySpec(
            name="Author",
            plural="Authors",
            fields=(
                FieldSpec(name="name", required=True, unique=True),
                FieldSpec(name="born", type=FieldType.DATE),
            ),
        ),
        EntitySpec(
            name="Book",
            plural="Books",
            fields=(
                FieldSpec(name="title", required=True),
                FieldSpec(name="pages", type=FieldType.INTEGER),
                FieldSpec(
                    name="status",
                    type=FieldType.ENUM,
                    choices=("new", "used", "it's: old"),
                    required=True,
                ),
                FieldSpec(name="notes", type=FieldType.TEXT),
                FieldSpec(name="isbn", unique=True, pattern=r"[\d-]{10,17}"),
                FieldSpec(name="cover", type=FieldType.DATE),
                FieldSpec(name="scan", type=FieldType.FILE),
                FieldSpec(name="back", type=FieldType.FILE),
            ),
            relations=(
                RelationSpec(
                    kind=RelationKind.MANY_TO_ONE, name="author", target="Author", required=True
                ),
                RelationSpec(kind=RelationKind.MANY_TO_MANY, name="tags", target="Tag"),
            ),
        ),
        TAG,
        EntitySpec(
            name="Review",
            plural="Reviews",
            fields=(FieldSpec(name="text", required=True),),
            relations=(RelationSpec(kind=RelationKind.MANY_TO_ONE, name="book", target="Book"),),
        ),
    ),
)
AFTER = AppSpec(
    name="Shop",
    entities=(
        EntitySpec(
            name="Author",
            plural="Authors",
            fields=(
                FieldSpec(name="name", required=True),
                FieldSpec(name="email", type=FieldType.EMAIL, required=True, unique=True),
                FieldSpec(name="alive", type=FieldType.BOOLEAN),
            ),
        ),
        EntitySpec(
            name="Book",
            plural="Books",
            fields=(
                FieldSpec(name="title", required=True, max_length=3),
                FieldSpec(name="pages", type=FieldType.DECIMAL, required=True),
                FieldSpec(
                    name="status",
                    type=FieldType.ENUM,
                    choices=("new", 'gone: "sold"'),
                    required=True,
                ),
                FieldSpec(name="notes", pattern="[A-Z][a-z]+"),
                FieldSpec(name="isbn", type=FieldType.INTEGER),
                FieldSpec(name="cover", type=FieldType.IMAGE),
                FieldSpec(name="cover content", type=FieldType.IMAGE),
                FieldSpec(name="first page", type=FieldType.IMAGE, identity="scan"),
                FieldSpec(
                    name="mood", type=FieldType.ENUM, choices=("calm", "wild"), required=True
                ),
            ),
            relations=(
                RelationSpec(kind=RelationKind.MANY_TO_ONE, name="author", target="Author"),
                RelationSpec(
                    kind=RelationKind.MANY_TO_ONE, name="editor", target="Author", required=True
                ),
                RelationSpec(kind=RelationKind.ONE_TO_ONE, name="sequel", target="Book"),
            ),
        ),
        TAG.model_copy(
            update={
                "owned": False,
                "managed": True,
                "relations": (
                    RelationSpec(kind=RelationKind.MANY_TO_MANY, name="friends", target="Tag"),
                ),
            }
        ),
        EntitySpec(
            name="Shelf",
            plural="Shelves",
            fields=(FieldSpec(name="name", required=True),),
            relations=(RelationSpec(kind=RelationKind.MANY_TO_MANY, name="books", target="Book"),),
        ),
    ),
)


def tags(**who: bool) -> AppSpec:
    """Return an app of tags, which are read and written as is said."""
    name = FieldSpec(name="name", required=True, unique=True)
    return AppSpec(
        name="Tags", entities=(EntitySpec(name="Tag", plural="Tags", fields=(name,), **who),)
    )


def overseen(spec: AppSpec, *names: str) -> AppSpec:
    """Let staff see all rows of some entities that are owned."""
    entities = tuple(
        entity.model_copy(update={"managed": True}) if entity.name in names else entity
        for entity in spec.entities
    )
    return spec.model_copy(update={"entities": entities})


def with_flags(spec: AppSpec, name: str, **flags: object) -> AppSpec:
    """Say of one entity who reads and who writes its rows."""
    entities = tuple(
        entity.model_copy(update=flags) if entity.name == name else entity
        for entity in spec.entities
    )
    return spec.model_copy(update={"entities": entities})


def made(stack: str, spec: AppSpec, previous: Version | None = None) -> Version:
    """Make a version of an app, in plain CSS."""
    engine = BuiltinEngine()
    plan = engine.plan(spec, stack=stack, styling="Plain CSS", previous=previous)
    files = carry_out_plan(engine, plan, StepContext(spec, stack, "Plain CSS"))
    if previous is not None:
        files |= {path: previous.files[path] for path in plan.kept}
    return Version(spec, files)
