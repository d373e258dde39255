"""Finding what was lost: steps whose worker died, messages that never arrived."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import F
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

# How long what waits is left alone before it counts as forgotten: its message may be on the way,
# and while the queue holds messages it most likely is.
QUIET_GRACE, BUSY_GRACE = timedelta(seconds=10), timedelta(minutes=5)
MOST_LOST_WORKERS = 3


@dataclass
class Lost:
    """What must be queued again."""

    jobs: list[UUID] = field(default_factory=list)
    steps: list[UUID] = field(default_factory=list)
    agents: list[UUID] = field(default_factory=list)


def find_lost(*, grace: timedelta = QUIET_GRACE) -> Lost:
    """Take back steps whose lease has run out and list all that waits without a message."""
    lost = Lost()
    silent = GenerationStep.objects.filter(
        status=StepStatus.RUNNING, lease_expires_at__lt=timezone.now()
    )
    lost.steps = [step.pk for step in silent.select_related("job") if _take_back(step)]
    before = timezone.now() - grace
    forgotten = AgentJob.objects.filter(status=JobStatus.QUEUED, updated_at__lt=before)
    for job_id, agent_type in forgotten.values_list("pk", "agent_type"):
        (lost.jobs if agent_type == AgentType.PIPELINE else lost.agents).append(job_id)
    running = AgentJob.objects.filter(status=JobStatus.RUNNING, agent_type=AgentType.PIPELINE)
    for job_id in running.values_list("pk", flat=True):
        waiting = ready_steps(job_id, untouched_since=before)
        lost.steps += [step_id for step_id in waiting if step_id not in lost.steps]
    return lost


def ready_steps(job_id: UUID, *, untouched_since: object | None = None) -> list[UUID]:
    """Return a job's pending steps whose dependencies are done, in order."""
    steps = GenerationStep.objects.filter(job_id=job_id)
    done = set(steps.filter(status__in=SETTLED).values_list("sequence_order", flat=True))
    pending = steps.filter(status=StepStatus.PENDING).order_by("sequence_order")
    if untouched_since is not None:
        pending = pending.filter(job__updated_at__lt=untouched_since)
    return [s.step_id for s in pending if done.issuperset(s.depends_on)]


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
            pk=step.pk, status=StepStatus.RUNNING, attempt=step.attempt
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
