"""How a job ends, and how far it is before that."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from generation.engines.archive import zip_name
from generation.engines.llm.steps import PLANNED_BY
from generation.events import EventBatch
from generation.models import (
    AgentJob,
    AgentType,
    GenerationStep,
    JobStatus,
    LogLevel,
    StepStatus,
)
from generation.models.jobs import ACTIVE
from generation.pipeline.config import JobResult, config_of, is_model_only, request_of
from generation.pipeline.merging import merge_files_of
from projects.design import mark_built
from projects.models import Project, ProjectStatus

OPEN = (StepStatus.PENDING, StepStatus.RUNNING)
# In a job that goes on, a failed step is one that its app can be built without.
SETTLED = (StepStatus.SUCCESS, StepStatus.FAILED)


def is_extra(step: GenerationStep) -> bool:
    """Tell whether a model added a step to the plan, so that the app can be built without it."""
    return PLANNED_BY in (step.input_payload or {})


@dataclass(frozen=True)
class Tally:
    """How many of a job's steps there are, are done, and are still to come."""

    total: int
    done: int
    open: int

    @property
    def percent(self) -> float:
        """How far the job is."""
        return round(100.0 * self.done / self.total, 1) if self.total else 0.0


def tally_of(job_id: UUID) -> Tally:
    """Count a job's steps."""
    counts = GenerationStep.objects.filter(job_id=job_id).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(status__in=SETTLED)),
        open=Count("pk", filter=Q(status__in=OPEN)),
    )
    return Tally(**counts)


def download_url_of(project: Project) -> str:
    """Return the address of a project's ZIP."""
    return f"/downloads/{project.project_id}/{zip_name(project.project_name)}.zip"


def report_progress(job: AgentJob, tally: Tally, events: EventBatch) -> None:
    """Store how far a job is; when nothing is left to do, end it. The project is locked."""
    if tally.open == 0 and tally.done == tally.total and job.status == JobStatus.RUNNING:
        _complete(job, tally, events)
        return
    AgentJob.objects.filter(pk=job.pk, status__in=ACTIVE).update(progress=tally.percent)
    job.progress = tally.percent
    events.job(job, done=tally.done, total=tally.total)


def _complete(job: AgentJob, tally: Tally, events: EventBatch) -> None:
    config = config_of(job)
    spec = config.spec
    asked = tuple(f.text for f in spec.unplaced) if spec else ()
    by_model, left_out = _extras_of(job)
    model_only = is_model_only(request_of(job).tech_stack)
    if model_only and len(left_out) + 1 == tally.total:
        reason = f"The model wrote none of its files. {left_out[0]}"
        if end_unfinished(job, JobStatus.FAILED, reason, events):
            events.log(reason, level=LogLevel.ERROR)
        return
    merged = merge_files_of(job, config.kept, events)
    result = JobResult(
        files=job.project.files.count(),
        steps=tally.total,
        unplaced=tuple(f for f in asked if f.casefold() not in {m.casefold() for m in by_model}),
        by_model=by_model,
        left_out=left_out,
        merged=merged.merged,
        conflicts=merged.conflicts,
        left_deleted=merged.left_deleted,
        model_only=model_only,
        summary=_summary_of(job),
    )
    won = AgentJob.objects.filter(pk=job.pk, status=JobStatus.RUNNING).update(
        status=JobStatus.COMPLETED,
        progress=100.0,
        error=None,
        result=result.model_dump(mode="json"),
    )
    if not won:
        return
    job.status, job.progress, job.error = JobStatus.COMPLETED, 100.0, None
    project = Project.objects.get(pk=job.project_id)
    project.status = ProjectStatus.SUCCESS
    project.download_url = download_url_of(project)
    project.save(update_fields=["status", "download_url"])
    if spec is not None:
        mark_built(project, spec)
    events.log(f"Done: {result.files} files, ready to download")
    events.job(job, done=tally.done, total=tally.total)
    events.project(project)


def _extras_of(job: AgentJob) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the features that a model's steps added, and why steps of it were left out.

    A feature is added when all of its steps were carried out: a page that could not be registered
    is none.
    """
    extras = GenerationStep.objects.filter(job=job, input_payload__has_key=PLANNED_BY)
    failed = [step for step in extras if step.status == StepStatus.FAILED]
    lost = {_feature_of(step) for step in failed} | {""}
    done = tuple(name for name in dict.fromkeys(map(_feature_of, extras)) if name not in lost)
    return done, tuple(f"{step.file_path}: {step.error}" for step in failed)


def _feature_of(step: GenerationStep) -> str:
    return str((step.input_payload or {}).get("feature") or "")


def _summary_of(job: AgentJob) -> str:
    last = GenerationStep.objects.filter(job=job, tool_name="memory_store").last()
    return str((last.output_payload or {}).get("content", "")) if last else ""


def end_unfinished(job: AgentJob, status: JobStatus, error: str | None, events: EventBatch) -> bool:
    """End an active job as failed or cancelled: what waits is skipped, files made are kept."""
    won = AgentJob.objects.filter(pk=job.pk, status__in=ACTIVE).update(
        status=status, error=error, lease_expires_at=None
    )
    if not won:
        return False
    waiting = [StepStatus.PENDING]
    if status == JobStatus.CANCELLED:
        waiting.append(StepStatus.RUNNING)
    skipped = list(GenerationStep.objects.filter(job=job, status__in=waiting))
    GenerationStep.objects.filter(pk__in=[s.pk for s in skipped]).update(
        status=StepStatus.SKIPPED, lease_expires_at=None
    )
    for step in skipped:
        step.status = StepStatus.SKIPPED
        events.step(step)
    job.status, job.error = status, error
    if job.agent_type != AgentType.PIPELINE:
        events.job(job, done=0, total=0)
        return True
    tally = tally_of(job.pk)
    job.progress = tally.percent
    AgentJob.objects.filter(pk=job.pk).update(progress=tally.percent)
    project = Project.objects.get(pk=job.project_id)
    project.status = (
        ProjectStatus.CANCELLED if status == JobStatus.CANCELLED else ProjectStatus.FAILED
    )
    project.save(update_fields=["status"])
    events.job(job, done=tally.done, total=tally.total)
    events.project(project)
    return True


def end_by_step(step: GenerationStep, text: str, events: EventBatch) -> None:
    """Tell that a step has failed and end its job with that reason."""
    events.log(text, level=LogLevel.ERROR, step_id=step.step_id)
    events.step(step)
    end_unfinished(step.job_or_fail, JobStatus.FAILED, text, events)
