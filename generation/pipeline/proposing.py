"""What a job's model proposes for a design that rules read, before the app is planned."""

from __future__ import annotations

from collections.abc import Iterator

from generation.engines.base import EngineError
from generation.engines.llm.understand import proposals_of
from generation.engines.providers.base import Stopped, StopSignal
from generation.events import EventBatch
from generation.models import AgentJob, AgentType, AIProviderUsage
from generation.pipeline.config import JobConfig
from generation.pipeline.engines import mind_for, source_of
from projects.design import Design, store_proposed
from projects.spec.confirmed import Confirmed
from projects.spec.models import AppSpec, Inferred
from projects.spec.request import AppRequest

UNTOUCHED = Confirmed()


def with_proposals(
    job: AgentJob,
    config: JobConfig,
    words: AppRequest,
    design: Design,
    *,
    stop: StopSignal | None = None,
) -> Design:
    """Return a design with what the job's model adds to it, stored.

    A model is asked once, before a first build, and not where a person has looked at the design.
    Raises `EngineError` where the job does not fall back.
    """
    if design.confirmed != UNTOUCHED or not _is_first(job) or _was_asked(job):
        return design
    mind = None
    try:
        mind = mind_for(config, job, stop=stop)
        if mind is None or not mind.strategy.proposes:
            return design
        return store_proposed(job.project, proposals_of(mind, words, design.spec))
    except Stopped:
        raise
    except EngineError as error:
        if not config.fallback:
            raise
        if mind is not None:  # a model that cannot be had is told of where the engine is made
            mind.hooks.say(f"Understood without the model: {error}")
        return design


def _is_first(job: AgentJob) -> bool:
    runs = AgentJob.objects.filter(project_id=job.project_id, agent_type=AgentType.PIPELINE)
    return not runs.exclude(pk=job.pk).exists()


def _was_asked(job: AgentJob) -> bool:
    return AIProviderUsage.objects.filter(job=job, request_type="understand", success=True).exists()


def tell_proposed(spec: AppSpec, thinker: str | None, events: EventBatch) -> None:
    """Log which parts of a design a model proposed."""
    parts = list(_proposed(spec))
    if thinker is not None and parts:
        events.log(f"The model proposed: {', '.join(parts)}", source=source_of(thinker))


def _proposed(spec: AppSpec) -> Iterator[str]:
    for entity in spec.entities:
        if _is_by_model(entity):
            yield entity.name
            continue
        names = [field.name for field in entity.fields if _is_by_model(field)]
        names += [link.name for link in entity.relations if _is_by_model(link)]
        yield from (f"{entity.name}.{name}" for name in names)


def _is_by_model(part: Inferred) -> bool:
    return any(source.part == "model" for source in part.inferred_from)
