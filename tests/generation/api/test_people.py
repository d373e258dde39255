"""GET /api/recall/ and /api/me/."""

from __future__ import annotations

import pytest

from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.django_db


class TestRecall:
    @pytest.mark.usefixtures("project")
    def test_it_returns_the_newest_spec_ready_to_be_sent_again(self, api):
        newer = {**QUICKNOTES, "project_name": "Newer", "styling": "Plain CSS"}
        assert api.post("/api/projects/", {**newer, "start": False}).status_code == 201
        recalled = api.get("/api/recall/")
        assert recalled.status_code == 200
        assert api.post("/api/projects/", recalled.json()).status_code == 201

    @pytest.mark.usefixtures("project")
    def test_it_is_what_was_submitted(self, api):
        assert api.get("/api/recall/").json() == QUICKNOTES

    def test_there_may_be_none(self, api):
        answer = api.get("/api/recall/")
        assert answer.status_code == 404
        assert answer.json() == {
            "code": "nothing_to_recall",
            "message": "You have not submitted an app yet.",
            "errors": [],
        }

    @pytest.mark.usefixtures("project")
    def test_it_is_never_somebody_elses(self, api_as, stranger, staff):
        for person in (stranger, staff):
            assert api_as(person).get("/api/recall/").status_code == 404

    def test_nobody_is_asked_to_sign_in(self, api_as):
        assert api_as(None).get("/api/recall/").status_code == 401


class TestMe:
    def test_it_says_who_asks(self, api, owner):
        body = api.get("/api/me/").json()
        assert (body["id"], body["email"], body["role"]) == (str(owner.pk), owner.email, "user")
        assert "password" not in body

    def test_nobody_is_asked_to_sign_in(self, api_as):
        assert api_as(None).get("/api/me/").status_code == 401
