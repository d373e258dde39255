"""The plan of a project that waits for its owner."""

from __future__ import annotations

import json
import uuid

import pytest

from generation.models import AgentJob
from generation.tasks import plan_job
from projects.models import Project
from tests.conftest import QUICKNOTES
from tests.generation.api.conftest import address, running

pytestmark = pytest.mark.django_db
__all__ = ["address", "running"]


@pytest.fixture
def planned(api, monkeypatch) -> Project:
    monkeypatch.setattr("generation.tasks._send", lambda *_args: None)
    answer = api.post("/api/projects/", {**QUICKNOTES, "approve": True})
    assert answer.status_code == 201, answer.json()
    project = Project.objects.get()
    plan_job(str(AgentJob.objects.get().pk))
    return project


def off_with(plan, path):
    return {
        "steps": [
            {"step_id": step["step_id"], "enabled": step["file_path"] != path}
            for step in plan["steps"]
        ]
    }


def test_a_plan_is_looked_at_changed_and_approved(api, planned, address):
    answer = api.get(address(planned, "plan/"))
    plan = answer.json()
    assert answer.status_code == 200
    assert (plan["status"], plan["engine"]) == ("waiting_for_input", "builtin")
    assert plan["cost"] == {"calls": 0, "tokens": 0, "cost": 0.0, "measured": True}
    assert "README.md" in plan["files"]
    changed = api.put(
        address(planned, "plan/"), off_with(plan, "README.md"), headers={"If-Match": answer["ETag"]}
    )
    assert changed.status_code == 200, changed.json()
    assert "README.md" not in changed.json()["files"]
    assert changed["ETag"] != answer["ETag"]
    stale = {"If-Match": answer["ETag"]}
    for refused in (
        api.put(address(planned, "plan/"), off_with(plan, ""), headers=stale),
        api.post(address(planned, "plan/approve/"), headers=stale),
    ):
        assert (refused.status_code, refused.json()["code"]) == (412, "plan_changed")
    fresh = {"If-Match": changed["ETag"]}
    begun = api.post(address(planned, "plan/approve/"), headers=fresh)
    assert (begun.status_code, begun.json()["status"]) == (202, "running")
    again = api.post(address(planned, "plan/approve/"))
    assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")
    assert api.get(address(planned, "plan/")).json()["status"] == "running"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"steps": []}, "invalid"),
        ({}, "invalid"),
        ({"steps": [{"step_id": "x"}]}, "invalid"),
        ({"steps": [{"step_id": str(uuid.uuid4())}]}, "invalid_plan"),
        ({"steps": [{"step_id": str(uuid.uuid4()), "input": []}]}, "invalid"),
        ([], "invalid"),
    ],
)
def test_a_change_that_cannot_be_taken(api, planned, address, body, code):
    answer = api.put(address(planned, "plan/"), json.dumps(body), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_there_is_no_plan_yet(api, running, project, address):
    for one in (running, project):
        for answer in (
            api.get(address(one, "plan/")),
            api.post(address(one, "plan/approve/")),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "invalid_transition")


def test_strangers_and_nobody(api_as, stranger, planned, address):
    for user, status in ((stranger, 404), (None, 401)):
        other = api_as(user)
        assert other.get(address(planned, "plan/")).status_code == status
        steps = {"steps": [{"step_id": str(uuid.uuid4())}]}
        assert other.put(address(planned, "plan/"), steps).status_code == status
        assert other.post(address(planned, "plan/approve/")).status_code == status
    assert AgentJob.objects.get().status == "waiting_for_input"
