"""Carrying steps out: claim, work, and hand what they made over to be written.

What one worker carries out together is a turn: one step, or a few that need no model, so that they
share their transactions, each with a lease and an attempt of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Self
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from generation.engines.base import (
    Engine,
    EngineError,
    EngineRejected,
    GeneratedFile,
    StepContext,
)
from generation.engines.merge import merge_files
from generation.engines.paths import KnownPaths, UnsafePath, check_path
from generation.engines.providers.base import Stopped, StopSignal
from generation.events import do_not_wait_for_disk, event_batch
from generation.models import GenerationStep, JobStatus, StepStatus, ToolName
from generation.pipeline.config import JobConfig, planned_job
from generation.pipeline.ending import is_extra
from generation.pipeline.engines import engine_for
from generation.pipeline.files import files_of_job, made_by_job, paths_of_job
from generation.pipeline.lease import lease_length, renewed_lease
from generation.pipeline.memories import stored
from generation.pipeline.outcomes import Outcome, fail_step, leave_out, store
from memory.models import GENERATION_COMPLETE
from memory.services import metadata_of
from projects.models import ProjectFile

MOST_LIKE_FAILURES = 3
# Columns that carrying a step out does not need, and that can be long.
UNUSED = (
    "job__config",
    "job__input_context",
    "job__result",
    "project__requirements_spec",
    "project__architecture_spec",
)


@dataclass(frozen=True)
class Turn:
    """Steps of one job that a worker has claimed, and those that it left to others."""

    steps: list[GenerationStep]
    left: list[UUID] = field(default_factory=list)


def claim(*step_ids: UUID) -> Turn | None:
    """Make pending steps this worker's for a while, and say so; None when there are none.

    Of steps that may not be carried out together the first is taken and the others are left.
    """
    project_id = _pending(step_ids).order_by().values_list("project_id", flat=True).first()
    if project_id is None:
        return None
    with event_batch(project_id) as events:
        # Nothing is lost with a claim: after a crash of the database the steps are pending again.
        do_not_wait_for_disk()
        rows = (
            _pending(step_ids)
            .filter(project_id=project_id)
            .select_related("job", "project")
            .defer("output_payload", *UNUSED)
            .order_by("sequence_order")
        )
        steps = list(rows.select_for_update(of=("self",)))
        if not steps:
            return None
        turn = _together(steps)
        now = timezone.now()
        GenerationStep.objects.filter(pk__in=[step.pk for step in turn.steps]).update(
            status=StepStatus.RUNNING,
            attempt=F("attempt") + 1,
            lease_expires_at=now + lease_length(),
            started_at=now,
            finished_at=None,
            error=None,
        )
        for step in turn.steps:
            step.status, step.attempt = StepStatus.RUNNING, step.attempt + 1
            step.started_at, step.finished_at, step.error = now, None, None
            events.step(step)
    return turn


def _pending(step_ids: Sequence[UUID]) -> QuerySet[GenerationStep]:
    return GenerationStep.objects.filter(
        pk__in=step_ids, status=StepStatus.PENDING, job__status=JobStatus.RUNNING
    )


def _together(steps: list[GenerationStep]) -> Turn:
    """Divide pending steps into those to carry out together and those to leave.

    What has cost a worker is carried out alone, so that nothing else is blamed for it.
    """
    taken: dict[str, GenerationStep] = {}
    for step in steps:
        if step.job_id == steps[0].job_id and _is_quick(step):
            taken.setdefault(step.file_path, step)
    chosen = list(taken.values()) if _is_quick(steps[0]) else steps[:1]
    known = {step.pk for step in chosen}
    return Turn(chosen, [step.pk for step in steps if step.pk not in known])


def _is_quick(step: GenerationStep) -> bool:
    """Tell whether a step asks nobody: it fills a template, and keeps no memory elsewhere."""
    asks_others = is_extra(step) or step.tool_name == ToolName.MEMORY
    return step.lost_workers == 0 and not asks_others


def carry_out(turn: Turn) -> list[UUID]:
    """Carry a turn out and return the ids of the steps that became ready by it.

    Raises `LostLease` when none of its steps is this attempt's any more.
    """
    job = turn.steps[0].job_or_fail
    config, context = planned_job(job.pk)
    context = replace(context, files=partial(files_of_job, job, config.kept))
    made: list[tuple[GenerationStep, Outcome]] = []
    failed: list[tuple[GenerationStep, str]] = []
    try:
        with renewed_lease(turn.steps) as lost:
            shelf = Shelf.of(turn.steps)
            for step in turn.steps:
                try:
                    engine = engine_for(config, job, step=step, stop=lost)
                    outcome = _work(step, engine, context, shelf)
                    if outcome.memory is not None:
                        outcome = _keep(outcome, step, config, lost)
                    made.append((step, outcome))
                except (EngineError, UnsafePath) as error:
                    failed.append((step, str(error)))
    except Stopped:  # it was cancelled or taken back, and whoever did that wrote it down
        return []
    ready = [step_id for step, reason in failed for step_id in give_up(step, reason)]
    return [*ready, *(store(made) if made else [])]


def _keep(outcome: Outcome, step: GenerationStep, config: JobConfig, stop: StopSignal) -> Outcome:
    """Keep a memory where the job's engine keeps them."""
    metadata = metadata_of(GENERATION_COMPLETE, project=step.project.project_name)
    text, job = outcome.memory or "", step.job_or_fail
    kept = stored(text, metadata, config, job, step=step, stop=stop)
    return replace(outcome, memory_id=kept, metadata=metadata)


def give_up(step: GenerationStep, reason: str) -> list[UUID]:
    """End an attempt that failed, and return the steps that became ready.

    The job fails with it, unless it falls back and a model had added the step.
    """
    config, _context = planned_job(step.job_or_fail.pk)
    if config.fallback and is_extra(step):
        return leave_out(step, reason)
    fail_step(step, reason)
    return []


@dataclass(frozen=True)
class Shelf:
    """What a turn needs to know of files: what its job has made of its own, and all paths."""

    made: dict[str, str]
    paths: KnownPaths

    @classmethod
    def of(cls, steps: Sequence[GenerationStep]) -> Self:
        """Look at the files of the project."""
        there = ProjectFile.objects.filter(project_id=steps[0].project_id)
        made = made_by_job(steps[0].job_or_fail, {step.file_path for step in steps})
        return cls(made, KnownPaths(there.values_list("path", flat=True)))


def _work(step: GenerationStep, engine: Engine, context: StepContext, shelf: Shelf) -> Outcome:
    step.engine = engine.name
    if is_extra(step):
        _give_up_where_all_fails(step)
    payload = dict(step.input_payload or {})
    if step.tool_name == ToolName.MEMORY:
        return Outcome(memory=engine.summarise(context))
    existing = shelf.made.get(step.file_path)
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
    return Outcome(file=file, is_blocked=_is_blocked(step, shelf))


def _is_blocked(step: GenerationStep, shelf: Shelf) -> bool:
    """Tell whether a file is in the way that the job may not make; `UnsafePath` where it may."""
    path = step.file_path
    try:
        shelf.paths.add(path)
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
