"""Plans that a person looks at before they are carried out; each change owns its transaction.

While a job waits for approval its steps are pending, and those that are switched off are skipped.
Approving takes the skipped ones out and lets the rest run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from generation.engines.base import EngineError, StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.llm.plan import NOT_FILLED
from generation.engines.llm.steps import CUSTOM, LONGEST_INSTRUCTIONS
from generation.engines.registry import EngineChoice
from generation.errors import GenerationError
from generation.events import EventBatch, event_batch
from generation.models import AgentJob, GenerationStep, LogSource, StepStatus, ToolName
from generation.pipeline.config import config_of, request_of
from generation.pipeline.ending import tally_of
from generation.pipeline.line import going_on
from generation.pipeline.ordering import PlanStep, without, wrong_place
from generation.pipeline.transitions import refusal_of, waits_for_approval
from generation.tasks import send_on
from generation.usage import Estimate, estimate
from projects.models import User

EDITABLE = ("instructions", "variables")
LARGEST_INPUT = 50_000
REQUEST_TYPES = {ToolName.CREATE: "write", ToolName.REFACTOR: "edit"}


class PlanChanged(GenerationError):
    """The plan is no longer the one that was looked at."""

    code = "plan_changed"
    status = 412

    def __init__(self) -> None:
        super().__init__("The plan was changed meanwhile. Look at it again and repeat your change.")


class InvalidPlan(GenerationError):
    """The plan cannot be carried out as it was changed."""

    code = "invalid_plan"


@dataclass(frozen=True)
class StepChange:
    """What a person wants of a step: whether it runs, and other instructions or variables."""

    step_id: UUID
    enabled: bool = True
    input: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class ShownPlan:
    """A plan as it is looked at: steps in order, what they make, who makes it, what it costs."""

    steps: tuple[GenerationStep, ...]
    version: str
    engine: str
    cost: Estimate

    @property
    def running(self) -> list[GenerationStep]:
        """Return the steps that are not switched off."""
        return [step for step in self.steps if step.status != StepStatus.SKIPPED]

    @property
    def files(self) -> list[str]:
        """Return the files that it writes, sorted."""
        return sorted({step.file_path for step in self.running} - {""})


def plan_of(job: AgentJob) -> ShownPlan:
    """Return a job's plan; of a job that was approved, what it carries out."""
    steps = _steps_of(job)
    return ShownPlan(tuple(steps), _version(steps), config_of(job).engine, _cost(job, steps))


def change_plan(
    *, job: AgentJob, changes: Sequence[StepChange], expected: str | None, by: User
) -> ShownPlan:
    """Switch steps off and on, edit them, and put them in the order of `changes`.

    All steps are named, once each. What needs a step that is off goes off with it. Raises
    `InvalidTransition`, `PlanChanged` when `expected` is not the plan's version, or `InvalidPlan`.
    """
    with event_batch(job.project_id) as events:
        _change(job, changes, expected, events)
        events.log(f"Plan changed by {by.email}", source=LogSource.USER)
    return plan_of(job)


def approve_plan(*, job: AgentJob, expected: str | None, by: User) -> AgentJob:
    """Let a plan be carried out, in its turn. Raises `InvalidTransition` or `PlanChanged`."""
    with going_on(job) as (events, status):
        steps = _waiting_steps(job, expected)
        config = config_of(job).model_copy(update={"approved": True})
        job.status, job.celery_task_id = status, None
        job.config = config.model_dump(mode="json")
        job.save(update_fields=["status", "celery_task_id", "config"])
        off = [step for step in steps if step.status == StepStatus.SKIPPED]
        _take_out(job, steps)
        events.log(f"Plan approved by {by.email}", source=LogSource.USER)
        for step in off:
            what = step.file_path or step.tool_name
            events.log(f"Switched off by {by.email}: {what}", source=LogSource.USER)
        tally = tally_of(job.pk)
        events.job(job, done=tally.done, total=tally.total)
        transaction.on_commit(partial(send_on, job))
    return job


def _steps_of(job: AgentJob) -> list[GenerationStep]:
    steps = GenerationStep.objects.filter(job=job).defer("output_payload")
    return list(steps.order_by("sequence_order"))


