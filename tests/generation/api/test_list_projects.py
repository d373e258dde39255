"""GET /api/projects/."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import Project

URL = "/api/projects/"

pytestmark = pytest.mark.django_db


def make(user, name="App", **values):
    given = {"features": [], "tech_stack": "React + FastAPI + PostgreSQL", "styling": "Bootstrap"}
    return Project.objects.create(user=user, project_name=name, **{**given, **values})


def names(answer):
    assert answer.status_code == 200, answer.content
    return [project["project_name"] for project in answer.json()["results"]]


def test_people_see_their_own_and_staff_see_all(api, api_as, owner, stranger, staff):
    make(owner, "Mine")
    make(stranger, "Theirs")
    assert names(api.get(URL)) == ["Mine"]
    assert names(api_as(stranger).get(URL)) == ["Theirs"]
    assert sorted(names(api_as(staff).get(URL))) == ["Mine", "Theirs"]
    assert api_as(None).get(URL).status_code == 401


def test_the_newest_comes_first(api, owner):
    for days, name in ((3, "Old"), (1, "New"), (2, "Middle")):
        make(owner, name, created_at=timezone.now() - timedelta(days=days))
    assert names(api.get(URL)) == ["New", "Middle", "Old"]


def test_progress_is_the_newest_jobs(api, finished):
    assert api.get(URL).json()["results"][0]["progress"] == 100.0


def test_deleted_ones_are_left_out(api, project, address):
    api.delete(address(project))
    assert names(api.get(URL)) == []


class TestFilters:
    @pytest.fixture(autouse=True)
    def _projects(self, owner):
        now = timezone.now()
        make(owner, "Alpha", status="SUCCESS", created_at=now - timedelta(days=10))
        make(owner, "Beta", status="FAILED", description="about the alphabet", styling="Plain CSS")
        make(owner, "Gamma 100%", status="DRAFT", created_at=now - timedelta(days=5))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("status=FAILED", {"Beta"}),
            ("status=FAILED&status=DRAFT", {"Beta", "Gamma 100%"}),
            ("search=ALPHA", {"Alpha", "Beta"}),
            ("search=100%25", {"Gamma 100%"}),
            ("search=_", set()),
            ("styling=Plain CSS", {"Beta"}),
            ("tech_stack=React %2B FastAPI %2B PostgreSQL", {"Alpha", "Beta", "Gamma 100%"}),
        ],
    )
    def test_they_narrow_the_list(self, api, query, found):
        assert set(names(api.get(f"{URL}?{query}"))) == found

    def test_by_time(self, api):
        edge = (timezone.now() - timedelta(days=7)).isoformat()
        assert names(api.get(URL, {"created_before": edge})) == ["Alpha"]
        assert names(api.get(URL, {"created_after": edge})) == ["Beta", "Gamma 100%"]

    @pytest.mark.parametrize(
        ("order", "first"), [("project_name", "Alpha"), ("-project_name", "Gamma 100%")]
    )
    def test_ordered(self, api, order, first):
        assert names(api.get(URL, {"ordering": order}))[0] == first

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("status", "BORING"),
            ("tech_stack", "COBOL"),
            ("created_after", "yesterday"),
            ("ordering", "password"),
            ("ordering", "user__password"),
            ("search", "a\x00b"),
        ],
    )
    def test_a_bad_value_names_its_field(self, api, name, value):
        answer = api.get(URL, {name: value})
        assert answer.status_code == 400
        assert answer.json()["code"] == "invalid"
        assert answer.json()["errors"][0]["field"] == name

    @pytest.mark.parametrize("name", ["created_after", "created_before"])
    @pytest.mark.parametrize(
        "time",
        ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-11-29T00:00:00+16:00"],
    )
    def test_a_time_that_no_project_can_have_is_refused(self, api, name, time):
        answer = api.get(URL, {name: time})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == name


class TestPages:
    @pytest.fixture(autouse=True)
    def _projects(self, owner):
        at = timezone.now()
        for number in range(25):
            make(owner, f"App {number % 5}", created_at=at)

    def test_twenty_unless_asked_otherwise(self, api):
        body = api.get(URL).json()
        assert (body["count"], len(body["results"])) == (25, 20)
        assert body["previous"] is None
        assert "offset=20" in body["next"]

    def test_pages_neither_repeat_nor_miss_a_row(self, api):
        for order in ("", "&ordering=project_name", "&ordering=-status"):
            seen = []
            for offset in range(0, 25, 4):
                page = api.get(f"{URL}?limit=4&offset={offset}{order}").json()["results"]
                seen += [project["project_id"] for project in page]
            assert len(seen) == len(set(seen)) == 25

    @pytest.mark.parametrize("limit", ["101", "1000000", "9" * 40])
    def test_a_page_is_never_longer_than_a_hundred(self, api, owner, limit):
        Project.objects.bulk_create(
            Project(user=owner, project_name="x", features=[], tech_stack="x", styling="x")
            for _ in range(90)
        )
        assert len(api.get(f"{URL}?limit={limit}").json()["results"]) == 100

    @pytest.mark.parametrize("query", ["offset=" + "9" * 40, "offset=-1", "limit=0", "limit=x"])
    def test_odd_numbers_do_no_harm(self, api, query):
        assert api.get(f"{URL}?{query}").status_code == 200

    def test_many_rows_cost_as_many_queries_as_one(self, api):
        with CaptureQueriesContext(connection) as many:
            api.get(f"{URL}?limit=25")
        with CaptureQueriesContext(connection) as one:
            api.get(f"{URL}?limit=1")
        assert len(many) == len(one) <= 5
