"""What a spec's features ask of a stack beyond keeping rows, and what a stack leaves undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from generation.engines.builtin.stacks.shared.columns import BaseColumn
from generation.engines.builtin.stacks.shared.totals import Total, totals_of
from projects.spec.breakdowns import is_grounded
from projects.spec.models import AppSpec, FeatureSpec, FeatureState, FieldType
from projects.spec.numbers import has_total

Column = TypeVar("Column", bound=BaseColumn)
_OF_ROWS = frozenset(
    {"search", "filter", "sort", "pagination", "export csv", "toggle"}
    | {"chart", "totals", "breakdown"}
)


def wants(spec: AppSpec, capability: str) -> bool:
    """Tell whether a planned feature asks for a capability."""
    return any(capability in feature.capabilities for feature in planned(spec))


def wants_of(spec: AppSpec, capability: str, entity: str) -> bool:
    """Tell whether a planned feature asks for it of an entity; one that names none means all."""
    asked = [feature for feature in planned(spec) if capability in feature.capabilities]
    return any(not feature.entities or entity in feature.entities for feature in asked)


def has_dashboard(spec: AppSpec) -> bool:
    """Tell whether there is a dashboard; a chart needs one to stand on."""
    return spec.dashboard or (bool(spec.entities) and wants_charts(spec))


def wants_charts(spec: AppSpec) -> bool:
    """Tell whether rows are to be shown group by group."""
    return wants(spec, "chart") or wants(spec, "breakdown")


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


def totalled(spec: AppSpec, columns: Sequence[Column]) -> tuple[Total[Column], ...]:
    """Return what an entity's list says of all its rows: where asked for, and of ratings."""
    if not columns:
        return ()
    return totals_of(columns, asked=wants_of(spec, "totals", columns[0].entity.spec.name))


def undone(spec: AppSpec, capabilities: frozenset[str]) -> tuple[FeatureSpec, ...]:
    """Return what was asked for and is not in the app, or only in part, each with a reason."""
    found = []
    for feature in spec.features:
        reasons = _reasons(spec, feature, capabilities)
        if feature.state is FeatureState.UNPLACED:
            found.append(feature)
        elif reasons:
            found.append(feature.model_copy(update={"reason": " ".join(reasons)}))
    return tuple(found)


def done(spec: AppSpec, capabilities: frozenset[str]) -> AppSpec:
    """Return the spec with only those of its features, and of what they ask, that are built."""
    features = []
    for feature in spec.features:
        built = (set(feature.capabilities) & capabilities) - _groundless(spec, feature)
        kept = tuple(name for name in feature.capabilities if name in built)
        if kept or feature.entities or not feature.capabilities:
            features.append(feature.model_copy(update={"capabilities": kept}))
    return spec.model_copy(update={"features": tuple(features)})


def _reasons(spec: AppSpec, feature: FeatureSpec, capabilities: frozenset[str]) -> list[str]:
    unknown = sorted(set(feature.capabilities) - capabilities)
    groundless = sorted(_groundless(spec, feature))
    reasons = [f"In part. {feature.reason}"] if feature.reason else []
    if unknown:
        reasons.append(f"This stack cannot make it yet: {', '.join(unknown)}.")
    if groundless:
        reasons.append(f"What the app keeps gives no ground for it: {', '.join(groundless)}.")
    return reasons


def _groundless(spec: AppSpec, feature: FeatureSpec) -> set[str]:
    """Return what a feature asks of rows that the app does not keep, or of a field they lack."""
    meant = [e for e in spec.entities if not feature.entities or e.name in feature.entities]
    asked = set(feature.capabilities)
    if not meant:
        return asked & _OF_ROWS
    fields = [field for entity in meant for field in entity.fields]
    lacking = set() if any(f.type is FieldType.BOOLEAN for f in fields) else {"toggle"}
    lacking |= set() if any(has_total(field) for field in fields) else {"totals"}
    grounded = [is_grounded(spec, one) for one in feature.breakdowns]
    lacking |= set() if grounded and all(grounded) else {"breakdown"}
    return asked & lacking


def planned(spec: AppSpec) -> list[FeatureSpec]:
    """Return the features that are part of the plan."""
    return [feature for feature in spec.features if feature.state is FeatureState.PLANNED]
