"""The engine of a job: made from its options, the settings, and the job's own record keeping."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from django.conf import settings

from generation.engines.ainative import AINativeEngine
from generation.engines.base import Engine, EngineError, EngineRejected
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.llm import Hooks, ModelEngine
from generation.engines.llm.mind import Mind
from generation.engines.llm.strategy import STRATEGIES
from generation.engines.providers.base import ModelMissing, Provider, StopSignal
from generation.engines.providers.catalogue import ProviderSettings, provider_named
from generation.engines.providers.ollama import OllamaProvider
from generation.engines.registry import AINATIVE, EngineChoice, get_engine
from generation.events import event_batch
from generation.keys import key_for
from generation.model_hosts import check_host
from generation.models import AgentJob, GenerationStep, LogLevel, LogSource
from generation.pipeline.config import RunOptions
from generation.pipeline.ending import is_extra
from generation.usage import check_budget, record_call
from projects.models import User

if TYPE_CHECKING:
    from generation.engines.providers.ainative import AINativeClient


def engine_for(
    options: RunOptions,
    job: AgentJob,
    *,
    step: GenerationStep | None = None,
    stop: StopSignal | None = None,
) -> Engine:
    """Return the engine that carries out a job, or one step of it.

    With `fallback` the built-in engine stands in for one that cannot be had any more, such as
    one whose key was removed, save at a step that only that one can carry out. Raises
    `EngineRejected` when there is none of that name.
    """
    choice = EngineChoice.parse(options.engine)
    try:
        return _chosen(choice, options, job, step, stop)
    except EngineError as error:
        needed = step is not None and is_extra(step)
        if needed or not (options.fallback and choice.asks_others):
            raise
        if step is None:
            said = f"Without {source_of(choice.name).label}: {error}"
            _Says(job, None, source_of(choice.name))(said)
        return BuiltinEngine()


def _chosen(
    choice: EngineChoice,
    options: RunOptions,
    job: AgentJob,
    step: GenerationStep | None,
    stop: StopSignal | None,
) -> Engine:
    mind = mind_for(options, job, step=step, stop=stop)
    if mind is None and not choice.asks_others:
        return get_engine(choice.name)
    floor = BuiltinEngine()
    engine = ModelEngine(mind, floor, fallback=options.fallback) if mind else floor
    if choice.name != AINATIVE:
        return engine
    hooks = hooks_of(choice.name, job, step, stop)
    return AINativeEngine(ainative_for(job.user), engine, hooks=hooks)


def mind_for(
    options: RunOptions,
    job: AgentJob,
    *,
    step: GenerationStep | None = None,
    stop: StopSignal | None = None,
) -> Mind | None:
    """Return the model that a job thinks with; None for an engine that has none.

    Raises `EngineRejected` when it cannot be had, for want of a key for instance.
    """
    choice = EngineChoice.parse(options.engine)
    if choice.thinker is None:
        return None
    provider = provider_for(choice.thinker, job.user)
    hooks = hooks_of(choice.thinker, job, step, stop)
    return Mind(
        provider,
        choice.model or first_model(provider),
        hooks,
        options.temperature,
        STRATEGIES[options.strategy],
        options.max_tokens,
    )


def hooks_of(
    provider: str, job: AgentJob, step: GenerationStep | None, stop: StopSignal | None
) -> Hooks:
    """Return what an engine tells a job: each call is recorded with it and held to its budget."""
    return Hooks(
        record=lambda call, kind: record_call(call, job=job, step=step, request_type=kind),
        allow=partial(check_budget, job),
        say=_Says(job, step, source_of(provider)),
        stop=stop,
    )


def source_of(provider: str) -> LogSource:
    """Return what a provider's log lines are marked with."""
    return LogSource(provider.upper())


def provider_for(name: str, user: User) -> Provider:
    """Return a provider that asks with the user's key, else the site's.

    Raises `EngineRejected` where there is no usable key, or no SDK, and `HostNotAllowed`.
    """
    if address := addresses()[name]:
        check_host(address, user)
    return provider_of(name, None if name == OllamaProvider.name else key_for(user, name))


def addresses() -> dict[str, str]:
    """Return where providers are asked by the settings; an empty one is the vendor's own."""
    return {
        OllamaProvider.name: settings.OLLAMA_HOST,
        "openai": settings.OPENAI_BASE_URL,
        "anthropic": settings.ANTHROPIC_BASE_URL,
        "gemini": settings.GEMINI_BASE_URL,
    }


@lru_cache(maxsize=32)
def provider_of(name: str, key: str | None = None) -> Provider:
    """Return a provider; it is kept, since it remembers what it has learnt of its models."""
    given = ProviderSettings(settings.OLLAMA_HOST, settings.OLLAMA_SILENCE, addresses())
    return provider_named(name, given, key=key)


def ollama() -> OllamaProvider:
    """Return the Ollama server of the settings."""
    return OllamaProvider(settings.OLLAMA_HOST, silence=settings.OLLAMA_SILENCE)


def ainative_for(user: User) -> AINativeClient:
    """Return a client of AINative with the user's key, else the site's.

    Raises `EngineRejected` where there is no usable key, and `HostNotAllowed`.
    """
    # Its client is loaded by those alone who ask it.
    from generation.engines.providers.ainative import AINativeClient, Paths  # noqa: PLC0415

    key = key_for(user, AINATIVE)
    if not key:
        raise EngineRejected("AINative needs a key: set AINATIVE_API_KEY, or one in your account.")
    client = AINativeClient(
        settings.AINATIVE_BASE_URL,
        key,
        header=settings.AINATIVE_KEY_HEADER,
        seconds=settings.AINATIVE_SECONDS,
        paths=Paths(
            settings.AINATIVE_CREATE_PATH,
            settings.AINATIVE_REFACTOR_PATH,
            settings.AINATIVE_MEMORY_PATH,
            settings.AINATIVE_SEARCH_PATH,
        ),
    )
    check_host(client.url, user)
    return client


def first_model(provider: Provider) -> str:
    """Return the first model that a provider lists. Raises `ModelMissing` where it has none."""
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
