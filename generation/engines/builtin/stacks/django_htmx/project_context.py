"""What the project's shared templates are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.builtin.pyfit import import_line
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.columns import columns_of
from generation.engines.builtin.stacks.django_htmx.fit import (
    assigned,
    lay_out,
    listed,
)
from generation.engines.builtin.stacks.django_htmx.links import links_of
from generation.engines.builtin.stacks.django_htmx.migrations import migrations_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.shared.links import in_table_order
from projects.spec.models import AppSpec


def registry_context(template: str, spec: AppSpec) -> dict[str, Any]:
    """Return the imports that a registry begins with."""
    base = {
        "view-registry": ["from core.views.base import Pages"],
        "api-registry": ["from core.api.base import RowViews"],
    }
    return {"base_imports": base.get(template, []) if spec.entities else []}


def migration_context(spec: AppSpec, given: object) -> dict[str, Any]:
    """Return one migration: given whole, or by its name in the chain that makes all tables."""
    if isinstance(given, Mapping):
        return {"migration": given}
    found = next(m for m in migrations_of(spec) if m.name == given)
    return {"migration": found.as_variables()}


def samples_context(spec: AppSpec) -> dict[str, Any]:
    """Return all entities with their links, what is pointed at first."""
    names = names_of(spec)
    return {
        "ordered": [
            {
                "names": entity,
                "columns": columns_of(entity),
                "required": [k for k in links_of(entity, names) if k.names.required],
            }
            for entity in in_table_order(names)
        ]
    }


def dashboard_context(spec: AppSpec) -> dict[str, Any]:
    """Return what the dashboard's tests are filled with."""
    entities = names_of(spec).entities
    owned = listed([py_str(e.plural_slug) for e in entities if e.owned and not e.overseen])
    samples = ["create", *(f"sample_{entity.module}" for entity in entities)]
    return {
        "dashboard_models": f"from core.models import {entities[0].class_name}",
        "dashboard_samples": import_line("tests.samples", samples),
        "zeros": f"[0] * {len(entities)}",
        "owned_slugs": lay_out(assigned("owned", owned), indent=4),
    }
