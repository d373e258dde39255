"""What people do with projects; each function owns its transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from generation import control
from generation.engines.base import Engine, EngineError
from generation.engines.registry import EngineChoice, get_engine
from generation.errors import GenerationError, InvalidTransition, NothingToDownload, NotUnderstood
from generation.events import event_batch
from generation.models import AgentJob, AgentType, JobStatus, LogSource
from generation.models.jobs import ACTIVE
from generation.pipeline.choices import check_stack, settled
from generation.pipeline.config import JobConfig, RunOptions, options_of
from generation.pipeline.ending import end_unfinished
from generation.pipeline.planning import understand_project
from generation.pipeline.transitions import newest_run, refusal
from generation.run_estimates import columns_of
from generation.tasks import start_next
from memory.models import SPEC_SUBMITTED, MemoryRecord
from memory.services import metadata_of, remember
from memory.stores import LocalMemoryStore
from projects.design import Design, confirm_design, design_of, store_edited
from projects.models import Project, ProjectStatus, User
from projects.spec.check import InvalidDesign, check_design, check_edit
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest, load_request, stored_request

SLUG_LENGTH = 200
ENDED = (ProjectStatus.SUCCESS, ProjectStatus.FAILED, ProjectStatus.CANCELLED)


def submit_project(
    *,
    owner: User,
    request: AppRequest,
    options: RunOptions | None = None,
    start: bool = True,
    idempotency_key: str | None = None,
    project_id: UUID | None = None,
) -> Project:
    """Store a project with the memory of its spec, and start its job unless `start` is off.

    A repeated `idempotency_key` of the same owner returns the project stored first, whose id is
    then not the `project_id` given. Raises
    `GenerationError` (409 `idempotency_conflict`) when the key came with another request, and
    `EngineNotReady` when the engine cannot be used.
    """
    asked = options or RunOptions()
    if not (idempotency_key and owner.projects.filter(idempotency_key=idempotency_key).exists()):
        options = settled(asked, owner)
        check_stack(options, request.tech_stack)
    with transaction.atomic():
        # One submission of a person at a time: slugs and keys stay unique without a race.
        User.objects.select_for_update(no_key=True).get(pk=owner.pk)
        if idempotency_key:
            first = Project.objects.filter(user=owner, idempotency_key=idempotency_key).first()
            if first is not None:
                return _same_request(first, request, asked)
        settings = (options or asked).model_dump()
        project = _stored(
            owner,
            request,
            project_id=project_id or uuid4(),
            idempotency_key=idempotency_key or None,
            settings=settings | {"asked": asked.model_dump()},
        )
        if start:
            _start(project=project, by=owner, config=JobConfig(**settings))
    if not start:
        # Where the words cannot be read, the design's page says why and offers to try again.
        with suppress(NotUnderstood):
            understand_again(project=project)
    return project


def _stored(owner: User, request: AppRequest, **columns: Any) -> Project:
    """Store a draft, and the memory of its spec."""
    project = Project(
        user=owner,
        project_name=request.project_name,
        slug=_free_slug(owner, request.project_name),
        description=request.description,
        features=list(request.features),
        tech_stack=request.tech_stack,
        styling=request.styling,
        status=ProjectStatus.DRAFT,
        **columns,
    )
    content, metadata = json.dumps(_spec_of(project)), metadata_of(SPEC_SUBMITTED)
    memory_id = LocalMemoryStore().store(
        agent_id=project.agent_id, content=content, metadata=metadata
    )
    project.initial_memory_id = memory_id
    project.save(force_insert=True)
    remember(project=project, content=content, metadata=metadata, memory_id=memory_id)
    return project


def _spec_of(project: Project) -> dict[str, object]:
    """Return the project's request, the JSON of seed 000 section 3.1."""
    return {
        "project_name": project.project_name,
        "description": project.description or "",
        "features": project.features,
        "tech_stack": project.tech_stack,
        "styling": project.styling,
    }


def _remember_spec(project: Project) -> MemoryRecord:
    content = json.dumps(_spec_of(project))
    return remember(project=project, content=content, metadata=metadata_of(SPEC_SUBMITTED))


def _same_request(first: Project, request: AppRequest, asked: RunOptions) -> Project:
    before = RunOptions.model_validate(first.settings.get("asked", first.settings))
    if (stored_request(_spec_of(first)), before) != (request, asked):
        raise GenerationError(
            "This Idempotency-Key was used for another request. Use a new key.",
            code="idempotency_conflict",
            status=409,
        )
    return first


def _free_slug(owner: User, name: str) -> str:
    base = slugify(name, allow_unicode=True)[:SLUG_LENGTH] or "app"
    taken = set(
        Project.objects.filter(user=owner, slug__startswith=base).values_list("slug", flat=True)
    )
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


def understand_again(*, project: Project) -> Design:
    """Read a project's words into its design; what a person decided about it stays.

    Raises `NotUnderstood` when the engine cannot read them.
    """
    request = stored_request(_spec_of(project))
    try:
        return understand_project(project, _reader_of(project), request)
    except (EngineError, InvalidDesign) as error:
        raise NotUnderstood(f"The words could not be read: {error}") from error


def _reader_of(project: Project) -> Engine:
    """Return what reads a project's words while a person waits: rules, in milliseconds."""
    choice = EngineChoice.parse(options_of(project).engine)
    return get_engine("builtin" if choice.asks_others else choice.name)


def design_for(project: Project) -> Design:
    """Return a project's design, understood now if that was not done yet."""
    return design_of(project) or understand_again(project=project)


