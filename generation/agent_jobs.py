"""Jobs of single agents: starting one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction

from generation.agents import AGENTS
from generation.errors import AgentNotAvailable
from generation.events import event_batch
from generation.models import AgentJob, AgentType
from generation.pipeline.agents import words_for
from generation.pipeline.choices import settled
from generation.pipeline.config import JobConfig, RunOptions, options_of
from generation.run_estimates import columns_of
from generation.tasks import start_next
from projects.models import Project, User


def start_agent(
    *,
    project: Project,
    by: User,
    agent_type: AgentType,
    context: Mapping[str, Any],
    engine: str | None = None,
) -> AgentJob:
    """Queue a run of one agent over a project; `context` as `pipeline.agents.request_for` has it.

    Raises `AgentNotAvailable`, `InvalidRequest` for an idea that cannot be read, and
    `EngineNotReady` for an engine that cannot be used.
    """
    if agent_type.value not in {kind.value for kind in AGENTS}:
        raise AgentNotAvailable(agent_type.value, list(AGENTS))
    words_for(project, context)
    options = options_of(project)
    options = settled(options.model_copy(update={"engine": engine or options.engine}), by)
    with event_batch(project.pk) as events:
        job = _stored(project, by, agent_type, context, options)
        events.log(f"Agent {agent_type.value}: waits for a worker")
        events.job(job, done=0, total=0)
        transaction.on_commit(partial(start_next, job.user_id))
    return job


def _stored(
    project: Project,
    by: User,
    agent_type: AgentType,
    context: Mapping[str, Any],
    options: RunOptions,
) -> AgentJob:
    return AgentJob.objects.create(
        project=project,
        user=by,
        agent_type=agent_type,
        agent_role=agent_type.label,
        input_context=dict(context),
        config=JobConfig(**options.model_dump()).model_dump(mode="json"),
        **columns_of(options),
    )
