"""Steps as a stack's parts write them: needs are named by key, not by number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generation.engines.base import ToolName


@dataclass(frozen=True)
class Draft:
    """A step before it is numbered; `needs` are the keys of the drafts it must come after.

    For `codegen_create`, `input` is `{"template", "file_path", "variables"}`; for
    `codegen_refactor`, `{"file_path", "existing_code", "instructions", "template", "variables"}`.
    """

    key: str
    tool: ToolName
    input: dict[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


def create_file(
    template: str, file_path: str, variables: dict[str, Any], *needs: str, key: str | None = None
) -> Draft:
    """Draft a step that writes one file; its key is the path unless another is given."""
    step = {"template": template, "file_path": file_path, "variables": variables}
    return Draft(key or file_path, "codegen_create", step, tuple(needs))


def edit_file(
    template: str, file_path: str, variables: dict[str, Any], *needs: str, key: str, say: str
) -> Draft:
    """Draft a step that edits one file; `say` tells a model in plain words what to change."""
    step = {
        "template": template,
        "file_path": file_path,
        "existing_code": "<current content>",
        "instructions": say,
        "variables": variables,
    }
    return Draft(key, "codegen_refactor", step, tuple(needs))
