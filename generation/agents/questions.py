"""Questions by rules: only such whose answer changes what is planned, the first option the default.

An answer is one of a question's options, or, where it is `open`, words of the person's own. The
default always leaves the design as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from generation.agents.schemas import ClarificationQuestion
from generation.agents.wording import cut, listed
from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.capabilities import speaks_of_people
from generation.engines.builtin.understanding.fields import field_from, pieces_of
from generation.engines.builtin.understanding.lexicon import DEFAULT_FIELDS
from projects.spec.check import faults_of
from projects.spec.confirmed import Confirmed
from projects.spec.edit import put_entity, remove_entity
from projects.spec.models import (
    NOT_UNDERSTOOD,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    PageKind,
    PageSpec,
    SectionSpec,
    Source,
    SpecModel,
)
from projects.spec.proposals import NOBODY
from projects.spec.request import STYLINGS, TECH_STACKS, AppRequest

SHOWN = 120
MOST_ENTITIES = 4
LONGEST_ANSWER = 1000
MOST_FIELDS = 40
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


class Subject(StrEnum):
    """What a question is about."""

    STACK = "stack"
    STYLING = "styling"
    SIGN_IN = "sign-in"
    ENTITY = "entity"
    FIELDS = "fields"
    FEATURE = "feature"
    OWNERSHIP = "ownership"


class Question(SpecModel):
    """A question as it is kept; `changes` says of each option what it changes, in order.

    `about` is the name of an entity, the words of a feature, or another stack or styling.
    """

    id: str
    subject: Subject
    question: str
    options: tuple[str, ...] = Field(min_length=2)
    changes: tuple[str, ...]
    about: str = ""
    open: bool = False

    @property
    def default(self) -> str:
        """Return the answer that leaves everything as it was read."""
        return self.options[0]

    @property
    def on_the_wire(self) -> ClarificationQuestion:
        """Return the question in the shape of seed 004."""
        return ClarificationQuestion(id=self.id, question=self.question, options=list(self.options))


@dataclass(frozen=True)
class Outcome:
    """The words and the design after answers."""

    words: AppRequest
    spec: AppSpec


class InvalidAnswer(ValueError):
    """An answer that a question does not take; the message says what it takes."""


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


def answered(before: Outcome, question: Question, answer: str) -> Outcome:
    """Return words and design after an answer; what it speaks of may be gone, then nothing is done.

    Raises `InvalidAnswer` when it is none that the question takes.
    """
    said = answer.strip()
    option = next((o for o in question.options if o.casefold() == said.casefold()), None)
    if option is None and not question.open:
        raise InvalidAnswer(f"Answer with one of: {listed(question.options)}.")
    if option is None and not 0 < len(said) <= LONGEST_ANSWER:
        raise InvalidAnswer(f"Answer in 1 to {LONGEST_ANSWER} characters.")
    if option == question.default:
        return before
    after = _EFFECTS[question.subject](before, question, option or said)
    known = {fault["message"] for fault in faults_of(before.spec)}
    if any(fault["message"] not in known for fault in faults_of(after.spec)):
        raise InvalidAnswer("No app can be built with that answer. Say it in other words.")
    return after


# --- What is asked ----------------------------------------------------------------------------


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


PAGE = "It is a page of its own"


def _unread(spec: AppSpec) -> list[FeatureSpec]:
    return [f for f in spec.features if f.reason == NOT_UNDERSTOOD and f.text.strip()]


def _ownership(read: Outcome, confirmed: Confirmed) -> Iterator[Question]:
    """Ask who sees what, where people sign in and no word says whose a thing is."""
    if not read.spec.auth:
        return
    for entity in _open_entities(read, confirmed):
        if not entity.owned or any(speaks_of_people(s.text) for s in entity.inferred_from):
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


# --- What an answer does ----------------------------------------------------------------------


def _choose_stack(before: Outcome, _question: Question, answer: str) -> Outcome:
    return Outcome(before.words.model_copy(update={"tech_stack": answer}), before.spec)


def _choose_styling(before: Outcome, _question: Question, answer: str) -> Outcome:
    return Outcome(before.words.model_copy(update={"styling": answer}), before.spec)


def _with(before: Outcome, **changes: object) -> Outcome:
    return Outcome(before.words, before.spec.model_copy(update=changes))


def _let_sign_in(before: Outcome, _question: Question, _answer: str) -> Outcome:
    return _with(before, auth=True)


def _leave_out(before: Outcome, question: Question, _answer: str) -> Outcome:
    return Outcome(before.words, remove_entity(before.spec, question.about))


def _changed(before: Outcome, name: str, change: Callable[[EntitySpec], EntitySpec]) -> Outcome:
    found = next((entity for entity in before.spec.entities if entity.name == name), None)
    if found is None:
        return before
    return Outcome(before.words, put_entity(before.spec, change(found), replacing=name))


def _name_fields(before: Outcome, question: Question, answer: str) -> Outcome:
    source = Source(part="user", text=answer)
    read = [field_from(piece, source) for piece in pieces_of(answer)[:MOST_FIELDS]]
    fields = [field for field in read if field is not None]
    if not fields:
        raise InvalidAnswer("Name the fields, one after the other: title, price, due date.")

    def change(entity: EntitySpec) -> EntitySpec:
        there = {field.name.casefold(): field for field in entity.fields}
        kept = [there.get(field.name.casefold(), field) for field in fields]
        return entity.model_copy(
            update={
                "fields": tuple(
                    field.model_copy(update={"position": n}) for n, field in enumerate(kept)
                )
            }
        )

    return _changed(before, question.about, change)


def _share(before: Outcome, question: Question, _answer: str) -> Outcome:
    return _changed(before, question.about, lambda one: one.model_copy(update={"owned": False}))


def _place_feature(before: Outcome, question: Question, answer: str) -> Outcome:
    """Place a feature by an entity, as a page, or as the rules read its new words."""
    spec, text = before.spec, question.about
    for entity in spec.entities:
        if answer == f"It is about {entity.plural.lower()}":
            return _with(before, features=_placed(spec, text, (entity.name,), ()))
    if answer == PAGE:
        page = _page_of(text, {page.path for page in spec.pages})
        return _with(before, pages=(*spec.pages, page), features=_placed(spec, text, (), ()))
    words = before.words.model_copy(update={"features": (answer,)})
    read = next((f for f in understand(words).features if f.text == answer), None)
    known = {entity.name for entity in spec.entities}
    about = tuple(name for name in read.entities if name in known) if read else ()
    if read is None or not (about or read.capabilities):
        raise InvalidAnswer("These words are not understood either. Choose one of the options.")
    return _with(before, features=_placed(spec, text, about, read.capabilities))


def _placed(
    spec: AppSpec, text: str, entities: tuple[str, ...], capabilities: tuple[str, ...]
) -> tuple[FeatureSpec, ...]:
    update = {
        "state": FeatureState.PLANNED,
        "reason": None,
        "entities": entities,
        "capabilities": capabilities,
    }
    return tuple(f.model_copy(update=update) if f.text == text else f for f in spec.features)


def _page_of(text: str, taken: set[str]) -> PageSpec:
    name = cut(text, 60).rstrip("…").strip() or "Page"
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "page"
    ends = ("", *(f"-{number}" for number in range(2, len(taken) + 3)))
    path = next(f"/{slug}{end}" for end in ends if f"/{slug}{end}" not in taken)
    return PageSpec(
        name=name,
        path=path,
        kind=PageKind.CONTENT,
        sections=(SectionSpec(heading=name, text=text),),
        inferred_from=(Source(part="user", text=cut(text, SHOWN)),),
    )


_EFFECTS: Mapping[Subject, Callable[[Outcome, Question, str], Outcome]] = {
    Subject.STACK: _choose_stack,
    Subject.STYLING: _choose_styling,
    Subject.SIGN_IN: _let_sign_in,
    Subject.ENTITY: _leave_out,
    Subject.FIELDS: _name_fields,
    Subject.FEATURE: _place_feature,
    Subject.OWNERSHIP: _share,
}
