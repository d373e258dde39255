"""POST …/start/, pause/, resume/, cancel/, retry/, again/ and steps/<id>/retry/."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from generation.models import AgentJob, GenerationStep, Log, StepStatus
from projects.models import ProjectStatus

pytestmark = pytest.mark.django_db


def step_of(project, status):
    return GenerationStep.objects.get(project=project, status=status)


class TestStart:
    def test_a_draft_is_started_once(self, api, project, address):
        answer = api.post(address(project, "start/"))
        assert answer.status_code == 202
        assert answer.json()["status"] == "queued"
        project.refresh_from_db()
        assert project.status == ProjectStatus.IN_PROGRESS
        again = api.post(address(project, "start/"))
        assert again.status_code == 409
        assert again.json()["code"] == "invalid_transition"
        assert AgentJob.objects.count() == 1

    def test_it_is_enqueued_after_the_commit(
        self, api, project, address, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks() as committed:
            api.post(address(project, "start/"))
        assert committed


class TestCancel:
    def test_a_running_project_is_cancelled_once(self, api, running, address):
        answer = api.post(address(running, "cancel/"))
        assert answer.status_code == 200
        assert answer.json()["status"] == "cancelled"
        running.refresh_from_db()
        assert running.status == ProjectStatus.CANCELLED
        assert api.post(address(running, "cancel/")).status_code == 409

    def test_a_draft_has_nothing_to_cancel(self, api, project, address):
        answer = api.post(address(project, "cancel/"))
        assert answer.status_code == 409
        assert "not been started" in answer.json()["message"]


class TestPauseAndResume:
    def test_a_running_project_is_paused_once_and_resumed_once(self, api, running, address):
        answer = api.post(address(running, "pause/"))
        assert (answer.status_code, answer.json()["status"]) == (200, "paused")
        refused = api.post(address(running, "pause/"))
        assert refused.status_code == 409
        assert "it can be resumed or cancelled" in refused.json()["message"]
        assert api.post(address(running, "resume/")).status_code == 202
        assert api.post(address(running, "resume/")).status_code == 409

    def test_a_paused_project_can_be_cancelled(self, api, running, address):
        api.post(address(running, "pause/"))
        assert api.post(address(running, "cancel/")).json()["status"] == "cancelled"


class TestRetry:
    def test_it_goes_on_with_what_failed_and_what_was_skipped(self, api, failed, address):
        assert api.post(address(failed, "retry/")).status_code == 202
        failed.refresh_from_db()
        assert failed.status == ProjectStatus.IN_PROGRESS
        states = GenerationStep.objects.filter(project=failed).order_by("sequence_order")
        assert list(states.values_list("status", flat=True)) == ["SUCCESS", "PENDING", "PENDING"]

    def test_it_is_refused_while_it_runs_or_when_it_is_done(self, api, running, finished, address):
        assert api.post(address(running, "retry/")).status_code == 409
        assert api.post(address(finished, "retry/")).status_code == 409


class TestAgain:
    def test_a_done_project_gets_another_job(self, api, finished, address):
        first = AgentJob.objects.get(project=finished)
        AgentJob.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(hours=1))
        answer = api.post(address(finished, "again/"))
        assert answer.status_code == 202
        assert answer.json()["job_id"] != str(first.pk)
        assert api.get(address(finished)).json()["job"]["job_id"] == answer.json()["job_id"]

    def test_a_draft_and_a_running_project_do_not(self, api, project, running, address):
        assert api.post(address(project, "again/")).status_code == 409
        assert api.post(address(running, "again/")).status_code == 409


class TestStepRetry:
    def test_a_failed_step_goes_on(self, api, failed, address):
        step = step_of(failed, StepStatus.FAILED)
        answer = api.post(address(failed, f"steps/{step.pk}/retry/"))
        assert answer.status_code == 202
        step.refresh_from_db()
        assert (step.status, step.error) == (StepStatus.PENDING, None)

    @pytest.mark.parametrize("rest", ["retry/", "retry-from/"])
    def test_a_step_that_is_done_too_but_not_while_the_job_runs(self, api, failed, address, rest):
        step = step_of(failed, StepStatus.SUCCESS)
        path = address(failed, f"steps/{step.pk}/{rest}")
        answer = api.post(path)
        assert (answer.status_code, answer.json()["status"]) == (202, "running")
        assert set(failed.steps.values_list("status", flat=True)) == {StepStatus.PENDING}
        again = api.post(path)
        assert again.status_code == 409
        assert {error["field"] for error in again.json()["errors"]} == {"allowed"}
        assert [error["message"] for error in again.json()["errors"]] == ["pause", "cancel"]

    def test_the_step_must_be_of_the_project(self, api, failed, finished, address):
        step = step_of(failed, StepStatus.FAILED)
        for project, wanted in ((finished, step.pk), (failed, uuid.uuid4()), (failed, "x")):
            assert api.post(address(project, f"steps/{wanted}/retry/")).status_code == 404
        step.refresh_from_db()
        assert step.status == StepStatus.FAILED

    def test_a_stranger_and_nobody_do_not(self, api_as, stranger, failed, address):
        step = step_of(failed, StepStatus.FAILED)
        path = address(failed, f"steps/{step.pk}/retry/")
        assert api_as(stranger).post(path).status_code == 404
        assert api_as(None).post(path).status_code == 401
        step.refresh_from_db()
        assert step.status == StepStatus.FAILED


def test_staff_act_under_their_own_name(api_as, staff, failed, address):
    assert api_as(staff).post(address(failed, "retry/")).status_code == 202
    assert Log.objects.filter(project=failed, log_text="Retried by staff@example.org").exists()


@pytest.mark.parametrize("rest", ["start/", "pause/", "resume/", "cancel/", "retry/", "again/"])
def test_reading_is_not_acting(api, project, address, rest):
    assert api.get(address(project, rest)).status_code == 405
    project.refresh_from_db()
    assert project.status == ProjectStatus.DRAFT
