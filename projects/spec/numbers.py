"""Which numbers say something of many rows: those that add up, and those that have an average."""

from __future__ import annotations

import re

from projects.spec.models import FieldSpec, FieldType, Measure

NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
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


def has_total(field: FieldSpec) -> bool:
    """Tell whether a field is a number of which something can be said over rows."""
    words = field.name.replace("_", " ").lower().split()
    return field.type in NUMBERS and not field.unique and not _TELLS_APART.intersection(words[-1:])


def adds_up(name: str) -> bool:
    """Tell whether a number of this name is summed up over rows, not averaged."""
    return bool(_ADDS_UP.intersection(_words_of(name)[-1:]))


def total_of(field: FieldSpec, *, asked: bool) -> Measure | None:
    """Return what a list says of a number of all its rows: its total, its average, or nothing.

    A rating is averaged unasked.
    """
    if not has_total(field) or not (asked or is_rating(field)):
        return None
    return Measure.TOTAL if adds_up(field.name) and not is_rating(field) else Measure.AVERAGE


def is_rating(field: FieldSpec) -> bool:
    """Tell whether a number is what somebody gives to a thing, such as stars."""
    most = field.maximum
    return bool(_RATINGS.intersection(_words_of(field.name))) and (
        most is None or most <= _HIGHEST_RATING
    )


def _words_of(name: str) -> list[str]:
    """Split a name into its words: `unit_price`, `unitPrice` and "unit price" alike."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\s]+", " ", name).lower().split()
