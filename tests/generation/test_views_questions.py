"""Pages of what a job asks: one question at a time, back and forth, or none at all."""

from __future__ import annotations

import pytest

from generation.agents.questions import Depth
from generation.models import AgentJob, ClarificationSession
from generation.pipeline.config import RunOptions
from generation.services import submit_project
from generation.tasks import plan_job
from projects.design import design_of
from projects.models import Project
from projects.spec.request import AppRequest

pytestmark = pytest.mark.django_db

YES = "Yes, each person has an account"
WORDS = AppRequest(
    project_name="Zoo", description="Keep zorps with Django.", features=("Zorp CRUD", "Xyzzy plugh")
)


@pytest.fixture
def waiting(owner, monkeypatch) -> Project:
    """A project whose job asks for its stack, sign-in, the fields of a zorp, and a feature."""
    monkeypatch.setattr("generation.tasks._send", lambda *_args: None)
    options = RunOptions(clarify=Depth.STANDARD)
    project = submit_project(owner=owner, request=WORDS, options=options)
    plan_job(str(AgentJob.objects.get(project=project).pk))
    return project


def page_of(project: Project, rest: str = "") -> str:
    return f"/projects/{project.pk}/questions/{rest}"


def say(client, project, question, answer, own=""):
    return client.post(page_of(project), {"question": question, "answer": answer, "own": own})


def text(answer) -> str:
    return answer.content.decode()


def status_of(project: Project) -> str:
    return AgentJob.objects.get(project=project).status


def test_the_app_says_that_it_waits_and_where_to_answer(as_owner, waiting):
    shown = text(as_owner.get(f"/projects/{waiting.pk}/"))
    assert f'href="{page_of(waiting)}"' in shown
    assert "Pause work" not in shown
    assert "Waiting for you" in shown


def test_one_question_is_shown_with_its_default_and_what_each_option_changes(as_owner, waiting):
    shown = text(as_owner.get(page_of(waiting)))
    assert "Question 1 of 4" in shown
    assert 'value="React + FastAPI + PostgreSQL" checked' in shown
    assert "Every file is written for Django" in shown
    assert "Do people sign in?" not in shown


def test_answers_lead_on_and_back_and_at_last_to_all_of_them(as_owner, waiting):
    assert say(as_owner, waiting, "q1", "React + FastAPI + PostgreSQL").url.endswith("?q=2")
    assert "Question 2 of 4" in text(as_owner.get(page_of(waiting)))
    assert say(as_owner, waiting, "q2", YES).url.endswith("?q=3")
    assert f'value="{YES}" checked' in text(as_owner.get(page_of(waiting, "?q=2")))
    assert say(as_owner, waiting, "q3", "own", "name, teeth").url.endswith("?q=4")
    assert 'value="name, teeth"' in text(as_owner.get(page_of(waiting, "?q=3")))
    assert say(as_owner, waiting, "q4", "Leave it out").url.endswith("?q=review")
    shown = text(as_owner.get(page_of(waiting, "?q=review")))
    assert YES in shown
    assert shown.count("(the default)") == 2
    assert status_of(waiting) == "waiting_for_input"

    assert as_owner.post(page_of(waiting, "finish/")).url == f"/projects/{waiting.pk}/"
    assert status_of(waiting) == "running"
    spec = design_of(waiting).spec
    assert spec.auth
    assert [field.name for field in spec.entities[0].fields] == ["name", "teeth"]
    shown = text(as_owner.get(page_of(waiting)))
    assert "What was asked" in shown
    assert f'href="/projects/{waiting.pk}/design/"' in shown


def test_the_defaults_are_used_at_any_moment(as_owner, waiting):
    before = design_of(waiting).spec
    as_owner.post(page_of(waiting, "finish/"))
    assert status_of(waiting) == "running"
    assert design_of(waiting).spec == before


@pytest.mark.parametrize(
    ("question", "answer", "own", "words"),
    [
        ("q1", "Rust", "", "Answer with one of"),
        ("q1", "own", "Rust", "Answer with one of"),
        ("q3", "own", "", "Answer in 1 to 1000"),
        ("q3", "name, description", "name, teeth", "In your own words"),
        ("q3", "", "", "Answer in 1 to 1000"),
    ],
)
def test_what_is_refused_is_said_beside_the_question_and_stays_typed(
    as_owner, waiting, question, answer, own, words
):
    answered = say(as_owner, waiting, question, answer, own)
    assert answered.status_code == 200
    assert words in text(answered)
    assert not own or question != "q3" or f'value="{own}"' in text(answered)
    assert ClarificationSession.objects.get().answers == {}


def test_what_was_typed_is_shown_as_text(as_owner, waiting):
    evil = '"><script>alert(1)</script>, teeth'
    shown = text(say(as_owner, waiting, "q3", "It is", evil))
    assert "<script>alert" not in shown


@pytest.mark.parametrize("place", ["0", "99", "x", "٣", "-1", "9" * 40])
def test_a_place_that_there_is_not_shows_a_question_or_the_answers(as_owner, waiting, place):
    assert as_owner.get(page_of(waiting), {"q": place}).status_code == 200


def test_another_tab_that_was_faster_is_told_about(as_owner, waiting):
    as_owner.post(page_of(waiting, "finish/"))
    assert as_owner.post(page_of(waiting, "finish/")).url == f"/projects/{waiting.pk}/"
    assert "cannot be answered" in text(as_owner.get(f"/projects/{waiting.pk}/"))
    assert say(as_owner, waiting, "q1", "x").url == f"/projects/{waiting.pk}/"
    assert "cannot be answered" in text(as_owner.get(f"/projects/{waiting.pk}/"))


def test_a_question_that_was_not_asked(as_owner, waiting):
    assert say(as_owner, waiting, "q99", "x").url == page_of(waiting)


def test_an_app_that_was_not_asked_about(as_owner, project):
    assert as_owner.get(page_of(project)).url == f"/projects/{project.pk}/"
    assert as_owner.post(page_of(project, "finish/")).url == f"/projects/{project.pk}/"


def test_strangers_and_nobody(browser_as, stranger, waiting, client):
    other = browser_as(stranger)
    for rest, method in (("", "get"), ("", "post"), ("finish/", "post")):
        assert getattr(other, method)(page_of(waiting, rest)).status_code == 404
        assert getattr(client, method)(page_of(waiting, rest)).url.startswith("/sign-in/")
    assert status_of(waiting) == "waiting_for_input"
