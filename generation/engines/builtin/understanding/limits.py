"""The limits that a number has by what it is: nobody gives six stars or sells minus two tickets."""

from __future__ import annotations

import re

from generation.engines.builtin.understanding.grammar import singular_of
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.models import FieldSpec, FieldType

# "From 1 to 10", "(1-5)", "between 0 and 100".
_SAID = re.compile(
    r"\s+(?:from |between |of )?(?P<low>\d{1,6})\s*(?:to|and|-|\u2013)\s*(?P<high>\d{1,6})\b"
    r"|\s+out of (?P<top>\d{1,3})\b"
    r"|\s*\((?P<least>\d{1,6})\s*(?:to|-|\u2013)\s*(?P<most>\d{1,6})(?: stars| points)?\)"
)
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
# What one gives to a thing where nothing else is said: from one to five.
_GIVEN = words("star rating")
_FEWEST_GIVEN, _MOST_GIVEN = 1, 5
# What is counted or measured from nothing on; a balance or a temperature is not.
_FROM_NOTHING = words(
    """
    price cost fee fare rent salary wage budget quantity stock serving capacity seat guest attendee
    participant ticket spot room bedroom bathroom page age weight height width length distance area
    size mileage duration minute hour step calorie rep repetition set portion
    view like vote copy unit item piece bed employee student player visitor kilometer
    kilometre mile kg gram litre liter volume speed
    """
)


def without_said_limits(text: str) -> tuple[str, tuple[int, int] | None]:
    """Return a field's words without the limits that they say, and the limits."""
    found = _SAID.search(text)
    if found is None:
        return text, None
    numbers = [int(number) for number in found.groups() if number]
    first, second = min(numbers), max(numbers)
    least = first if len(numbers) > 1 else _FEWEST_GIVEN
    return text[: found.start()] + text[found.end() :], (least, second)


def limited(field: FieldSpec, limits: tuple[int, int] | None) -> FieldSpec:
    """Return a field as the whole number within limits that it is said to be, if it is."""
    if limits is None:
        return field
    within = {"type": FieldType.INTEGER, "minimum": limits[0], "maximum": limits[1]}
    return field.model_copy(update=within)


def with_limits(field: FieldSpec) -> FieldSpec:
    """Return a field with the limits of what it counts, where it says no others."""
    said = field.minimum is not None or field.maximum is not None
    if said or field.type not in _NUMBERS:
        return field
    noun = singular_of(re.split(r"[\s_-]+", field.name.lower())[-1])
    if noun in _GIVEN and field.type is FieldType.INTEGER:
        return field.model_copy(update={"minimum": _FEWEST_GIVEN, "maximum": _MOST_GIVEN})
    return field.model_copy(update={"minimum": 0}) if noun in _FROM_NOTHING else field
