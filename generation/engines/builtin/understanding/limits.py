"""The limits that a number has by what it is: nobody gives six stars or sells minus two tickets."""

from __future__ import annotations

import re

from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.models import FieldSpec, FieldType

# "From 1 to 10", "(1-5)", "between 0 and 100", "out of 10", where nothing follows.
_TO = r"\s?(?:to|and|-|\u2013)\s?"
_SAID = re.compile(
    rf"(?<!\s)\s+(?:(?:from |between |of )?(?P<low>\d{{1,6}}){_TO}(?P<high>\d{{1,6}})"
    r"|out of (?P<top>\d{1,3})"
    rf"|\((?P<least>\d{{1,6}}){_TO}(?P<most>\d{{1,6}})(?: stars| points)?\))\s*$"
)
# What people rate by: from nothing or one to these.
_SCALES = frozenset({3, 4, 5, 6, 7, 10, 12, 20, 100})
NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
# What one gives to a thing where nothing else is said: from one to five.
_GIVEN = words("star rating")
# What may stand before it; a chess rating or an age rating is another thing.
_OF_WHOM = words("user customer guest member my our their overall average star personal own final")
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


def split_limits(text: str) -> tuple[str, tuple[int, int] | None]:
    """Return a field's words without the limits that stand at their end, and the limits."""
    found = _SAID.search(text)
    if found is None:
        return text, None
    numbers = [int(number) for number in found.groups() if number]
    limits = (numbers[0] if len(numbers) > 1 else _FEWEST_GIVEN, numbers[-1])
    return (text[: found.start()], limits) if limits[0] < limits[1] else (text, None)


def is_scale(limits: tuple[int, int]) -> bool:
    """Tell whether numbers are such as people rate by, whatever is rated: 0 to 10, 1 to 5."""
    return limits[0] in (0, 1) and limits[1] in _SCALES


def limited(field: FieldSpec, limits: tuple[int, int] | None) -> FieldSpec:
    """Return a field as the whole number within limits that it is said to be, if it is."""
    if limits is None:
        return field
    within = {"type": FieldType.INTEGER, "minimum": limits[0], "maximum": limits[1]}
    return field.model_copy(update=within)


def with_limits(field: FieldSpec) -> FieldSpec:
    """Return a field with the limits of what it counts, where it says no others."""
    said = field.minimum is not None or field.maximum is not None
    if said or field.type not in NUMBERS:
        return field
    *before, last = re.split(r"[\s_-]+", field.name.lower())
    noun = singular_of(last)
    if noun in _GIVEN and _OF_WHOM.issuperset(before) and field.type is FieldType.INTEGER:
        return field.model_copy(update={"minimum": _FEWEST_GIVEN, "maximum": _MOST_GIVEN})
    return field.model_copy(update={"minimum": 0}) if noun in _FROM_NOTHING else field
