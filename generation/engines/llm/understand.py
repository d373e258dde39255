"""What a model reads in a request beyond the rules: proposals, merged below what is there."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from generation.engines.llm.mind import Mind
from generation.engines.llm.plan import told
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)
from projects.spec.proposals import MOST_CONFIDENCE, Proposals, merged
from projects.spec.request import AppRequest

NAME = 60


class FieldAnswer(BaseModel):
    """A field that a model proposes."""

    model_config = ConfigDict(extra="ignore")

    name: str = Field(min_length=1, max_length=NAME)
    type: FieldType = FieldType.STRING
    required: bool = False
    choices: tuple[str, ...] = Field(default=(), max_length=20)


class RelationAnswer(BaseModel):
    """A relation that a model proposes."""

    model_config = ConfigDict(extra="ignore")

    kind: RelationKind
    name: str = Field(min_length=1, max_length=NAME)
    target: str = Field(min_length=1, max_length=NAME)


class EntityAnswer(BaseModel):
    """An entity that a model proposes, or more for one that is there."""

    model_config = ConfigDict(extra="ignore")

    name: str = Field(min_length=1, max_length=NAME)
    plural: str = Field(min_length=1, max_length=NAME)
    fields: tuple[FieldAnswer, ...] = Field(default=(), max_length=20)
    relations: tuple[RelationAnswer, ...] = Field(default=(), max_length=8)


class UnderstandAnswer(BaseModel):
    """What a model found missing."""

    model_config = ConfigDict(extra="ignore")

    entities: tuple[EntityAnswer, ...] = Field(max_length=12)


def propose(mind: Mind, request: AppRequest, spec: AppSpec) -> AppSpec:
    """Return a spec with what a model proposes and is not there yet. Raises `EngineError`."""
    return merged(spec, proposals_of(mind, request, spec))


def proposals_of(mind: Mind, request: AppRequest, spec: AppSpec) -> Proposals:
    """Return what a model finds missing in a spec. Raises `EngineError`."""
    values: dict[str, object] = {
        "words": request.model_dump(mode="json"),
        "spec": told(spec),
        "types": ", ".join(FieldType),
        "kinds": ", ".join(RelationKind),
    }
    answer = mind.answer("understand", UnderstandAnswer, values)
    entities = tuple(_entity(entity) for entity in answer.entities)
    return Proposals(by=mind.model, entities=entities)


def _entity(answer: EntityAnswer) -> EntitySpec:
    return EntitySpec(
        name=answer.name,
        plural=answer.plural,
        confidence=MOST_CONFIDENCE,
        fields=tuple(FieldSpec(**field.model_dump()) for field in answer.fields),
        relations=tuple(RelationSpec(**link.model_dump()) for link in answer.relations),
    )
