"""The backend's files: planned by key, filled from the spec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.builtin.drafts import Draft
from generation.engines.builtin.stack import Edit
from projects.spec.models import AppSpec

FOLDER = "backend"
EDITS: Mapping[str, Edit] = {}


def plan_files(spec: AppSpec, styling: str) -> list[Draft]:
    """Draft the steps that write the backend."""
    return []


def context_for(
    template: str, variables: Mapping[str, Any], spec: AppSpec, styling: str
) -> dict[str, Any]:
    """Return what a template of the backend is filled with."""
    return {}
