"""What is asked before planning: only what changes the plan, and the default changes nothing."""

from __future__ import annotations

import pytest

from generation.agents.answers import InvalidAnswer, Outcome, Question, Subject, answered
from generation.agents.questions import MOST_QUESTIONS, Depth, questions_of
from generation.engines.builtin.render import render_spec
from generation.engines.builtin.understanding import understand
from projects.spec.check import faults_of
from projects.spec.confirmed import Confirmed
from projects.spec.models import FeatureState, FieldType, PageKind
from projects.spec.request import STYLINGS, TECH_STACKS, AppRequest
from tests.generation.engines import specs

OPEN = AppRequest(
    project_name="Zoo",
    description="A Django app with tailwind. Keep zorps and glimmers.",
    features=("Zorp CRUD", "Glimmer CRUD", "Xyzzy plugh"),
    styling=STYLINGS[1],
)
MEMBERS = AppRequest(
    project_name="Club", description="Members log in.", features=("Recipe CRUD", "Task CRUD")
)


def read(words: AppRequest) -> Outcome:
    return Outcome(words, understand(words))


def unsure(words: AppRequest) -> Outcome:
    """Return a reading whose first entity may not be one."""
    spec = understand(words)
    first = spec.entities[0].model_copy(update={"confidence": 0.4})
    return Outcome(words, spec.model_copy(update={"entities": (first, *spec.entities[1:])}))


def asked(subject: Subject, before: Outcome) -> Question:
    found = [q for q in questions_of(before, Depth.FULL) if q.subject is subject]
    assert found, f"nothing was asked about {subject}"
    return found[0]


class TestWhatIsAsked:
    def test_the_weightiest_come_first_and_are_numbered(self):
        questions = questions_of(read(OPEN), Depth.FULL)

        assert [q.id for q in questions] == [f"q{n}" for n in range(1, len(questions) + 1)]
        assert [q.subject for q in questions] == [
            Subject.STACK,
            Subject.STYLING,
            Subject.SIGN_IN,
            Subject.FIELDS,
            Subject.FIELDS,
            Subject.FEATURE,
        ]

    @pytest.mark.parametrize("depth", Depth)
    def test_a_depth_bounds_how_many(self, depth):
        many = tuple(f"Xyzzy{n} plugh{n}" for n in range(20))
        words = OPEN.model_copy(update={"features": (*OPEN.features, *many)})

        assert len(questions_of(read(words), depth)) == MOST_QUESTIONS[depth]
        assert [MOST_QUESTIONS[d] for d in Depth] == [3, 7, 15]

    def test_nothing_is_asked_where_the_words_leave_nothing_open(self):
        words = AppRequest(
            project_name="Notes",
            description="Each user keeps their own notes. Each note has title and body.",
            features=("Users log in", "Users keep their own notes"),
        )
        assert questions_of(read(words), Depth.FULL) == ()

    def test_what_a_person_confirmed_is_not_asked(self):
        before = read(OPEN)
        decided = Confirmed(
            entities=frozenset(e.name for e in before.spec.entities), features=True, app=True
        )
        subjects = [q.subject for q in questions_of(before, Depth.FULL, decided)]

        assert subjects == [Subject.STACK, Subject.STYLING]

    def test_it_goes_over_the_wire_as_the_seed_has_it(self):
        question = questions_of(read(OPEN), Depth.MINIMAL)[0]

        assert question.on_the_wire.model_dump() == {
            "id": "q1",
            "question": question.question,
            "options": [TECH_STACKS[0], TECH_STACKS[1]],
        }

    @pytest.mark.parametrize("make", [specs.torture, specs.long_names, specs.odd, specs.reserved])
    def test_odd_names_can_be_asked_about_and_answered(self, make):
        before = Outcome(OPEN, make())
        for question in questions_of(before, Depth.FULL):
            assert len(question.changes) == len(question.options)
            for option in question.options:
                answered(before, question, option)


def files_of(outcome: Outcome) -> dict[str, str]:
    words = outcome.words
    return render_spec(outcome.spec, words.tech_stack, words.styling)


