"""POST /v1/run-agent."""

from __future__ import annotations

import json
import uuid

import pytest

from generation.models import AgentJob
from tests.generation.api.v1.contract import EXAMPLES, assert_same_shape

pytestmark = pytest.mark.django_db

PATH = "/v1/run-agent"


def request_for(project, kind="research", **context):
    return {"project_id": str(project.pk), "agent_type": kind, "input_context": context}


def test_the_seeds_request_is_answered_as_the_seed_has_it(api, project, job_of):
    body = {**EXAMPLES["run_agent"]["request"], "project_id": str(project.pk)}
    answer = api.post(PATH, body)
    assert answer.status_code == 202
    assert_same_shape(answer.json(), EXAMPLES["run_agent"]["response"])
    job = job_of(project)
    assert (job.agent_type, job.input_context) == ("research", body["input_context"])
    status = api.get(f"/v1/jobs/{job.pk}").json()
    assert_same_shape(status, EXAMPLES["job"]["response"])
    assert status["agent_type"] == "research"


def test_the_project_goes_its_own_way(api, project):
    api.post(PATH, request_for(project, user_idea="Something else"))
    detail = api.get(f"/api/projects/{project.pk}/").json()
    assert (detail["status"], detail["job"], detail["progress"]) == ("DRAFT", None, None)
    assert "notes" in detail["description"]
    assert api.post(f"/api/projects/{project.pk}/cancel/").status_code == 409


@pytest.mark.parametrize("kind", ["pedagogy", "roadmap"])
def test_agents_that_are_not_here_yet(api, project, kind):
    answer = api.post(PATH, request_for(project, kind))
    assert (answer.status_code, answer.json()["code"]) == (422, "agent_not_available")
    assert not AgentJob.objects.exists()


@pytest.mark.parametrize("kind", ["pipeline", "magic", "", None, 5, [], {}])
def test_agents_that_do_not_exist(api, project, kind):
    answer = api.post(PATH, {**request_for(project), "agent_type": kind})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "agent_type"


@pytest.mark.parametrize(
    ("context", "status", "field"),
    [
        ({"user_idea": "a\u0007b"}, 422, "input_context.user_idea"),
        ({"file_path": "a" * 501}, 400, "input_context.file_path"),
        ({"instructions": ""}, 400, "input_context.instructions"),
        ({"engine": "magic"}, 400, "input_context.engine"),
        ({"engine": "builtin", "model": "x"}, 400, "input_context.engine"),
        ({"model": "x"}, 400, "input_context.model"),
        ({"wish": 1}, 400, "input_context.wish"),
        (None, 400, "input_context"),
    ],
)
def test_a_context_that_cannot_be_used_is_refused_by_name(api, project, context, status, field):
    body = json.dumps({**request_for(project), "input_context": context})
    answer = api.post(PATH, body, content_type="application/json")
    assert answer.status_code == status, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not AgentJob.objects.exists()


def test_the_engine_of_the_body_is_the_jobs(api, project, job_of):
    assert api.post(PATH, request_for(project, engine="builtin")).status_code == 202
    assert job_of(project).config["engine"] == "builtin"
    assert "engine" not in job_of(project).input_context


def test_a_run_is_cancelled_and_retried(api, project, at):
    api.post(PATH, request_for(project))
    assert api.post(at(project, "/pause")).status_code == 409
    assert api.post(at(project, "/cancel")).json() == {"status": "cancelled"}
    assert api.post(at(project, "/cancel")).status_code == 409
    assert api.post(at(project, "/retry")).json() == {"status": "queued"}


def test_a_project_that_is_not_there_or_not_yours(api, api_as, stranger, project):
    unknown = {**request_for(project), "project_id": str(uuid.uuid4())}
    assert api.post(PATH, unknown).status_code == 404
    assert api_as(stranger).post(PATH, request_for(project)).status_code == 404
    assert api_as(None).post(PATH, request_for(project)).status_code == 401
    assert not AgentJob.objects.exists()
