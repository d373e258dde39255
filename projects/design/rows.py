"""Parts of an AppSpec as columns of the design's tables, and back; nothing is lost on the way.

What a part says beyond its table's columns goes into `metadata`, so a part that learns to say
more needs no migration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from projects.design.derived import (
    PATTERNS,
    Screens,
    answers,
    business_rules,
    category_of,
    colour_token,
    data_operations,
    purpose_of,
    rules_of,
    ui_requirements,
    usage_contexts,
    validation_rules,
)
from projects.models import DesignSystem, Feature, InferredEntity, Page
from projects.models.design import FeatureStatus
from projects.spec.models import (
    EntitySpec,
    FeatureSpec,
    FieldSpec,
    PageKind,
    PageSpec,
    RelationKind,
    RelationSpec,
    SpecModel,
    ThemePart,
    ThemeSpec,
)

Columns = dict[str, Any]

NAME_LENGTH = 255
RELATION_TYPES = {
    RelationKind.MANY_TO_ONE: ("belongs_to", "has_many"),
    RelationKind.ONE_TO_MANY: ("has_many", "belongs_to"),
    RelationKind.ONE_TO_ONE: ("has_one", "has_one"),
    RelationKind.MANY_TO_MANY: ("has_and_belongs_to_many", "has_and_belongs_to_many"),
}
KINDS = {there: kind for kind, (there, _back) in RELATION_TYPES.items()}
CRUD = {
    PageKind.LIST: ("read", "delete"),
    PageKind.DETAIL: ("read", "delete"),
    PageKind.FORM: ("create", "update"),
}
COLOURS: tuple[ThemePart, ...] = ("background", "component", "text")


def _rest(part: SpecModel, *columns: str) -> Columns:
    return part.model_dump(mode="json", exclude=set(columns))


def entity_columns(
    entity: EntitySpec, pages: Iterable[PageSpec], *, signed_in: bool = True
) -> Columns:
    """Return an entity's columns; `pages` of the app say where its rows are made and shown.

    `signed_in` tells whether people sign in, so that there are rows of somebody's.
    """
    own = ("name", "plural", "description", "fields", "relations", "confidence")
    return {
        "entity_name": entity.name,
        "plural_name": entity.plural,
        "description": entity.description,
        "fields": {
            field.name: {**_rest(field, "name"), "order": order}
            for order, field in enumerate(entity.fields)
        },
        "relationships": [_relationship(relation, entity) for relation in entity.relations],
        "crud_locations": _crud(entity, pages),
        "validation_rules": validation_rules(entity),
        "business_rules": business_rules(entity, signed_in=signed_in),
        "confidence_score": entity.confidence,
        "metadata": _rest(entity, *own),
    }


def _relationship(relation: RelationSpec, entity: EntitySpec) -> Columns:
    there, back = RELATION_TYPES[relation.kind]
    holder = relation.inverse_name or entity.name
    key = holder if relation.kind is RelationKind.ONE_TO_MANY else relation.name
    linked = relation.kind is RelationKind.MANY_TO_MANY
    return {
        **_rest(relation, "kind", "target"),
        "type": there,
        "target_entity": relation.target,
        "inverse": back,
        "foreign_key": None if linked else f"{re.sub(r'[^a-z0-9]+', '_', key.lower())}_id",
    }


def _crud(entity: EntitySpec, pages: Iterable[PageSpec]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for page in pages:
        if page.entity == entity.name:
            for action in _done_on(page):
                found.setdefault(action, []).append(page.path)
    return found


def _done_on(page: PageSpec) -> tuple[str, ...]:
    """Return what is done to a row on a page; a form of one row makes none."""
    if page.kind is PageKind.FORM and page.path.endswith("/new"):
        return ("create",)
    if page.kind is PageKind.FORM and ":id" in page.path:
        return ("update",)
    return CRUD.get(page.kind, ())


def entity_of(row: InferredEntity) -> EntitySpec:
    """Return the entity that a row holds."""
    fields = sorted(row.fields.items(), key=lambda item: item[1].get("order", 0))
    return EntitySpec(
        **row.metadata,
        name=row.entity_name,
        plural=row.plural_name or row.entity_name,
        description=row.description or "",
        confidence=row.confidence_score,
        fields=tuple(
            FieldSpec(name=name, **{k: v for k, v in values.items() if k != "order"})
            for name, values in fields
        ),
        relations=tuple(_relation_of(values) for values in row.relationships),
    )


def _relation_of(values: Mapping[str, Any]) -> RelationSpec:
    derived = ("type", "target_entity", "inverse", "foreign_key")
    return RelationSpec(
        kind=KINDS[values["type"]],
        target=values["target_entity"],
        **{key: value for key, value in values.items() if key not in derived},
    )


def page_columns(
    page: PageSpec,
    screens: Screens,
    entities: Mapping[str, EntitySpec],
    *,
    signed_in: bool = True,
) -> Columns:
    """Return a page's columns; its one key element names the entities that it shows together."""
    shown = entities.get(page.entity or "")
    together = [shown.name, *(r.target for r in shown.relations)] if shown else []
    return {
        "name": page.name,
        "slug": (slugify(page.name, allow_unicode=True) or slugify(page.path) or "page")[
            :NAME_LENGTH
        ],
        "path": page.path,
        "purpose": purpose_of(page, shown),
        "related_patterns": PATTERNS[page.kind],
        "usage_contexts": usage_contexts(page, screens, shown, signed_in=signed_in),
        "key_elements": [list(dict.fromkeys(together))] if together else [],
        "metadata": _rest(page, "name", "path"),
    }


def page_of(row: Page) -> PageSpec:
    """Return the page that a row holds."""
    said = {"kind": PageKind.CONTENT, **row.metadata}
    return PageSpec(**said, name=row.name, path=row.path or "/")


def feature_columns(
    feature: FeatureSpec,
    pages: Sequence[tuple[PageSpec, UUID]],
    entities: Mapping[str, EntitySpec],
    rules: Mapping[str, list[str]],
) -> Columns:
    """Return a feature's columns; `pages` come with their ids, `rules` are those of entities."""
    return {
        "name": feature.text[:NAME_LENGTH],
        "user_description": feature.text,
        "status": FeatureStatus.PLANNED,
        "priority": feature.priority,
        "category": category_of(feature, entities),
        "affected_pages": [key for page, key in pages if answers(page, feature)],
        "data_operations": data_operations(feature),
        "ui_requirements": ui_requirements(feature),
        "business_rules": rules_of(feature, rules),
        "technical_requirements": {"needs": list(feature.capabilities)},
        "metadata": _rest(feature, "text", "entities", "capabilities", "priority"),
    }


def feature_of(row: Feature) -> FeatureSpec:
    """Return the feature that a row holds."""
    return FeatureSpec(
        **row.metadata,
        text=row.user_description if row.user_description is not None else row.name,
        entities=row.data_operations.get("uses", ()),
        capabilities=row.technical_requirements.get("needs", ()),
        priority=row.priority,
    )


def theme_tokens(theme: ThemeSpec) -> Columns:
    """Return a theme as design tokens: named colours with their values, and the rest."""
    named = [name for name in COLOURS if getattr(theme, name)]
    return {
        **_rest(theme, *COLOURS),
        "colors": {name: colour_token(theme, name) for name in named},
    }


def theme_of(row: DesignSystem) -> ThemeSpec:
    """Return the theme that a row's tokens hold."""
    colours = {name: token["value"] for name, token in row.tokens.get("colors", {}).items()}
    rest = {key: value for key, value in row.tokens.items() if key != "colors"}
    return ThemeSpec(**rest, **colours)
