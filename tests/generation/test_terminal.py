"""The questions of a job in a terminal."""

from __future__ import annotations

import io

import pytest

from generation.models import AgentJob, ClarificationSession
from generation.terminal import Interview
from tests.generation.test_views_questions import YES, waiting

pytestmark = pytest.mark.django_db

__all__ = ["waiting"]


@pytest.fixture
def interview(waiting, owner):
    """Ask with these lines typed; return what was shown."""

    def run(*lines: str) -> str:
        screen = io.StringIO()
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        Interview(AgentJob.objects.get(project=waiting), typed, screen).run(by=owner)
        return screen.getvalue()

    return run


def answers() -> dict[str, str]:
    session = ClarificationSession.objects.get()
    assert session.is_completed
    return session.answers


def test_numbers_words_and_the_enter_key(interview):
    shown = interview("", "2", "name, teeth", "1")
    assert "Question 1 of 4" in shown
    assert "2. Django + HTMX + PostgreSQL (Every file is written" in shown
    assert answers() == {
        "q1": "React + FastAPI + PostgreSQL",
        "q2": YES,
        "q3": "name, teeth",
        "q4": "Leave it out",
    }
    assert AgentJob.objects.get().status == "running"


def test_back_and_skip(interview):
    interview("2", "b", "b", "1", "s")
    assert answers() == {"q1": "React + FastAPI + PostgreSQL"}


def test_the_end_of_the_input_is_a_skip(interview):
    interview("2")
    assert answers() == {"q1": "Django + HTMX + PostgreSQL"}


@pytest.mark.parametrize("word", ["9", "0", "Rust", "9" * 50, "٣"])
def test_what_is_refused_is_asked_again(interview, word):
    shown = interview(word, "2", "s")
    assert "Answer with one of" in shown
    assert shown.count("Question 1 of 4") == 2
    assert answers() == {"q1": "Django + HTMX + PostgreSQL"}


def test_somebody_who_was_faster_is_let_be(interview):
    interview("s")
    assert "cannot be answered" in interview("2")
    assert answers() == {}
