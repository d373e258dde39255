"""Changes in words over REST: shown without a write, applied as a job, guarded by the version."""

from __future__ import annotations

import pytest

from generation import services
from generation.change_requests import read_change
from generation.models import AgentJob
from projects.models import Project
from projects.spec.models import AppSpec, EntitySpec, FieldSpec

pytestmark = pytest.mark.django_db

SPEC = AppSpec(
    name="QuickNotes",
    entities=(EntitySpec(name="Task", plural="Tasks", fields=(FieldSpec(name="title"),)),),
)


@pytest.fixture
def designed(finished) -> Project:
    services.edit_design(project=finished, spec=SPEC)
    return finished


@pytest.fixture
def ask(api, designed):
    def send(words, client=api, **more):
        headers = {"If-Match": f'"{more.pop("version")}"'} if "version" in more else {}
        body = {"words": words, **more}
        address = f"/api/projects/{designed.pk}/changes/"
        return client.post(address, body, format="json", headers=headers)

    return send


def test_a_preview_shows_edits_and_files_and_stores_nothing(ask, designed):
    version = services.design_for(designed).version
    shown = ask("add a due date to Task. Frob it").json()
    assert shown["edits"] == ["Task gets a field “due date” (date)"]
    assert shown["not_understood"] == ["Frob it"]
    assert shown["examples"]
    assert (shown["version"], shown["job_id"]) == (version, None)
    changed = {file["path"]: file for file in shown["files"]}
    assert any(
        "due_date" in file["diff"] and file["change"] == "changed" for file in changed.values()
    )
    assert services.design_for(designed).version == version
    assert AgentJob.objects.filter(project=designed).count() == 1


def test_applying_stores_the_design_and_builds_it(ask, designed):
    version = ask("switch to TailwindCSS and add a due date to Task").json()["version"]
    words = "switch to TailwindCSS and add a due date to Task"
    answer = ask(words, apply=True, version=version)
    assert answer.status_code == 202
    job = AgentJob.objects.get(pk=answer.json()["job_id"])
    designed.refresh_from_db()
    assert (job.status, designed.status) == ("queued", "IN_PROGRESS")
    assert (designed.styling, job.input_context["styling"]) == ("TailwindCSS", "TailwindCSS")
    fields = services.design_for(designed).spec.entities[0].fields
    assert [field.name for field in fields] == ["title", "due date"]
    assert ask(words, apply=True).status_code in (409, 422), "it is being built"


def test_a_design_that_changed_meanwhile_is_not_overwritten(ask, designed):
    version = ask("add a due date to Task").json()["version"]
    changed = SPEC.model_copy(update={"dashboard": True})
    services.edit_design(project=designed, spec=changed)
    answer = ask("add a due date to Task", apply=True, version=version)
    assert (answer.status_code, answer.json()["code"]) == (412, "design_changed")
    assert services.design_for(designed).spec == changed


def test_nothing_understood_is_said_with_examples(ask, designed):
    assert ask("frob it").json()["edits"] == []
    answer = ask("frob it", apply=True)
    assert answer.status_code == 422
    assert "switch to Bootstrap" in answer.json()["message"]


def test_what_rules_do_not_read_is_left_to_the_model_that_the_project_has(ask, designed):
    designed.settings = {**designed.settings, "engine": "ollama:coder"}
    designed.save(update_fields=["settings"])
    shown = ask("add a due date to Task; add confetti on completion").json()
    assert (shown["by_model"], shown["not_understood"]) == (["add confetti on completion"], [])
    wanted = read_change(designed, "add confetti on completion").draft.spec.unplaced
    assert [feature.text for feature in wanted] == ["add confetti on completion"]
    refused = ask("add confetti on completion", apply=True)
    assert refused.json()["code"] == "engine_unavailable"
    assert services.design_for(designed).spec == SPEC


def test_only_the_owner_may(ask, api_as, stranger):
    assert ask("add a due date to Task", client=api_as(stranger)).status_code == 404
    assert ask("add a due date to Task", client=api_as(None)).status_code == 401
    assert ask("").status_code == 400
    assert ask("x" * 2001).status_code == 400


def test_the_page_shows_and_applies(as_owner, browser_as, stranger, designed):
    page = f"/projects/{designed.pk}/changes/"
    shown = as_owner.get(page, {"words": "add a <b>due</b> date to Task; add a cost to Task"})
    text = shown.content.decode()
    assert "Task gets a field “cost” (decimal)" in text
    assert "<b>due" not in text
    version = services.design_for(designed).version
    stale = as_owner.post(page, {"words": "add a cost to Task", "version": "old"})
    assert stale.status_code == 412
    form = {"words": "add a cost to Task", "version": version}
    assert browser_as(stranger).post(page, form).status_code == 404
    assert as_owner.post(page, form).headers["Location"] == designed.get_absolute_url()
    assert services.design_for(designed).spec.entities[0].fields[-1].name == "cost"
