"""A question, and what an answer to it does to the words and the design.

An answer is one of a question's options, or, where it is `open`, words of the person's own. The
default always leaves the design as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from generation.agents.schemas import ClarificationQuestion
from generation.agents.wording import cut, listed
from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.fields import field_from, pieces_of
from generation.engines.builtin.understanding.limits import with_limits
from projects.spec.check import faults_of
from projects.spec.edit import put_entity, remove_entity
from projects.spec.models import (
    AppSpec,
    BreakdownSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    PageKind,
    PageSpec,
    SectionSpec,
    Source,
    SpecModel,
)
from projects.spec.request import AppRequest

SHOWN = 120
LONGEST_ANSWER = 1000
MOST_FIELDS = 40
PAGE = "It is a page of its own"


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
    fields = [with_limits(field) for field in read if field is not None]
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
    return _changed(
        before,
        question.about,
        lambda one: one.model_copy(update={"owned": False, "managed": False, "follows": None}),
    )


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
    asked = tuple(b for b in read.breakdowns if b.entity in known)
    return _with(before, features=_placed(spec, text, about, read.capabilities, asked))


def _placed(
    spec: AppSpec,
    text: str,
    entities: tuple[str, ...],
    capabilities: tuple[str, ...],
    breakdowns: tuple[BreakdownSpec, ...] = (),
) -> tuple[FeatureSpec, ...]:
    update = {
        "state": FeatureState.PLANNED,
        "reason": None,
        "entities": entities,
        "capabilities": capabilities,
        "breakdowns": breakdowns,
        "confidence": 1.0,
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
