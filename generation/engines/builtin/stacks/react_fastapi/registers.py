"""Edits that register a model or a router: one sorted import, one sorted line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.base import EngineRejected
from generation.engines.builtin.pyfit import insert_sorted
from projects.spec.models import AppSpec


def register_model(
    code: str,
    variables: Mapping[str, Any],
    spec: AppSpec,  # noqa: ARG001 - every edit is called alike
    styling: str,  # noqa: ARG001
) -> str:
    """Import a model in the registry and name it in `__all__`."""
    name, module = str(variables["model_name"]), str(variables["module"])
    lines = _import(code.splitlines(), f"app.models.{module}", name)
    return _add_line(lines, "__all__ = [", f'    "{name}",', "]")


def register_router(
    code: str,
    variables: Mapping[str, Any],
    spec: AppSpec,  # noqa: ARG001 - every edit is called alike
    styling: str,  # noqa: ARG001
) -> str:
    """Import a router in the registry and add it to `ROUTERS`."""
    name = str(variables["router_name"])
    lines = _import(code.splitlines(), f"app.api.{name}", f"router as {name}")
    return _add_line(lines, "ROUTERS: list[APIRouter] = [", f"    {name},", "]")


def _import(lines: list[str], module: str, name: str) -> list[str]:
    """Add a name to the sorted block of the app's imports."""
    own = [i for i, line in enumerate(lines) if line.startswith("from app.")]
    if not own:
        raise EngineRejected("The registry has no imports of the app to sort the new one into.")
    head = f"from {module} import "
    for index in own:
        if lines[index].startswith(head):
            names = sorted({*lines[index].removeprefix(head).split(", "), name})
            return [*lines[:index], head + ", ".join(names), *lines[index + 1 :]]
    return insert_sorted(lines, head + name, own[0], own[-1] + 1)


def _add_line(lines: list[str], opening: str, new: str, closing: str) -> str:
    if opening not in lines:
        raise EngineRejected(f"The registry has no line {opening!r}.")
    first = lines.index(opening) + 1
    last = lines.index(closing, first)
    return "\n".join(insert_sorted(lines, new, first, last)) + "\n"
