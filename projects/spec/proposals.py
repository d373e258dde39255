"""What a model proposes for a design, merged with what the rules read and a person decided.

The rules' reading and the person's decisions stay: a proposal only adds what is not there, each
part with the model as its source and a confidence of at most `MOST_CONFIDENCE`. What both found
becomes surer. A proposal that would bring a fault into the design is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pydantic import Field

from projects.spec.check import faults_of
from projects.spec.confirmed import Confirmed
from projects.spec.edit import put_entity
from projects.spec.faults import same
from projects.spec.models import (
    NOT_ENGLISH,
    NOT_UNDERSTOOD,
    THEME_PARTS,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    Inferred,
    PageSpec,
    RelationSpec,
    RoleSpec,
    Source,
    SpecModel,
    ThemePart,
    ThemeSpec,
)

MOST_CONFIDENCE = 0.6
SURER = 0.15
Part = TypeVar("Part", bound=Inferred)
NOBODY = Confirmed()


class Proposals(SpecModel):
    """Parts of a design as a model proposes them; `by` names the model."""

    by: str = Field(default="a model", min_length=1, max_length=200)
    entities: tuple[EntitySpec, ...] = ()
    roles: tuple[RoleSpec, ...] = ()
    pages: tuple[PageSpec, ...] = ()
    features: tuple[FeatureSpec, ...] = ()
    theme: ThemeSpec = ThemeSpec()


def merged(spec: AppSpec, proposals: Proposals, confirmed: Confirmed = NOBODY) -> AppSpec:
    """Return `spec` with what is proposed and not there yet; what is confirmed stays as it is.

    Entities are the same by their name or plural, fields, relations and roles by their name, pages
    by their path, features by their words. What a person took out is not put back, and nothing is
    added to an entity that they confirmed.
    """
    names = _Names(spec, confirmed)
    offered = [names.renamed(entity) for entity in proposals.entities]
    for entity in offered:  # without relations, which may lead to an entity further on
        spec = _safe(spec, _with_entity(spec, entity, proposals.by, confirmed))
    for entity in offered:
        for relation in entity.relations:
            spec = _safe(spec, _with_relation(spec, entity.name, relation, proposals.by, confirmed))
    if not confirmed.app:
        for role in proposals.roles:
            spec = _safe(spec, _with_role(spec, role, proposals.by))
    for page in proposals.pages:
        spec = _safe(spec, _with_page(spec, names.of_page(page), proposals.by, confirmed))
    if not confirmed.features:
        spec = _with_features(spec, map(names.of_feature, proposals.features), proposals.by)
    if not confirmed.theme:
        spec = spec.model_copy(update={"theme": _theme(spec.theme, proposals.theme, proposals.by)})
    return spec


class _Names:
    """The names that a proposal's entities have in the design."""

    def __init__(self, spec: AppSpec, confirmed: Confirmed) -> None:
        self._known = {same(entity.plural): entity.name for entity in spec.entities}
        self._known |= {same(entity.name): entity.name for entity in spec.entities}
        self._known |= {same(old): new for old, new in confirmed.renamed.items()}

    def of(self, name: str) -> str:
        """Return the design's name for an entity, or the name itself."""
        return self._known.get(same(name), name)

    def renamed(self, entity: EntitySpec) -> EntitySpec:
        """Return an entity under the design's names."""
        name = self._known.get(same(entity.name)) or self.of(entity.plural)
        known = name if same(entity.plural) in self._known else self.of(entity.name)
        self._known.setdefault(same(entity.plural), known)
        links = tuple(r.model_copy(update={"target": self.of(r.target)}) for r in entity.relations)
        return entity.model_copy(update={"name": known, "relations": links})

    def of_page(self, page: PageSpec) -> PageSpec:
        """Return a page that names its entity as the design does."""
        return page.model_copy(update={"entity": self.of(page.entity) if page.entity else None})

    def of_feature(self, feature: FeatureSpec) -> FeatureSpec:
        """Return a feature that names its entities as the design does."""
        named = tuple(dict.fromkeys(map(self.of, feature.entities)))
        return feature.model_copy(update={"entities": named})


def _safe(before: AppSpec, after: AppSpec) -> AppSpec:
    """Return the spec after a change, or before it where the change brings a fault."""
    if after is before:
        return before
    known = {fault["message"] for fault in faults_of(before)}
    return before if any(fault["message"] not in known for fault in faults_of(after)) else after


def _proposed(part: Part, by: str) -> Part:
    """Return a part with the model as its source, and no surer than a model may be."""
    return part.model_copy(
        update={
            "inferred_from": (Source(part="model", text=by),),
            "confidence": min(part.confidence, MOST_CONFIDENCE),
        }
    )


