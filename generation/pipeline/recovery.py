"""Finding what was lost: steps whose worker died, messages that never arrived."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

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

GRACE = timedelta(seconds=10)


@dataclass
class Lost:
    """What must be queued again."""

    jobs: list[UUID] = field(default_factory=list)
    steps: list[UUID] = field(default_factory=list)


def find_lost() -> Lost:
    """Take back steps whose lease has run out and list all that waits without a message."""
    lost = Lost()
    for step in GenerationStep.objects.filter(
        status=StepStatus.RUNNING, lease_expires_at__lt=timezone.now()
    ):
        _take_back(step)
    before = timezone.now() - GRACE
    lost.jobs = list(
        AgentJob.objects.filter(
            status=JobStatus.QUEUED, agent_type=AgentType.PIPELINE, updated_at__lt=before
        ).values_list("pk", flat=True)
    )
    running = AgentJob.objects.filter(status=JobStatus.RUNNING, agent_type=AgentType.PIPELINE)
    for job_id in running.values_list("pk", flat=True):
        lost.steps += ready_steps(job_id, untouched_since=before)
    return lost


def ready_steps(job_id: UUID, *, untouched_since: object | None = None) -> list[UUID]:
    """Return a job's pending steps whose dependencies are done, in order."""
    steps = GenerationStep.objects.filter(job_id=job_id)
    done = set(steps.filter(status=StepStatus.SUCCESS).values_list("sequence_order", flat=True))
    pending = steps.filter(status=StepStatus.PENDING).order_by("sequence_order")
    if untouched_since is not None:
        pending = pending.filter(job__updated_at__lt=untouched_since)
    return [s.step_id for s in pending if done.issuperset(s.depends_on)]


def _take_back(step: GenerationStep) -> None:
    with event_batch(step.project_id) as events:
        won = GenerationStep.objects.filter(
            pk=step.pk, status=StepStatus.RUNNING, attempt=step.attempt
        ).update(status=StepStatus.PENDING, lease_expires_at=None)
        if not won:
            return
        step.status = StepStatus.PENDING
        events.log(
            f"Step {step.sequence_order} ({step.tool_name}) lost its worker; queued again",
            level=LogLevel.WARNING,
            step_id=step.step_id,
        )
        events.step(step)
