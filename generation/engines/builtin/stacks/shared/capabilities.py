"""What a spec's features ask of a stack beyond keeping rows, and what a stack leaves undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from generation.engines.builtin.stacks.shared.columns import BaseColumn
from projects.spec.models import AppSpec, FeatureSpec, FeatureState

Column = TypeVar("Column", bound=BaseColumn)
VOCABULARY = frozenset(
    {
        "auth",
        "dashboard",
        "chart",
        "search",
        "filter",
        "sort",
        "pagination",
        "dark mode",
        "responsive",
        "api",
        "export csv",
        "toggle",
    }
)


def wants(spec: AppSpec, capability: str) -> bool:
    """Tell whether a planned feature asks for a capability."""
    return any(capability in feature.capabilities for feature in _planned(spec))


def wants_of(spec: AppSpec, capability: str, entity: str) -> bool:
    """Tell whether a planned feature asks for it of an entity; one that names none means all."""
    asked = [feature for feature in _planned(spec) if capability in feature.capabilities]
    return any(not feature.entities or entity in feature.entities for feature in asked)


def has_dashboard(spec: AppSpec) -> bool:
    """Tell whether there is a dashboard; a chart needs one to stand on."""
    return spec.dashboard or wants(spec, "chart")


def toggled(spec: AppSpec, columns: Sequence[Column]) -> Column | None:
    """Return the yes or no that can be switched from an entity's list, where that is asked for."""
    if not columns or not wants_of(spec, "toggle", columns[0].entity.spec.name):
        return None
    return next((column for column in columns if column.names.is_boolean), None)


def counted(spec: AppSpec, columns: Sequence[Column]) -> Column | None:
    """Return the choice that a chart counts an entity's rows by, where charts are asked for."""
    if not wants(spec, "chart"):
        return None
    return next((column for column in columns if column.is_enum), None)


def undone(spec: AppSpec, capabilities: frozenset[str]) -> tuple[FeatureSpec, ...]:
    """Return what was asked for and is not in the app, each with a reason."""
    return tuple(
        feature if feature.state is FeatureState.UNPLACED else _without(feature, missing)
        for feature in spec.features
        if (missing := sorted(set(feature.capabilities) - capabilities))
        or feature.state is FeatureState.UNPLACED
    )


def _without(feature: FeatureSpec, missing: list[str]) -> FeatureSpec:
    reason = f"This stack cannot make it yet: {', '.join(missing)}."
    return feature.model_copy(update={"reason": reason})


def _planned(spec: AppSpec) -> list[FeatureSpec]:
    return [feature for feature in spec.features if feature.state is FeatureState.PLANNED]
