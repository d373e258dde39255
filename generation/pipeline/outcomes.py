"""How attempts at steps end: what they made is written in one transaction, or why they failed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from generation.engines.base import GeneratedFile
from generation.events import EventBatch, event_batch
from generation.models import (
    AgentJob,
    GenerationStep,
    JobStatus,
    LogLevel,
    LogSource,
    StepStatus,
    ToolName,
)
from generation.pipeline.ending import OPEN, SETTLED, Tally, end_by_step, report_progress
from generation.pipeline.files import hold_file, must_be_held, write_files
from memory.services import Metadata, remember
from projects.files import keep_out_editors, newest_versions
from projects.models import Project

Output = dict[str, Any]
Made = Sequence[tuple[GenerationStep, "Outcome"]]
SUCCEED = """
UPDATE generation_steps AS step
   SET status = %s, error = NULL, finished_at = %s, lease_expires_at = NULL,
       engine = made.engine, output_payload = made.output
  FROM jsonb_to_recordset(%s::jsonb) AS made(step_id uuid, engine text, output jsonb)
 WHERE step.step_id = made.step_id
"""
# Of a job that is paused, or stands in line again, the steps that were begun are finished.
GOING_ON = (JobStatus.RUNNING, JobStatus.PAUSED, JobStatus.QUEUED)


@dataclass(frozen=True)
class Outcome:
    """What an engine made of a step: a file, or the text of a memory.

    A file `is_blocked` where one that is no part of the job is in its way.
    """

    file: GeneratedFile | None = None
    is_blocked: bool = False
    memory: str | None = None
    memory_id: str | None = None
    metadata: Metadata = field(default_factory=dict)


class LostLease(Exception):
    """Another attempt owns the step now; nothing of this one is written."""

    def __init__(self, step: GenerationStep) -> None:
        super().__init__(f"step {step.step_id}, attempt {step.attempt}")


def store(made: Made) -> list[UUID]:
    """Write what a turn made, and return the steps that became ready by it.

    Raises `LostLease` when none of the steps is its attempt's any more; those that are not are
    passed over.
    """
    first = made[0][0]
    with event_batch(first.project_id) as events:
        keep_out_editors(first.project_id)
        own = _still_own(made)
        if not own:
            raise LostLease(first)
        outputs = _write_outcomes(own, events)
        steps = [step for step, _outcome in own]
        _succeed(steps, outputs)
        for step in steps:
            events.step(step)
        return _go_on(steps, events)


def _still_own(made: Made) -> list[tuple[GenerationStep, Outcome]]:
    """Return those of the steps that are still their attempts', and lock them."""
    running = GenerationStep.objects.filter(
        pk__in=[step.pk for step, _outcome in made], status=StepStatus.RUNNING
    )
    attempts = dict(running.select_for_update().values_list("pk", "attempt"))
    return [(step, outcome) for step, outcome in made if attempts.get(step.pk) == step.attempt]


def _write_outcomes(made: Made, events: EventBatch) -> dict[UUID, Output]:
    """Write files and memories, tell of them in the order of the steps, and return the outputs."""
    project_id = made[0][0].project_id
    files = [(step, outcome) for step, outcome in made if outcome.file]
    newest = newest_versions(project_id, [step.file_path for step, _outcome in files])
    held = {
        step.pk
        for step, outcome in files
        if outcome.is_blocked or must_be_held(newest.get(step.file_path))
    }
    written = write_files([(s, o.file) for s, o in files if o.file and s.pk not in held], newest)
    outputs = {}
    for step, outcome in made:
        label = f"Step {step.sequence_order} ({step.tool_name})"
        if outcome.file is None:
            outputs[step.pk] = _remember(step, outcome)
            events.log(f"{label}: Stored the summary", step_id=step.step_id)
            continue
        path, code = outcome.file.file_path, outcome.file.code
        verb = "Edited" if step.tool_name == ToolName.REFACTOR else "Generated"
        text = f"{label}: {verb} {path}"
        if step.pk in held:
            hold_file(step=step, path=path, text=code, is_blocked=outcome.is_blocked)
            text += "; your changes of it are merged at the end"
        else:
            events.file(written[path])
        events.log(text, source=LogSource.FILE_WRITE, step_id=step.step_id)
        outputs[step.pk] = {"file_path": path, "code": code}
    return outputs


