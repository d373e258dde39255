"""Things with names merged by name: keys of JSON, lines of requirements, imported names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

Value = TypeVar("Value")
_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?=[\[=<>!~;@\s]|$)")
_ABSENT: Any = object()


class Clash(Exception):
    """Both sides changed the same thing, each otherwise."""


def merge_keyed(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    """Return three mappings merged, in the order of `theirs`; what only `ours` has keeps its place.

    Mappings within are merged in turn. Raises `Clash`.
    """
    values = {key: _merged(base, ours, theirs, key) for key in [*theirs, *ours]}
    order = list(theirs)
    before: str | None = None
    for key in ours:
        if key not in theirs:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
        before = key
    return {key: values[key] for key in order if values[key] is not _ABSENT}


def _merged(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], key: str
) -> Any:
    old, mine, new = (side.get(key, _ABSENT) for side in (base, ours, theirs))
    if mine == new or old == new:
        return mine
    if old == mine:
        return new
    if isinstance(mine, Mapping) and isinstance(new, Mapping):
        return merge_keyed(old if isinstance(old, Mapping) else {}, mine, new)
    raise Clash(key)


def merge_json(base: str, ours: str, theirs: str) -> str | None:
    """Return three JSON objects merged by their keys; None when they are none or clash."""
    try:
        old, mine, new = (json.loads(text or "{}") for text in (base, ours, theirs))
        if not all(isinstance(side, dict) for side in (old, mine, new)):
            return None
        merged = merge_keyed(old, mine, new)
    except (ValueError, RecursionError, Clash):
        return None
    indent = re.search(r"\n([ \t]+)\S", theirs)
    return json.dumps(merged, indent=indent[1] if indent else 2, ensure_ascii=False) + "\n"


def requirements_of(text: str) -> dict[str, str] | None:
    """Return lines of requirements by their package, other lines by themselves; None for doubles.

    Blank lines are told apart by the line that follows.
    """
    found: dict[str, str] = {}
    blanks = ""
    for line in text.splitlines():
        if not line.strip():
            blanks += "\n"
            continue
        named = _REQUIREMENT.match(line)
        key = re.sub(r"[-_.]+", "-", named[1]).lower() if named else line.strip()
        if key in found:
            return None
        found[key] = f"{blanks}{line}\n"
        blanks = ""
    return found


def merge_requirements(base: str, ours: str, theirs: str) -> str | None:
    """Return three lists of requirements merged by package; None when they clash."""
    sides = [requirements_of(text) for text in (base, ours, theirs)]
    if any(side is None for side in sides):
        return None
    old, mine, new = (side or {} for side in sides)
    try:
        return "".join(merge_keyed(old, mine, new).values())
    except Clash:
        return None
