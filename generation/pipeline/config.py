"""The typed content of a job's JSON columns."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from generation.agents.questions import Depth
from generation.engines.base import StepContext
from generation.engines.llm.mind import ANSWER_TOKENS, TEMPERATURE
from generation.engines.llm.strategy import StrategyName
from generation.models import AgentJob, AgentType
from projects.models import Project
from projects.spec.models import AppSpec
from projects.spec.request import TECH_STACKS, AppRequest, stored_request

LEAST_TOKENS, MOST_TOKENS = 256, 131_072


class RunOptions(BaseModel):
    """How an app is to be made: an engine, with its model as in `ollama:coder:7b`.

    With `fallback`, what a model cannot do is left to the built-in engine, or left out.
    `strategy` says how much a model is asked, and `max_tokens` is the room for one answer. The
    budgets, in tokens and US dollars, bound its calls to models; null is no bound. `clarify` says
    how much the person wants to be asked before it is planned; null asks nothing. With `approve`
    the plan waits until the person has looked at it.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    engine: str = "builtin"
    fallback: bool = True
    temperature: float = Field(default=TEMPERATURE, ge=0, le=2)
    strategy: StrategyName = "balanced"
    max_tokens: int = Field(default=ANSWER_TOKENS, ge=LEAST_TOKENS, le=MOST_TOKENS)
    budget_tokens: int | None = Field(default=None, ge=0)
    budget_usd: float | None = Field(default=None, ge=0)
    clarify: Depth | None = None
    approve: bool = False


class JobConfig(RunOptions):
    """A job's options and, once it is planned, the AppSpec it builds.

    `kept` holds the paths of the files that it takes over from the version before; `reread` asks
    for the words to be read again although there is a design, and `approved` says that a person
    has let the plan be carried out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    spec: AppSpec | None = None
    kept: tuple[str, ...] = ()
    reread: bool = False
    approved: bool = False


class JobResult(BaseModel):
    """What a finished job made, what it could not place, and who did the rest.

    `by_model` holds the features that a model added; `left_out` says of each step that the app
    is built without why. `merged` are the files that were merged with a person's changes,
    `conflicts` those that wait for a decision about them, and `left_deleted` those that a person
    has deleted and that were not made again. `model_only` says that the stack has no templates, so
    that a model alone wrote it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: int
    steps: int
    unplaced: tuple[str, ...] = ()
    by_model: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    left_deleted: tuple[str, ...] = ()
    model_only: bool = False
    summary: str = ""


def config_of(job: AgentJob) -> JobConfig:
    """Return a job's configuration."""
    return JobConfig.model_validate(job.config or {})


def result_of(job: AgentJob) -> JobResult | None:
    """Return what a generation that has ended made; nothing before that."""
    ended = job.agent_type == AgentType.PIPELINE and job.result
    return JobResult.model_validate(job.result) if ended else None


def is_model_only(stack: str) -> bool:
    """Tell whether a stack has no templates, so that a model alone writes apps in it."""
    return stack not in TECH_STACKS


def options_of(project: Project) -> RunOptions:
    """Return how a project is to be made."""
    return RunOptions.model_validate(project.settings)


def request_of(job: AgentJob) -> AppRequest:
    """Return what the job was asked for."""
    return stored_request(job.input_context or {})


@lru_cache(maxsize=16)
def planned_job(job_id: UUID) -> tuple[JobConfig, StepContext]:
    """Return the configuration of a planned job and what it needs to know beside a step's input.

    Neither changes once the job is planned, and a worker carries out many steps of one job.
    """
    job = AgentJob.objects.only("config", "input_context").get(pk=job_id)
    config, request = config_of(job), request_of(job)
    if config.spec is None:
        raise ValueError(f"job {job_id} is not planned")
    context = StepContext(spec=config.spec, stack=request.tech_stack, styling=request.styling)
    return config, context
