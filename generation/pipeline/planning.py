"""Planning a job: words to design, design to steps, all stored at once as `PENDING`.

The job keeps the AppSpec that it builds: the design may be edited while it runs.
"""

from __future__ import annotations

from uuid import UUID

from generation.engines.base import Engine, EngineError, Plan, Version
from generation.engines.providers.base import Stopped
from generation.events import EventBatch, event_batch
from generation.models import AgentJob, AgentType, GenerationStep, JobStatus, LogLevel, LogSource
from generation.pipeline.clarifying import ask_first
from generation.pipeline.config import config_of, request_of
from generation.pipeline.ending import fail_job
from generation.pipeline.engines import engine_for
from generation.pipeline.lease import kept_queued
from projects.design import Design, design_of, store_understood
from projects.models import Project, ProjectFile, ProjectFileVersion
from projects.spec.check import InvalidDesign
from projects.spec.models import AppSpec, FeatureState
from projects.spec.request import AppRequest


def plan_job(job_id: UUID) -> list[UUID]:
    """Plan a queued pipeline job and return the ids of the steps that are ready.

    Planning twice is harmless: only the first to store its steps counts.
    """
    job = (
        AgentJob.objects.select_related("project")
        .filter(pk=job_id, status=JobStatus.QUEUED, agent_type=AgentType.PIPELINE)
        .first()
    )
    if job is None:
        return []
    request = request_of(job)
    config = config_of(job)
    try:
        with kept_queued(job) as stop:
            engine = engine_for(config, job, stop=stop)
            kept = None if config.reread else design_of(job.project)
            design = kept or understand_project(job.project, engine, request)
            if ask_first(job, config, request, design):
                return []
            spec = design.spec
            plan = engine.plan(
                spec,
                stack=request.tech_stack,
                styling=request.styling,
                previous=_version_before(job, request.tech_stack),
            )
    except Stopped:  # it was cancelled or paused meanwhile
        return []
    except (EngineError, InvalidDesign) as error:
        fail_job(job_id, f"Planning failed: {error}")
        return []
    return _store(job, spec, plan)


def understand_project(project: Project, engine: Engine, request: AppRequest) -> Design:
    """Read a project's words into its design; what a person decided about it stays.

    Raises `EngineError`, or `InvalidDesign` when what was read cannot be kept.
    """
    return store_understood(project, engine.understand(request))


def _version_before(job: AgentJob, stack: str) -> Version | None:
    """Return what the project's last finished job made, if it was of the same stack.

    Files that a job after it wrote before it failed are not part of that version.
    """
    finished = AgentJob.objects.filter(
        project_id=job.project_id, agent_type=AgentType.PIPELINE, status=JobStatus.COMPLETED
    )
    last = finished.order_by("-completed_at").first()
    spec = config_of(last).spec if last else None
    if last is None or spec is None or request_of(last).tech_stack != stack:
        return None
    later = AgentJob.objects.filter(project_id=job.project_id, created_at__gt=last.created_at)
    unfinished = ProjectFileVersion.objects.filter(job_id__in=later.values("pk")).values("path")
    files = ProjectFile.objects.filter(project_id=job.project_id).exclude(path__in=unfinished)
    return Version(spec, {path: text or "" for path, text in files.values_list("path", "content")})


def _store(job: AgentJob, spec: AppSpec, plan: Plan) -> list[UUID]:
    with event_batch(job.project_id) as events:
        config = config_of(job).model_copy(update={"spec": spec, "kept": plan.kept})
        won = AgentJob.objects.filter(pk=job.pk, status=JobStatus.QUEUED).update(
            status=JobStatus.RUNNING, config=config.model_dump(mode="json"), progress=0.0
        )
        if not won:
            return []
        steps = GenerationStep.objects.bulk_create(
            GenerationStep(
                project_id=job.project_id,
                job=job,
                sequence_order=number,
                tool_name=planned.tool,
                input_payload=planned.input,
                depends_on=list(planned.depends_on),
            )
            for number, planned in enumerate(plan.steps, start=1)
        )
        _say(events, spec, plan)
        for step in steps:
            events.step(step)
        job.status = JobStatus.RUNNING
        events.job(job, done=0, total=len(steps))
        return [step.step_id for step in steps if not step.depends_on]


def _say(events: EventBatch, spec: AppSpec, plan: Plan) -> None:
    names = ", ".join(entity.name for entity in spec.entities) or "no entities"
    events.log(f"Understood: {names}", source=LogSource.BUILTIN)
    for note in plan.notes:
        events.log(note, source=LogSource.BUILTIN)
    for feature in spec.features:
        if feature.reason and feature.state is not FeatureState.UNPLACED:
            text = f"Done in part: {feature.text} ({feature.reason})"
            events.log(text, level=LogLevel.WARNING, source=LogSource.BUILTIN)
    for feature in spec.unplaced:
        reason = f" ({feature.reason})" if feature.reason else ""
        events.log(
            f"Not done: {feature.text}{reason}", level=LogLevel.WARNING, source=LogSource.BUILTIN
        )
    events.log(f"Planned {len(plan.steps)} steps", source=LogSource.BUILTIN)