def edit_design(*, project: Project, spec: AppSpec, expected: str | None = None) -> Design:
    """Store a person's edit of a design; `expected` is the version that they edited.

    Raises `InvalidDesign` with the faults that it brings, and `DesignChanged` when another edit
    came first.
    """
    check_edit(design_for(project).spec, spec)
    return store_edited(project, spec, expected=expected)


def build_design(*, project: Project, by: User) -> AgentJob:
    """Build a design that a person has looked at: of a draft, or of a project that has ended.

    Raises `InvalidDesign` when it cannot be built as it is, `EngineNotReady` for an engine that
    cannot be used any more, and `InvalidTransition` when the project is being built.
    """
    config, allowed = _config_for(project, by), (ProjectStatus.DRAFT, *ENDED)
    with transaction.atomic():
        check_design(design_for(project).spec)
        confirm_design(project)
        return _start(project=project, by=by, config=config, action="again", allowed=allowed)


def start_project(*, project: Project, by: User) -> AgentJob:
    """Start a draft.

    Raises `InvalidTransition` when it has been started, and `EngineNotReady` for an engine that
    cannot be used any more.
    """
    return _start(project=project, by=by, config=_config_for(project, by))


def generate_again(*, project: Project, by: User) -> AgentJob:
    """Start a new job over a project that has ended; the old one is kept.

    Raises `InvalidTransition` and `EngineNotReady` as `start_project` does.
    """
    config = _config_for(project, by)
    return _start(project=project, by=by, config=config, action="again", allowed=ENDED)


def _config_for(
    project: Project, by: User, choices: Mapping[str, Any] = MappingProxyType({})
) -> JobConfig:
    """Return a project's options for a run, with `choices` in their place.

    Raises `EngineNotReady`.
    """
    options = RunOptions(**(options_of(project).model_dump() | dict(choices)))
    options = settled(options, by)
    check_stack(options, project.tech_stack)
    return JobConfig(**options.model_dump())


def run_pipeline(
    *, project: Project, by: User, idea: str | None = None, **choices: Any
) -> AgentJob:
    """Build a draft, or build a project that has ended again.

    `idea` takes the place of the project's description; what a person decided about the design
    stays. `choices` are `RunOptions` in place of the project's. Raises `InvalidRequest` for an
    idea that cannot be read, `EngineNotReady` for an engine that cannot be used, and
    `InvalidTransition` when the project is being built.
    """
    action = "start" if project.status == ProjectStatus.DRAFT else "again"
    config = _config_for(project, by, choices).model_copy(update={"reread": idea is not None})
    with transaction.atomic():
        if idea is not None:
            request = load_request({**_spec_of(project), "description": idea}, any_stack=True)
            project.description = request.description
            project.save(update_fields=["description"])
            _remember_spec(project)
        allowed = (ProjectStatus.DRAFT, *ENDED)
        return _start(project=project, by=by, action=action, allowed=allowed, config=config)


def _start(
    *,
    project: Project,
    by: User,
    config: JobConfig,
    action: str = "start",
    allowed: tuple[ProjectStatus, ...] = (ProjectStatus.DRAFT,),
) -> AgentJob:
    with event_batch(project.project_id) as events:
        won = Project.objects.filter(pk=project.pk, status__in=allowed).update(
            status=ProjectStatus.IN_PROGRESS
        )
        if not won:
            raise refusal(project, action)
        project.refresh_from_db()
        job = AgentJob.objects.create(
            project=project,
            user=by,
            agent_type=AgentType.PIPELINE,
            input_context=_spec_of(project),
            config=config.model_dump(),
            **columns_of(config, by),
        )
        events.log("Planning…")
        events.job(job, done=0, total=0)
        events.project(project)
        transaction.on_commit(partial(start_next, job.user_id))
    return job


def pause_project(*, project: Project, by: User) -> AgentJob:
    """Start no more steps; those that are being carried out are finished."""
    return control.pause_job(job=_newest_job(project), by=by)


def resume_project(*, project: Project, by: User) -> AgentJob:
    """Go on with a paused job; it ends here if its last step was finished meanwhile."""
    return control.resume_job(job=_newest_job(project), by=by)


def cancel_project(*, project: Project, by: User) -> AgentJob:
    """Stop the running job; files made so far are kept."""
    return control.cancel_job(job=_newest_job(project), by=by)


def retry_project(*, project: Project, by: User) -> AgentJob:
    """Go on from where the newest job failed or was cancelled."""
    return control.retry_job(job=_newest_job(project), by=by)


def delete_project(*, project: Project, by: User) -> None:
    """Put a project away (`deleted_at`); what runs is cancelled. Nobody sees it any more."""
    with event_batch(project.project_id) as events:
        for job in AgentJob.objects.filter(project=project, status__in=ACTIVE):
            end_unfinished(job, JobStatus.CANCELLED, None, events)
            transaction.on_commit(partial(start_next, job.user_id))
        Project.objects.filter(pk=project.pk).update(
            deleted_at=timezone.now(), slug=None, idempotency_key=None
        )
        events.log(f"Deleted by {by.email}", source=LogSource.USER)


def check_finished(project: Project) -> None:
    """Raise `NothingToDownload` before a project is done."""
    if project.status != ProjectStatus.SUCCESS:
        raise NothingToDownload(
            f"The project is {project.status}; its ZIP is there once it is done."
        )


def finished_files(project: Project) -> dict[str, str]:
    """Return the texts of a project by path. Raises `NothingToDownload` before it is done."""
    check_finished(project)
    return {path: text or "" for path, text in project.files.values_list("path", "content")}


def _newest_job(project: Project) -> AgentJob:
    job = newest_run(project)
    if job is None:
        raise InvalidTransition("The project has not been started yet.")
    return job
