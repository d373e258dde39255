"""The engine that needs no model and no network: rules and templates."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from generation.engines.base import (
    EngineRejected,
    GeneratedFile,
    Plan,
    StepContext,
    StepInput,
    SummaryText,
    Version,
)
from generation.engines.builtin.planner import make_plan
from generation.engines.builtin.renderer import render
from generation.engines.builtin.stack import History, Stack
from generation.engines.builtin.summary import summary_of
from generation.engines.builtin.understanding import understand
from projects.spec.jdl_start import InvalidJdl
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest

# The packages of the stacks by name; one is imported when it is first used.
STACKS = {
    "React + FastAPI + PostgreSQL": "react_fastapi",
    "Django + HTMX + PostgreSQL": "django_htmx",
}


class BuiltinEngine:
    """Plans and writes every supported stack; the same spec gives the same bytes."""

    name = "builtin"

    def understand(self, request: AppRequest) -> AppSpec:
        """Read a request's words by rules; a model that was stored may be refused by now."""
        try:
            return understand(request)
        except InvalidJdl as error:
            raise EngineRejected(str(error)) from error

    def plan(
        self, spec: AppSpec, *, stack: str, styling: str, previous: Version | None = None
    ) -> Plan:
        """Lay out one step for each file and each edit."""
        return make_plan(spec, _stack(stack), styling, previous)

    def history_of(self, stack: str) -> History:
        """Return how a stack changes the database of an app that is in use."""
        return _stack(stack).history

    def create(self, step_input: StepInput, context: StepContext) -> GeneratedFile:
        """Fill the step's template."""
        template, path = str(step_input["template"]), str(step_input["file_path"])
        stack = _stack(context.stack)
        part = stack.part_with(template)
        if part is None:
            raise EngineRejected(f"The built-in engine has no template {template!r}.")
        variables = {**step_input.get("variables", {}), "file_path": path}
        values = part.context_for(template, variables, context.spec, context.styling)
        code = render(stack.folder(part), template, values)
        return GeneratedFile(path, code, made_by=self.name)

    def refactor(
        self, step_input: StepInput, existing_code: str, context: StepContext
    ) -> GeneratedFile:
        """Apply the step's built-in edit."""
        template, path = str(step_input["template"]), str(step_input["file_path"])
        edit = _stack(context.stack).edit(template)
        if edit is None:
            raise EngineRejected(f"The built-in engine has no edit {template!r}.")
        variables = step_input.get("variables", {})
        code = edit(existing_code, variables, context.spec, context.styling)
        return GeneratedFile(path, code, made_by=self.name)

    def summarise(self, context: StepContext) -> SummaryText:
        """Say in a few lines what was built."""
        return summary_of(context.spec, context.stack, context.styling)


@cache
def _stack(name: str) -> Stack:
    package = STACKS.get(name)
    if package is None:
        raise EngineRejected(f"The built-in engine does not write {name!r} yet.")
    stack: Stack = import_module(f"generation.engines.builtin.stacks.{package}").STACK
    return stack
