"""Input that cannot be meant: every address that takes JSON refuses it by name, never with 500."""

from __future__ import annotations

import json
import uuid
from itertools import product

import pytest

from generation.models import AgentJob
from tests.generation.api.test_errors import assert_shape

pytestmark = pytest.mark.django_db

TAKE_JSON = {
    "create": ("post", "/api/projects/"),
    "design": ("put", "/api/projects/{id}/design/"),
    "rename": ("post", "/api/projects/{id}/renames/"),
    "restore": ("post", "/api/projects/{id}/restores/"),
    "run-agent": ("post", "/v1/run-agent"),
    "run-pipeline": ("post", "/v1/run-pipeline"),
}
NO_JSON = {
    "words": b"walk my dog",
    "half": b'{"project_id": "',
    "a form": b"project_id=1&x=2",
    "no UTF-8": b'{"project_id": "\xff"}',
    "NUL": b"\x00",
    "not a number": b'{"project_id": NaN}',
    "deep list": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
}
NO_OBJECT = {"list": b"[]", "null": b"null", "number": b"1e400", "text": b'"x"', "empty": b""}
ODD = ["\x00", "a\x00b", "\ud800", "9" * 5000, 10**400, -1, 1e308, True, None, [], {}, [[]] * 3]
CONTEXT = ("user_idea", "engine", "model", "file_path", "instructions", "\x00")
FIELDS = {
    "create": ["project_name", "description", "features", "tech_stack", "engine", "temperature"],
    "design": ["name", "entities", "pages", "theme", "features", "roles", "\x00"],
    "rename": ["path", "to", "version"],
    "restore": ["path", "version", "moment"],
    "run-agent": ["project_id", "agent_type", "input_context"],
    "run-pipeline": ["project_id", "input_context"],
}


@pytest.fixture
def send(api, finished):
    """Send a body to one of the addresses that take JSON."""

    def send_to(name, body, content_type="application/json"):
        method, path = TAKE_JSON[name]
        data = body if isinstance(body, bytes) else json.dumps(body)
        address = path.format(id=finished.pk)
        return getattr(api, method)(address, data, content_type=content_type)

    return send_to


@pytest.fixture
def good(api, finished):
    """A body that each address accepts."""
    design = api.get(f"/api/projects/{finished.pk}/design/").json()
    return {
        "create": {"project_name": "Walkies", "description": "A CRM for dog walkers"},
        "design": design,
        "rename": {"path": "README.md", "to": "READ.md", "version": 1},
        "restore": {"path": "README.md", "version": 1},
        "run-agent": {"project_id": str(finished.pk), "agent_type": "research"},
        "run-pipeline": {"project_id": str(finished.pk)},
    }


@pytest.mark.parametrize("name", TAKE_JSON)
def test_a_body_that_is_not_json(send, name):
    for what, body in NO_JSON.items():
        answer = send(name, body)
        assert (answer.status_code, answer.json()["code"]) == (400, "parse_error"), what


@pytest.mark.parametrize("name", TAKE_JSON)
def test_a_body_that_is_no_object(send, name):
    for what, body in NO_OBJECT.items():
        answer = send(name, body)
        assert answer.status_code in {400, 422}, what
        assert answer.json()["errors"] or answer.json()["code"] == "parse_error", what


@pytest.mark.parametrize("name", TAKE_JSON)
def test_a_body_over_the_limit(send, name):
    assert_shape(send(name, b'{"a": "' + b"x" * 1_000_000 + b'"}'), 413, "too_large")


@pytest.mark.parametrize("name", TAKE_JSON)
def test_a_body_that_is_said_to_be_something_else(send, name):
    assert_shape(send(name, b"{}", "text/plain"), 415, "unsupported_media_type")


