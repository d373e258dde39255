"""An engine whose custom files AINative writes; the rest is done by another engine."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from generation.engines.base import (
    Engine,
    EngineError,
    GeneratedFile,
    InvalidOutput,
    Plan,
    StepContext,
    StepInput,
    SummaryText,
    Version,
)
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.checks import Fault, check_edit, check_file
from generation.engines.llm.hooks import Hooks
from generation.engines.llm.steps import CUSTOM
from generation.engines.placing import with_pages
from generation.engines.providers.structured import TRIES, Call
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest

if TYPE_CHECKING:
    from generation.engines.providers.ainative import AINativeClient

# The service does not say which models it asks.
MODEL = "AINative"
MOST_FAULTS = 8
Check = Callable[[str], tuple[Fault, ...]]


class AINativeEngine:
    """Has AINative write what a step describes in words; `base` understands, plans and renders.

    Where no model has planned, AINative is given what rules could not place: a page for each.
    A file is AINative's only when the cheap checks find nothing in it. Raises what the client
    raises, and `InvalidOutput` when no try was right, or two had the same faults.
    """

    name = "ainative"

    def __init__(self, client: AINativeClient, base: Engine, *, hooks: Hooks | None = None) -> None:
        self._client, self._base = client, base
        self._hooks = hooks or Hooks()

    def understand(self, request: AppRequest) -> AppSpec:
        """Read a request with the other engine."""
        return self._base.understand(request)

    def plan(
        self, spec: AppSpec, *, stack: str, styling: str, previous: Version | None = None
    ) -> Plan:
        """Lay out the steps with the other engine, and pages for what rules alone cannot place."""
        plan = self._base.plan(spec, stack=stack, styling=styling, previous=previous)
        if not isinstance(self._base, BuiltinEngine):
            return plan
        context = StepContext(spec, stack, styling)
        return with_pages(plan, self._base, context, by=self.name, say=self._hooks.say)

    def create(self, step_input: StepInput, context: StepContext) -> GeneratedFile:
        """Have AINative write a custom file; render any other."""
        if step_input["template"] != CUSTOM:
            return self._base.create(step_input, context)
        path, files = str(step_input["file_path"]), context.files()
        variables = {
            "instructions": str(step_input.get("instructions", "")),
            "stack": context.stack,
            "styling": context.styling,
            **(step_input.get("variables") or {}),
        }

        def ask() -> str:
            return self._client.create(CUSTOM, path, variables, stop=self._hooks.stop)

        code = self._call("write", ask)
        return self._checked(path, code, lambda text: check_file(path, text, files))

    def refactor(
        self, step_input: StepInput, existing_code: str, context: StepContext
    ) -> GeneratedFile:
        """Have AINative change a file as custom instructions say; apply any other edit."""
        if step_input["template"] != CUSTOM:
            return self._base.refactor(step_input, existing_code, context)
        path, files = str(step_input["file_path"]), context.files()
        instructions = str(step_input.get("instructions", ""))
        code = self._refactor(path, existing_code, instructions)
        return self._checked(path, code, lambda text: check_edit(path, existing_code, text, files))

    def summarise(self, context: StepContext) -> SummaryText:
        """Say with the other engine what was built."""
        return self._base.summarise(context)

    def _checked(self, path: str, code: str, check: Check) -> GeneratedFile:
        """Return a file without faults; AINative is asked to mend one that has some."""
        seen: list[str] = []
        while faults := check(_ended(code)):
            said = "; ".join(map(str, faults[:MOST_FAULTS]))
            if said in seen or len(seen) + 1 == TRIES:
                raise InvalidOutput(f"AINative did not give what it was asked for. {said}")
            seen.append(said)
            code = self._refactor(path, code, f"Correct what is wrong with this file: {said}")
        return GeneratedFile(path, _ended(code), made_by=self.name)

    def _refactor(self, path: str, existing: str, instructions: str) -> str:
        def ask() -> str:
            return self._client.refactor(path, existing, instructions, stop=self._hooks.stop)

        return self._call("edit", ask)

    def _call(self, kind: str, ask: Callable[[], str]) -> str:
        return _recorded(self._hooks, kind, ask)


class AINativeMemory:
    """Keeps memories with AINative, under the id that it gives. Raises what the client raises."""

    def __init__(self, client: AINativeClient, hooks: Hooks) -> None:
        self._client, self._hooks = client, hooks

    def store(self, *, agent_id: str, content: str, metadata: Mapping[str, Any]) -> str:
        """Keep a memory and return its id."""

        def ask() -> str:
            return self._client.store(agent_id, content, metadata, stop=self._hooks.stop)

        return _recorded(self._hooks, "memory", ask)


def _recorded(hooks: Hooks, kind: str, ask: Callable[[], str]) -> str:
    """Ask for leave, then AINative; the call is recorded however it ends."""
    hooks.allow()
    started = time.monotonic()
    error: str | None = None
    try:
        return ask()
    except EngineError as fault:
        error = fault.code
        raise
    finally:
        seconds = time.monotonic() - started
        hooks.record(Call(AINativeEngine.name, MODEL, seconds, error=error), kind)


def _ended(code: str) -> str:
    return code.rstrip() + "\n"
