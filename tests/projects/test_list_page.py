"""The list of a person's apps."""

from __future__ import annotations

import pytest

from generation.models import AgentJob
from generation.services import submit_project
from projects.models import Project
from projects.spec.request import load_request
from projects.views import PAGE_SIZE
from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.django_db


def names(answer) -> list[str]:
    return [project.project_name for project in answer.context["projects"]]


def make(owner, name, **changes) -> Project:
    spec = {**QUICKNOTES, "project_name": name, **changes}
    return submit_project(owner=owner, request=load_request(spec), start=False)


def test_an_empty_list_offers_an_example_to_start_from(as_owner):
    page = as_owner.get("/").content.decode()
    assert "Make your first app" in page
    assert "/new/?example=quicknotes" in page


def test_it_shows_own_apps_only_newest_first(as_owner, owner, stranger):
    first, second = make(owner, "Alpha"), make(owner, "Beta")
    make(stranger, "Gamma")
    Project.objects.filter(pk=first.pk).update(created_at="2020-01-01T00:00:00Z")
    assert names(as_owner.get("/")) == [second.project_name, first.project_name]


def test_staff_see_every_app(browser_as, staff, project):
    assert names(browser_as(staff).get("/")) == ["QuickNotes"]


def test_a_deleted_app_is_not_listed(as_owner, project):
    as_owner.post(f"/projects/{project.pk}/delete/")
    assert names(as_owner.get("/")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=alp", ["Alpha"]),
        ("q=ORCHARD", ["Alpha"]),
        ("q=%25", []),
        ("q=%00", ["Beta", "Alpha"]),
        ("status=DRAFT", ["Beta", "Alpha"]),
        ("status=FAILED", []),
        ("status=nonsense", ["Beta", "Alpha"]),
        ("page=999", ["Beta", "Alpha"]),
    ],
)
def test_it_is_searched_and_filtered(as_owner, owner, query, found):
    make(owner, "Alpha", description="Trees of an orchard")
    make(owner, "Beta")
    Project.objects.filter(project_name="Alpha").update(created_at="2020-01-01T00:00:00Z")
    assert names(as_owner.get(f"/?{query}")) == found


def test_a_search_that_finds_nothing_says_so(as_owner, project):
    assert "No app matches" in as_owner.get("/?q=zzz").content.decode()


def test_pages_keep_the_search(as_owner, owner):
    for number in range(PAGE_SIZE + 1):
        make(owner, f"App {number}")
    page = as_owner.get("/?q=app").content.decode()
    assert 'href="?q=app&amp;page=2"' in page
    assert len(names(as_owner.get("/?q=app&page=2"))) == 1


def test_a_running_app_shows_the_progress_of_its_job(as_owner, owner, project):
    AgentJob.objects.create(
        project=project, user=owner, agent_type="pipeline", status="running", progress=37.5
    )
    AgentJob.objects.create(
        project=project, user=owner, agent_type="pipeline", status="failed", progress=80
    )
    Project.objects.update(status="IN_PROGRESS")
    page = as_owner.get("/").content.decode()
    assert 'value="37.5"' in page
    assert "every 3s" in page


def test_html_in_a_name_and_a_description_is_shown_as_text(as_owner, owner):
    Project.objects.create(
        user=owner,
        project_name="<script>alert(1)</script>",
        description="<img src=x onerror=alert(1)>",
        features=[],
        tech_stack="React + FastAPI + PostgreSQL",
        styling="Bootstrap",
    )
    page = as_owner.get("/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_list_takes_as_many_queries_for_many_apps_as_for_one(
    as_owner, owner, django_assert_max_num_queries
):
    for number in range(12):
        make(owner, f"App {number}")
    with django_assert_max_num_queries(8):
        as_owner.get("/")


def test_only_what_a_list_answers_to_is_allowed(as_owner):
    assert as_owner.post("/").status_code == 405