def _version(steps: Sequence[GenerationStep]) -> str:
    told = [
        (str(s.step_id), s.sequence_order, s.status == StepStatus.SKIPPED, s.input_payload)
        for s in steps
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _cost(job: AgentJob, steps: Sequence[GenerationStep]) -> Estimate:
    """Return what the steps that a model writes will probably take."""
    choice = EngineChoice.parse(config_of(job).engine)
    if not choice.asks_others:
        return Estimate(0, 0, 0.0, measured=True)
    calls: dict[str, int] = {}
    for step in steps:
        written = (step.input_payload or {}).get("template") == CUSTOM
        if written and step.status != StepStatus.SKIPPED:
            kind = REQUEST_TYPES[ToolName(step.tool_name)]
            calls[kind] = calls.get(kind, 0) + 1
    return estimate(provider=choice.name, model=job.primary_model or "", calls=calls, user=job.user)


def _waiting_steps(job: AgentJob, expected: str | None) -> list[GenerationStep]:
    """Return the steps of a job that waits for approval; the project is locked."""
    job.refresh_from_db()
    if not waits_for_approval(job):
        raise refusal_of(job, "approve")
    steps = _steps_of(job)
    if expected is not None and expected != _version(steps):
        raise PlanChanged
    return steps


def _change(
    job: AgentJob, changes: Sequence[StepChange], expected: str | None, events: EventBatch
) -> None:
    steps = {step.step_id: step for step in _waiting_steps(job, expected)}
    named = [change.step_id for change in changes]
    if len(named) != len(steps) or set(named) != set(steps):
        raise InvalidPlan("Name every step of the plan, each once.")
    ordered = [steps[step_id] for step_id in named]
    for change in changes:
        if change.input is not None:
            _edit(job, steps[change.step_id], change.input)
    off = {steps[change.step_id].sequence_order for change in changes if not change.enabled}
    planned = [_planned(step) for step in ordered]
    off |= without(planned, off)
    misplaced = wrong_place(planned)
    if misplaced is not None:
        raise InvalidPlan(
            f"{misplaced.path or 'Storing the summary'} cannot come before what it needs."
        )
    for step in ordered:
        step.status = StepStatus.SKIPPED if step.sequence_order in off else StepStatus.PENDING
    _renumber(job, ordered)
    for step in ordered:
        events.step(step)


def _planned(step: GenerationStep) -> PlanStep:
    return PlanStep(
        step.sequence_order,
        step.tool_name,
        step.file_path,
        tuple(step.depends_on),
        step.input_payload or {},
    )


def _edit(job: AgentJob, step: GenerationStep, wanted: Mapping[str, Any]) -> None:
    """Take a step's new instructions or variables; whatever else is in it stays."""
    current = step.input_payload or {}
    label = f"Step {step.sequence_order}"
    for name, value in wanted.items():
        if name not in current:
            raise InvalidPlan(f"{label} has no {name[:100]!r} to edit.")
        if value != current[name] and name not in EDITABLE:
            raise InvalidPlan(f"{label}: only {' and '.join(EDITABLE)} can be edited.")
    changed = {**current, **wanted}
    if changed == current:
        return
    said = changed.get("instructions", "")
    if not isinstance(said, str) or len(said) > LONGEST_INSTRUCTIONS:
        raise InvalidPlan(f"{label}: say in at most {LONGEST_INSTRUCTIONS} characters what to do.")
    if "instructions" in changed and not said.strip():
        raise InvalidPlan(f"{label}: say what to do.")
    if not isinstance(changed.get("variables", {}), dict):
        raise InvalidPlan(f"{label}: variables are a JSON object.")
    _check_storable(label, changed)
    if step.tool_name == ToolName.CREATE and changed.get("template") != CUSTOM:
        _try(job, label, changed)
    step.input_payload = changed


def _check_storable(label: str, changed: Mapping[str, Any]) -> None:
    try:
        text = json.dumps(changed, allow_nan=False, ensure_ascii=False).encode()
    except ValueError as error:
        raise InvalidPlan(f"{label}: this cannot be stored as JSON.") from error
    if rb"\u0000" in text or len(text) > LARGEST_INPUT:
        raise InvalidPlan(f"{label}: send at most 50 kB, without null characters.")


def _try(job: AgentJob, label: str, step_input: Mapping[str, Any]) -> None:
    """Raise `InvalidPlan` when a template cannot be filled."""
    spec, words = config_of(job).spec, request_of(job)
    if spec is None:
        return
    try:
        BuiltinEngine().create(step_input, StepContext(spec, words.tech_stack, words.styling))
    except (EngineError, *NOT_FILLED) as error:
        raise InvalidPlan(f"{label}: the template cannot be filled with that ({error}).") from error


def _renumber(job: AgentJob, ordered: Sequence[GenerationStep]) -> None:
    """Store steps in their new order; dependencies follow the new numbers."""
    numbers = {step.sequence_order: n for n, step in enumerate(ordered, start=1)}
    # Out of the way first: no two steps of a job may have one number at any time.
    GenerationStep.objects.filter(job=job).update(sequence_order=-F("sequence_order"))
    for step in ordered:
        step.depends_on = sorted(numbers[n] for n in step.depends_on)
        step.sequence_order = numbers[step.sequence_order]
    fields = ["sequence_order", "depends_on", "status", "input_payload"]
    GenerationStep.objects.bulk_update(ordered, fields)


def _take_out(job: AgentJob, steps: Sequence[GenerationStep]) -> None:
    """Delete what is switched off; who waited for it waits for what it would have waited for."""
    gone = {s.sequence_order: s.depends_on for s in steps if s.status == StepStatus.SKIPPED}
    if not gone:
        return
    kept = [step for step in steps if step.sequence_order not in gone]
    for step in kept:
        step.depends_on = sorted(_beyond(step.depends_on, gone))
    GenerationStep.objects.filter(job=job, status=StepStatus.SKIPPED).delete()
    _renumber(job, kept)


def _beyond(needs: Sequence[int], gone: Mapping[int, Sequence[int]]) -> set[int]:
    found: set[int] = set()
    waiting = list(needs)
    while waiting:
        number = waiting.pop()
        if number in gone:
            waiting.extend(gone[number])
        else:
            found.add(number)
    return found
