"""POST /v1/run-pipeline."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from generation.estimates import in_words
from generation.models import AgentJob, JobStatus
from memory.models import MemoryRecord
from tests.generation.api.v1.contract import EXAMPLES, assert_same_shape

pytestmark = pytest.mark.django_db

PATH = "/v1/run-pipeline"


def request_for(project, **context):
    return {"project_id": str(project.pk), "input_context": context}


def test_the_seeds_request_is_answered_as_the_seed_has_it(api, project, job_of):
    body = {**EXAMPLES["run_pipeline"]["request"], "project_id": str(project.pk)}
    answer = api.post(PATH, body)
    assert answer.status_code == 202
    assert_same_shape(answer.json(), EXAMPLES["run_pipeline"]["response"])
    job = job_of(project)
    assert (str(job.pk), job.status) == (answer.json()["job_id"], "queued")
    project.refresh_from_db()
    assert project.description == "A CRM for dog walkers"
    assert job.input_context["description"] == "A CRM for dog walkers"
    assert MemoryRecord.objects.filter(project=project).count() == 2


def test_without_an_idea_it_builds_what_is_there(api, project, job_of):
    before = project.description
    assert api.post(PATH, {"project_id": str(project.pk)}).status_code == 202
    project.refresh_from_db()
    assert project.description == before
    assert job_of(project).config["reread"] is False


def test_the_job_names_its_task(api, project, job_of, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        api.post(PATH, request_for(project))
    name = job_of(project).celery_task_id
    assert str(uuid.UUID(name)) == name


def test_one_run_at_a_time_and_again_when_it_has_ended(api, project, finished):
    assert api.post(PATH, request_for(project)).status_code == 202
    refused = api.post(PATH, request_for(project, user_idea="Another"))
    assert refused.status_code == 409
    assert "paused or cancelled" in refused.json()["message"]
    project.refresh_from_db()
    assert project.description != "Another"
    AgentJob.objects.filter(project=finished).update(created_at=timezone.now() - timedelta(hours=1))
    assert api.post(PATH, request_for(finished)).status_code == 202


@pytest.mark.parametrize(
    ("context", "status", "field"),
    [
        ({"user_idea": ""}, 400, "input_context.user_idea"),
        ({"user_idea": 5}, 202, None),
        ({"user_idea": ["a"]}, 400, "input_context.user_idea"),
        ({"user_idea": "a\x00b"}, 400, "input_context.user_idea"),
        ({"user_idea": "\ud800"}, 400, "input_context.user_idea"),
        ({"user_idea": "a\u0007b"}, 422, "input_context.user_idea"),
        ({"user_idea": "é" * 40_000}, 422, "input_context.user_idea"),
        ({"user_idea": "a" * 70_000}, 400, "input_context.user_idea"),
        ({"engine": "magic"}, 400, "input_context.engine"),
        ({"wish": 1}, 400, "input_context.wish"),
        (["a"], 400, "input_context.non_field_errors"),
        ("a", 400, "input_context.non_field_errors"),
        (None, 400, "input_context"),
    ],
)
def test_a_context_that_cannot_be_used_is_refused_by_name(api, project, context, status, field):
    body = json.dumps({"project_id": str(project.pk), "input_context": context})
    answer = api.post(PATH, body, content_type="application/json")
    assert answer.status_code == status, answer.content
    if field:
        assert [error["field"] for error in answer.json()["errors"]] == [field]
        assert not AgentJob.objects.exists()


@pytest.mark.parametrize("body", ["{", "[]", "null", '"text"', "", "\x00", '{"project_id": 1e400}'])
def test_a_body_that_is_no_object_is_refused(api, body):
    answer = api.post(PATH, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] in {"parse_error", "invalid"}


@pytest.mark.parametrize("wanted", ["", "x", "123", None, [], {}, -1])
def test_a_malformed_project_id_is_refused(api, wanted):
    answer = api.post(PATH, {"project_id": wanted})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "project_id"


def test_a_project_that_is_not_there_or_not_yours(api, api_as, stranger, project):
    assert api.post(PATH, {"project_id": str(uuid.uuid4())}).status_code == 404
    assert api_as(stranger).post(PATH, request_for(project)).status_code == 404
    assert api_as(None).post(PATH, request_for(project)).status_code == 401
    assert not AgentJob.objects.exists()


class TestEstimate:
    def finish(self, project, user, seconds, **values):
        job = AgentJob.objects.create(
            project=project, user=user, agent_type="pipeline", status=JobStatus.RUNNING, **values
        )
        AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.COMPLETED)
        # The trigger keeps completed_at; started_at may be moved back.
        ended = AgentJob.objects.get(pk=job.pk).completed_at
        AgentJob.objects.filter(pk=job.pk).update(
            started_at=ended - timedelta(seconds=seconds), created_at=ended - timedelta(days=1)
        )

    def estimated(self, api, project):
        return api.post(PATH, request_for(project)).json()["estimated_time"]

    def test_it_is_the_median_of_jobs_of_the_same_engine(self, api, owner, project, finished):
        AgentJob.objects.all().delete()
        for seconds in (7, 8, 600):
            self.finish(finished, owner, seconds, config={"engine": "builtin"})
        self.finish(finished, owner, 3600, config={"engine": "ollama"})
        assert self.estimated(api, project) == "8s"

    def test_of_any_engine_when_there_are_no_others(self, api, owner, project, finished):
        AgentJob.objects.all().delete()
        self.finish(finished, owner, 3600, config={"engine": "ollama"})
        assert self.estimated(api, project) == "60m"

    @pytest.mark.parametrize(
        ("seconds", "words"), [(0.2, "1s"), (30, "30s"), (119, "119s"), (120, "2m"), (121, "3m")]
    )
    def test_its_words(self, seconds, words):
        assert in_words(timedelta(seconds=seconds)) == words
