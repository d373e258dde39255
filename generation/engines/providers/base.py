"""What a provider of models is: requests and answers as frozen values, and what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from generation.engines.base import EngineError, EngineRejected, EngineUnavailable, InvalidOutput


class ModelMissing(EngineRejected):
    """The server does not have the model."""

    code = "model_missing"


class PromptTooLong(EngineRejected):
    """The prompt and the room for its answer do not fit into the model."""

    code = "prompt_too_long"


class AnswerCut(InvalidOutput):
    """The model did not see the whole prompt, or could not finish: never to be used."""

    code = "answer_cut"


class Stopped(EngineError):
    """The caller's stop signal ended the call."""

    code = "stopped"


class StopSignal(Protocol):
    """Tells whether to stop; a `threading.Event` is one."""

    def is_set(self) -> bool:
        """Return whether the call is to end."""


@dataclass(frozen=True)
class Message:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class ChatRequest:
    """One question; `schema` is a JSON schema that the answer has to follow.

    `answer_tokens` is the room kept for the answer.
    """

    model: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = None
    temperature: float = 0.2
    answer_tokens: int = 8192


@dataclass(frozen=True)
class Answer:
    """What a model said, without its thinking, and the tokens that it took."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True)
class ModelInfo:
    """What is known of a model; `context_length` is in tokens, `size` in bytes."""

    name: str
    context_length: int | None = None
    capabilities: frozenset[str] = frozenset()
    size: int | None = None


class Provider(Protocol):
    """Answers questions with models.

    Raises `EngineUnavailable` (another try may help), `EngineRejected` (it will not),
    `InvalidOutput` (the answer cannot be used) or `Stopped`.
    """

    @property
    def name(self) -> str:
        """Return the name that usage is recorded under."""

    def models(self) -> tuple[ModelInfo, ...]:
        """Return the models there are, as the provider lists them."""

    def chat(self, request: ChatRequest, *, stop: StopSignal | None = None) -> Answer:
        """Ask a model and return its whole answer; a stop signal ends the call within 2 s."""


__all__ = [
    "Answer",
    "AnswerCut",
    "ChatRequest",
    "EngineRejected",
    "EngineUnavailable",
    "InvalidOutput",
    "Message",
    "ModelInfo",
    "ModelMissing",
    "PromptTooLong",
    "Provider",
    "StopSignal",
    "Stopped",
]
