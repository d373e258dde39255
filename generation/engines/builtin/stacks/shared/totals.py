"""Which numbers of an entity are summed up over its rows, and which are averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generation.engines.builtin.stacks.shared.columns import BaseColumn
from projects.spec.models import FieldType
from projects.spec.numbers import adds_up, has_total

Column = TypeVar("Column", bound=BaseColumn)
# What one gives to a thing, so that all of them together say what people think of it.
_RATINGS = frozenset({"rating", "stars", "star", "score"})
_HIGHEST_RATING = 100


@dataclass(frozen=True)
class Total(Generic[Column]):
    """A number of a list's rows: their sum, or their average."""

    column: Column
    is_sum: bool

    @property
    def key(self) -> str:
        """Return its name in the API: `total_amount`, `average_rating`."""
        return f"{'total' if self.is_sum else 'average'}_{self.column.name}"

    @property
    def label(self) -> str:
        """Return its name on pages: "Total amount"."""
        own = self.column.names.label
        if self.is_sum and own.lower().startswith("total"):
            return own
        return f"{'Total' if self.is_sum else 'Average'} {own.lower()}"

    @property
    def places(self) -> int:
        """Return how many decimal places are said."""
        if self.column.type is FieldType.DECIMAL:
            return 2
        return 0 if self.is_sum else 1


def totals_of(columns: Sequence[Column], *, asked: bool) -> tuple[Total[Column], ...]:
    """Return what is said of all rows of a list: of each number where asked, or of ratings."""
    numbers = [column for column in columns if has_total(column.names.spec)]
    shown = [column for column in numbers if asked or is_rating(column)]
    return tuple(Total(column, _adds_up(column)) for column in shown)


def is_rating(column: BaseColumn) -> bool:
    """Tell whether a number is what somebody gives to a thing, such as stars."""
    words = set(column.names.label.lower().split())
    most = column.names.spec.maximum
    return bool(words & _RATINGS) and (most is None or most <= _HIGHEST_RATING)


def _adds_up(column: BaseColumn) -> bool:
    return not is_rating(column) and adds_up(column.names.label)
