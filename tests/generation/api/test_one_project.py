"""GET and DELETE /api/projects/<id>/."""

from __future__ import annotations

import pytest

from generation.models import AgentJob, JobStatus
from projects.models import Project
from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.django_db


def test_it_shows_the_spec_where_it_stands_and_its_newest_job(api, finished, address):
    body = api.get(address(finished)).json()
    assert {key: body[key] for key in QUICKNOTES} == QUICKNOTES
    assert body["project_id"] == str(finished.pk)
    assert body["status"] == "SUCCESS"
    assert body["job"]["status"] == "completed"
    assert body["job"]["progress"] == body["progress"] == 100.0
    assert body["download_url"] == f"/downloads/{finished.pk}/QuickNotes.zip"


def test_it_shows_nothing_of_the_owner_s_account(api_as, staff, finished, address):
    text = api_as(staff).get(address(finished)).content.decode()
    assert "owner@example.org" not in text
    assert "password" not in text


def test_deleting_keeps_the_row_and_cancels_what_runs(api, running, address):
    answer = api.delete(address(running))
    assert (answer.status_code, answer.content) == (204, b"")
    running.refresh_from_db()
    assert running.deleted_at is not None
    assert AgentJob.objects.get(project=running).status == JobStatus.CANCELLED


def test_deleting_twice_is_not_found(api, project, address):
    assert api.delete(address(project)).status_code == 204
    assert api.delete(address(project)).status_code == 404


def test_staff_may_delete_and_a_stranger_may_not(api_as, stranger, staff, project, address):
    assert api_as(stranger).delete(address(project)).status_code == 404
    assert api_as(None).delete(address(project)).status_code == 401
    assert Project.objects.get(pk=project.pk).deleted_at is None
    assert api_as(staff).delete(address(project)).status_code == 204


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_other_methods_are_refused(api, project, address, method):
    answer = getattr(api, method)(address(project), {})
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
