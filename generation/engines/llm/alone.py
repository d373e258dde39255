"""Planning an app in a stack that has no templates: the model alone writes it."""

from __future__ import annotations

from generation.engines.base import (
    EngineRejected,
    InvalidOutput,
    Plan,
    PlannedStep,
    StepContext,
    StepInput,
)
from generation.engines.llm.mind import Mind
from generation.engines.llm.plan import ask_again, joined, told
from generation.engines.llm.steps import PlanAnswer, Reading

MOST_STEPS = 60
WARNING = (
    "{stack} has no templates here: a model alone writes this app. Its files are checked for "
    "syntax where that can be done; nothing says that the app runs, and what fails is missing."
)


def warning_of(stack: str) -> str:
    """Return what people should know of an app in a stack without templates."""
    return WARNING.format(stack=stack)


def plan_alone(mind: Mind, context: StepContext) -> Plan:
    """Return the files that a model plans. Raises `EngineError` when it plans none."""
    name = context.spec.name
    memory = {
        "content": f"Generated {name}.",
        "metadata": {"step": "generation_complete", "project": name},
    }
    plan = Plan((PlannedStep("memory_store", memory),))
    reading = Reading(
        floor=plan,
        provider=mind.provider.name,
        try_template=_no_template,
        is_migration=lambda _path: False,
        features=tuple(feature.text for feature in context.spec.features),
        most_steps=MOST_STEPS,
        is_alone=True,
    )
    values: dict[str, object] = {
        "stack": context.stack,
        "styling": context.styling,
        "most_steps": MOST_STEPS,
        "spec": told(context.spec),
    }
    refused = reading.read(mind.answer("plan_alone", PlanAnswer, values).steps)
    if refused and mind.strategy.corrects:
        refused = ask_again(mind, reading, plan, refused)
    if not reading.accepted:
        raise InvalidOutput(f"The model planned no files for {context.stack}.")
    mind.hooks.say(warning_of(context.stack))
    for step in refused:
        mind.hooks.say(f"Left out a step of the model's plan: {step.reason}")
    return joined(plan, reading.accepted)


def _no_template(step_input: StepInput) -> None:
    raise EngineRejected(f"there is no template {step_input['template']}")
