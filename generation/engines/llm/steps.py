"""The steps that a model plans: read one by one, so that a wrong one costs no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema, model_validator

from generation.engines.base import EngineError, Plan, PlannedStep, ToolName
from generation.engines.llm.places import hidden_by, is_closed, is_guarding, is_hidden
from generation.engines.paths import KnownPaths, UnsafePath

CUSTOM = "custom"
PLANNED_BY = "planned_by"  # a key of a step's input: the provider whose model planned it
MOST_STEPS = 30
MOST_SHOWN_FILES = 12
LONGEST_INSTRUCTIONS = 4000


class StepInputAnswer(BaseModel):
    """What a step is to make; extra keys of a model are passed over."""

    model_config = ConfigDict(extra="ignore")

    template: str = CUSTOM
    file_path: str = Field(min_length=1, max_length=240)
    instructions: str = Field(default="", max_length=LONGEST_INSTRUCTIONS)
    files: tuple[str, ...] = ()
    variables: dict[str, Any] = Field(default_factory=dict)


class StepAnswer(BaseModel):
    """One step of a model's plan."""

    model_config = ConfigDict(extra="ignore")

    tool: Literal["codegen_create", "codegen_refactor", "memory_store"]
    input: Annotated[dict[str, Any], WithJsonSchema(StepInputAnswer.model_json_schema())]
    feature: str | None = Field(default=None, max_length=2000)


class PlanAnswer(BaseModel):
    """A model's plan; each step is validated by itself."""

    model_config = ConfigDict(extra="ignore")

    steps: list[Annotated[Any, WithJsonSchema(StepAnswer.model_json_schema())]]

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: object) -> object:
        return {"steps": value} if isinstance(value, list) else value


@dataclass(frozen=True)
class Refused:
    """A step that cannot be used, and why."""

    step: Any
    reason: str


@dataclass
class Reading:
    """Reads a model's steps over the floor's plan; `accepted` are in their order."""

    floor: Plan
    provider: str
    # Raises `EngineError` when a template cannot be filled with a step's variables.
    try_template: Callable[[Mapping[str, Any]], None]
    is_migration: Callable[[str], bool]
    features: tuple[str, ...] = ()  # in the person's words; a step serves one of them, or none
    most_steps: int = MOST_STEPS
    is_alone: bool = False  # there is no floor: the model sets its app up as well
    accepted: list[PlannedStep] = field(default_factory=list)

    def __post_init__(self) -> None:
        steps = [s for s in self.floor.steps if "file_path" in s.input]
        self._templates = {str(s.input["template"]): s.tool for s in steps}
        self._floor_paths = frozenset(str(s.input["file_path"]) for s in steps)
        self._paths = KnownPaths(self._floor_paths)
        self._made = set(self._floor_paths | set(self.floor.kept))
        self._kept_whole = frozenset(filter(is_guarding, self._made))
        self._features = {text.casefold(): text for text in self.features}

    def read(self, steps: list[Any]) -> list[Refused]:
        """Accept what can be used and return the rest, each with its reason."""
        refused = []
        for number, raw in enumerate(steps):
            if raw in steps[:number]:  # said twice
                continue
            try:
                step = self._usable(raw)
            except (EngineError, UnsafePath, ValueError) as error:
                refused.append(Refused(raw, _reason(error)))
                continue
            if step is not None and step not in self.accepted:
                self.accepted.append(step)
                self._made.add(str(step.input["file_path"]))
        return refused

    def _usable(self, raw: Any) -> PlannedStep | None:
        """Return a step as the plan holds it; None for what the floor does anyway."""
        answer = StepAnswer.model_validate(raw)
        if answer.tool == "memory_store":
            return None
        wanted = StepInputAnswer.model_validate(answer.input)
        if self._is_floor_step(answer.tool, wanted):
            return None
        if len(self.accepted) == self.most_steps:
            raise ValueError(f"more than {self.most_steps} steps")
        self._check_place(answer.tool, wanted.file_path)
        made = self._input_of(answer.tool, wanted)
        feature = self._features.get((answer.feature or "").strip().casefold())
        extra = {PLANNED_BY: self.provider, "feature": feature}
        return PlannedStep(answer.tool, made | extra)

    def _input_of(self, tool: ToolName, wanted: StepInputAnswer) -> dict[str, Any]:
        template = self._template_of(tool, wanted)
        made: dict[str, Any] = {"template": template, "file_path": wanted.file_path}
        if tool == "codegen_refactor":
            made |= {"existing_code": "<current content>", "instructions": wanted.instructions}
        if template != CUSTOM:
            made |= {"variables": wanted.variables}
            if tool == "codegen_create":
                self.try_template(made)
            return made
        shown = [path for path in wanted.files if path in self._made]
        return made | {"instructions": wanted.instructions, "files": shown[:MOST_SHOWN_FILES]}

    def _is_floor_step(self, tool: ToolName, wanted: StepInputAnswer) -> bool:
        return any(
            step.tool == tool
            and step.input.get("file_path") == wanted.file_path
            and step.input.get("template") == wanted.template
            and (not wanted.variables or step.input.get("variables") == wanted.variables)
            for step in self.floor.steps
        )

    def _check_place(self, tool: ToolName, path: str) -> None:
        closed = is_hidden(path) if self.is_alone else is_closed(path)
        if closed or self.is_migration(path):
            raise ValueError(f"{path} is not a file that a model may write")
        if tool == "codegen_refactor":
            self._check_change(path)
            return
        if path in self._made:
            raise ValueError(f"{path} is planned already; change it with codegen_refactor")
        hidden = hidden_by(path, self._made)
        if hidden:
            raise ValueError(f"{path} would stand before {hidden} where that is imported")
        self._paths.add(path)

    def _check_change(self, path: str) -> None:
        if path not in self._made:
            raise ValueError(f"there is no file {path} to change")
        if path in self._kept_whole:
            raise ValueError(f"{path} is not a file that a model may change")

    def _template_of(self, tool: ToolName, wanted: StepInputAnswer) -> str:
        """Return a template of the stack that the step's tool can use, else `custom`."""
        if self._templates.get(wanted.template) == tool:
            return wanted.template
        if not wanted.instructions.strip():
            if wanted.template == CUSTOM:
                raise ValueError("a custom step needs instructions")
            raise ValueError(f"there is no template {wanted.template!r} for {tool}")
        return CUSTOM


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc'])) or 'the step'}: {first['msg']}"
    return str(error)
