"""The page of a plan that waits."""

from __future__ import annotations

import json

import pytest

from generation.models import AgentJob, GenerationStep
from generation.pipeline.config import RunOptions
from generation.plans import plan_of
from generation.services import submit_project
from generation.tasks import plan_job
from projects.models import Project
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.django_db

MODEL = "backend/app/models/note.py"


@pytest.fixture
def planned(owner, monkeypatch) -> Project:
    monkeypatch.setattr("generation.tasks._send", lambda *_args: None)
    options = RunOptions(approve=True)
    project = submit_project(owner=owner, request=load_request(QUICKNOTES), options=options)
    plan_job(str(AgentJob.objects.get().pk))
    return project


def page_of(project: Project) -> str:
    return f"/projects/{project.pk}/plan/"


def form(*, off=(), **more) -> dict[str, str]:
    """What the page's form sends when these files are switched off."""
    plan = plan_of(AgentJob.objects.get())
    sent = {"version": plan.version}
    for step in plan.steps:
        sent[f"place-{step.step_id}"] = str(step.sequence_order)
        if step.status != "SKIPPED" and step.file_path not in off:
            sent[f"on-{step.step_id}"] = "on"
    return sent | more


def step_of(path: str) -> GenerationStep:
    return GenerationStep.objects.filter(input_payload__file_path=path).order_by("pk")[0]


def text(answer) -> str:
    return answer.content.decode()


def status() -> str:
    return AgentJob.objects.get().status


def test_the_plan_is_shown_with_steps_files_engine_and_cost(as_owner, planned):
    assert f'href="{page_of(planned)}"' in text(as_owner.get(f"/projects/{planned.pk}/"))
    shown = text(as_owner.get(page_of(planned)))
    assert MODEL in shown
    assert "Engine: built in" in shown
    assert "no calls to a model, no cost" in shown


def test_all_pages_of_it_say_that_it_waits_for_a_person(as_owner, planned):
    base = f"/projects/{planned.pk}/"
    for address in ("/", base, f"{base}design/", f"{base}code/", f"{base}history/"):
        shown = text(as_owner.get(address))
        assert "Waiting for you" in shown
        assert "In progress</span>" not in shown
        assert 'id="elapsed"' not in shown
    AgentJob.objects.update(status="running")
    for address in ("/", base):
        assert "In progress</span>" in text(as_owner.get(address))


def test_approving_carries_it_out(as_owner, planned):
    assert as_owner.post(page_of(planned), form(approve="")).url == f"/projects/{planned.pk}/"
    assert status() == "running"
    assert as_owner.get(page_of(planned)).url == f"/projects/{planned.pk}/"


def test_what_goes_along_is_named_before_it_is_approved(as_owner, planned):
    shown = text(as_owner.post(page_of(planned), form(off={MODEL}, approve="")))
    assert "so they are off too" in shown
    assert "backend/app/models/__init__.py" in shown
    assert status() == "waiting_for_input"
    as_owner.post(page_of(planned), form(approve=""))
    assert status() == "running"
    assert not GenerationStep.objects.filter(input_payload__file_path=MODEL).exists()


def test_a_step_is_moved(as_owner, planned):
    last = plan_of(AgentJob.objects.get()).steps[8]
    shown = as_owner.post(page_of(planned), form(save="") | {f"place-{last.step_id}": "2"})
    assert "Saved" in text(shown)
    last.refresh_from_db()
    assert last.sequence_order == 2
    shown = as_owner.post(page_of(planned), form(save="") | {f"place-{last.step_id}": "5"})
    last.refresh_from_db()
    assert last.sequence_order == 5


def test_variables_are_edited(as_owner, planned):
    step = step_of(MODEL)
    shown = text(as_owner.post(page_of(planned), form(edit=str(step.pk))))
    assert f'name="variables-{step.pk}"' in shown
    assert shown.count("<textarea") == 1
    edited = {**step.input_payload["variables"], "db": "<b>sqlite</b>"}
    sent = form(save="") | {f"variables-{step.pk}": json.dumps(edited)}
    as_owner.post(page_of(planned), sent)
    step.refresh_from_db()
    assert step.input_payload["variables"] == edited
    assert "<b>sqlite" not in text(as_owner.post(page_of(planned), form(edit=str(step.pk))))


@pytest.mark.parametrize("typed", ["{", "[1]", '{"model_name": 5}', "[" * 100_000])
def test_what_cannot_be_is_said(as_owner, planned, typed):
    sent = form(save="") | {f"variables-{step_of(MODEL).pk}": typed}
    assert "Nothing of this change is stored" in text(as_owner.post(page_of(planned), sent))
    assert status() == "waiting_for_input"


def test_another_tab_is_told_that_the_plan_was_changed(as_owner, planned):
    old = form(off={"README.md"}, save="")
    as_owner.post(page_of(planned), form(off={".gitignore"}, save=""))
    assert "was changed meanwhile" in text(as_owner.post(page_of(planned), old))
    assert step_of("README.md").status == "PENDING"


def test_another_tab_is_told_that_it_was_approved(as_owner, planned):
    sent = form(approve="")
    as_owner.post(page_of(planned), sent)
    assert as_owner.post(page_of(planned), sent).url == f"/projects/{planned.pk}/"
    assert "somebody was faster" in text(as_owner.get(f"/projects/{planned.pk}/"))


def test_strangers_and_nobody(browser_as, stranger, client, planned):
    for method in ("get", "post"):
        assert getattr(browser_as(stranger), method)(page_of(planned)).status_code == 404
        assert getattr(client, method)(page_of(planned)).url.startswith("/sign-in/")
    assert status() == "waiting_for_input"
