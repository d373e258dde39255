"""Asking for an answer of a given shape, and asking again with what was wrong with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generation.engines.base import EngineError
from generation.engines.providers.base import (
    Answer,
    ChatRequest,
    EngineUnavailable,
    InvalidOutput,
    Message,
    Provider,
    StopSignal,
)
from generation.engines.providers.reading import read_json
from generation.engines.providers.stopping import pause

TRIES = 3
FIRST_WAIT = 0.5  # seconds; doubled with each try
SHOWN_ERRORS = 10
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class Call:
    """One call to a provider, for the record; `error` is the code of what went wrong."""

    provider: str
    model: str
    seconds: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    error: str | None = None


Record = Callable[[Call], None]


def ask(
    provider: Provider,
    request: ChatRequest,
    shape: type[Shape],
    *,
    record: Record,
    judge: Callable[[Shape], str | None] | None = None,
    stop: StopSignal | None = None,
    tries: int = TRIES,
) -> Shape:
    """Ask for JSON of a shape, at most `tries` times, and return it validated.

    `judge` returns what is wrong with an answer of the shape, or nothing. A second try shows the
    model what was wrong with its first. Raises what the provider raises, and `InvalidOutput` when
    no answer was right, or the same was wrong twice.
    """
    request = replace(request, schema=_schema_of(shape))
    wrong: list[str] = []
    while True:
        answer = _call(provider, request, record, stop, tries=len(wrong))
        try:
            answered = shape.model_validate(read_json(answer.text))
            fault = judge(answered) if judge else None
            if fault is None:
                return answered
        except ValidationError as error:
            fault = _explained(error)
        except InvalidOutput as error:
            fault = str(error)
        if fault in wrong or len(wrong) + 1 >= tries:
            raise InvalidOutput(f"The model did not give what it was asked for. {fault}")
        wrong.append(fault)
        request = replace(request, messages=(*request.messages, *_asked_again(answer, fault)))


@lru_cache(maxsize=64)
def _schema_of(shape: type[BaseModel]) -> Mapping[str, Any]:
    return shape.model_json_schema()


def _call(
    provider: Provider, request: ChatRequest, record: Record, stop: StopSignal | None, *, tries: int
) -> Answer:
    """Ask once; what may be better a moment later is asked again, within the same bound."""
    wait = FIRST_WAIT
    while True:
        started = time.monotonic()
        call = Call(provider.name, request.model, 0.0)
        try:
            answer = provider.chat(request, stop=stop)
        except EngineError as error:
            record(replace(call, seconds=time.monotonic() - started, error=error.code))
            tries += 1
            if not isinstance(error, EngineUnavailable) or tries >= TRIES:
                raise
            pause(wait, stop)
            wait *= 2
            continue
        record(
            replace(
                call,
                seconds=time.monotonic() - started,
                prompt_tokens=answer.prompt_tokens,
                completion_tokens=answer.completion_tokens,
            )
        )
        return answer


def _explained(error: ValidationError) -> str:
    lines = [
        f"{'.'.join(map(str, fault['loc'])) or 'the answer'}: {fault['msg']}"
        for fault in error.errors(include_url=False, include_input=False)[:SHOWN_ERRORS]
    ]
    return "; ".join(lines)


def _asked_again(answer: Answer, fault: str) -> tuple[Message, Message]:
    return (
        Message("assistant", answer.text),
        Message("user", f"That was not valid: {fault}. Answer again with the whole JSON alone."),
    )
