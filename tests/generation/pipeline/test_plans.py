"""Plans that wait: steps switched off with what needs them, edited, put in order, approved."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from generation import clarification, control, plans
from generation.engines.base import PlannedStep
from generation.errors import InvalidTransition
from generation.models import AgentJob, GenerationStep, JobStatus, Log
from generation.pipeline.config import RunOptions
from generation.pipeline.ordering import PlanStep, without
from generation.plans import InvalidPlan, PlanChanged, StepChange
from generation.services import cancel_project, generate_again, retry_project, submit_project
from projects.models import Project
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.pipeline.helpers import statuses
from tests.generation.scripted import create, edit, memory

pytestmark = pytest.mark.django_db(transaction=True)

OPTIONS = RunOptions(engine="scripted", approve=True)


@pytest.fixture
def planned(engine, queue, owner) -> AgentJob:
    """A job that waits with the plan a, b(a), c(a), edit a(b, c), memory."""
    project = submit_project(owner=owner, request=load_request(QUICKNOTES), options=OPTIONS)
    queue.run()
    return AgentJob.objects.get(project=project)


def changes_of(job, *, off=(), order=None, inputs=None) -> list[StepChange]:
    """Name all steps: those with these numbers off, in this order, with these inputs."""
    steps = {s.sequence_order: s for s in plans.plan_of(job).steps}
    return [
        StepChange(steps[n].step_id, n not in off, (inputs or {}).get(n))
        for n in (order or sorted(steps))
    ]


def change(job, by, expected=None, **wanted):
    return plans.change_plan(job=job, changes=changes_of(job, **wanted), expected=expected, by=by)


def paths(steps) -> list[str]:
    return [step.file_path for step in steps]


def test_a_plan_waits_and_nothing_runs_before_it_is_approved(planned, queue, engine, owner):
    assert (planned.status, list(queue.messages), engine.calls) == (
        JobStatus.WAITING_FOR_INPUT,
        [],
        [],
    )
    plan = plans.plan_of(planned)
    assert (plan.files, plan.engine, len(plan.steps)) == (
        ["a.txt", "b.txt", "c.txt"],
        "scripted",
        5,
    )
    assert (plan.cost.calls, plan.cost.cost) == (0, 0.0)
    plans.approve_plan(job=planned, expected=plan.version, by=owner)
    queue.run()
    planned.refresh_from_db()
    assert planned.status == JobStatus.COMPLETED
    assert Log.objects.filter(log_text=f"Plan approved by {owner.email}").exists()


def test_what_needs_a_step_goes_off_with_it_and_the_rest_is_built(planned, queue, owner):
    plan = change(planned, owner, off={1})
    assert paths(plan.running) == [""]
    plan = change(planned, owner, off={2})
    assert paths(plan.running) == ["a.txt", "c.txt", ""]
    plans.approve_plan(job=planned, expected=plan.version, by=owner)
    queue.run()
    project = Project.objects.get()
    assert project.status == "SUCCESS"
    assert set(project.files.values_list("path", flat=True)) == {"a.txt", "c.txt"}
    numbers = GenerationStep.objects.values_list("sequence_order", "depends_on")
    assert list(numbers.order_by("sequence_order")) == [(1, []), (2, [1]), (3, [1, 2])]
    assert Log.objects.filter(log_text=f"Switched off by {owner.email}: b.txt").exists()


def test_edits_of_one_file_do_not_need_each_other():
    def step(number, planned: PlannedStep) -> PlanStep:
        path = str(planned.input.get("file_path", ""))
        return PlanStep(number, planned.tool, path, planned.depends_on, planned.input)

    script = (create("list"), create("x"), create("y"), edit("list", 1, 2), edit("list", 3, 4))
    steps = [step(n, planned) for n, planned in enumerate((*script, memory(5)), start=1)]
    assert without(steps, {2}) == {2, 4}
    assert without(steps, {1}) == {1, 4, 5}
    extra = PlanStep(6, "codegen_create", "z", (1, 5), {"planned_by": "ollama"})
    assert without([*steps[:5], extra], {1}) == {1, 4, 5}


def test_steps_are_carried_out_in_the_order_that_was_wanted(planned, queue, engine, owner):
    plan = change(planned, owner, order=[1, 3, 2, 4, 5])
    assert paths(plan.steps) == ["a.txt", "c.txt", "b.txt", "a.txt", ""]
    plans.approve_plan(job=planned, expected=plan.version, by=owner)
    queue.run()
    assert engine.calls == ["a.txt", "c.txt", "b.txt", "edit a.txt"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"order": [2, 1, 3, 4, 5]}, "b.txt cannot come before"),
        ({"order": [1, 2, 3, 5, 4]}, "summary cannot come before"),
        ({"order": [1, 2, 3, 4]}, "every step"),
        ({"order": [1, 2, 3, 4, 4]}, "every step"),
        ({"inputs": {1: {"file_path": "../x"}}}, "only instructions and variables"),
        ({"inputs": {1: {"template": "x"}}}, "only instructions and variables"),
        ({"inputs": {1: {"wish": 1}}}, "no 'wish'"),
        ({"inputs": {1: {"variables": [1]}}}, "JSON object"),
        ({"inputs": {1: {"variables": {"a": "\0"}}}}, "null characters"),
        ({"inputs": {1: {"variables": {"a": "\ud800"}}}}, "stored as JSON"),
        ({"inputs": {1: {"variables": {"a": float("nan")}}}}, "stored as JSON"),
        ({"inputs": {1: {"variables": {"a": "x" * 60_000}}}}, "50 kB"),
        ({"inputs": {4: {"instructions": 5}}}, "what to do"),
        ({"inputs": {4: {"instructions": " "}}}, "say what to do"),
        ({"inputs": {4: {"instructions": "x" * 4001}}}, "4000"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(planned, owner, wanted, words):
    before = plans.plan_of(planned).version
    with pytest.raises(InvalidPlan, match=words):
        change(planned, owner, **wanted)
    assert plans.plan_of(planned).version == before


def test_a_template_that_cannot_be_filled_is_refused(queue, owner):
    options = RunOptions(approve=True)
    submit_project(owner=owner, request=load_request(QUICKNOTES), options=options)
    queue.run()
    job = AgentJob.objects.get()
    model = job.steps.get(input_payload__file_path="backend/app/models/note.py")
    number = model.sequence_order
    with pytest.raises(InvalidPlan, match="cannot be filled"):
        change(job, owner, inputs={number: {"variables": {"model_name": 5}}})
    plan = change(job, owner, off={number})
    assert "backend/app/models/task.py" in plan.files
    assert "backend/app/models/__init__.py" in plan.files


def test_instructions_are_edited(planned, owner):
    change(planned, owner, inputs={4: {"instructions": "add two lines"}})
    step = GenerationStep.objects.get(sequence_order=4)
    assert step.input_payload["instructions"] == "add two lines"
    assert step.input_payload["file_path"] == "a.txt"


def test_of_two_tabs_one_wins_and_the_other_is_told(planned, owner):
    version = plans.plan_of(planned).version
    change(planned, owner, expected=version, off={2})
    with pytest.raises(PlanChanged):
        change(planned, owner, expected=version, off={3})
    with pytest.raises(PlanChanged):
        plans.approve_plan(job=planned, expected=version, by=owner)
    assert statuses(planned.project) == ["PENDING", "SKIPPED", "PENDING", "SKIPPED", "PENDING"]


def test_two_who_approve_at_once_approve_once(planned, queue, owner):
    told: list[str] = []

    def approve() -> None:
        try:
            job = AgentJob.objects.get(pk=planned.pk)
            plans.approve_plan(job=job, expected=None, by=owner)
            told.append("won")
        except InvalidTransition as error:
            told.append(error.message)
        finally:
            connection.close()

    both = [threading.Thread(target=approve) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told)[1] == "won"
    assert "running cannot be approved" in min(told)
    assert len(queue.messages) == 1


def test_a_plan_that_was_cancelled_waits_again_when_it_is_retried(planned, queue, owner):
    project = planned.project
    cancel_project(project=project, by=owner)
    with pytest.raises(InvalidTransition, match="cancelled cannot be approved"):
        plans.approve_plan(job=planned, expected=None, by=owner)
    retry_project(project=project, by=owner)
    planned.refresh_from_db()
    assert (planned.status, list(queue.messages)) == (JobStatus.WAITING_FOR_INPUT, [])
    plans.approve_plan(job=planned, expected=None, by=owner)
    queue.run()
    project.refresh_from_db()
    assert project.status == "SUCCESS"


def test_a_plan_that_was_approved_goes_on_when_it_is_retried(planned, queue, engine, owner):
    engine.failing["b.txt"] = 1
    plans.approve_plan(job=planned, expected=None, by=owner)
    queue.run()
    retry_project(project=planned.project, by=owner)
    queue.run()
    assert Project.objects.get().status == "SUCCESS"


def test_generating_again_waits_again(planned, queue, owner):
    plans.approve_plan(job=planned, expected=None, by=owner)
    queue.run()
    again = generate_again(project=Project.objects.get(), by=owner)
    queue.run()
    again.refresh_from_db()
    assert again.status == JobStatus.WAITING_FOR_INPUT


def test_a_waiting_plan_takes_no_answers_and_cannot_be_paused(planned, owner):
    words = "waiting for your approval cannot be {}; it can be approved or cancelled"
    with pytest.raises(InvalidTransition, match=words.format("answered")):
        clarification.use_defaults(job=planned, by=owner)
    with pytest.raises(InvalidTransition, match=words.format("paused")):
        control.pause_job(job=planned, by=owner)
