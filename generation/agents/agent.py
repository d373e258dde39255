"""What an agent is: a typed function from a request to a shape, by rules or with a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from generation.agents.schemas import AgentType
from generation.engines.llm.mind import Mind
from generation.engines.providers.base import Stopped, StopSignal
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest

Shape = TypeVar("Shape", bound=BaseModel)
Progress = Callable[[float], None]  # is told how far the work is, in percent


@dataclass(frozen=True)
class AgentRequest:
    """What an agent works from: the words, what is understood of them, and the files there are.

    `file_path` and `instructions` are for the code agent.
    """

    words: AppRequest
    spec: AppSpec
    files: Mapping[str, str] = field(default_factory=dict)
    file_path: str | None = None
    instructions: str = ""


@dataclass(frozen=True)
class Watch:
    """How a run is watched, and ended."""

    progress: Progress
    stop: StopSignal | None = None

    def at(self, percent: float) -> None:
        """Tell how far the work is; raise `Stopped` when it is to end."""
        if self.stop is not None and self.stop.is_set():
            raise Stopped("The agent was stopped.")
        self.progress(percent)


@dataclass(frozen=True)
class Agent(Generic[Shape]):
    """One agent: `by_rules` needs no model, and the rest says how a model is asked.

    `values` fill the prompt of the agent's name; `faults` says what is wrong with an answer beyond
    its shape, or nothing; `settled` returns an answer beside what the rules know.
    """

    kind: AgentType
    shape: type[Shape]
    by_rules: Callable[[AgentRequest, Watch], Shape]
    values: Callable[[AgentRequest], Mapping[str, object]]
    faults: Callable[[Shape, AgentRequest], str | None]
    settled: Callable[[Shape, AgentRequest, Watch], Shape]

    def run(self, request: AgentRequest, *, mind: Mind | None, watch: Watch) -> Shape:
        """Return what the agent makes of a request. Raises `EngineError`."""
        watch.at(0.0)
        if mind is None:
            made = self.by_rules(request, watch)
        else:
            answer = mind.answer(
                self.kind,
                self.shape,
                dict(self.values(request)),
                judge=lambda given: self.faults(given, request),
            )
            watch.at(80.0)
            made = self.settled(answer, request, watch)
        watch.at(100.0)
        return made


AnyAgent = Agent[Any]
