"""Finding what was lost: steps whose worker died, messages that never arrived.

The database alone says what is to be done; the queue only makes it quick. So whatever waits here
and not there is queued again, however it came to be missing: Redis was emptied, it could not be
reached, or a worker died between its commit and its message.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from generation.events import event_batch
from generation.models import (
    AgentJob,
    AgentType,
    GenerationStep,
    JobStatus,
    LogLevel,
    StepStatus,
)
from generation.pipeline.ending import SETTLED, end_by_step
from generation.pipeline.lease import MOST_LOST_WORKERS
from generation.pipeline.line import CALLED
from generation.pipeline.transitions import to_be_planned

GRACE = timedelta(seconds=5)  # so long may a message be on its way


@dataclass
class Lost:
    """What must be queued again."""

    jobs: list[UUID] = field(default_factory=list)
    steps: list[UUID] = field(default_factory=list)
    agents: list[UUID] = field(default_factory=list)


def find_lost(*, queued: Collection[UUID] = ()) -> Lost:
    """Take back steps whose lease has run out and list all that waits without a message.

    `queued` are the ids that the queue holds. What a worker has fetched and not begun is not
    among them; it may be queued twice, which does no harm.
    """
    lost = Lost()
    silent = GenerationStep.objects.filter(
        status=StepStatus.RUNNING, lease_expires_at__lt=timezone.now()
    )
    lost.steps = [step.pk for step in silent.select_related("job") if _take_back(step)]
    before = timezone.now() - GRACE
    called = CALLED | Q(to_be_planned(), status=JobStatus.RUNNING)
    forgotten = AgentJob.objects.filter(called, lease_expires_at=None, updated_at__lt=before)
    for job_id, agent_type in forgotten.exclude(pk__in=queued).values_list("pk", "agent_type"):
        (lost.jobs if agent_type == AgentType.PIPELINE else lost.agents).append(job_id)
    running = AgentJob.objects.filter(status=JobStatus.RUNNING, agent_type=AgentType.PIPELINE)
    known = {*queued, *lost.steps}
    for job_id in running.values_list("pk", flat=True):
        waiting = ready_steps(job_id, before=before)
        lost.steps += [step_id for step_id in waiting if step_id not in known]
    return lost


def ready_steps(job_id: UUID, *, before: datetime | None = None) -> list[UUID]:
    """Return a job's pending steps whose dependencies are done, in order.

    With `before`, only those that were ready by then.
    """
    steps = GenerationStep.objects.filter(job_id=job_id).order_by("sequence_order")
    columns = ("pk", "sequence_order", "status", "depends_on", "finished_at", "created_at")
    rows = steps.values_list(*columns, named=True)
    done = {row.sequence_order: row.finished_at for row in rows if row.status in SETTLED}
    ready = [r for r in rows if r.status == StepStatus.PENDING and done.keys() >= {*r.depends_on}]
    if before is None:
        return [row.pk for row in ready]
    since = {
        r.pk: max([r.created_at, *(done[n] or r.created_at for n in r.depends_on)]) for r in ready
    }
    return [row.pk for row in ready if since[row.pk] < before]


def _take_back(step: GenerationStep) -> bool:
    """Make a step whose worker is silent wait again, or fail when it has cost too many workers.

    Returns whether it waits and its job runs, so that it must be queued.
    """
    poisonous = step.lost_workers + 1 >= MOST_LOST_WORKERS
    label = f"Step {step.sequence_order} ({step.tool_name})"
    with event_batch(step.project_id) as events:
        step.status = StepStatus.FAILED if poisonous else StepStatus.PENDING
        step.error = f"It lost its worker {MOST_LOST_WORKERS} times." if poisonous else None
        step.finished_at = timezone.now() if poisonous else None
        won = GenerationStep.objects.filter(
            pk=step.pk,
            status=StepStatus.RUNNING,
            attempt=step.attempt,
            lease_expires_at__lt=timezone.now(),
        ).update(
            status=step.status,
            error=step.error,
            finished_at=step.finished_at,
            lease_expires_at=None,
            lost_workers=F("lost_workers") + 1,
        )
        if not won:
            return False
        if poisonous:
            end_by_step(step, f"{label} failed: {step.error}", events)
            return False
        text = f"{label} lost its worker; queued again"
        events.log(text, level=LogLevel.WARNING, step_id=step.step_id)
        events.step(step)
    return step.job_or_fail.status == JobStatus.RUNNING
