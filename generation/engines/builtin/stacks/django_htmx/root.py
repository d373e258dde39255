"""The files beside the code: README, settings of tools, containers and the run script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.builtin.drafts import Draft, create_file
from generation.engines.builtin.stack import Edit
from generation.engines.builtin.stacks.django_htmx import pages, project
from generation.engines.builtin.stacks.django_htmx.content import notes_of
from generation.engines.builtin.stacks.django_htmx.facts import facts_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.shared.capabilities import done, undone
from generation.engines.builtin.stacks.shared.overview import (
    Guide,
    document_of,
    feature_rows,
    thing_of,
)
from projects.spec.models import AppSpec

FOLDER = "root"
EDITS: Mapping[str, Edit] = {}
STACK = "Django + HTMX + PostgreSQL"
GUIDE = Guide(
    words={
        "auth": (
            *("accounts/models", "accounts/views", "accounts/api", "accounts/account.html"),
            *("credentials", "test_auth", "password_test"),
        ),
        "dashboard": ("dashboard",),
        "search": ("views/base", "core/list.html", "api/lists"),
        "filter": ("views/filters", "core/list.html", "api/lists"),
        "sort": ("core/lists.py", "parts/rows"),
        "pages": ("core/content", "core/home", "views/home"),
        "pagination": ("views/base", "api/lists", "parts/rows"),
        "dark mode": ("theme", "app.js"),
        "responsive": ("app.css",),
        "api": ("core/urls.py", "api/base", "api/lists"),
        "export csv": ("exports",),
        "chart": ("dashboard",),
        "toggle": ("views/base", "parts/rows"),
        "totals": ("core/totals.py", "api/lists", "parts/rows"),
        "breakdown": ("core/groups", "dashboard", "test_groups"),
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
    tests=("tests/",),
    apart=("/migrations/",),
)
CAPABILITIES = frozenset(GUIDE.says)

_FILES = (
    ("run-script", "run"),
    ("pyproject", "pyproject.toml"),
    ("requirements", "requirements.txt"),
    ("requirements-dev", "requirements-dev.txt"),
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
    values = {**variables, **facts_of(spec, styling)}
    if template == "codegen-json":
        return values | {"document": document_of(spec, STACK, styling, names_of(spec))}
    if template == "readme":
        drafts = [*project.plan_files(spec, styling), *pages.plan_files(spec, styling)]
        names = names_of(spec)
        return values | {
            "rows": feature_rows(done(spec, CAPABILITIES), names, drafts, GUIDE),
            "things": [thing_of(entity, names) for entity in names.entities],
            "notes": notes_of(spec),
            "undone": undone(spec, CAPABILITIES),
        }
    return values
