"""Memories of a job in the memory of its engine; what goes wrong there never fails the job."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from generation.engines.ainative import AINativeMemory
from generation.engines.base import EngineError
from generation.engines.providers.base import Stopped, StopSignal
from generation.engines.registry import AINATIVE, EngineChoice
from generation.events import event_batch
from generation.models import AgentJob, GenerationStep, LogSource
from generation.pipeline.config import RunOptions
from generation.pipeline.engines import ainative_for, hooks_of
from memory.models import SPEC_SUBMITTED, MemoryRecord
from memory.services import Metadata
from memory.stores import LocalMemoryStore, MemoryStore
from projects.models import Project

LOCAL = LocalMemoryStore()


def stored(
    content: str,
    metadata: Metadata,
    options: RunOptions,
    job: AgentJob,
    *,
    step: GenerationStep | None = None,
    stop: StopSignal | None = None,
) -> str:
    """Keep a memory where the job's engine keeps them, and return its id there.

    Where that fails it is kept here alone, and the log says why. Raises `Stopped`.
    """
    given: dict[str, Any] = {
        "agent_id": job.project.agent_id,
        "content": content,
        "metadata": metadata,
    }
    if not _keeps_its_own(options):
        return LOCAL.store(**given)
    hooks = hooks_of(AINATIVE, job, step, stop)
    try:
        store: MemoryStore = AINativeMemory(ainative_for(job.user), hooks)
        return store.store(**given)
    except Stopped:
        raise
    except EngineError as error:
        hooks.say(f"AINative did not keep the memory; it is kept here alone. {error}")
        return LOCAL.store(**given)


def keep_spec(options: RunOptions, job: AgentJob, *, stop: StopSignal | None = None) -> None:
    """Keep what was asked for in the memory of the job's engine as well, once.

    It was recorded here when it was asked: nobody waits for a service then.
    """
    records = MemoryRecord.objects.filter(project_id=job.project_id, metadata__step=SPEC_SUBMITTED)
    newest = records.order_by("-created_at").first()
    if newest is None or not _keeps_its_own(options) or not LOCAL.has_named(newest.memory_id):
        return
    memory_id = stored(newest.content, newest.metadata or {}, options, job, stop=stop)
    if LOCAL.has_named(memory_id):
        return
    with event_batch(job.project_id) as events:
        MemoryRecord.objects.filter(pk=newest.pk).update(memory_id=memory_id)
        first = Project.objects.filter(pk=job.project_id, initial_memory_id=newest.memory_id)
        first.update(initial_memory_id=memory_id)
        events.log("AINative keeps what was asked for", source=LogSource.AINATIVE)


def _keeps_its_own(options: RunOptions) -> bool:
    chosen = EngineChoice.parse(options.engine).name
    return settings.MEMORY_STORE == "engine" and chosen == AINATIVE
