"""Which column of a picture a thing stands in: right of all it points at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def levels_of(targets: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return each name's column from 0: after those of all its targets, circles aside."""
    levels: dict[str, int] = {}
    for name in targets:
        _settle(name, targets, levels)
    return levels


def _settle(start: str, targets: Mapping[str, Sequence[str]], levels: dict[str, int]) -> None:
    """Give `start`, and what it points at, levels; a link back into the way there counts not."""
    trail = [start]
    while trail:
        name = trail[-1]
        open_ones = [
            t for t in targets[name] if t in targets and t not in levels and t not in trail
        ]
        if name not in levels and open_ones:
            trail.append(open_ones[0])
            continue
        known = [levels[t] for t in targets[name] if t in levels and t != name]
        levels.setdefault(name, max(known, default=-1) + 1)
        trail.pop()
