"""A model to think with: one provider, one model, one way to ask for an answer of a shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from generation.engines.llm.hooks import Allowed, Hooks
from generation.engines.llm.prompts import prompt
from generation.engines.llm.strategy import BALANCED, Strategy
from generation.engines.providers.base import ChatRequest, Message, Provider
from generation.engines.providers.structured import ask

Shape = TypeVar("Shape", bound=BaseModel)
TEMPERATURE = 0.2
ANSWER_TOKENS = 8192  # the room for an answer


@dataclass(frozen=True)
class Mind:
    """Asks one model; what is asked and heard goes through the `hooks`."""

    provider: Provider
    model: str
    hooks: Hooks = field(default_factory=Hooks)
    temperature: float = TEMPERATURE
    strategy: Strategy = BALANCED
    answer_tokens: int = ANSWER_TOKENS

    def answer(
        self,
        request_type: str,
        shape: type[Shape],
        values: dict[str, object],
        judge: Callable[[Shape], str | None] | None = None,
    ) -> Shape:
        """Fill the prompt of that type with values and return the answer.

        Raises `EngineError`: `InvalidOutput` when no answer had the shape and passed `judge`,
        which returns what is wrong with one.
        """
        request = ChatRequest(
            model=self.model,
            messages=(
                Message("system", prompt("system")),
                Message("user", prompt(request_type, **values)),
            ),
            temperature=self.temperature,
            answer_tokens=self.answer_tokens,
        )
        return ask(
            Allowed(self.provider, self.hooks.allow),
            request,
            shape,
            judge=judge,
            record=lambda call: self.hooks.record(call, request_type),
            stop=self.hooks.stop,
            tries=self.strategy.tries,
        )
