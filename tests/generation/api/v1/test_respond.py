"""POST /v1/jobs/{job_id}/respond, and the questions that it answers."""

from __future__ import annotations

import json

import pytest

from generation.models import ClarificationSession
from generation.tasks import plan_job
from projects.models import Project
from tests.conftest import QUICKNOTES
from tests.generation.api.v1.contract import EXAMPLES

pytestmark = pytest.mark.django_db

ASKING = {
    **QUICKNOTES,
    "project_name": "Zoo",
    "description": "Keep zorps.",
    "features": ["Zorp CRUD", "Xyzzy plugh"],
    "clarify": "full",
}
YES = "Yes, each person has an account"
ACTS = ["/questions", "/respond"]


@pytest.fixture
def waiting(api, job_of) -> Project:
    """A project of the owner's whose job waits for answers."""
    answer = api.post("/api/projects/", ASKING)
    assert answer.status_code == 201, answer.json()
    project = Project.objects.get(pk=answer.json()["project_id"])
    plan_job(str(job_of(project).pk))
    return project


def replies(*pairs):
    return {"responses": [{"question_id": name, "answer": text} for name, text in pairs]}


def test_what_is_asked_is_to_be_read(api, waiting, at):
    body = api.get(at(waiting, "/questions")).json()
    assert list(body) == ["depth", "questions", "answers"]
    assert (body["depth"], body["answers"]) == ("full", {})
    assert {tuple(question) for question in body["questions"]} == {("id", "question", "options")}
    assert body["questions"][0]["options"][1] == YES


def test_the_seeds_request_is_answered_as_the_seed_has_it(api, waiting, at, job_of):
    assert list(EXAMPLES["respond"]["request"]) == list(replies())
    answer = api.post(at(waiting, "/respond"), replies(("q1", YES)))
    assert (answer.status_code, answer.json()) == (200, EXAMPLES["respond"]["response"])
    assert api.get(at(waiting)).json()["status"] == answer.json()["status"]
    plan_job(str(job_of(waiting).pk))
    assert job_of(waiting).config["spec"]["auth"] is True


def test_where_there_is_no_room_the_answer_says_that_it_stands_in_line(api, waiting, at, settings):
    settings.JOBS_PER_USER = 1
    assert api.post("/api/projects/", QUICKNOTES).status_code == 201
    answer = api.post(at(waiting, "/respond"), replies(("q1", YES)))
    assert answer.json() == {**EXAMPLES["respond"]["response"], "status": "queued"}
    assert api.get(at(waiting)).json()["status"] == "queued"


def test_no_answer_at_all_uses_the_defaults(api, waiting, at):
    assert api.post(at(waiting, "/respond"), replies()).status_code == 200
    session = ClarificationSession.objects.get()
    assert (session.is_completed, session.answers) == (True, {})


def test_a_run_is_told_to_ask(api, at, job_of):
    sent = {name: value for name, value in ASKING.items() if name != "clarify"}
    draft = api.post("/api/projects/", {**sent, "start": False}).json()
    body = {"project_id": draft["project_id"], "input_context": {"clarify": "minimal"}}
    assert api.post("/v1/run-pipeline", body).status_code == 202
    project = Project.objects.get(pk=draft["project_id"])
    plan_job(str(job_of(project).pk))
    assert api.get(at(project)).json()["status"] == "waiting_for_input"
    assert len(api.get(at(project, "/questions")).json()["questions"]) == 3


class TestRefusals:
    @pytest.mark.parametrize(
        ("sent", "code"),
        [
            (replies(("q9", "x")), "unknown_question"),
            (replies(("q1", YES), ("q1", YES)), "answered_twice"),
            (replies(("q1", "Perhaps")), "invalid_answer"),
            (replies(("q1", "x" * 1001)), "invalid"),
            (replies(("q1", "")), "invalid"),
            (replies(("q1", None)), "invalid"),
            (replies(*[("q1", YES)] * 16), "invalid"),
            ({"responses": [{"question_id": "q1"}]}, "invalid"),
            ({"responses": [{**replies(("q1", YES))["responses"][0], "why": 1}]}, "invalid"),
            ({"responses": {"q1": YES}}, "invalid"),
            ({"responses": ["q1"]}, "invalid"),
            ({"responses": None}, "invalid"),
            ({}, "invalid"),
            ([], "invalid"),
        ],
    )
    def test_what_cannot_be_taken_is_refused_and_the_job_waits_on(
        self, api, waiting, at, job_of, sent, code
    ):
        answer = api.post(
            at(waiting, "/respond"), json.dumps(sent), content_type="application/json"
        )
        assert (answer.status_code, answer.json()["code"]) == (400, code)
        assert job_of(waiting).status == "waiting_for_input"
        assert ClarificationSession.objects.get().answers == {}

    def test_a_body_that_is_not_json(self, api, waiting, at):
        answer = api.post(at(waiting, "/respond"), "responses=", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")

    def test_a_job_that_does_not_wait(self, api, running, at):
        for answer in (
            api.post(at(running, "/respond"), replies()),
            api.get(at(running, "/questions")),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "invalid_transition")
            assert "paused or cancelled" in answer.json()["message"]

    def test_answers_come_once(self, api, waiting, at):
        assert api.post(at(waiting, "/respond"), replies(("q1", YES))).status_code == 200
        again = api.post(at(waiting, "/respond"), replies(("q1", YES)))
        assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")

    @pytest.mark.parametrize("depth", ["deep", "", 3, ["full"]])
    def test_a_depth_that_there_is_not(self, api, project, depth):
        answer = api.post("/api/projects/", {**QUICKNOTES, "clarify": depth})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "clarify"
        body = {"project_id": str(project.pk), "input_context": {"clarify": depth}}
        answer = api.post("/v1/run-pipeline", body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "input_context.clarify"

    @pytest.mark.parametrize("rest", ACTS)
    def test_strangers_and_nobody(self, api_as, stranger, waiting, at, job_of, rest):
        method = "post" if rest == "/respond" else "get"
        for user, status in ((stranger, 404), (None, 401)):
            answer = getattr(api_as(user), method)(
                at(waiting, rest), **({"data": replies()} if method == "post" else {})
            )
            assert answer.status_code == status
        assert job_of(waiting).status == "waiting_for_input"
