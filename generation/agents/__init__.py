"""Agents: typed functions from a request to a shape of seed 004, by rules or with a model."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel

from generation.agents.agent import Agent, AgentRequest, AnyAgent, Progress, Watch
from generation.agents.code import CODE
from generation.agents.qa import QA
from generation.agents.research import RESEARCH
from generation.agents.schemas import AgentType
from generation.agents.wireframe import WIREFRAME
from generation.engines.base import EngineRejected
from generation.engines.llm.mind import Mind
from generation.engines.providers.base import StopSignal

AGENTS: Mapping[AgentType, AnyAgent] = MappingProxyType(
    {agent.kind: agent for agent in (RESEARCH, WIREFRAME, CODE, QA)}
)


class AgentNotAvailable(EngineRejected):
    """There is no such agent, or not yet."""

    code = "agent_not_available"


def run_agent(
    agent_type: str,
    request: AgentRequest,
    *,
    mind: Mind | None = None,
    stop: StopSignal | None = None,
    progress: Progress = lambda _percent: None,
) -> BaseModel:
    """Return what an agent makes of a request, of the shape `AGENTS[agent_type].shape`.

    Without a `mind` the rules do the work; a mind's hooks hear of each call. `progress` is told
    how far the work is in percent, from 0 to 100. Raises `AgentNotAvailable`, and the `EngineError`
    of what went wrong.
    """
    agent = next((agent for kind, agent in AGENTS.items() if kind.value == agent_type), None)
    if agent is None:
        raise AgentNotAvailable(
            f"There is no agent {agent_type!r} yet. Use one of: {', '.join(AGENTS)}."
        )
    made: BaseModel = agent.run(request, mind=mind, watch=Watch(progress, stop))
    return made


__all__ = [
    "AGENTS",
    "Agent",
    "AgentNotAvailable",
    "AgentRequest",
    "run_agent",
]
