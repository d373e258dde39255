"""An engine for tests: it does what its script says, through the real interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generation.engines.base import (
    EngineRejected,
    GeneratedFile,
    Plan,
    PlannedStep,
    StepContext,
    Version,
)
from projects.spec.models import AppSpec, FeatureSpec, FeatureState
from projects.spec.request import AppRequest


def create(path: str, *needs: int) -> PlannedStep:
    """A step that makes a file."""
    step = {"template": "custom", "file_path": path, "variables": {}}
    return PlannedStep("codegen_create", step, needs)


def edit(path: str, *needs: int) -> PlannedStep:
    """A step that adds a line to a file."""
    step = {"template": "custom", "file_path": path, "existing_code": "", "instructions": "add"}
    return PlannedStep("codegen_refactor", step, needs)


def memory(*needs: int) -> PlannedStep:
    """The last step."""
    return PlannedStep("memory_store", {"content": "", "metadata": {}}, needs)


DIAMOND = (create("a.txt"), create("b.txt", 1), create("c.txt", 1), edit("a.txt", 2, 3), memory(4))


@dataclass
class ScriptedEngine:
    """Plans what it is given; a path in `failing` fails as often as the number there says."""

    steps: tuple[PlannedStep, ...] = DIAMOND
    texts: dict[str, str] = field(default_factory=dict)
    failing: dict[str, int] = field(default_factory=dict)
    crashing: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    previous: Version | None = None
    name: str = "scripted"

    def understand(self, request: AppRequest) -> AppSpec:
        """Everything asked for is out of reach."""
        features = tuple(
            FeatureSpec(text=text, state=FeatureState.UNPLACED, reason="not in the script")
            for text in request.features
        )
        return AppSpec(name=request.project_name, features=features)

    def plan(
        self, _spec: AppSpec, *, stack: str, styling: str, previous: Version | None = None
    ) -> Plan:
        """Return the script."""
        self.previous = previous
        kept = tuple(path for path in self.kept if previous and path in previous.files)
        return Plan(self.steps, (f"{stack} in {styling}",), kept)

    def _fail_if_told(self, path: str) -> None:
        self.calls.append(path)
        if path in self.crashing:
            raise ZeroDivisionError("a mistake in the code")
        if self.failing.get(path, 0) > 0:
            self.failing[path] -= 1
            raise EngineRejected(f"no {path} today")

    def create(self, step_input: Mapping[str, Any], context: StepContext) -> GeneratedFile:
        """Return the path as text, or what `texts` has for it."""
        path = str(step_input["file_path"])
        self._fail_if_told(path)
        return GeneratedFile(path, self.texts.get(path, f"{path} of {context.spec.name}\n"))

    def refactor(
        self, step_input: Mapping[str, Any], existing_code: str, _context: StepContext
    ) -> GeneratedFile:
        """Add a line."""
        path = str(step_input["file_path"])
        self._fail_if_told(f"edit {path}")
        return GeneratedFile(path, f"{existing_code}edited\n")

    def summarise(self, context: StepContext) -> str:
        """Say the name."""
        return f"Generated {context.spec.name}."