def _remember(step: GenerationStep, outcome: Outcome) -> Output:
    text = outcome.memory or ""
    record = remember(
        project=step.project,
        content=text,
        metadata=outcome.metadata,
        memory_id=outcome.memory_id,
    )
    Project.objects.filter(pk=step.project_id).update(final_memory_id=record.memory_id)
    return {"memory_id": record.memory_id, "content": text}


def _succeed(steps: Sequence[GenerationStep], outputs: Mapping[UUID, Output]) -> None:
    """Mark steps done, which are locked, with their outputs."""
    now = timezone.now()
    for step in steps:
        step.status, step.finished_at = StepStatus.SUCCESS, now
    rows = [
        {"step_id": str(step.pk), "engine": step.engine, "output": outputs[step.pk]}
        for step in steps
    ]
    with connection.cursor() as cursor:
        cursor.execute(SUCCEED, [StepStatus.SUCCESS.value, now, json.dumps(rows)])


def _settle(step: GenerationStep, **changes: Any) -> bool:
    """Write how an attempt ended, if the step is still this attempt's."""
    won = GenerationStep.objects.filter(
        pk=step.pk, status=StepStatus.RUNNING, attempt=step.attempt
    ).update(
        status=step.status,
        engine=step.engine,
        error=step.error,
        finished_at=step.finished_at,
        lease_expires_at=None,
        **changes,
    )
    return won == 1


def _go_on(steps: Sequence[GenerationStep], events: EventBatch) -> list[UUID]:
    """Report how far the job is after some steps, and return those that became ready by them."""
    job = steps[0].job_or_fail
    siblings = _siblings_of(job)
    job.status = siblings[0].job_status
    if job.status in GOING_ON:
        report_progress(job, _tally(siblings), events)
    return _ready_after(steps, siblings) if job.status == JobStatus.RUNNING else []


class Sibling(NamedTuple):
    """What the end of a step needs to know of the other steps of its job."""

    step_id: UUID
    sequence_order: int
    status: str
    depends_on: list[int]
    job_status: str


def _siblings_of(job: AgentJob) -> list[Sibling]:
    rows = GenerationStep.objects.filter(job=job).order_by("sequence_order")
    columns = ("step_id", "sequence_order", "status", "depends_on", "job__status")
    return [Sibling(*row) for row in rows.values_list(*columns)]


def _tally(siblings: list[Sibling]) -> Tally:
    done = sum(s.status in SETTLED for s in siblings)
    return Tally(len(siblings), done, sum(s.status in OPEN for s in siblings))


def _ready_after(steps: Sequence[GenerationStep], siblings: list[Sibling]) -> list[UUID]:
    """Return the pending steps whose last open ones were of `steps`; the project is locked."""
    ended = {step.sequence_order for step in steps}
    done = {s.sequence_order for s in siblings if s.status in SETTLED}
    return [
        s.step_id
        for s in siblings
        if s.status == StepStatus.PENDING
        and not ended.isdisjoint(s.depends_on)
        and done.issuperset(s.depends_on)
    ]


def leave_out(step: GenerationStep, reason: str) -> list[UUID]:
    """Mark a step failed that the app can be built without, and return what became ready."""
    step.status, step.error, step.finished_at = StepStatus.FAILED, reason, timezone.now()
    with event_batch(step.project_id) as events:
        if not _settle(step):
            return []
        text = f"Step {step.sequence_order} ({step.tool_name}) left out {step.file_path}: {reason}"
        events.log(text, level=LogLevel.WARNING, step_id=step.step_id)
        events.step(step)
        return _go_on([step], events)


def fail_step(step: GenerationStep, reason: str) -> None:
    """Mark an attempt failed with its reason; the job fails and what waits is skipped."""
    step.status, step.error, step.finished_at = StepStatus.FAILED, reason, timezone.now()
    with event_batch(step.project_id) as events:
        if not _settle(step):
            return
        text = f"Step {step.sequence_order} ({step.tool_name}) failed: {reason}"
        end_by_step(step, text, events)


def release(steps: Sequence[GenerationStep]) -> list[UUID]:
    """Let steps wait again that this attempt cannot end, and return those that do."""
    with event_batch(steps[0].project_id) as events:
        released = []
        for step in steps:
            step.status, step.started_at = StepStatus.PENDING, None
            if _settle(step, started_at=None):
                events.step(step)
                released.append(step.pk)
        return released
