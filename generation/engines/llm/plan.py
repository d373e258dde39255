"""Planning with a model: what it adds to the floor's plan, which is kept whole."""

from __future__ import annotations

from typing import Any

from generation.engines.base import (
    EngineError,
    EngineRejected,
    Plan,
    PlannedStep,
    StepContext,
    StepInput,
)
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.llm.mind import Mind
from generation.engines.llm.steps import MOST_STEPS, PlanAnswer, Reading, Refused
from projects.spec.models import AppSpec

SHOWN_REASON = 200
# What a template does with a model's variables that it was not made for.
NOT_FILLED = (
    *(LookupError, TypeError, ValueError, AttributeError, StopIteration),
    *(RecursionError, ArithmeticError, AssertionError),
)


def extend_plan(mind: Mind, floor: BuiltinEngine, plan: Plan, context: StepContext) -> Plan:
    """Return the floor's plan with the steps that a model adds.

    A step that cannot be used is asked for once more, then dropped with a word to the caller.
    Raises `EngineError` when the model gives no plan.
    """

    def try_template(step_input: StepInput) -> None:
        try:
            floor.create(step_input, context)
        except NOT_FILLED as error:
            template = step_input["template"]
            raise EngineRejected(f"the template {template} cannot use these variables") from error

    reading = Reading(
        floor=plan,
        provider=mind.provider.name,
        try_template=try_template,
        is_migration=floor.history_of(context.stack).is_migration,
        features=tuple(feature.text for feature in context.spec.features),
    )
    answer = mind.answer("plan", PlanAnswer, _values(plan, context))
    refused = reading.read(answer.steps)
    if refused and mind.strategy.corrects:
        refused = ask_again(mind, reading, plan, refused)
    for step in refused:
        mind.hooks.say(f"Left out a step of the model's plan: {step.reason[:SHOWN_REASON]}")
    return joined(plan, reading.accepted)


def ask_again(mind: Mind, reading: Reading, plan: Plan, refused: list[Refused]) -> list[Refused]:
    """Ask once for the refused steps, corrected; return those that are still refused."""
    faults = [{"step": step.step, "wrong": step.reason} for step in refused]
    try:
        answer = mind.answer("plan_again", PlanAnswer, {"faults": faults, "files": _paths(plan)})
    except EngineError as error:
        mind.hooks.say(f"The model did not correct its plan: {str(error)[:SHOWN_REASON]}")
        return refused
    return reading.read(answer.steps)


def _values(plan: Plan, context: StepContext) -> dict[str, object]:
    templates: dict[str, Any] = {}
    for step in plan.steps:
        if "template" in step.input:
            variables = step.input.get("variables") or {}
            templates.setdefault(str(step.input["template"]), variables)
    return {
        "stack": context.stack,
        "styling": context.styling,
        "most_steps": MOST_STEPS,
        "spec": told(context.spec),
        "unplaced": [feature.text for feature in context.spec.unplaced],
        "files": _files(plan) | dict.fromkeys(plan.kept, "kept"),
        "templates": templates,
    }


def told(spec: AppSpec) -> dict[str, Any]:
    """Return what a model needs to know of a spec: all but where each part was read."""
    dumped = spec.model_dump(mode="json", exclude_defaults=True)
    read: dict[str, Any] = _without_sources(dumped)
    return read


def _without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in {"inferred_from", "confidence", "marks"}}
        return {key: _without_sources(item) for key, item in kept.items()}
    if isinstance(value, list):
        return [_without_sources(item) for item in value]
    return value


def _files(plan: Plan) -> dict[str, str]:
    return {
        str(step.input["file_path"]): str(step.input.get("template", ""))
        for step in plan.steps
        if step.tool == "codegen_create"
    }


def _paths(plan: Plan) -> list[str]:
    return sorted({*_files(plan), *plan.kept})


def joined(plan: Plan, extra: list[PlannedStep]) -> Plan:
    """Put the extra steps, one after the other, behind the floor's and before the last memory."""
    if not extra:
        return plan
    floor, memory = plan.steps[:-1], plan.steps[-1]
    needs = memory.depends_on
    steps = list(floor)
    for step in extra:
        steps.append(PlannedStep(step.tool, step.input, needs))
        needs = (len(steps),)
    steps.append(PlannedStep(memory.tool, memory.input, needs))
    return Plan(tuple(steps), plan.notes, plan.kept)
