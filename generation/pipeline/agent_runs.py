"""Carrying a run of one agent out: claim, work, and keep its answer in one transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone
from pydantic import BaseModel

from generation.agents import AgentRequest, run_agent
from generation.engines.base import EngineError
from generation.engines.providers.base import Stopped
from generation.events import event_batch
from generation.models import AgentJob, AgentType, JobStatus, LogLevel
from generation.pipeline.agents import keep_answer, request_for
from generation.pipeline.config import config_of
from generation.pipeline.engines import engine_for, mind_for
from generation.pipeline.lease import MOST_LOST_WORKERS, lease_length, renewed_run
from projects.spec.check import InvalidDesign
from projects.spec.request import InvalidRequest

MOST_BEFORE_THE_END = 99.0
LEAST_TOLD = 5.0  # percent; what is less is not worth an event


def carry_out(job: AgentJob) -> None:
    """Carry a claimed run out; what goes wrong in the agent ends the job with its reason."""
    config = config_of(job)
    try:
        with renewed_run(job) as stop:
            engine = engine_for(config, job, stop=stop)
            request = request_for(job.project, job.input_context or {}, engine)
            answer = run_agent(
                job.agent_type,
                request,
                mind=mind_for(config, job, stop=stop),
                stop=stop,
                progress=_Progress(job),
            )
    except Stopped:  # it was cancelled or taken back, and whoever did that wrote it down
        return
    except (EngineError, InvalidRequest, InvalidDesign) as error:
        fail_run(job, str(error))
        return
    _store(job, request, answer)


def label_of(job: AgentJob) -> str:
    """Return what log lines call a run."""
    return f"Agent {AgentType(job.agent_type).value}"


def claim(job_id: UUID) -> AgentJob | None:
    """Make a queued run this worker's for a while; None when it is not to be had."""
    runs = AgentJob.objects.exclude(agent_type=AgentType.PIPELINE)
    job = runs.select_related("project").filter(pk=job_id, status=JobStatus.QUEUED).first()
    if job is None:
        return None
    with event_batch(job.project_id) as events:
        won = AgentJob.objects.filter(
            pk=job_id, status=JobStatus.QUEUED, attempt=job.attempt
        ).update(
            status=JobStatus.RUNNING,
            attempt=F("attempt") + 1,
            lease_expires_at=timezone.now() + lease_length(),
        )
        if not won:
            return None
        job.status, job.attempt = JobStatus.RUNNING, job.attempt + 1
        events.log(f"{label_of(job)}: began")
        events.job(job, done=0, total=0)
    return job


def _own(job: AgentJob) -> QuerySet[AgentJob]:
    """Return the job's row as long as it is this attempt's."""
    return AgentJob.objects.filter(pk=job.pk, status=JobStatus.RUNNING, attempt=job.attempt)


class _Progress:
    """Stores and tells how far a run is; it only grows, whatever an attempt before has told."""

    def __init__(self, job: AgentJob) -> None:
        self.job = job

    def __call__(self, percent: float) -> None:
        """Note that so many percent are done."""
        percent = round(min(percent, MOST_BEFORE_THE_END), 1)
        if percent < self.job.progress + LEAST_TOLD:
            return
        with event_batch(self.job.project_id) as events:
            if _own(self.job).filter(progress__lt=percent).update(progress=percent):
                self.job.progress = percent
                events.job(self.job, done=0, total=0)


def _store(job: AgentJob, request: AgentRequest, answer: BaseModel) -> None:
    with event_batch(job.project_id) as events:
        result: dict[str, Any] = answer.model_dump(mode="json")
        won = _own(job).update(
            status=JobStatus.COMPLETED,
            progress=100.0,
            result=result,
            error=None,
            lease_expires_at=None,
        )
        if not won:
            return
        keep_answer(job.project, request, answer, by=job.primary_model)
        job.status, job.progress = JobStatus.COMPLETED, 100.0
        events.log(f"{label_of(job)}: done")
        events.job(job, done=0, total=0)


def fail_run(job: AgentJob, reason: str) -> None:
    """End an attempt's run with the reason for its failure."""
    with event_batch(job.project_id) as events:
        won = _own(job).update(status=JobStatus.FAILED, error=reason, lease_expires_at=None)
        if not won:
            return
        job.status, job.error = JobStatus.FAILED, reason
        events.log(f"{label_of(job)} failed: {reason}", level=LogLevel.ERROR)
        events.job(job, done=0, total=0)


def find_lost_runs() -> list[UUID]:
    """Take back runs whose lease has run out; return those that are to be queued again."""
    silent = AgentJob.objects.exclude(agent_type=AgentType.PIPELINE).filter(
        status=JobStatus.RUNNING, lease_expires_at__lt=timezone.now()
    )
    return [job.pk for job in silent if _take_back(job)]


def _take_back(job: AgentJob) -> bool:
    """Make a run whose worker is silent wait again, or fail when it has cost too many workers."""
    silent = _own(job).filter(lease_expires_at__lt=timezone.now())
    if job.lost_workers + 1 >= MOST_LOST_WORKERS:
        if silent.update(lost_workers=F("lost_workers") + 1):
            fail_run(job, f"It lost its worker {MOST_LOST_WORKERS} times.")
        return False
    with event_batch(job.project_id) as events:
        won = silent.update(
            status=JobStatus.QUEUED, lease_expires_at=None, lost_workers=F("lost_workers") + 1
        )
        if not won:
            return False
        job.status = JobStatus.QUEUED
        text = f"{label_of(job)} lost its worker; queued again"
        events.log(text, level=LogLevel.WARNING)
        events.job(job, done=0, total=0)
    return True
