"""The files beside backend and frontend: README, settings, containers and the run script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generation.engines.builtin.drafts import Draft, create_file
from generation.engines.builtin.stack import Edit
from generation.engines.builtin.stacks.react_fastapi import backend, frontend
from generation.engines.builtin.stacks.react_fastapi.naming import EntityNames, names_of
from generation.engines.builtin.stacks.react_fastapi.overview import feature_rows
from projects.spec.models import AppSpec

FOLDER = "root"
EDITS: Mapping[str, Edit] = {}
STACK = "React + FastAPI + PostgreSQL"
VERSION = 1

_FILES = (
    ("run-script", "run"),
    ("gitignore", ".gitignore"),
    ("dockerignore", ".dockerignore"),
    ("env-example", ".env.example"),
    ("dockerfile", "Dockerfile"),
    ("docker-compose", "docker-compose.yml"),
    ("github-ci", ".github/workflows/ci.yml"),
    ("codegen-json", "codegen.json"),
    ("readme", "README.md"),
)


def plan_files(spec: AppSpec, styling: str) -> list[Draft]:
    """Draft the steps that write the files at the top, the README last."""
    variables = {"project_name": spec.name, "styling": styling}
    return [create_file(template, path, variables) for template, path in _FILES]


def context_for(
    template: str, variables: Mapping[str, Any], spec: AppSpec, styling: str
) -> dict[str, Any]:
    """Return what a template at the top is filled with."""
    values: dict[str, Any] = {**variables, "spec": spec, "styling": styling}
    if template == "codegen-json":
        return values | {"document": _document(spec, styling)}
    if template == "readme":
        drafts = [*backend.plan_files(spec, styling), *frontend.plan_files(spec, styling)]
        names = names_of(spec)
        return values | {
            "rows": feature_rows(spec, drafts),
            "things": [_thing(entity) for entity in names.entities],
            "notes": names.notes,
        }
    return values


def _document(spec: AppSpec, styling: str) -> str:
    document = {
        "generator": {"name": "codegen", "engine": "builtin", "version": VERSION},
        "stack": STACK,
        "styling": styling,
        "spec": spec.model_dump(mode="json"),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _thing(entity: EntityNames) -> dict[str, Any]:
    labels = [field.label for field in entity.fields] + [link.label for link in entity.links]
    fields = ", ".join(label.lower() for label in labels) or "nothing but when it was made"
    return {"name": entity.plural_label, "fields": fields, "owned": entity.owned}
