"""Carrying one step out: claim, work, and write everything it made in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from generation.engines.base import (
    Engine,
    EngineError,
    EngineRejected,
    GeneratedFile,
    StepContext,
)
from generation.engines.merge import merge_files
from generation.engines.paths import UnsafePath, check_path
from generation.engines.providers.base import Stopped
from generation.events import EventBatch, do_not_wait_for_disk, event_batch
from generation.models import (
    AgentJob,
    GenerationStep,
    JobStatus,
    LogLevel,
    LogSource,
    StepStatus,
    ToolName,
)
from generation.pipeline.config import planned_job
from generation.pipeline.ending import OPEN, SETTLED, Tally, end_by_step, is_extra, report_progress
from generation.pipeline.engines import engine_for
from generation.pipeline.files import (
    files_of_job,
    hold_file,
    made_by_job,
    must_be_held,
    paths_of_job,
    write_file,
)
from generation.pipeline.lease import lease_length, renewed_lease
from generation.pipeline.memories import stored
from memory.models import GENERATION_COMPLETE
from memory.services import Metadata, metadata_of, remember
from projects.files import keep_out_editors
from projects.models import Project, ProjectFile

Output = dict[str, Any]
MOST_LIKE_FAILURES = 3
GOING_ON = (JobStatus.RUNNING, JobStatus.PAUSED)
# Columns that carrying a step out does not need, and that can be long.
UNUSED = (
    "job__config",
    "job__input_context",
    "job__result",
    "project__requirements_spec",
    "project__architecture_spec",
)


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


def carry_out(step: GenerationStep) -> list[UUID]:
    """Carry a claimed step out and return the ids of the steps that became ready by it."""
    job = step.job_or_fail
    config, context = planned_job(job.pk)
    context = replace(context, files=partial(files_of_job, job, config.kept))
    try:
        with renewed_lease(step) as lost:
            outcome = _work(step, engine_for(config, job, step=step, stop=lost), context)
            if outcome.memory is not None:
                metadata = metadata_of(GENERATION_COMPLETE, project=step.project.project_name)
                kept = stored(outcome.memory, metadata, config, job, step=step, stop=lost)
                outcome = replace(outcome, memory_id=kept, metadata=metadata)
    except Stopped:  # it was cancelled or taken back, and whoever did that wrote it down
        return []
    except (EngineError, UnsafePath) as error:
        return give_up(step, str(error))
    return _store(step, outcome)


def give_up(step: GenerationStep, reason: str) -> list[UUID]:
    """End an attempt that failed, and return the steps that became ready.

    The job fails with it, unless it falls back and a model had added the step.
    """
    config, _context = planned_job(step.job_or_fail.pk)
    if config.fallback and is_extra(step):
        return leave_out(step, reason)
    fail_step(step, reason)
    return []


def claim(step_id: UUID) -> GenerationStep | None:
    """Make a pending step this worker's for a while, and say so; None when it is not to be had."""
    step = (
        GenerationStep.objects.select_related("job", "project")
        .defer("output_payload", *UNUSED)
        .filter(pk=step_id, status=StepStatus.PENDING, job__status=JobStatus.RUNNING)
        .first()
    )
    if step is None:
        return None
    now = timezone.now()
    with event_batch(step.project_id) as events:
        # Nothing is lost with a claim: after a crash of the database the step is pending again.
        do_not_wait_for_disk()
        won = GenerationStep.objects.filter(
            pk=step_id, status=StepStatus.PENDING, attempt=step.attempt
        ).update(
            status=StepStatus.RUNNING,
            attempt=F("attempt") + 1,
            lease_expires_at=now + lease_length(),
            started_at=now,
            finished_at=None,
            error=None,
        )
        if not won:
            return None
        step.status, step.attempt = StepStatus.RUNNING, step.attempt + 1
        step.started_at, step.finished_at, step.error = now, None, None
        events.step(step)
    return step


def _work(step: GenerationStep, engine: Engine, context: StepContext) -> Outcome:
    step.engine = engine.name
    if is_extra(step):
        _give_up_where_all_fails(step)
    payload = dict(step.input_payload or {})
    if step.tool_name == ToolName.MEMORY:
        return Outcome(memory=engine.summarise(context))
    existing = made_by_job(step.project_id, step.file_path, step.job_or_fail.pk)
    if step.tool_name == ToolName.REFACTOR:
        payload["existing_code"] = existing or ""
        made = engine.refactor(payload, existing or "", context)
    else:
        made = engine.create(payload, context)
        if existing is not None:
            made = replace(made, code=merge_files(step.file_path, existing, made.code))
    step.engine = made.made_by or engine.name
    # Whatever path an engine names, the planned one holds.
    file = GeneratedFile(step.file_path, made.code)
    return Outcome(file=file, is_blocked=_is_blocked(step, step.file_path))


