"""The files beside backend and frontend: README, settings, containers and the run script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.builtin.drafts import Draft, create_file
from generation.engines.builtin.stack import Edit
from generation.engines.builtin.stacks.react_fastapi import backend, frontend
from generation.engines.builtin.stacks.react_fastapi.backend_context import uses_of
from generation.engines.builtin.stacks.react_fastapi.content import notes_of
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.shared.capabilities import done, undone
from generation.engines.builtin.stacks.shared.overview import (
    Guide,
    document_of,
    feature_rows,
    thing_of,
)
from generation.engines.builtin.stacks.shared.uploads import largest_body
from projects.spec.models import AppSpec

FOLDER = "root"
EDITS: Mapping[str, Edit] = {}
STACK = "React + FastAPI + PostgreSQL"
GUIDE = Guide(
    words={
        "auth": (
            *("auth", "security", "login", "log_in", "signup", "sign", "session"),
            "password_test",
        ),
        "dashboard": ("dashboard",),
        "search": ("pagination",),
        "filter": ("pagination", "components/filters"),
        "sort": ("pagination",),
        "pages": ("content", "homepage"),
        "pagination": ("pagination",),
        "dark mode": ("theme",),
        "responsive": (".css",),
        "api": ("app/main.py",),
        "export csv": ("exports",),
        "chart": ("dashboard", "chart"),
        "toggle": ("listview",),
        "totals": ("app/totals", "components/totals"),
        "breakdown": ("app/groups", "components/shares", "test_breakdowns"),
    },
    says={
        "auth": "signing up, in and out, changing one's password",
        "dashboard": "a dashboard",
        "search": "search in every list",
        "filter": "filters above every list and in the API",
        "sort": "sorting of every list",
        "pages": "pages in your own words",
        "pagination": "lists in parts",
        "dark mode": "a light and a dark theme",
        "responsive": "a layout for small and large screens",
        "api": "a JSON API under /api",
        "export csv": "every list as a CSV file",
        "chart": "charts on the dashboard",
        "toggle": "switched in the list",
        "totals": "totals of all rows below the lists and in the API",
        "breakdown": "numbers of each group of rows on the dashboard",
    },
    tests=("/tests/", ".test."),
    apart=("/alembic/",),
    of_rows=frozenset(
        {"search", "filter", "sort", "pagination", "export csv", "toggle", "totals", "api"}
    ),
)
CAPABILITIES = frozenset(GUIDE.says)

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
    values["totals"] = uses_of(spec)["totals"]
    values["staffed"] = names_of(spec).staffed
    values["largest_body"] = largest_body(names_of(spec).entities)
    if template == "codegen-json":
        return values | {"document": document_of(spec, STACK, styling, names_of(spec))}
    if template == "readme":
        drafts = [*backend.plan_files(spec, styling), *frontend.plan_files(spec, styling)]
        names = names_of(spec)
        return values | {
            "rows": feature_rows(done(spec, CAPABILITIES), names, drafts, GUIDE),
            "things": [thing_of(entity, names) for entity in names.entities],
            "notes": notes_of(spec),
            "undone": undone(spec, CAPABILITIES),
        }
    return values