def _surer(part: Part) -> Part:
    return part.model_copy(update={"confidence": round(min(1.0, part.confidence + SURER), 2)})


def _with_entity(spec: AppSpec, entity: EntitySpec, by: str, confirmed: Confirmed) -> AppSpec:
    if any(same(entity.name) == same(gone) for gone in confirmed.removed_entities):
        return spec
    there = _named(spec.entities, entity.name)
    fields = [_proposed(field, by) for field in entity.fields]
    if there is None:
        fresh = _proposed(entity, by).model_copy(
            update={"fields": tuple(_numbered(fields, 0)), "relations": ()}
        )
        return put_entity(spec, fresh)
    if there.name in confirmed.entities:
        return spec
    taken = {same(field.name) for field in there.fields}
    taken |= {same(relation.name) for relation in there.relations}
    more = [field for field in fields if same(field.name) not in taken]
    kept = _surer(there).model_copy(
        update={
            "fields": (*there.fields, *_numbered(more, len(there.fields))),
            "description": there.description or entity.description,
        }
    )
    return put_entity(spec, kept, replacing=there.name)


def _numbered(fields: Iterable[FieldSpec], start: int) -> Iterator[FieldSpec]:
    for position, field in enumerate(fields, start=start):
        yield field.model_copy(update={"position": position})


def _named(entities: Sequence[EntitySpec], name: str) -> EntitySpec | None:
    return next((entity for entity in entities if entity.name == name), None)


def _with_relation(
    spec: AppSpec, holder: str, relation: RelationSpec, by: str, confirmed: Confirmed
) -> AppSpec:
    """Add a link between two entities that are not linked yet."""
    entity, target = _named(spec.entities, holder), _named(spec.entities, relation.target)
    if entity is None or target is None or holder in confirmed.entities:
        return spec
    links = [(entity, target.name), *([(target, holder)] if target is not entity else [])]
    if any(one.target == other for side, other in links for one in side.relations):
        return spec
    more = (*entity.relations, _proposed(relation, by))
    return put_entity(spec, entity.model_copy(update={"relations": more}), replacing=holder)


def _with_role(spec: AppSpec, role: RoleSpec, by: str) -> AppSpec:
    if any(same(role.name) == same(there.name) for there in spec.roles):
        return spec
    return spec.model_copy(update={"roles": (*spec.roles, _proposed(role, by))})


def _with_page(spec: AppSpec, page: PageSpec, by: str, confirmed: Confirmed) -> AppSpec:
    there = {one.path for one in spec.pages}
    if page.path in there | confirmed.removed_pages:
        return spec
    return spec.model_copy(update={"pages": (*spec.pages, _proposed(page, by))})


def _with_features(spec: AppSpec, offered: Iterable[FeatureSpec], by: str) -> AppSpec:
    """Place features by entities that are there, and add those that are about some.

    What no rule understood is placed where the model names entities for it; what is out of the
    engine's reach stays so.
    """
    names = {entity.name for entity in spec.entities}
    for one in offered:
        about = tuple(name for name in one.entities if name in names)
        there = [feature for feature in spec.features if same(feature.text) == same(one.text)]
        if there:
            placed = _placed(there[0], one.model_copy(update={"entities": about}), by)
            features = tuple(placed if f is there[0] else f for f in spec.features)
        elif about:
            plain = {"state": FeatureState.PLANNED, "capabilities": (), "breakdowns": ()}
            fresh = _proposed(one, by).model_copy(update=plain)
            fresh = fresh.model_copy(update={"entities": about, "reason": None})
            features = (*spec.features, fresh)
        else:
            continue
        spec = _safe(spec, spec.model_copy(update={"features": features}))
    return spec


def _placed(there: FeatureSpec, offered: FeatureSpec, by: str) -> FeatureSpec:
    """Return a feature with the priority that is proposed, and placed where it was not."""
    kept = there.model_copy(update={"priority": there.priority or offered.priority})
    if there.reason not in {NOT_UNDERSTOOD, NOT_ENGLISH} or not offered.entities:
        return kept
    placed = kept.model_copy(update={"confidence": offered.confidence})
    return _proposed(placed, by).model_copy(
        update={"state": FeatureState.PLANNED, "entities": offered.entities, "reason": None}
    )


def _theme(there: ThemeSpec, offered: ThemeSpec, by: str) -> ThemeSpec:
    """Return the look with what the words left open."""
    fresh: dict[ThemePart, str | None] = {
        part: getattr(offered, part) for part in THEME_PARTS if getattr(there, part) is None
    }
    return there.painted(fresh, _proposed(Inferred(), by))
