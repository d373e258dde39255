"""What an engine is: frozen values in and out, and the errors it may raise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from projects.spec.models import AppSpec
from projects.spec.request import AppRequest

ToolName = Literal["codegen_create", "codegen_refactor", "memory_store"]
StepInput = Mapping[str, Any]
SummaryText = str


class EngineError(Exception):
    """Root of what can go wrong in an engine; `code` is stable."""

    code = "engine_error"


class EngineUnavailable(EngineError):
    """The engine cannot be reached now; trying again later may help."""

    code = "engine_unavailable"


class EngineRejected(EngineError):
    """The engine refused the work; trying again will not help."""

    code = "engine_rejected"


class InvalidOutput(EngineError):
    """The engine answered with something that is not what was asked for."""

    code = "invalid_output"


@dataclass(frozen=True)
class PlannedStep:
    """One step of a plan; `depends_on` holds the numbers (from 1) of the steps it needs."""

    tool: ToolName
    input: dict[str, Any]
    depends_on: tuple[int, ...] = ()


@dataclass(frozen=True)
class Version:
    """An app as it was made before: the spec it was made from, and its files by path."""

    spec: AppSpec
    files: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """The steps in a valid order, and plain-word notes about decisions made on the way.

    `kept` names files of the version before that belong to the app and stay as they are:
    migrations that databases in use have been through.
    """

    steps: tuple[PlannedStep, ...]
    notes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def no_files() -> Mapping[str, str]:
    """Return no files: of an app that has none yet."""
    return {}


@dataclass(frozen=True)
class StepContext:
    """What an engine needs to know beside a step's input; `files` returns the app's so far."""

    spec: AppSpec
    stack: str
    styling: str
    files: Callable[[], Mapping[str, str]] = no_files


@dataclass(frozen=True)
class GeneratedFile:
    """A file's whole text after a step, and the engine that made it if not the one asked."""

    file_path: str
    code: str
    made_by: str | None = None


class Engine(Protocol):
    """Turns words into a spec, a spec into steps, and steps into files."""

    @property
    def name(self) -> str:
        """Return the name the registry knows the engine by."""

    def understand(self, request: AppRequest) -> AppSpec:
        """Read a request's words into a typed spec."""

    def plan(
        self, spec: AppSpec, *, stack: str, styling: str, previous: Version | None = None
    ) -> Plan:
        """Lay out the steps that build the app, or that bring `previous` up to `spec`."""

    def create(self, step_input: StepInput, context: StepContext) -> GeneratedFile:
        """Write a new file."""

    def refactor(
        self, step_input: StepInput, existing_code: str, context: StepContext
    ) -> GeneratedFile:
        """Edit a file of which `existing_code` is the current text."""

    def summarise(self, context: StepContext) -> SummaryText:
        """Say in a few lines what was built."""
