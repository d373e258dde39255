"""The last word on a built app, kept as its memory."""

from __future__ import annotations

from projects.spec.models import AppSpec


def summary_of(spec: AppSpec, stack: str, styling: str) -> str:
    """Name what was built and what was asked for but not done."""
    entities = ", ".join(entity.plural for entity in spec.entities) or "no stored things"
    extras = [name for name, on in (("sign-in", spec.auth), ("a dashboard", spec.dashboard)) if on]
    lines = [
        f"Generated {spec.name} with {stack} and {styling}.",
        f"It keeps {entities}" + (f", with {' and '.join(extras)}." if extras else "."),
    ]
    lines += [
        f"Not done: {feature.text} ({feature.reason or 'could not be placed'})"
        for feature in spec.unplaced
    ]
    return "\n".join(lines)