def _is_blocked(step: GenerationStep, path: str) -> bool:
    """Tell whether a file is in the way that the job may not make; `UnsafePath` where it may."""
    others = ProjectFile.objects.filter(project_id=step.project_id).exclude(path=path)
    try:
        check_path(path, existing=set(others.values_list("path", flat=True)))
    except UnsafePath:
        check_path(path, existing=paths_of_job(step.job_or_fail) - {path})
        return True
    return False


def _give_up_where_all_fails(step: GenerationStep) -> None:
    """Raise `EngineRejected` when steps of the job have failed with the same words too often."""
    failed = GenerationStep.objects.filter(job=step.job, status=StepStatus.FAILED)
    errors = Counter(failed.values_list("error", flat=True))
    error, times = next(iter(errors.most_common(1)), (None, 0))
    if times >= MOST_LIKE_FAILURES:
        raise EngineRejected(str(error))


def _store(step: GenerationStep, outcome: Outcome) -> list[UUID]:
    with event_batch(step.project_id) as events:
        keep_out_editors(step.project_id)
        output = _write_outcome(step, outcome, events)
        step.status, step.finished_at = StepStatus.SUCCESS, timezone.now()
        if not _settle(step, output_payload=output):
            raise LostLease(step)
        events.step(step)
        return _go_on(step, events)


def _go_on(step: GenerationStep, events: EventBatch) -> list[UUID]:
    """Report how far the job is after a step, and return the steps that became ready by it."""
    job = step.job_or_fail
    siblings = _siblings_of(job)
    job.status = siblings[0].job_status
    if job.status in GOING_ON:
        report_progress(job, _tally(siblings), events)
    return _ready_after(step, siblings) if job.status == JobStatus.RUNNING else []


class LostLease(Exception):
    """Another attempt owns the step now; nothing of this one is written."""

    def __init__(self, step: GenerationStep) -> None:
        super().__init__(f"step {step.step_id}, attempt {step.attempt}")


def _write_outcome(step: GenerationStep, outcome: Outcome, events: EventBatch) -> Output:
    label = f"Step {step.sequence_order} ({step.tool_name})"
    if outcome.file is None:
        text = outcome.memory or ""
        record = remember(
            project=step.project,
            content=text,
            metadata=outcome.metadata,
            memory_id=outcome.memory_id,
        )
        Project.objects.filter(pk=step.project_id).update(final_memory_id=record.memory_id)
        events.log(f"{label}: Stored the summary", step_id=step.step_id)
        return {"memory_id": record.memory_id, "content": text}
    path, code = outcome.file.file_path, outcome.file.code
    verb = "Edited" if step.tool_name == ToolName.REFACTOR else "Generated"
    text = f"{label}: {verb} {path}"
    if outcome.is_blocked or must_be_held(step.project_id, path):
        hold_file(step=step, path=path, text=code, is_blocked=outcome.is_blocked)
        text += "; your changes of it are merged at the end"
    else:
        events.file(write_file(step=step, path=path, text=code))
    events.log(text, source=LogSource.FILE_WRITE, step_id=step.step_id)
    return {"file_path": path, "code": code}


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


def _ready_after(step: GenerationStep, siblings: list[Sibling]) -> list[UUID]:
    """Return the pending steps whose last open dependency was `step`; the project is locked."""
    done = {s.sequence_order for s in siblings if s.status in SETTLED}
    return [
        s.step_id
        for s in siblings
        if s.status == StepStatus.PENDING
        and step.sequence_order in s.depends_on
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
        return _go_on(step, events)


def fail_step(step: GenerationStep, reason: str) -> None:
    """Mark an attempt failed with its reason; the job fails and what waits is skipped."""
    step.status, step.error, step.finished_at = StepStatus.FAILED, reason, timezone.now()
    with event_batch(step.project_id) as events:
        if not _settle(step):
            return
        text = f"Step {step.sequence_order} ({step.tool_name}) failed: {reason}"
        end_by_step(step, text, events)
