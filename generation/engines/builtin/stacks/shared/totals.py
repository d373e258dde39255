"""Which numbers of an entity are summed up over its rows, and which are averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generation.engines.builtin.stacks.shared.columns import BaseColumn
from projects.spec.models import FieldType, Measure
from projects.spec.numbers import total_of

Column = TypeVar("Column", bound=BaseColumn)


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
    said = [(column, total_of(column.names.spec, asked=asked)) for column in columns]
    return tuple(Total(c, measure is Measure.TOTAL) for c, measure in said if measure is not None)
