"""Fetching a model for the Ollama server, one at a time, with its progress kept in the cache."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from time import monotonic

from django.core.cache import cache

from generation.engines.base import EngineError
from generation.errors import GenerationError
from generation.pipeline.engines import ollama

KEY = "codegen:pull"
KEPT_SECONDS = 600
SECONDS_BETWEEN = 0.3


class PullRunning(GenerationError):
    """Another model is being fetched."""

    code = "pull_running"
    status = 409


@dataclass(frozen=True)
class Pull:
    """The last fetching of a model; `part` of 1 is done of the layer that `status` names."""

    model: str
    status: str = "Waiting for a worker…"
    part: float | None = None
    error: str | None = None
    is_over: bool = False


def last_pull() -> Pull | None:
    """Return the pull that runs or ended lately."""
    kept = cache.get(KEY)
    return Pull(**kept) if kept else None


def begin_pull(model: str) -> None:
    """Note that a model is to be fetched. Raises `PullRunning` while another is."""
    running = last_pull()
    if running and not running.is_over:
        raise PullRunning(f"{running.model} is being fetched. Wait for its end.")
    _keep(Pull(model))


def carry_out_pull(model: str) -> None:
    """Fetch a model to the end; what goes wrong is kept with it."""
    pull, told = Pull(model), 0.0
    try:
        for status, part in ollama().pull(model):
            pull = replace(pull, status=status, part=part)
            if monotonic() - told >= SECONDS_BETWEEN:
                told = monotonic()
                _keep(pull)
    except EngineError as error:
        _keep(replace(pull, error=str(error), is_over=True))
        return
    _keep(replace(pull, is_over=True))


def _keep(pull: Pull) -> None:
    cache.set(KEY, asdict(pull), KEPT_SECONDS)
