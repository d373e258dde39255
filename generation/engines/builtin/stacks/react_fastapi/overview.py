"""Which files and tests answer each feature, for the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generation.engines.builtin.drafts import Draft
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from projects.spec.models import AppSpec, FeatureSpec, FeatureState

MOST_FILES = 6
_WORDS = {
    "auth": ("auth", "security", "login", "log_in", "signup", "sign", "session"),
    "dashboard": ("dashboard",),
    "search": ("pagination",),
    "filter": ("pagination",),
    "sort": ("pagination",),
    "pagination": ("pagination",),
    "dark mode": ("theme",),
    "responsive": (".css",),
    "api": ("app/main.py",),
}
_SAYS = {
    "auth": "signing up, in and out",
    "dashboard": "a dashboard",
    "search": "search in every list",
    "filter": "filters in the API's lists",
    "sort": "sorting of every list",
    "pagination": "lists in parts",
    "dark mode": "a light and a dark theme",
    "responsive": "a layout for small and large screens",
    "api": "a JSON API under /api",
}


@dataclass(frozen=True)
class FeatureRow:
    """A line of the README's table; `files` and `tests` are Markdown."""

    text: str
    how: str
    files: str
    tests: str


def feature_rows(spec: AppSpec, drafts: Sequence[Draft]) -> list[FeatureRow]:
    """Return what became of each planned feature."""
    planned = [f for f in spec.features if f.state is FeatureState.PLANNED]
    return [_row(feature, spec, drafts) for feature in planned]


def _row(feature: FeatureSpec, spec: AppSpec, drafts: Sequence[Draft]) -> FeatureRow:
    names = {entity.spec.name: entity for entity in names_of(spec).entities}
    chosen = [names[name] for name in feature.entities if name in names]
    says = [f"{entity.plural_label}: make, list, read, change, delete" for entity in chosen]
    says += [_SAYS[name] for name in feature.capabilities if name in _SAYS]
    classes = {entity.class_name for entity in chosen}
    words = [word for name in feature.capabilities for word in _WORDS.get(name, ())]
    paths = [draft.input["file_path"] for draft in drafts if _answers(draft, classes, words)]
    files = dict.fromkeys(path for path in paths if not _is_test(path) and "/alembic/" not in path)
    tests = dict.fromkeys(path for path in paths if _is_test(path))
    return FeatureRow(feature.text, "; ".join(says), _listed(files), _listed(tests))


def _answers(draft: Draft, classes: set[str], words: list[str]) -> bool:
    if draft.tool != "codegen_create":
        return False
    if draft.input["variables"].get("model_name") in classes:
        return True
    path = str(draft.input["file_path"]).lower()
    return any(word in path for word in words)


def _is_test(path: str) -> bool:
    return "/tests/" in path or ".test." in path


def _listed(paths: Iterable[str]) -> str:
    every = list(paths)
    shown = ", ".join(f"`{path}`" for path in every[:MOST_FILES])
    left = len(every) - MOST_FILES
    return f"{shown} and {left} more" if left > 0 else shown
