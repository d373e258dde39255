"""A chart of bars as numbers for an SVG: one bar for each of a row of values, parts on each other.

The picture is as wide as there are bars and 100 high; the page stretches it to its own size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEIGHT = 100
GAP = 0.15
ROUND_TOPS = (1, 1.5, 2, 3, 4, 6, 8, 10)


@dataclass(frozen=True)
class Part:
    """A part of a bar, from `y` down; `kind` is its number among the parts."""

    kind: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One value with the words that say it."""

    x: int
    words: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class BarChart:
    """Bars under a scale that ends at `top`."""

    bars: tuple[Bar, ...]
    top: float

    @property
    def width(self) -> int:
        """How wide the picture is, in bars."""
        return len(self.bars)


def bar_chart(values: Iterable[tuple[str, Sequence[float]]]) -> BarChart | None:
    """Lay out bars of (words, parts from the bottom); None where there is nothing to see."""
    rows = list(values)
    largest = max((sum(parts) for _, parts in rows), default=0)
    if largest <= 0:
        return None
    top = round_top(largest)
    return BarChart(tuple(_bar(x, words, parts, top) for x, (words, parts) in enumerate(rows)), top)


def round_top(largest: float) -> float:
    """Return the smallest round number that is not below a positive one: 0.035 is 0.04."""
    size = 1.0
    while size > largest:
        size /= 10
    while size * 10 < largest:
        size *= 10
    return next(step * size for step in ROUND_TOPS if step * size >= largest)


def _bar(x: int, words: str, parts: Sequence[float], top: float) -> Bar:
    laid, floor = [], float(HEIGHT)
    for kind, value in enumerate(parts):
        height = round(value / top * HEIGHT, 3)
        floor -= height
        laid.append(Part(kind, x + GAP, round(floor, 3), 1 - 2 * GAP, height))
    return Bar(x, words, tuple(laid))
