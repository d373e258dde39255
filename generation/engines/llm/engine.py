"""An engine with a model: it adds to what the built-in engine makes, and never takes from it."""

from __future__ import annotations

from generation.engines.base import (
    EngineError,
    GeneratedFile,
    InvalidOutput,
    Plan,
    StepContext,
    StepInput,
    SummaryText,
    Version,
)
from generation.engines.builtin.engine import STACKS, BuiltinEngine
from generation.engines.checks import check_edit, check_file
from generation.engines.llm.alone import plan_alone, warning_of
from generation.engines.llm.mind import Mind
from generation.engines.llm.plan import NOT_FILLED, extend_plan
from generation.engines.llm.steps import CUSTOM, PLANNED_BY
from generation.engines.llm.understand import propose
from generation.engines.llm.write import edit_file, write_file
from generation.engines.providers.base import Stopped
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


class ModelEngine:
    """Plans and writes with a model over the built-in engine.

    With `fallback` on, what the model cannot plan is planned by the built-in engine alone.
    A file that it cannot write is an `EngineError`: the floor needs none of them.
    """

    def __init__(self, mind: Mind, floor: BuiltinEngine, *, fallback: bool = True) -> None:
        self.name = mind.provider.name
        self._mind, self._floor, self._fallback = mind, floor, fallback

    def understand(self, request: AppRequest) -> AppSpec:
        """Read a request's words by rules, and add what the model proposes."""
        spec = self._floor.understand(request)
        if not self._mind.strategy.proposes:
            return spec
        try:
            return propose(self._mind, request, spec)
        except Stopped:
            raise
        except EngineError as error:
            self._without_model("Understood", error)
            return spec

    def plan(
        self, spec: AppSpec, *, stack: str, styling: str, previous: Version | None = None
    ) -> Plan:
        """Lay out the built-in engine's steps, and behind them those of the model.

        In a stack that has no templates the model's are all there are.
        """
        context = StepContext(spec, stack, styling)
        if stack not in STACKS:
            return plan_alone(self._mind, context)
        plan = self._floor.plan(spec, stack=stack, styling=styling, previous=previous)
        for _round in range(self._mind.strategy.rounds):
            try:
                plan = extend_plan(self._mind, self._floor, plan, context)
            except Stopped:
                raise
            except EngineError as error:
                self._without_model("Planned", error)
                break
        return plan

    def _without_model(self, done: str, error: EngineError) -> None:
        """Say that something is done by rules alone; raise the error where that is not wanted."""
        if not self._fallback:
            raise error
        self._mind.hooks.say(f"{done} without the model: {error}")

    def create(self, step_input: StepInput, context: StepContext) -> GeneratedFile:
        """Fill a template of the stack, or have the model write the file."""
        path = str(step_input["file_path"])
        if step_input["template"] == CUSTOM:
            code = write_file(self._mind, step_input, context)
            return GeneratedFile(path, code, made_by=self.name)
        if PLANNED_BY not in step_input:
            return self._floor.create(step_input, context)
        try:
            made = self._floor.create(step_input, context)
        except NOT_FILLED as error:
            raise _not_filled(step_input, error) from error
        for fault in check_file(path, made.code, context.files()):
            raise _not_filled(step_input, fault)
        return made

    def refactor(
        self, step_input: StepInput, existing_code: str, context: StepContext
    ) -> GeneratedFile:
        """Apply a built-in edit, or have the model change the file."""
        path = str(step_input["file_path"])
        if step_input["template"] == CUSTOM:
            code = edit_file(self._mind, step_input, existing_code, context)
            return GeneratedFile(path, code, made_by=self.name)
        if PLANNED_BY not in step_input:
            return self._floor.refactor(step_input, existing_code, context)
        try:
            made = self._floor.refactor(step_input, existing_code, context)
        except NOT_FILLED as error:
            raise _not_filled(step_input, error) from error
        for fault in check_edit(path, existing_code, made.code, context.files()):
            raise _not_filled(step_input, fault)
        return made

    def summarise(self, context: StepContext) -> SummaryText:
        """Say in a few lines what was built."""
        summary = self._floor.summarise(context)
        return summary if context.stack in STACKS else f"{summary}\n{warning_of(context.stack)}"


def _not_filled(step_input: StepInput, why: object) -> InvalidOutput:
    return InvalidOutput(f"The template {step_input['template']} failed: {why}")
