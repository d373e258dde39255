"""The engine of a job: made from its options, the settings, and the job's own record keeping."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

from django.conf import settings

from generation.engines.base import Engine, EngineError, EngineRejected
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.llm import Hooks, ModelEngine
from generation.engines.llm.mind import Mind
from generation.engines.providers.base import ModelMissing, Provider, StopSignal
from generation.engines.providers.ollama import OllamaProvider
from generation.engines.registry import MODEL_ENGINES, EngineChoice, get_engine
from generation.errors import EngineNotReady
from generation.events import event_batch
from generation.models import AgentJob, GenerationStep, LogLevel, LogSource
from generation.pipeline.config import RunOptions
from generation.usage import check_budget, record_call


def engine_for(
    options: RunOptions,
    job: AgentJob,
    *,
    step: GenerationStep | None = None,
    stop: StopSignal | None = None,
) -> Engine:
    """Return the engine that carries out a job, or one step of it.

    Raises `EngineRejected` when there is none of that name.
    """
    mind = mind_for(options, job, step=step, stop=stop)
    if mind is None:
        return get_engine(EngineChoice.parse(options.engine).name)
    return ModelEngine(mind, BuiltinEngine(), fallback=options.fallback)


def mind_for(
    options: RunOptions,
    job: AgentJob,
    *,
    step: GenerationStep | None = None,
    stop: StopSignal | None = None,
) -> Mind | None:
    """Return the model that a job thinks with; None for an engine that has none."""
    choice = EngineChoice.parse(options.engine)
    if not choice.has_models:
        return None
    provider = provider_of(choice.name)
    hooks = Hooks(
        record=lambda call, kind: record_call(call, job=job, step=step, request_type=kind),
        allow=partial(check_budget, job),
        say=_Says(job, step, source_of(choice.name)),
        stop=stop,
    )
    return Mind(provider, choice.model or _first_model(provider), hooks, options.temperature)


def settled(options: RunOptions) -> RunOptions:
    """Return options that name the model to use, after a look at whether it is there.

    Raises `EngineNotReady` with what to do.
    """
    try:
        choice = EngineChoice.parse(options.engine)
        if not choice.has_models:
            return options
        provider = provider_of(choice.name)
        known = [model.name for model in provider.models()]
        model = choice.model or _first_model(provider)
        if model not in known and f"{model}:latest" not in known:
            raise ModelMissing(
                f"There is no model {model!r}. There are: {', '.join(known) or 'none yet'}. "
                f"Fetch it with `./codegen models --pull {model}`, or choose another."
            )
    except EngineError as error:
        raise EngineNotReady(str(error), code=error.code) from error
    return options.model_copy(update={"engine": str(EngineChoice(choice.name, model))})


@dataclass(frozen=True)
class Offer:
    """An engine to choose, with the models it has now; `trouble` says why it cannot be used."""

    name: str
    label: str
    models: tuple[str, ...] = ()
    trouble: str = ""


def offers() -> list[Offer]:
    """Return the engines with models, after a look at what each has."""
    return [_offer(name) for name in MODEL_ENGINES]


def _offer(name: str) -> Offer:
    label = str(source_of(name).label)
    try:
        models = tuple(model.name for model in provider_of(name).models())
    except EngineError as error:
        return Offer(name, label, trouble=str(error))
    trouble = "" if models else "It runs, but has no models yet."
    return Offer(name, label, models, trouble)


def source_of(provider: str) -> LogSource:
    """Return what a provider's log lines are marked with."""
    return LogSource(provider.upper())


@lru_cache(maxsize=8)
def provider_of(name: str) -> Provider:
    """Return a provider; it is kept, since it remembers what it has learnt of its models."""
    if name == OllamaProvider.name:
        return ollama()
    raise EngineRejected(f"There is no provider {name!r}.")


def ollama() -> OllamaProvider:
    """Return the Ollama server of the settings."""
    return OllamaProvider(settings.OLLAMA_HOST, silence=settings.OLLAMA_SILENCE)


def _first_model(provider: Provider) -> str:
    models = provider.models()
    if not models:
        raise ModelMissing("There is no model yet. Fetch one with `./codegen models --pull MODEL`.")
    return models[0].name


class _Says:
    """Writes what an engine has to say into the project's log, as a warning."""

    def __init__(self, job: AgentJob, step: GenerationStep | None, source: LogSource) -> None:
        self.job, self.step, self.source = job, step, source

    def __call__(self, text: str) -> None:
        with event_batch(self.job.project_id) as events:
            events.log(
                text,
                level=LogLevel.WARNING,
                source=self.source,
                step_id=self.step.step_id if self.step else None,
            )
