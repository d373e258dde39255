"""The typed content of a job's JSON columns."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from generation.engines.base import StepContext
from generation.models import AgentJob
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


class JobConfig(BaseModel):
    """How a job is to run, and, once it is planned, the AppSpec it builds.

    `kept` holds the paths of the files that it takes over from the version before; `reread` asks
    for the words to be read again although there is a design.
    The budgets, in tokens and US dollars, bound its calls to models; null is no bound.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: str = "builtin"
    budget_tokens: int | None = None
    budget_usd: float | None = None
    spec: AppSpec | None = None
    kept: tuple[str, ...] = ()
    reread: bool = False


class JobResult(BaseModel):
    """What a finished job made, and what it could not place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: int
    steps: int
    unplaced: tuple[str, ...] = ()
    summary: str = ""


def config_of(job: AgentJob) -> JobConfig:
    """Return a job's configuration."""
    return JobConfig.model_validate(job.config or {})


def request_of(job: AgentJob) -> AppRequest:
    """Return what the job was asked for."""
    return AppRequest.model_validate(job.input_context or {})


@lru_cache(maxsize=16)
def planned_job(job_id: UUID) -> tuple[str, StepContext]:
    """Return the engine of a planned job and what it needs to know beside a step's input.

    Neither changes once the job is planned, and a worker carries out many steps of one job.
    """
    job = AgentJob.objects.only("config", "input_context").get(pk=job_id)
    config, request = config_of(job), request_of(job)
    if config.spec is None:
        raise ValueError(f"job {job_id} is not planned")
    context = StepContext(spec=config.spec, stack=request.tech_stack, styling=request.styling)
    return config.engine, context
