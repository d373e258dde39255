"""Edits that register a model or a router: one sorted import, one sorted line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.builtin.stacks.shared.registers import register
from projects.spec.models import AppSpec


def register_model(
    code: str,
    variables: Mapping[str, Any],
    spec: AppSpec,  # noqa: ARG001 - every edit is called alike
    styling: str,  # noqa: ARG001
) -> str:
    """Import a model in the registry and name it in `__all__`."""
    name, module = str(variables["model_name"]), str(variables["module"])
    return register(code, f"app.models.{module}", name, "__all__ = [", f'    "{name}",')


def register_router(
    code: str,
    variables: Mapping[str, Any],
    spec: AppSpec,  # noqa: ARG001 - every edit is called alike
    styling: str,  # noqa: ARG001
) -> str:
    """Import a router in the registry and add it to `ROUTERS`."""
    name = str(variables["router_name"])
    opening = "ROUTERS: list[APIRouter] = ["
    return register(code, f"app.api.{name}", f"router as {name}", opening, f"    {name},")
