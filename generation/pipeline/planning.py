"""Planning a job: words to design, design to steps, all stored at once as `PENDING`.

The job keeps the AppSpec that it builds: the design may be edited while it runs.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from generation.engines.base import Engine, EngineError, Plan, Version
from generation.engines.providers.base import Stopped
from generation.engines.registry import EngineChoice
from generation.events import EventBatch, event_batch
from generation.models import AgentJob, AgentType, GenerationStep, JobStatus, LogLevel, LogSource
from generation.pipeline.agents import keep_planned
from generation.pipeline.clarifying import ask_first
from generation.pipeline.config import config_of, request_of
from generation.pipeline.ending import end_unfinished, report_progress, tally_of
from generation.pipeline.engines import engine_for
from generation.pipeline.lease import MOST_LOST_WORKERS, lease_length, renewed_planning
from generation.pipeline.memories import keep_spec
from generation.pipeline.proposing import tell_proposed, with_proposals
from generation.pipeline.recovery import ready_steps
from generation.pipeline.transitions import is_planned, to_be_planned
from projects.design import Design, design_of, store_understood
from projects.models import Project, ProjectFile, ProjectFileVersion
from projects.spec.check import InvalidDesign
from projects.spec.models import AppSpec, EntitySpec, FeatureState
from projects.spec.request import AppRequest


def claim(job_id: UUID) -> AgentJob | None:
    """Make the planning of a job this worker's for a while; None when it is not to be had.

    Its status stays: nobody but the workers needs to know that it is being planned.
    """
    won = plannable().filter(pk=job_id, lease_expires_at=None)
    if not won.update(attempt=F("attempt") + 1, lease_expires_at=timezone.now() + lease_length()):
        return None
    return AgentJob.objects.select_related("project").get(pk=job_id)


def plannable() -> QuerySet[AgentJob]:
    """Return the jobs that are to be planned, or are being planned."""
    return AgentJob.objects.filter(to_be_planned())


def _own(job: AgentJob) -> QuerySet[AgentJob]:
    """Return the job's row as long as its planning is this attempt's."""
    return plannable().filter(pk=job.pk, attempt=job.attempt)


def plan(job: AgentJob) -> list[UUID]:
    """Plan a claimed job unless it has a plan; return the ids of the steps that are ready."""
    if is_planned(job):
        return _go_on(job)
    request = request_of(job)
    config = config_of(job)
    try:
        with renewed_planning(job) as stop:
            engine = engine_for(config, job, stop=stop)
            keep_spec(config, job, stop=stop)
            kept = None if config.reread else design_of(job.project)
            if kept is None:
                design = understand_project(job.project, engine, request)
            else:
                design = with_proposals(job, config, request, kept, stop=stop)
            if ask_first(job, config, request, design):
                return []
            spec, decided = design.spec, design.confirmed.entities
            planned = engine.plan(
                spec,
                stack=request.tech_stack,
                styling=request.styling,
                previous=_version_before(job, request.tech_stack),
            )
    except Stopped:  # it was cancelled or paused meanwhile
        return []
    except (EngineError, InvalidDesign) as error:
        fail_planning(job, str(error))
        return []
    return _store(job, spec, planned, decided)


def _go_on(job: AgentJob) -> list[UUID]:
    """Let a job run whose turn in line has come after it was planned."""
    with event_batch(job.project_id) as events:
        if not _own(job).update(status=JobStatus.RUNNING, lease_expires_at=None):
            return []
        job.status = JobStatus.RUNNING
        report_progress(job, tally_of(job.pk), events)
        return ready_steps(job.pk)


def fail_planning(job: AgentJob, reason: str) -> None:
    """End a job that an attempt could not plan with its reason, if it is still that attempt's."""
    text = f"Planning failed: {reason}"
    with event_batch(job.project_id) as events:
        if _own(job).exists() and end_unfinished(job, JobStatus.FAILED, text, events):
            events.log(text, level=LogLevel.ERROR)


def find_lost_plans() -> list[UUID]:
    """Take back jobs whose planning has lost its worker; return those to be queued again."""
    silent = plannable().filter(lease_expires_at__lt=timezone.now())
    return [job.pk for job in silent if _take_back(job)]


def _take_back(job: AgentJob) -> bool:
    if job.lost_workers + 1 >= MOST_LOST_WORKERS:
        fail_planning(job, f"It lost its worker {MOST_LOST_WORKERS} times.")
        return False
    with event_batch(job.project_id) as events:
        won = _own(job).filter(lease_expires_at__lt=timezone.now())
        if not won.update(lease_expires_at=None, lost_workers=F("lost_workers") + 1):
            return False
        events.log("Planning lost its worker; queued again", level=LogLevel.WARNING)
    return True


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


def _store(job: AgentJob, spec: AppSpec, plan: Plan, decided: frozenset[str]) -> list[UUID]:
    with event_batch(job.project_id) as events:
        config = config_of(job).model_copy(update={"spec": spec, "kept": plan.kept})
        status = JobStatus.WAITING_FOR_INPUT if config.approve else JobStatus.RUNNING
        won = _own(job).update(
            status=status,
            config=config.model_dump(mode="json"),
            progress=0.0,
            lease_expires_at=None,
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
        keep_planned(job.project, request_of(job), spec)
        _say(events, spec, plan, EngineChoice.parse(config.engine).thinker)
        _say_unsure(events, spec, decided)
        for step in steps:
            events.step(step)
        job.status = status
        if config.approve:
            events.log("Waiting for the plan to be approved")
        events.job(job, done=0, total=len(steps))
        return [] if config.approve else [step.step_id for step in steps if not step.depends_on]


def _unsure_of(entity: EntitySpec, decided: frozenset[str]) -> list[str]:
    """Return the names of what is only proposed of an entity that nobody has looked at."""
    if entity.name in decided:
        return []
    parts = [f"{part.name} of {entity.name}" for part in entity.proposals]
    return [*([entity.name] if entity.is_unsure else []), *parts]


def _say_unsure(events: EventBatch, spec: AppSpec, decided: frozenset[str]) -> None:
    unsure = [name for entity in spec.entities for name in _unsure_of(entity, decided)]
    if unsure:
        text = f"Built though unsure, to be decided in the design: {', '.join(unsure)}"
        events.log(text, level=LogLevel.WARNING, source=LogSource.BUILTIN)


def _say(events: EventBatch, spec: AppSpec, plan: Plan, thinker: str | None) -> None:
    names = ", ".join(entity.name for entity in spec.entities) or "no entities"
    events.log(f"Understood: {names}", source=LogSource.BUILTIN)
    tell_proposed(spec, thinker, events)
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
