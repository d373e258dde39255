"""What one field of a design must hold: choices, limits, a default of its own type."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from projects.spec.characters import check_characters
from projects.spec.faults import bounded, check_label, check_prose, said
from projects.spec.limits import (
    LONGEST,
    LONGEST_LEAST,
    NUMBER_LIMIT,
    NUMBERS,
    UNIQUE_ROOM,
    most_characters,
)
from projects.spec.messages import Faults, fault
from projects.spec.models import UPLOADS, FieldSpec, FieldType
from projects.spec.patterns import pattern_fault, written_as

CHOICE_LIMIT = 100
CHOICE_LENGTH = 100
DEFAULT_LENGTH = 2000
YES_OR_NO = frozenset({"true", "false", "yes", "no", "on", "off", "1", "0"})


def field_faults(place: str, field: FieldSpec) -> Faults:
    """Yield what is wrong with one field by itself."""
    yield from said(f"{place}.name", check_label, field.name)
    yield from _choice_faults(f"{place}.choices", field)
    yield from _length_faults(place, field)
    yield from _number_faults(place, field)
    if (message := pattern_fault(field)) is not None:
        yield fault(f"{place}.pattern", message)
    if field.type in UPLOADS:
        yield from _upload_faults(place, field)
    elif field.default is not None:
        yield from said(f"{place}.default", check_prose, field.default)
        message = _default_fault(field, field.default.strip())
        if message:
            yield fault(f"{place}.default", message)


def _length_faults(place: str, field: FieldSpec) -> Faults:
    low, high, name = field.min_length or 0, field.max_length, field.name
    most, longest = most_characters(field), LONGEST.get(field.type)
    if most is None or longest is None:
        for key in ("min_length", "max_length"):
            if getattr(field, key) is not None:
                yield fault(
                    f"{place}.{key}", f"Only a text has such a limit. Empty it at “{name}”."
                )
        return
    if most > longest:
        longer = " or make it a long text" if field.type is FieldType.STRING else ""
        message = f"“{name}” has at most {longest} characters. Lower its limit{longer}."
        yield fault(f"{place}.max_length", message)
    if low > LONGEST_LEAST:
        message = f"“{name}” cannot ask for more than {LONGEST_LEAST} characters."
        yield fault(f"{place}.min_length", message)
    if low > most:
        usual = "" if high else " Say how many it has at most."
        message = f"“{name}” cannot have at least {low} and at most {most} characters.{usual}"
        yield fault(f"{place}.min_length", message)
    if field.unique and most == 1:
        message = f"“{name}” is unique: let it have more than one character."
        yield fault(f"{place}.max_length", message)


def _number_faults(place: str, field: FieldSpec) -> Faults:
    least, most, name = field.minimum, field.maximum, field.name
    if field.type not in NUMBERS:
        for key in ("minimum", "maximum"):
            if getattr(field, key) is not None:
                yield fault(
                    f"{place}.{key}", f"Only a number has such a limit. Empty it at “{name}”."
                )
        return
    low = -NUMBER_LIMIT if least is None else least
    high = NUMBER_LIMIT if most is None else most
    if low > high:
        yield fault(f"{place}.minimum", f"“{name}” cannot be at least {low} and at most {high}.")
    elif field.unique and high - low + 1 < UNIQUE_ROOM:
        message = f"“{name}” is unique: leave room for {UNIQUE_ROOM} numbers between its limits."
        yield fault(f"{place}.minimum", message)
    if max(abs(low), abs(high)) > NUMBER_LIMIT:
        yield fault(f"{place}.minimum", f"Use limits between -{NUMBER_LIMIT} and {NUMBER_LIMIT}.")


def _upload_faults(place: str, field: FieldSpec) -> Faults:
    said_of_it = f"“{field.name}” is a picture or a file: it"
    for mark in ("required", "unique"):
        if getattr(field, mark):
            yield fault(f"{place}.{mark}", f"{said_of_it} cannot be {mark}.")
    if field.default is not None:
        yield fault(f"{place}.default", f"{said_of_it} has no default.")


def _choice_faults(place: str, field: FieldSpec) -> Faults:
    if field.type is not FieldType.ENUM:
        if field.choices:
            yield fault(
                place, f"Only a choice has choices. Make “{field.name}” a choice, or empty them."
            )
        return
    if not field.choices:
        yield fault(place, f"Give the choices of “{field.name}”, at least one.")
    yield from bounded(place, len(field.choices), CHOICE_LIMIT, "choices")
    for choice in field.choices:
        if not choice.strip() or len(choice) > CHOICE_LENGTH:
            yield fault(place, f"Each choice has 1 to {CHOICE_LENGTH} characters.")
        yield from said(place, check_characters, choice)
    yield from _alike_choices(place, field)


def _alike_choices(place: str, field: FieldSpec) -> Faults:
    first: dict[str, int] = {}
    for number, choice in enumerate(field.choices):
        if choice.strip() and choice != choice.strip():
            yield fault(place, f"Take the spaces at the ends of “{choice.strip()}” away.")
        at = first.setdefault(" ".join(choice.split()).casefold(), number)
        before = field.choices[at]
        if at < number:
            words = "are the same" if before == choice else f"are “{before}” and “{choice}”"
            yield fault(place, f"Two choices of “{field.name}” {words}. Take one out.")


def _default_fault(field: FieldSpec, text: str) -> str | None:
    """Return why a default cannot be one; None when it can."""
    if field.type is FieldType.ENUM:
        if text in field.choices:
            return None
        return f"“{text}” is not one of the choices of “{field.name}”."
    if field.type in NUMBERS:
        return _number_fault(field, text)
    if field.type is FieldType.BOOLEAN:
        return None if text.casefold() in YES_OR_NO else "Use “yes” or “no” as the default."
    if field.type is FieldType.DATE:
        return None if _reads(date.fromisoformat, text) else "Write the date as 2026-01-31."
    if field.type is FieldType.DATETIME:
        good = _reads(datetime.fromisoformat, text)
        return None if good else "Write the time as 2026-01-31T09:30."
    return _text_fault(field, text)


def _text_fault(field: FieldSpec, text: str) -> str | None:
    most = min(most_characters(field) or DEFAULT_LENGTH, DEFAULT_LENGTH)
    if len(text) > most:
        return f"Use at most {most} characters as the default."
    if len(text) < (field.min_length or 0):
        return f"Use at least {field.min_length} characters as the default."
    written = written_as(field)
    if written is not None and not written.takes(text):
        return f"Write the default of “{field.name}” as its pattern says, like {written.example}."
    if field.type is FieldType.EMAIL and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        return "Give an email address as the default, such as ada@example.org."
    if field.type is FieldType.URL and not re.match(r"https?://\S", text):
        return "Give an address as the default, beginning with https://."
    return None


def _number_fault(field: FieldSpec, text: str) -> str | None:
    whole = field.type is FieldType.INTEGER
    if whole and not re.fullmatch(r"-?\d{1,10}", text):
        return f"Give a whole number as the default of “{field.name}”."
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > NUMBER_LIMIT:
        return f"Give a number as the default of “{field.name}”."
    if field.minimum is not None and value < field.minimum:
        return f"The default of “{field.name}” must be {field.minimum} or more."
    if field.maximum is not None and value > field.maximum:
        return f"The default of “{field.name}” must be {field.maximum} or less."
    return None


def _reads(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True
