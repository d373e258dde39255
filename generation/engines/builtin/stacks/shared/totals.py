"""Which numbers of an entity are summed up over its rows, and which are averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generation.engines.builtin.stacks.shared.columns import BaseColumn
from projects.spec.models import FieldSpec, FieldType

Column = TypeVar("Column", bound=BaseColumn)
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
# What one gives to a thing, so that all of them together say what people think of it.
_RATINGS = frozenset({"rating", "stars", "star", "score"})
_HIGHEST_RATING = 100
# A number that adds up over rows, by its last word; another, such as a price or an age, does not.
_ADDS_UP = frozenset(
    """
    amount total subtotal cost costs expense income salary wage hours hour minutes duration
    quantity stock count distance points calories budget pledged donated raised spent paid fee fees
    tax discount kilometers kilometres km miles liters litres pages sales revenue balance deposit
    goal votes likes attendees guests seats steps protein carbs fat volume sum
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
# A number that tells one thing from another, by its last word: nothing is said of all of them.
_TELLS_APART = frozenset(
    """
    number no id code year month day position rank order version postcode zip phone floor room
    page chapter season episode isbn barcode latitude longitude
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


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


def has_total(field: FieldSpec) -> bool:
    """Tell whether a field is a number of which something can be said over rows."""
    words = field.name.replace("_", " ").lower().split()
    return field.type in _NUMBERS and not field.unique and not _TELLS_APART.intersection(words[-1:])


def is_rating(column: BaseColumn) -> bool:
    """Tell whether a number is what somebody gives to a thing, such as stars."""
    words = set(column.names.label.lower().split())
    most = column.names.spec.maximum
    return bool(words & _RATINGS) and (most is None or most <= _HIGHEST_RATING)


def _adds_up(column: BaseColumn) -> bool:
    words = column.names.label.lower().split()
    return not is_rating(column) and words[-1] in _ADDS_UP
