"""The built-in engine: rules and templates, no network; the same spec gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.base import GeneratedFile, Plan, StepContext
from generation.engines.builtin.planner import number
from generation.engines.builtin.stacks import get_stack
from generation.engines.builtin.understanding import understand
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


class BuiltinEngine:
    """Understands by rules, plans by the stack, renders by its templates."""

    name = "builtin"

    def understand(self, request: AppRequest) -> AppSpec:
        """Return what the request's words ask for."""
        return understand(request)

    def plan(self, spec: AppSpec, *, stack: str, styling: str) -> Plan:
        """Return the steps of the stack for this spec."""
        chosen = get_stack(stack)
        return number(
            chosen.drafts(spec, styling), app_name=spec.name, notes=chosen.notes(spec)
        )

    def create(self, step_input: Mapping[str, Any], context: StepContext) -> GeneratedFile:
        """Render the step's template."""
        code = get_stack(context.stack).create(step_input, context)
        return GeneratedFile(str(step_input["file_path"]), code)

    def refactor(
        self, step_input: Mapping[str, Any], existing_code: str, context: StepContext
    ) -> GeneratedFile:
        """Make the step's edit in the current text."""
        code = get_stack(context.stack).refactor(step_input, existing_code, context)
        return GeneratedFile(str(step_input["file_path"]), code)

    def summarise(self, context: StepContext) -> str:
        """Return one line about what was made."""
        spec = context.spec
        parts = [f"{entity.name} model, API and pages" for entity in spec.entities]
        parts += ["sign-up and log-in"] if spec.auth else []
        parts += ["dashboard"] if spec.dashboard else []
        return f"Generated {spec.name}: {', '.join([*parts, f'{context.styling} styling'])}."
