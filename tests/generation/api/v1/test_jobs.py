"""GET /v1/jobs/{id}, …/list, and POST …/cancel, pause, resume, retry."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from generation.models import AgentJob, GenerationStep, JobStatus
from projects.models import ApiToken
from tests.generation.api.v1.contract import EXAMPLES, assert_same_shape

pytestmark = pytest.mark.django_db

ACTS = ("/cancel", "/pause", "/resume", "/retry")


class TestOne:
    @pytest.mark.parametrize("state", ["running", "failed", "finished"])
    def test_it_is_of_the_seeds_shape(self, api, at, request, state):
        project = request.getfixturevalue(state)
        answer = api.get(at(project))
        assert answer.status_code == 200
        assert_same_shape(answer.json(), EXAMPLES["job"]["response"])
        assert answer.json()["project_id"] == str(project.pk)

    def test_a_failed_one_says_why(self, api, at, failed):
        body = api.get(at(failed)).json()
        assert (body["status"], body["error"]) == ("failed", "Step 2 failed.")
        assert body["completed_at"]

    def test_a_script_comes_in_by_its_token(self, api_as, owner, at, running):
        client = api_as(None)
        secret = ApiToken.objects.issue(user=owner, name="script")[1]
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        assert client.get(at(running)).status_code == 200


class TestList:
    def test_it_is_of_the_seeds_shape(self, api, finished):
        query = EXAMPLES["list"]["query"]
        body = api.get(f"/v1/jobs/{finished.pk}/list", query).json()
        assert list(body) == list(EXAMPLES["list"]["response"])
        assert_same_shape(body["items"][0], EXAMPLES["job"]["response"])
        assert (body["total"], body["has_more"]) == (1, False)

    def test_it_comes_in_pages_the_newest_first(self, api, owner, project):
        now = timezone.now()
        jobs = [
            AgentJob.objects.create(
                project=project, user=owner, agent_type="qa", status=JobStatus.COMPLETED
            )
            for _ in range(5)
        ]
        for age, job in enumerate(reversed(jobs)):
            AgentJob.objects.filter(pk=job.pk).update(created_at=now - timedelta(minutes=age))
        newest_first = [str(job.pk) for job in reversed(jobs)]
        seen = []
        for offset, more in ((0, True), (2, True), (4, False)):
            page = api.get(f"/v1/jobs/{project.pk}/list", {"limit": 2, "offset": offset}).json()
            assert (page["total"], page["has_more"]) == (5, more)
            seen += [job["job_id"] for job in page["items"]]
        assert seen == newest_first

    def test_a_draft_has_none_and_past_the_end_there_is_none(self, api, project, finished):
        empty = {"items": [], "total": 0, "has_more": False}
        assert api.get(f"/v1/jobs/{project.pk}/list").json() == empty
        past = api.get(f"/v1/jobs/{finished.pk}/list", {"offset": 7}).json()
        assert past == {"items": [], "total": 1, "has_more": False}

    @pytest.mark.parametrize(
        ("name", "value"),
        [("limit", "-1"), ("limit", "0"), ("limit", "1000000000"), ("limit", "many"),
         ("offset", "-1"), ("offset", "1" * 30)],
    )  # fmt: skip
    def test_a_part_that_cannot_be_is_refused_by_name(self, api, finished, name, value):
        answer = api.get(f"/v1/jobs/{finished.pk}/list", {name: value})
        assert answer.status_code == 400
        assert [error["field"] for error in answer.json()["errors"]] == [name]


class TestActs:
    def test_cancel_answers_as_the_seed_has_it_and_once(self, api, at, running):
        answer = api.post(at(running, "/cancel"))
        assert (answer.status_code, answer.json()) == (200, EXAMPLES["cancel"]["response"])
        running.refresh_from_db()
        assert running.status == "CANCELLED"
        again = api.post(at(running, "/cancel"))
        assert again.status_code == 409
        assert "can be retried or generated again" in again.json()["message"]

    def test_a_finished_job_is_not_cancelled(self, api, at, finished):
        answer = api.post(at(finished, "/cancel"))
        assert answer.status_code == 409
        assert answer.json()["code"] == "invalid_transition"

    def test_pause_and_resume(self, api, at, running):
        assert api.post(at(running, "/pause")).json() == {"status": "paused"}
        assert api.get(at(running)).json()["status"] == "paused"
        assert api.post(at(running, "/pause")).status_code == 409
        assert api.post(at(running, "/resume")).json() == {"status": "running"}
        assert api.post(at(running, "/resume")).status_code == 409

    def test_retry_goes_on_from_the_failed_step(self, api, at, failed):
        answer = api.post(at(failed, "/retry"))
        assert (answer.status_code, answer.json()) == (200, {"status": "running"})
        steps = GenerationStep.objects.filter(project=failed).order_by("sequence_order")
        assert [step.status for step in steps] == ["SUCCESS", "PENDING", "PENDING"]

    def test_an_earlier_job_stays_as_it_is(self, api, failed, job_of):
        old = job_of(failed)
        AgentJob.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=1))
        assert api.post(f"/api/projects/{failed.pk}/again/").status_code == 202
        for act in ACTS:
            answer = api.post(f"/v1/jobs/{old.pk}{act}")
            assert answer.status_code == 409
            assert "newer run" in answer.json()["message"]
        old.refresh_from_db()
        assert old.status == "failed"
        assert job_of(failed).status == "queued"


class TestWhoMay:
    @pytest.mark.parametrize("rest", ["", *ACTS])
    def test_a_stranger_and_nobody_do_not(self, api_as, stranger, at, running, job_of, rest):
        method = "post" if rest else "get"
        for user, status, code in ((stranger, 404, "not_found"), (None, 401, "not_authenticated")):
            answer = getattr(api_as(user), method)(at(running, rest))
            assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert job_of(running).status == "queued"

    def test_the_list_neither(self, api_as, stranger, finished):
        path = f"/v1/jobs/{finished.pk}/list"
        assert api_as(stranger).get(path).status_code == 404
        assert api_as(None).get(path).status_code == 401

    def test_staff_act_under_their_own_name(self, api_as, staff, at, running):
        assert api_as(staff).post(at(running, "/pause")).status_code == 200
        assert running.logs.filter(log_text="Paused by staff@example.org").exists()

    def test_a_deleted_project_has_no_jobs(self, api, at, running):
        path = at(running)
        assert api.delete(f"/api/projects/{running.pk}/").status_code == 204
        assert api.get(path).status_code == 404

    @pytest.mark.parametrize("word", ["1", "not-an-id", "%00", "..", str(uuid.uuid4())])
    @pytest.mark.parametrize("rest", ["", "/list", *ACTS])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_an_id_that_is_none_is_not_found(self, api, word, rest, method):
        answer = getattr(api, method)(f"/v1/jobs/{word}{rest}")
        assert answer.status_code in {404, 405}
        assert set(answer.json()) == {"code", "message", "errors"}

    def test_no_address_ends_with_a_slash(self, api, at, running):
        assert api.get(at(running, "/")).status_code == 404
