"""Which numbers say something of many rows: those that add up, and those that have an average."""

from __future__ import annotations

from projects.spec.models import FieldSpec, FieldType

NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
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
    return bool(_ADDS_UP.intersection(name.replace("_", " ").lower().split()[-1:]))