class TestWhatAnAnswerDoes:
    @pytest.mark.parametrize("before", [read(OPEN), read(MEMBERS), unsure(OPEN)])
    def test_each_option_builds_another_app_and_the_default_the_same(self, before):
        for question in questions_of(before, Depth.FULL):
            apps = [files_of(answered(before, question, option)) for option in question.options]
            assert apps[0] == files_of(before)
            assert all(one != other for n, one in enumerate(apps) for other in apps[:n])
            assert question.changes[0] == ""
            assert all(question.changes[1:])

    def test_stack_and_styling_at_odds_are_settled(self):
        before = read(OPEN)
        after = answered(before, asked(Subject.STACK, before), TECH_STACKS[1])
        after = answered(after, asked(Subject.STYLING, before), "tailwindcss")

        assert (after.words.tech_stack, after.words.styling.casefold()) == (
            TECH_STACKS[1],
            "tailwindcss",
        )
        assert after.spec == before.spec

    def test_a_thing_that_is_only_spoken_of_goes(self):
        before = unsure(OPEN)
        question = asked(Subject.ENTITY, before)
        after = answered(before, question, question.options[1])

        assert [e.name for e in after.spec.entities] == [e.name for e in before.spec.entities][1:]

    def test_signing_in_is_added(self):
        before = read(OPEN)
        question = asked(Subject.SIGN_IN, before)

        assert answered(before, question, question.options[1]).spec.auth

    def test_a_thing_is_shared(self):
        before = read(MEMBERS)
        question = asked(Subject.OWNERSHIP, before)
        after = answered(before, question, "everybody who signs in")

        assert {e.name: e.owned for e in after.spec.entities}[question.about] is False

    def test_fields_are_those_that_a_person_names(self):
        before = read(OPEN)
        question = asked(Subject.FIELDS, before)
        after = answered(before, question, "title, due date and price")

        (changed,) = [e for e in after.spec.entities if e.name == question.about]
        assert [(f.name, f.type, f.position) for f in changed.fields] == [
            ("title", FieldType.STRING, 0),
            ("due date", FieldType.DATE, 1),
            ("price", FieldType.DECIMAL, 2),
        ]
        assert changed.fields[1].inferred_from[0].part == "user"

    def test_a_feature_is_placed_by_an_entity_by_a_page_or_by_other_words(self):
        before = read(OPEN)
        question = asked(Subject.FEATURE, before)

        about = answered(before, question, "It is about zorps").spec.features[-1]
        assert (about.state, about.entities, about.reason) == (
            FeatureState.PLANNED,
            ("Zorp",),
            None,
        )
        page = answered(before, question, question.options[-1]).spec
        assert [(p.name, p.path, p.kind) for p in page.pages][-1] == (
            "Xyzzy plugh",
            "/xyzzy-plugh",
            PageKind.CONTENT,
        )
        other = answered(before, question, "Search zorps").spec.features[-1]
        assert (other.text, other.entities, other.capabilities) == (
            "Xyzzy plugh",
            ("Zorp",),
            ("search",),
        )

    @pytest.mark.parametrize(
        ("subject", "answer", "message"),
        [
            (Subject.STACK, "Rust", "Answer with one of: React"),
            (Subject.SIGN_IN, "", "Answer with one of: No"),
            (Subject.FIELDS, "   ", "1 to 1000 characters"),
            (Subject.FIELDS, "x" * 1001, "1 to 1000 characters"),
            (Subject.FIELDS, "+++", "Name the fields"),
            (Subject.FEATURE, "Frobnicate quux", "not understood either"),
        ],
    )
    def test_an_answer_that_it_does_not_take_is_refused(self, subject, answer, message):
        before = read(OPEN)
        with pytest.raises(InvalidAnswer, match=message):
            answered(before, asked(subject, before), answer)

    def test_all_answers_together_leave_a_design_without_faults(self):
        after = unsure(OPEN)
        for question in questions_of(after, Depth.FULL):
            after = answered(after, question, question.options[-1])

        assert not list(faults_of(after.spec))
        assert files_of(after)
