"""What a JDL file of a design leaves out, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from projects.spec.jdl.reader import spec_from_jdl
from projects.spec.jdl_start import InvalidJdl
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, RelationSpec, ThemeSpec

NEVER = frozenset({"inferred_from", "confidence", "identity", "position"})
PARTS = frozenset({"fields", "relations"})
MOST_NAMES = 20


def left_out(spec: AppSpec, text: str) -> Iterator[str]:
    """Yield the lines that name what `text`, the JDL of a design, does not say of it."""
    yield f"The design of {_flat(spec.name)}. JDL does not say, and this file leaves out:"
    yield "- which words each part was read from, how sure that is, and earlier names"
    for what in (*_of_app(spec), *_of_entities(spec, text)):
        yield f"- {what}"


def _of_app(spec: AppSpec) -> Iterator[str]:
    if not spec.auth:
        yield "that nobody signs in"
    if spec.dashboard:
        yield "the dashboard"
    if spec.description:
        yield "the description of the app"
    yield from _names("role", [role.name for role in spec.roles])
    yield from _names("page", [page.name for page in spec.pages])
    if spec.theme != ThemeSpec():
        said = (f"{name} {value}" for name, value in spec.theme if value and name != "marks")
        yield "the look: " + ", ".join(said)
    yield from _names("feature", [feature.text for feature in spec.features])


def _names(what: str, names: list[str]) -> Iterator[str]:
    if names:
        more = len(names) - MOST_NAMES
        said = "; ".join(_flat(name) for name in names[:MOST_NAMES])
        plural = what if len(names) == 1 else f"{what}s"
        yield f"{len(names)} {plural}: {said}{f' and {more} more' if more > 0 else ''}"


def _of_entities(spec: AppSpec, text: str) -> Iterator[str]:
    """Yield what is otherwise when the text is read again."""
    if not text:
        return
    try:
        again = spec_from_jdl(spec.name, text)
    except InvalidJdl as error:
        yield f"nothing more, but it is refused when it is read: {_flat(error.message)}"
        return
    for before, after in zip(spec.entities, again.entities, strict=True):
        yield from _differences(f"“{before.name}”", before, after)
        for kind in sorted(PARTS):
            ordered = sorted(getattr(before, kind), key=lambda part: getattr(part, "position", 0))
            for one, other in zip(ordered, getattr(after, kind), strict=True):
                yield from _differences(f"“{one.name}” of “{before.name}”", one, other)


def _differences(
    what: str,
    before: EntitySpec | FieldSpec | RelationSpec,
    after: EntitySpec | FieldSpec | RelationSpec,
) -> Iterator[str]:
    was, now = _said(before), _said(after)
    keys = [key for key in was.keys() | now.keys() if was.get(key) != now.get(key)]
    for key in sorted(keys):
        if not (
            key == "inverse_name" and was[key] is None
        ):  # the name it has in the app all the same
            yield _flat(f"{what}: {key.replace('_', ' ')} {was.get(key)}")


def _said(part: EntitySpec | FieldSpec | RelationSpec) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude=set(NEVER | PARTS))


def _flat(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())
