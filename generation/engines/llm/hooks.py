"""What an engine tells its caller while it works, and what the caller may tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generation.engines.providers.base import (
    Answer,
    ChatRequest,
    ModelInfo,
    Provider,
    StopSignal,
)
from generation.engines.providers.structured import Call


def _nothing(*_args: object) -> None:
    """Do nothing."""


@dataclass(frozen=True)
class Hooks:
    """`allow` is asked before each call and raises `EngineRejected` when there is to be none.

    `record` hears of each call, `say` of what people should know, as a warning; `stop` ends a
    call that is under way.
    """

    record: Callable[[Call, str], None] = _nothing
    allow: Callable[[], None] = _nothing
    say: Callable[[str], None] = _nothing
    stop: StopSignal | None = None


@dataclass(frozen=True)
class Allowed:
    """A provider that is asked only when `allow` lets it."""

    provider: Provider
    allow: Callable[[], None]

    @property
    def name(self) -> str:
        """Return the provider's name."""
        return self.provider.name

    def models(self) -> tuple[ModelInfo, ...]:
        """Return the provider's models."""
        return self.provider.models()

    def chat(self, request: ChatRequest, *, stop: StopSignal | None = None) -> Answer:
        """Ask for leave, then the model."""
        self.allow()
        return self.provider.chat(request, stop=stop)
