"""Questions by rules: only such whose answer changes what is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from generation.agents.answers import PAGE, SHOWN, Outcome, Question, Subject, answered
from generation.agents.wording import cut
from generation.engines.builtin.understanding.capabilities import speaks_of_people
from generation.engines.builtin.understanding.lexicon import DEFAULT_FIELDS
from projects.spec.access import links
from projects.spec.confirmed import Confirmed
from projects.spec.models import (
    NOT_UNDERSTOOD,
    AppSpec,
    EntitySpec,
    FeatureSpec,
)
from projects.spec.proposals import NOBODY
from projects.spec.request import STYLINGS, TECH_STACKS, AppRequest

MOST_ENTITIES = 4
_STACK_WORDS = {
    TECH_STACKS[0]: re.compile(r"\b(?:react(?:\.?js)?|fastapi)\b", re.IGNORECASE),
    TECH_STACKS[1]: re.compile(r"\b(?:django|htmx)\b", re.IGNORECASE),
}
_STYLING_WORDS = {
    STYLINGS[0]: re.compile(r"\btailwind(?:[ -]?css)?\b", re.IGNORECASE),
    STYLINGS[1]: re.compile(r"\bbootstrap\b", re.IGNORECASE),
    STYLINGS[2]: re.compile(r"\b(?:plain|vanilla|pure|raw)[ -]css\b", re.IGNORECASE),
}


class Depth(StrEnum):
    """How much a person wants to be asked."""

    MINIMAL = "minimal"
    STANDARD = "standard"
    FULL = "full"


MOST_QUESTIONS: Mapping[Depth, int] = {Depth.MINIMAL: 3, Depth.STANDARD: 7, Depth.FULL: 15}


def questions_of(
    read: Outcome, depth: Depth, confirmed: Confirmed = NOBODY
) -> tuple[Question, ...]:
    """Return what to ask about a reading, the weightiest first, as many as the depth allows."""
    rules = (_stack, _styling, _sign_in, _entities, _fields, _features, _ownership)
    found = [question for rule in rules for question in rule(read, confirmed)]
    kept = [question for question in found if _matters(question, read)]
    numbered = enumerate(kept[: MOST_QUESTIONS[depth]], start=1)
    return tuple(q.model_copy(update={"id": f"q{number}"}) for number, q in numbered)


def _matters(question: Question, read: Outcome) -> bool:
    """Tell whether each option but the default changes something, each another thing."""
    outcomes = [answered(read, question, option) for option in question.options]
    return outcomes[0] == read and all(
        one not in outcomes[:number] for number, one in enumerate(outcomes)
    )


def _everything(words: AppRequest) -> str:
    return " ".join([words.description, *words.features])


def _other(chosen: str, said: Mapping[str, re.Pattern[str]], text: str) -> str | None:
    """Return what the words name in place of what was chosen, if it is one thing."""
    named = [name for name, pattern in said.items() if pattern.search(text)]
    return named[0] if len(named) == 1 and named[0] != chosen else None


def _stack(read: Outcome, _confirmed: Confirmed) -> Iterator[Question]:
    chosen = read.words.tech_stack
    other = _other(chosen, _STACK_WORDS, _everything(read.words))
    if other is not None and chosen in TECH_STACKS:
        yield Question(
            id="",
            subject=Subject.STACK,
            question=f"The words speak of {other}, but {chosen} is chosen. Which is it?",
            options=(chosen, other),
            changes=("", f"Every file is written for {other}."),
            about=other,
        )


def _styling(read: Outcome, _confirmed: Confirmed) -> Iterator[Question]:
    chosen = read.words.styling
    other = _other(chosen, _STYLING_WORDS, _everything(read.words))
    if other is not None:
        yield Question(
            id="",
            subject=Subject.STYLING,
            question=f"The words speak of {other}, but {chosen} is chosen. Which is it?",
            options=(chosen, other),
            changes=("", f"All pages are styled with {other}."),
            about=other,
        )


def _sign_in(read: Outcome, confirmed: Confirmed) -> Iterator[Question]:
    if read.spec.entities and not read.spec.auth and not confirmed.app:
        yield Question(
            id="",
            subject=Subject.SIGN_IN,
            question="Do people sign in?",
            options=(
                "No, everybody sees and changes everything",
                "Yes, each person has an account",
            ),
            changes=("", "Pages for signing up and in are added; rows belong to who made them."),
        )


def _open_entities(read: Outcome, confirmed: Confirmed) -> list[EntitySpec]:
    return [entity for entity in read.spec.entities if entity.name not in confirmed.entities]


def _entities(read: Outcome, confirmed: Confirmed) -> Iterator[Question]:
    """Ask of things that the words may or may not mean to keep."""
    for entity in _open_entities(read, confirmed):
        if not entity.is_unsure:
            continue
        many = entity.plural.lower()
        said = (
            f" The words: “{cut(entity.inferred_from[0].text, SHOWN)}”"
            if (entity.inferred_from)
            else ""
        )
        yield Question(
            id="",
            subject=Subject.ENTITY,
            question=f"Does the app keep {many}, or does it only speak of them?{said}",
            options=(f"It keeps {many}", f"It does not keep {many}"),
            changes=("", f"{entity.plural} get no pages and no table; links to them go too."),
            about=entity.name,
        )


def _fields(read: Outcome, confirmed: Confirmed) -> Iterator[Question]:
    """Ask for the fields of things of which nothing was said."""
    usual = [field.name for field in DEFAULT_FIELDS]
    for entity in _open_entities(read, confirmed):
        names = [field.name for field in entity.fields]
        if names and names != usual:
            continue
        one = entity.name.lower()
        dated = list(dict.fromkeys([*(names or ["name"]), "date"]))
        yield Question(
            id="",
            subject=Subject.FIELDS,
            question=f"What is kept of each {one}? Choose, or name the fields.",
            options=(_said(names), _said(dated), _said([*dated, "status"])),
            changes=("", *(f"A {one} has these fields." for _ in range(2))),
            about=entity.name,
            open=True,
        )


def _said(names: list[str]) -> str:
    return ", ".join(names) or "nothing but its number"


def _features(read: Outcome, confirmed: Confirmed) -> Iterator[Question]:
    """Ask of features whose words nobody understood."""
    if confirmed.features:
        return
    for feature in _unread(read.spec):
        things = read.spec.entities[:MOST_ENTITIES]
        about = [f"It is about {entity.plural.lower()}" for entity in things]
        yield Question(
            id="",
            subject=Subject.FEATURE,
            question=f"“{cut(feature.text, SHOWN)}” was not understood. What is it? "
            "Choose, or say it in other words.",
            options=("Leave it out", *about, PAGE),
            changes=(
                "",
                *(f"It counts as done by what {e.plural.lower()} have." for e in things),
                "A page with these words is added.",
            ),
            about=feature.text,
            open=True,
        )


def _unread(spec: AppSpec) -> list[FeatureSpec]:
    return [f for f in spec.features if f.reason == NOT_UNDERSTOOD and f.text.strip()]


def _ownership(read: Outcome, confirmed: Confirmed) -> Iterator[Question]:
    """Ask who sees what, where people sign in and no word says whose a thing is."""
    if not read.spec.auth:
        return
    owned = {entity.name for entity in read.spec.entities if entity.owned}
    bound = {holder for holder, target in links(read.spec) if target in owned}
    for entity in _open_entities(read, confirmed):
        said = entity.managed or any(speaks_of_people(s.text) for s in entity.inferred_from)
        if said or not entity.owned or entity.name in bound:
            continue
        many = entity.plural.lower()
        yield Question(
            id="",
            subject=Subject.OWNERSHIP,
            question=f"Who sees {many}?",
            options=("Only the person who added them", "Everybody who signs in"),
            changes=("", f"All {many} are shared by all who sign in."),
            about=entity.name,
        )
