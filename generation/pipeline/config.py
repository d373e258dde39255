"""The typed content of a job's JSON columns."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from generation.engines.base import StepContext
from generation.models import AgentJob
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


class JobConfig(BaseModel):
    """How a job is to run, and, once it is planned, the AppSpec it builds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: str = "builtin"
    spec: AppSpec | None = None


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


def context_of(job: AgentJob) -> StepContext:
    """Return what an engine needs to know beside a step's input."""
    config, request = config_of(job), request_of(job)
    if config.spec is None:
        raise ValueError(f"job {job.id} is not planned")
    return StepContext(spec=config.spec, stack=request.tech_stack, styling=request.styling)
