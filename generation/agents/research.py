"""Research: what the app is, for whom and what it does, in the words of who wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generation.agents.agent import Agent, AgentRequest, Watch
from generation.agents.schemas import (
    AgentType,
    Feature,
    PriorityLevel,
    RequirementsDoc,
    UserPersona,
)
from generation.agents.wording import cut, flat, listed, sentence
from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.sentences import Story, story_of
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    Priority,
    RoleSpec,
)
from projects.spec.proposals import Proposals

NAME, LINE, PROSE = 100, 200, 500
SHORTEST_PITCH = 20
_NICE = re.compile(
    r"\b(?:nice[- ]to[- ]have|optional(?:ly)?|could have|bonus|later|some ?day|if possible|"
    r"maybe|ideally|stretch goal)\b",
    re.IGNORECASE,
)
_SHOULD = re.compile(r"\b(?:should|would like|prefer(?:ably)?|wish)\b", re.IGNORECASE)


def by_rules(request: AgentRequest, watch: Watch) -> RequirementsDoc:
    """Write down what is understood of the words."""
    spec, words = request.spec, request.words
    audience = list(_personas(request))
    watch.at(40.0)
    return RequirementsDoc(
        app_name=cut(spec.name, NAME),
        elevator_pitch=_pitch(spec),
        target_audience=audience,
        core_features=list(_features(spec)),
        recommended_stack=[*words.tech_stack.split(" + "), words.styling],
        technical_constraints=_constraints(spec),
    )


def _pitch(spec: AppSpec) -> str:
    said = cut(spec.description, PROSE)
    if len(said) >= SHORTEST_PITCH:
        return said
    kept = listed(entity.plural.lower() for entity in spec.entities) or "no rows of its own"
    return cut(f"{spec.name}: {sentence(said)} An app that keeps {kept}.", PROSE)


def _personas(request: AgentRequest) -> Iterator[UserPersona]:
    """Yield who the stories speak of, else who uses the app as it is understood."""
    spec = request.spec
    for role in spec.roles:
        stories = [story for text in _told(role) if (story := story_of(text)) is not None]
        yield UserPersona(
            role=cut(role.name, NAME),
            goal=_goal(stories) or _general_goal(spec),
            pain_point=_pain(stories) or _general_pain(spec),
        )
    if not spec.roles:
        who = "Signed-in user" if spec.auth else "Visitor"
        yield UserPersona(role=who, goal=_general_goal(spec), pain_point=_general_pain(spec))


def _told(role: RoleSpec) -> tuple[str, ...]:
    return tuple(source.text for source in role.inferred_from)


def _goal(stories: list[Story]) -> str:
    return cut(sentence(" and ".join(flat(story.wish).rstrip(".") for story in stories)), LINE)


def _pain(stories: list[Story]) -> str:
    reasons = [flat(story.reason).rstrip(".") for story in stories if story.reason]
    return cut(f"Without it, not in reach: {'; '.join(reasons)}.", LINE) if reasons else ""


def _general_goal(spec: AppSpec) -> str:
    things = listed(entity.plural.lower() for entity in spec.entities)
    if things:
        return cut(f"Keep {things} in one place and find them again.", LINE)
    pages = listed(page.name for page in spec.pages)
    return cut(f"Learn about {spec.name}" + (f": {pages}." if pages else "."), LINE)


def _general_pain(spec: AppSpec) -> str:
    things = listed(entity.plural.lower() for entity in spec.entities)
    if things:
        return cut(f"There is no one place yet for {things}.", LINE)
    return cut(f"What {spec.name} offers cannot be read anywhere yet.", LINE)


def _features(spec: AppSpec) -> Iterator[Feature]:
    """Yield what was asked for, then what the things that are kept need beyond that."""
    for asked in spec.features:
        if flat(asked.text):
            yield Feature(
                name=cut(asked.text, NAME),
                description=cut(_description(asked, spec), PROSE),
                priority=priority_of(asked.text),
            )
    named = {name for asked in spec.features for name in asked.entities}
    for entity in spec.entities:
        if entity.name not in named:
            yield Feature(
                name=cut(f"Manage {entity.plural.lower()}", NAME),
                description=cut(_management(entity), PROSE),
                priority=PriorityLevel.MUST_HAVE,
            )
    if spec.auth and not any("auth" in asked.capabilities for asked in spec.features):
        yield Feature(
            name="Sign up and sign in",
            description="Done when a person can make an account, sign in and out, and sees "
            f"only {_owned(spec)} of their own.",
            priority=PriorityLevel.MUST_HAVE,
        )


def _owned(spec: AppSpec) -> str:
    owned = [entity.plural.lower() for entity in spec.entities if entity.owned]
    return cut(listed(owned) or "things", LINE)


def priority_of(text: str) -> PriorityLevel:
    """Return how much a feature is wanted, by its own words; what is not said is a must."""
    if _NICE.search(text):
        return PriorityLevel.NICE_TO_HAVE
    return PriorityLevel.SHOULD_HAVE if _SHOULD.search(text) else PriorityLevel.MUST_HAVE


def _description(asked: FeatureSpec, spec: AppSpec) -> str:
    parts = [sentence(asked.text)]
    things = [entity for entity in spec.entities if entity.name in asked.entities]
    parts += [_management(entity) for entity in things]
    if asked.capabilities:
        parts.append(f"It needs {listed(asked.capabilities)}.")
    if asked.state is FeatureState.UNPLACED:
        parts.append("Not placed yet.")
    if asked.reason:
        parts.append(sentence(asked.reason))
    return " ".join(parts)


def _management(entity: EntitySpec) -> str:
    fields = [field.name for field in sorted(entity.fields, key=lambda field: field.position)]
    links = [relation.name for relation in entity.relations]
    with_ = f" with {listed([*fields, *links])}" if fields or links else ""
    needed = [field.name for field in entity.fields if field.required]
    refused = f"; one without {listed(needed)} is refused" if needed else ""
    one = entity.name.lower()
    return f"Done when a {one}{with_} can be made, found, changed and removed{refused}."


def _constraints(spec: AppSpec) -> str | None:
    told = dict.fromkeys(asked.reason for asked in spec.features if asked.reason)
    return " ".join(sentence(reason) for reason in told) or None


def _values(request: AgentRequest) -> dict[str, object]:
    return {
        "words": request.words.model_dump(mode="json"),
        "spec": request.spec.model_dump(mode="json", exclude_defaults=True),
    }


def _faults(answer: RequirementsDoc, request: AgentRequest) -> str | None:
    """Say what is missing or there twice."""
    names = [flat(feature.name).casefold() for feature in answer.core_features]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        return f"core_features: there twice: {listed(doubled)}"
    return None if names or not request.spec.entities else "core_features: name at least one"


def _settled(answer: RequirementsDoc, request: AgentRequest, _watch: Watch) -> RequirementsDoc:
    """Keep the app's name and stack: a person chose them."""
    stack = [*request.words.tech_stack.split(" + "), request.words.styling]
    more = [name for name in answer.recommended_stack if name not in stack]
    return answer.model_copy(
        update={"app_name": cut(request.spec.name, NAME), "recommended_stack": [*stack, *more]}
    )


def proposals_in(answer: RequirementsDoc, request: AgentRequest, by: str | None) -> Proposals:
    """Return what requirements propose for the design; `by` names the model, None the rules.

    The rules have read everything already: from them come priorities alone. A model's new features
    are read by the rules, which find what they speak of.
    """
    spec, words = request.spec, request.words
    known = {cut(feature.text, NAME): feature for feature in spec.features}
    wanted = {feature.name: Priority(feature.priority) for feature in answer.core_features}
    rated = tuple(
        known[name].model_copy(update={"priority": priority})
        for name, priority in wanted.items()
        if name in known
    )
    if by is None:
        return Proposals(features=rated)
    fresh = tuple(name for name in wanted if name not in known)
    read = understand(words.model_copy(update={"features": (*words.features, *fresh)}))
    placed = tuple(
        feature.model_copy(update={"priority": wanted[feature.text]})
        for feature in read.features
        if feature.text in fresh
    )
    return Proposals(by=by, entities=read.entities, features=(*rated, *placed))


RESEARCH = Agent(AgentType.RESEARCH, RequirementsDoc, by_rules, _values, _faults, _settled)