@pytest.mark.parametrize("name", TAKE_JSON)
def test_odd_values_are_refused_or_harmless(send, good, name):
    for field, value in product(FIELDS[name], ODD):
        answer = send(name, {**good[name], field: value})
        assert answer.status_code < 500, (field, value)
        if answer.status_code >= 400:
            assert set(answer.json()) == {"code", "message", "errors"}, (field, value)


@pytest.mark.parametrize("name", ["run-agent", "run-pipeline"])
def test_odd_contexts_are_refused_or_harmless(send, good, name):
    for field, value in product(CONTEXT, ODD):
        context = {"engine": "builtin", field: value}
        answer = send(name, {**good[name], "input_context": context})
        assert answer.status_code < 500, (field, value)


WORDS = ["x", "123", "%00", "%ff", "0" * 32, "00000000-0000-0000-0000-00000000000g", "%2e%2e"]
ADDRESSES = (
    "/v1/jobs/{}",
    "/v1/jobs/{}/list",
    "/v1/jobs/{}/stream",
    "/v1/jobs/{}/cancel",
    "/v1/jobs/{}/pause",
    "/v1/jobs/{}/resume",
    "/v1/jobs/{}/retry",
    "/api/projects/{}/",
    "/api/projects/{}/logs/",
    "/api/projects/{}/zip/",
    "/api/projects/{}/files/README.md",
    "/api/projects/{}/start/",
    "/projects/{}/",
    "/projects/{}/code/",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_malformed_id_is_not_there(api, address):
    for word, call in product(WORDS, (api.get, api.post)):
        assert call(address.format(word)).status_code in {400, 404, 405}, word


@pytest.mark.parametrize("address", ["edits/{}/undo/", "steps/{}/retry/"])
def test_a_malformed_id_within_a_project_is_not_there(api, finished, address):
    for word in (*WORDS, str(uuid.uuid4())):
        answer = api.post(f"/api/projects/{finished.pk}/{address.format(word)}")
        assert_shape(answer, 404, "not_found")


JOB_ACTS = ("", "/stream", "/cancel", "/pause", "/resume", "/retry")


@pytest.mark.parametrize("rest", JOB_ACTS)
def test_an_unknown_job_and_somebody_elses_look_alike(api, api_as, stranger, finished, rest):
    job = AgentJob.objects.get(project=finished)
    method = "get" if rest in {"", "/stream"} else "post"
    unknown = getattr(api, method)(f"/v1/jobs/{uuid.uuid4()}{rest}")
    foreign = getattr(api_as(stranger), method)(f"/v1/jobs/{job.pk}{rest}")
    assert_shape(unknown, 404, "not_found")
    assert (foreign.status_code, foreign.json()) == (404, unknown.json())


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("limit", [-1, 0, 101, 10**9, 10**30, "x", "1.5", "1e3", "\x00"]),
        ("offset", [-1, 10**10, 10**30, "x", "1.5", "1e3", "\x00"]),
    ],
)
def test_a_page_of_jobs_that_cannot_be(api, finished, name, values):
    for value in values:
        answer = api.get(f"/v1/jobs/{finished.pk}/list", {name: value})
        assert_shape(answer, 400, "invalid")
        assert answer.json()["errors"][0]["field"] == name


@pytest.mark.parametrize("rest", ["", "{id}/steps/", "{id}/files/"])
def test_a_page_of_other_things_is_bounded(api, finished, rest):
    path = "/api/projects/" + rest.format(id=finished.pk)
    for name, value in product(("limit", "offset"), (-1, 0, 10**9, 10**30, "x", "", "\x00")):
        assert api.get(path, {name: value}).status_code == 200, (name, value)


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled"])
def test_what_has_ended_is_not_acted_on(api, finished, status):
    AgentJob.objects.filter(project=finished).update(status=status)
    job = AgentJob.objects.get(project=finished)
    for act in ("cancel", "pause", "resume"):
        assert_shape(api.post(f"/v1/jobs/{job.pk}/{act}"), 409, "invalid_transition")
    assert AgentJob.objects.get(pk=job.pk).status == status
