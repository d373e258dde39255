"""The form for a new app."""

from __future__ import annotations

import pytest

from generation.models import AgentJob
from memory.models import MemoryRecord
from projects.models import Project
from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.django_db

FORM = {**QUICKNOTES, "features": "\r\n".join(QUICKNOTES["features"]), "engine": "builtin"}


def nothing_is_stored() -> bool:
    return not (Project.objects.exists() or AgentJob.objects.exists())


def test_nobody_has_to_sign_in_first(client):
    assert client.get("/new/").url == "/sign-in/?next=/new/"
    assert client.post("/new/", FORM).status_code == 302
    assert nothing_is_stored()


def test_a_valid_form_starts_the_app_and_shows_its_page(as_owner, owner):
    answer = as_owner.post("/new/", FORM)
    project = Project.objects.get()
    assert answer.url == f"/projects/{project.pk}/"
    assert project.user == owner
    assert project.features == QUICKNOTES["features"]
    assert (project.status, project.styling) == ("IN_PROGRESS", "Bootstrap")
    assert AgentJob.objects.get().config["engine"] == "builtin"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({}, (None, False)),
        ({"clarify": "full"}, ("full", False)),
        ({"approve": "on"}, (None, True)),
    ],
)
def test_questions_and_a_look_at_the_plan_are_asked_for_in_the_form(as_owner, sent, kept):
    as_owner.post("/new/", {**FORM, **sent})
    config = AgentJob.objects.get().config
    assert (config["clarify"], config["approve"]) == kept


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"clarify": "deep"}, "clarify", "deep"),
        ({"project_name": ""}, "project_name", "Give the app a name"),
        ({"project_name": "x" * 10_000}, "project_name", "at most 100"),
        ({"project_name": "a/b"}, "project_name", "slash"),
        ({"project_name": "a\u202eb"}, "project_name", "direction"),
        ({"project_name": "a\0b"}, "project_name", "Null"),
        ({"project_name": "..."}, "project_name", "letter or digit"),
        ({"description": "", "features": ""}, "description", "Describe the app"),
        ({"description": "x" * 70_000}, "description", "64 kB"),
        ({"features": "\n".join(f"f{n}" for n in range(500))}, "features", "at most 300"),
        ({"features": "good\n" + "x" * 2001}, "features", "Feature 2: "),
        ({"tech_stack": "COBOL"}, "tech_stack", "COBOL"),
        ({"styling": "Crayon"}, "styling", "Crayon"),
        ({"engine": "perpetual"}, "engine", "perpetual"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_stored(as_owner, changes, field, words):
    answer = as_owner.post("/new/", {**FORM, **changes})
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert words in " ".join(errors[field])
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert nothing_is_stored()


def test_what_was_typed_is_kept(as_owner):
    values = {**FORM, "project_name": "a/b", "description": "<b>Plants</b> & pots"}
    page = as_owner.post("/new/", values).content.decode()
    assert 'value="a/b"' in page
    assert "&lt;b&gt;Plants&lt;/b&gt; &amp; pots" in page
    assert "<b>Plants" not in page
    assert "Dashboard view</textarea>" in page


@pytest.mark.parametrize("name", ["メモ帳", 'My "best" app', "It's", "v1..2"])
def test_unusual_names_are_fine(as_owner, name):
    assert as_owner.post("/new/", {**FORM, "project_name": name}).status_code == 302
    assert Project.objects.get().project_name == name


def test_a_description_alone_is_enough(as_owner):
    assert as_owner.post("/new/", {**FORM, "features": ""}).status_code == 302


def test_three_hundred_features_are_fine(as_owner):
    features = "\n".join(f"Feature {number}" for number in range(300))
    assert as_owner.post("/new/", {**FORM, "features": features}).status_code == 302


def test_a_body_over_the_limit_is_a_413(as_owner):
    answer = as_owner.post("/new/", {**FORM, "features": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "too much at once" in answer.content.decode()
    assert nothing_is_stored()


def test_the_last_app_is_recalled(as_owner, project):
    page = as_owner.get("/new/?recall=1")
    assert page.context["form"].initial["project_name"] == "QuickNotes"
    text = page.content.decode()
    assert 'value="QuickNotes"' in text
    assert "User login/signup\nTask CRUD\nDashboard view</textarea>" in text
    assert '<option value="Bootstrap" selected>' in text


def test_somebody_elses_app_is_not_recalled(browser_as, stranger, project):
    assert MemoryRecord.objects.exists()
    page = browser_as(stranger).get("/new/?recall=1").content.decode()
    assert "There is no app to recall yet" in page
    assert "QuickNotes</textarea>" not in page
    assert 'value="QuickNotes"' not in page


def test_an_example_fills_the_form(as_owner):
    page = as_owner.get("/new/?example=quicknotes").content.decode()
    assert 'value="QuickNotes"' in page
    assert as_owner.get("/new/?example=../../etc/passwd").context["form"].initial == {}


def test_features_work_without_scripts(as_owner):
    page = as_owner.get("/new/").content.decode()
    assert '<textarea name="features"' in page
    assert "One in each line." in page
