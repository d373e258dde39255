"""What people do with a job: pause, resume, cancel, retry; each owns its transaction.

Two who press at once: one wins, the other is told where the job stands (`InvalidTransition`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from generation.events import EventBatch, event_batch
from generation.models import AgentJob, AgentType, GenerationStep, JobStatus, LogSource, StepStatus
from generation.pipeline.config import config_of
from generation.pipeline.ending import Tally, end_unfinished, report_progress, tally_of
from generation.pipeline.line import going_on
from generation.pipeline.transitions import (
    is_planned,
    is_superseded,
    refusal_of,
    statuses_for,
)
from generation.tasks import send_on, start_next
from projects.models import Project, ProjectStatus, User


def pause_job(*, job: AgentJob, by: User) -> AgentJob:
    """Start no more steps; those that are being carried out are finished."""
    with event_batch(job.project_id) as events:
        _move(job, "pause", JobStatus.PAUSED)
        events.log(f"Paused by {by.email}", source=LogSource.USER)
        _tell(job, events)
        transaction.on_commit(partial(start_next, job.user_id))
    return job


def resume_job(*, job: AgentJob, by: User) -> AgentJob:
    """Go on with a paused job in its turn; it ends if its last step was finished meanwhile."""
    with going_on(job) as (events, status):
        _move(job, "resume", status)
        events.log(f"Resumed by {by.email}", source=LogSource.USER)
        tally = _tell(job, events)
        if tally.total and not tally.open and status == JobStatus.RUNNING:
            report_progress(job, tally, events)
        else:
            transaction.on_commit(partial(send_on, job))
    return job


def _move(job: AgentJob, action: str, to: JobStatus) -> None:
    """Change a job's status as an action does; the project is locked."""
    allowed = statuses_for(job, action)
    if not AgentJob.objects.filter(pk=job.pk, status__in=allowed).update(
        status=to, lease_expires_at=None, celery_task_id=None
    ):
        raise refusal_of(job, action)
    job.refresh_from_db()


def _tell(job: AgentJob, events: EventBatch) -> Tally:
    tally = tally_of(job.pk)
    events.job(job, done=tally.done, total=tally.total)
    return tally


def cancel_job(*, job: AgentJob, by: User) -> AgentJob:
    """Stop a job before it is done; files made so far are kept."""
    with event_batch(job.project_id) as events:
        if not job.is_active or not end_unfinished(job, JobStatus.CANCELLED, None, events):
            raise refusal_of(job, "cancel")
        events.log(f"Cancelled by {by.email}", source=LogSource.USER)
        transaction.on_commit(partial(start_next, job.user_id))
    return job


def retry_job(*, job: AgentJob, by: User) -> AgentJob:
    """Go on in its turn from where a job failed or was cancelled."""
    with going_on(job) as (events, status):
        if job.agent_type != AgentType.PIPELINE:
            return _retry_agent(job, by, events)
        return _retry(job, by, events, status)


def _retry_agent(job: AgentJob, by: User, events: EventBatch) -> AgentJob:
    won = AgentJob.objects.filter(pk=job.pk, status__in=statuses_for(job, "retry")).update(
        status=JobStatus.QUEUED, error=None, progress=0.0, lost_workers=0, celery_task_id=None
    )
    if not won:
        raise refusal_of(job, "retry")
    job.refresh_from_db()
    events.log(f"Retried by {by.email}", source=LogSource.USER)
    events.job(job, done=0, total=0)
    transaction.on_commit(partial(start_next, job.user_id))
    return job


def retry_step(*, step: GenerationStep, by: User, onwards: bool = False) -> AgentJob:
    """Carry a step of a job that has ended out again, and later steps on the same file.

    With `onwards` all that comes after it too. What failed or was skipped runs again as well.
    """
    job = step.job_or_fail
    with going_on(job) as (events, status):
        job.refresh_from_db()
        reset = [step.pk, *(one.pk for one in _after(step, onwards=onwards))]
        return _retry(job, by, events, status, action="retry-step", steps=reset)


def _after(step: GenerationStep, *, onwards: bool) -> list[GenerationStep]:
    """Return the steps that come after a step: those on its file, or with `onwards` all."""
    steps = GenerationStep.objects.filter(job=step.job, sequence_order__gt=step.sequence_order)
    found, numbers = [], {step.sequence_order}
    for one in steps.defer("output_payload").order_by("sequence_order"):
        follows = bool(numbers & {*one.depends_on})
        if (follows and onwards) or (step.file_path and one.file_path == step.file_path):
            found.append(one)
            numbers.add(one.sequence_order)
    return found


def _retry(
    job: AgentJob,
    by: User,
    events: EventBatch,
    status: JobStatus,
    *,
    action: str = "retry",
    steps: Sequence[UUID] = (),
) -> AgentJob:
    """Let a job go on: what failed or was skipped is carried out, and the steps that are named.

    A plan that nobody has approved waits again.
    """
    if is_superseded(job):
        raise refusal_of(job, action)
    ended_well = job.status == JobStatus.COMPLETED
    config = config_of(job)
    if config.approve and not config.approved and is_planned(job):
        status = JobStatus.WAITING_FOR_INPUT
    _reset_steps(job, steps, events, all_unfinished=not ended_well)
    tally = tally_of(job.pk)
    won = AgentJob.objects.filter(pk=job.pk, status__in=statuses_for(job, action)).update(
        status=status,
        progress=tally.percent,
        error=None,
        result=None,
        lost_workers=0,
        celery_task_id=None,
    )
    if not won:
        raise refusal_of(job, action)
    Project.objects.filter(pk=job.project_id).update(status=ProjectStatus.IN_PROGRESS)
    job.refresh_from_db()
    events.log(f"Retried by {by.email}", source=LogSource.USER)
    events.job(job, done=tally.done, total=tally.total)
    events.project(Project.objects.get(pk=job.project_id))
    if status != JobStatus.WAITING_FOR_INPUT:
        transaction.on_commit(partial(send_on, job))
    return job


def _reset_steps(
    job: AgentJob, named: Sequence[UUID], events: EventBatch, *, all_unfinished: bool
) -> None:
    chosen = Q(pk__in=named)
    if all_unfinished:
        chosen |= Q(status__in=[StepStatus.FAILED, StepStatus.SKIPPED])
    steps = list(GenerationStep.objects.filter(chosen, job=job).defer("output_payload"))
    GenerationStep.objects.filter(pk__in=[step.pk for step in steps]).update(
        status=StepStatus.PENDING,
        error=None,
        started_at=None,
        finished_at=None,
        lease_expires_at=None,
        lost_workers=0,
    )
    for step in steps:
        step.status, step.error, step.started_at, step.finished_at = (
            StepStatus.PENDING,
            None,
            None,
            None,
        )
        events.step(step)
