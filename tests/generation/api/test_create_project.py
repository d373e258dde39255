"""POST /api/projects/."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from generation.models import AgentJob
from memory.models import MemoryRecord
from projects.models import Project
from tests.conftest import QUICKNOTES

URL = "/api/projects/"

pytestmark = pytest.mark.django_db


def without(key):
    return {name: value for name, value in QUICKNOTES.items() if name != key}


def test_it_stores_the_project_and_starts_its_job(api, owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as committed:
        answer = api.post(URL, QUICKNOTES)
    assert answer.status_code == 201
    body = answer.json()
    assert body["status"] == "IN_PROGRESS"
    assert body["job"]["status"] == "queued"
    assert body["job"]["agent_type"] == "pipeline"
    assert body["engine"] == "builtin"
    assert body["download_url"] is None
    assert {key: body[key] for key in QUICKNOTES} == QUICKNOTES
    project = Project.objects.get(pk=body["project_id"])
    assert project.user == owner
    assert MemoryRecord.objects.filter(project=project).count() == 1
    assert committed, "the job is enqueued once the transaction has committed"


def test_a_draft_has_no_job(api):
    body = api.post(URL, {**QUICKNOTES, "start": False}).json()
    assert body["status"] == "DRAFT"
    assert body["job"] is None
    assert body["progress"] is None
    assert not AgentJob.objects.exists()


def test_stack_styling_and_description_have_defaults(api):
    answer = api.post(URL, {"project_name": "Tiny", "features": ["Task CRUD"]})
    assert answer.status_code == 201
    assert answer.json()["tech_stack"] == "React + FastAPI + PostgreSQL"
    assert answer.json()["styling"] == "TailwindCSS"
    assert answer.json()["description"] == ""


def test_a_description_without_features_is_enough(api):
    assert api.post(URL, without("features")).status_code == 201


@pytest.mark.parametrize("count", [1, 300])
def test_up_to_three_hundred_features_are_fine(api, count):
    features = [f"Feature {number}" for number in range(count)]
    assert api.post(URL, {**QUICKNOTES, "features": features}).status_code == 201


def test_a_description_of_64_kb_is_fine(api):
    assert api.post(URL, {**QUICKNOTES, "description": "d" * 65536}).status_code == 201


def test_nobody_is_asked_to_sign_in(api_as):
    answer = api_as(None).post(URL, QUICKNOTES)
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert not Project.objects.exists()


REFUSED = {
    "no name": (without("project_name"), "project_name"),
    "an empty name": ({**QUICKNOTES, "project_name": ""}, "project_name"),
    "a blank name": ({**QUICKNOTES, "project_name": "   "}, "project_name"),
    "a name of 10,000 characters": ({**QUICKNOTES, "project_name": "n" * 10_000}, "project_name"),
    "a slash in the name": ({**QUICKNOTES, "project_name": "a/b"}, "project_name"),
    "dots for a name": ({**QUICKNOTES, "project_name": ".."}, "project_name"),
    "a way out for a name": ({**QUICKNOTES, "project_name": "../../etc/passwd"}, "project_name"),
    "a backslash in the name": ({**QUICKNOTES, "project_name": "a\\b"}, "project_name"),
    "only punctuation": ({**QUICKNOTES, "project_name": "!?*"}, "project_name"),
    "only an emoji": ({**QUICKNOTES, "project_name": "\U0001f600"}, "project_name"),
    "a right-to-left mark": ({**QUICKNOTES, "project_name": "abc\u202egnp"}, "project_name"),
    "a NUL in the name": ({**QUICKNOTES, "project_name": "a\x00b"}, "project_name"),
    "a NUL in the description": ({**QUICKNOTES, "description": "a\x00b"}, "description"),
    "a NUL in a feature": ({**QUICKNOTES, "features": ["a\x00b"]}, "features.0"),
    "a lone surrogate": ({**QUICKNOTES, "description": "\ud800"}, "description"),
    "a number for a name": ({**QUICKNOTES, "project_name": 7}, "project_name"),
    "a list for a name": ({**QUICKNOTES, "project_name": ["a"]}, "project_name"),
    "nothing asked for": (
        {**QUICKNOTES, "features": [], "description": ""},
        "description",
    ),
    "500 features": ({**QUICKNOTES, "features": [f"f{n}" for n in range(500)]}, "features"),
    "a feature too long": ({**QUICKNOTES, "features": ["f" * 2001]}, "features.0"),
    "a text for features": ({**QUICKNOTES, "features": "Task CRUD"}, "features"),
    "a number among features": ({**QUICKNOTES, "features": ["a", 3]}, "features.1"),
    "a description over 64 kB": ({**QUICKNOTES, "description": "d" * 65_537}, "description"),
    "an unknown stack": ({**QUICKNOTES, "tech_stack": "COBOL"}, "tech_stack"),
    "an unknown styling": ({**QUICKNOTES, "styling": "Crayons"}, "styling"),
    "an unknown key": ({**QUICKNOTES, "price": 1}, "price"),
    "an unknown engine": ({**QUICKNOTES, "engine": "steam"}, "engine"),
    "a word for start": ({**QUICKNOTES, "start": "maybe"}, "start"),
    "an object for start": ({**QUICKNOTES, "start": {}}, "start"),
    "nothing for start": ({**QUICKNOTES, "start": None}, "start"),
    "a list": ([QUICKNOTES], "spec"),
    "a text": ("QuickNotes", "spec"),
    "null": (None, "spec"),
    "nothing": ({}, "project_name"),
}


@pytest.mark.parametrize(("body", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_input_names_its_field_and_stores_nothing(api, body, field):
    answer = api.post(URL, json.dumps(body), content_type="application/json")
    assert answer.status_code == 422
    error = answer.json()
    assert error["code"] == "invalid_spec"
    assert field in [problem["field"] for problem in error["errors"]]
    assert all(problem["message"] for problem in error["errors"])
    assert not Project.objects.exists()
    assert not MemoryRecord.objects.exists()


def test_every_fault_is_named_at_once(api):
    answer = api.post(URL, {"project_name": "", "styling": "Crayons", "engine": "steam"})
    fields = {problem["field"] for problem in answer.json()["errors"]}
    assert fields == {"project_name", "styling", "engine"}


def test_thousands_of_unknown_keys_give_a_short_answer(api):
    answer = api.post(URL, {**QUICKNOTES, **{f"key{n}": n for n in range(5000)}})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 50


def test_an_unknown_key_that_is_no_text_is_refused(api):
    body = json.dumps({**QUICKNOTES, "\ud800": 1})
    answer = api.post(URL, body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid_spec"


UNREADABLE = {
    "no JSON": b"{project_name: QuickNotes}",
    "half an object": b'{"project_name": "Quick',
    "no UTF-8": b'{"project_name": "\xff\xfe"}',
    "not a number": b'{"project_name": NaN}',
    "a pit of brackets": b"[" * 200_000,
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_not_json_is_refused(api, body):
    answer = api.post(URL, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "parse_error"
    assert answer.json()["errors"] == []


def test_a_charset_that_is_none_does_no_harm(api):
    answer = api.post(URL, json.dumps(QUICKNOTES), content_type="application/json; charset=rot13")
    assert answer.status_code == 201


@pytest.mark.parametrize("body", [{**QUICKNOTES, "features": ["f" * 1_000_000]}])
def test_a_body_over_the_limit_is_too_large(api, body):
    answer = api.post(URL, body)
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"
    assert not Project.objects.exists()


def test_a_form_is_not_json(api):
    answer = api.post(URL, "project_name=A", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"


@pytest.mark.parametrize("name", ['Say "hi"', "Rosa's list", "Notes \U0001f600", "Заметки", "a..b"])
def test_an_unusual_name_is_kept_as_it_is(api, name):
    answer = api.post(URL, {**QUICKNOTES, "project_name": name, "start": False})
    assert answer.status_code == 201
    assert answer.json()["project_name"] == name


def test_html_comes_back_as_the_text_it_is(api):
    name = "<script>alert(1)<b>x"
    answer = api.post(URL, {**QUICKNOTES, "description": name, "start": False})
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["description"] == name


class TestIdempotencyKey:
    def test_a_repeated_request_returns_the_first_project(self, api):
        first = api.post(URL, QUICKNOTES, headers={"Idempotency-Key": "k1"})
        again = api.post(URL, QUICKNOTES, headers={"Idempotency-Key": "k1"})
        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json()["project_id"] == first.json()["project_id"]
        assert Project.objects.count() == AgentJob.objects.count() == 1

    def test_another_request_with_the_key_is_a_conflict(self, api):
        api.post(URL, QUICKNOTES, headers={"Idempotency-Key": "k1"})
        other = {**QUICKNOTES, "project_name": "Other"}
        answer = api.post(URL, other, headers={"Idempotency-Key": "k1"})
        assert answer.status_code == 409
        assert answer.json()["code"] == "idempotency_conflict"
        assert Project.objects.count() == 1

    def test_another_person_may_use_the_same_key(self, api, api_as, stranger):
        api.post(URL, QUICKNOTES, headers={"Idempotency-Key": "k1"})
        answer = api_as(stranger).post(URL, QUICKNOTES, headers={"Idempotency-Key": "k1"})
        assert answer.status_code == 201
        assert Project.objects.count() == 2

    def test_without_a_key_every_request_makes_a_project(self, api):
        for _ in range(2):
            assert api.post(URL, QUICKNOTES, headers={"Idempotency-Key": " "}).status_code == 201
        assert Project.objects.count() == 2

    @pytest.mark.parametrize("key", ["k" * 201, "a\x00b"])
    def test_a_key_that_cannot_be_kept_is_refused(self, api, key):
        answer = api.post(URL, QUICKNOTES, headers={"Idempotency-Key": key})
        assert answer.status_code == 400
        assert answer.json()["code"] == "invalid_idempotency_key"
        assert not Project.objects.exists()


def test_a_failure_at_the_end_leaves_nothing_behind(api, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("generation.events.EventBatch.write", broken)
    with pytest.raises(RuntimeError):
        api.post(URL, QUICKNOTES)
    assert not Project.objects.exists()
    assert not MemoryRecord.objects.exists()
    assert connection.is_usable()
