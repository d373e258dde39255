"""Faults that Pydantic finds, in words that say what to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic_core import ErrorDetails

Context = dict[str, Any]
Fault = dict[str, str]
Faults = Iterator[Fault]


def fault(field: str, message: str) -> Fault:
    """Return a fault at a place: names and numbers from 0, joined by dots."""
    return {"field": field, "message": message}


def _characters(number: int) -> str:
    return f"{number} character" if number == 1 else f"{number} characters"


def _at_least(context: Context) -> str:
    if context["min_length"] == 1:
        return "This is needed; it cannot be empty."
    return f"Use at least {_characters(context['min_length'])}."


def _entries(context: Context) -> str:
    number = context["max_length"]
    return f"Give at most {number} of these."


_SAID: dict[str, str | Callable[[Context], str]] = {
    "missing": "This is needed.",
    "extra_forbidden": "This is not a known key.",
    "string_type": "Give text.",
    "string_unicode": "Give text in Unicode.",
    "string_too_short": _at_least,
    "string_too_long": lambda c: f"Use at most {_characters(c['max_length'])}.",
    "string_pattern_mismatch": "This is not written as it must be.",
    "tuple_type": "Give a list.",
    "list_type": "Give a list.",
    "frozen_set_type": "Give a list.",
    "dict_type": "Give a JSON object.",
    "model_type": "Give a JSON object.",
    "model_attributes_type": "Give a JSON object.",
    "too_long": _entries,
    "too_short": lambda c: f"Give at least {c['min_length']}.",
    "bool_type": "Say true or false.",
    "bool_parsing": "Say true or false.",
    "int_type": "Give a whole number.",
    "int_parsing": "Give a whole number.",
    "int_parsing_size": "This number is too large.",
    "int_from_float": "Give a whole number.",
    "float_type": "Give a number.",
    "float_parsing": "Give a number.",
    "finite_number": "Give a number.",
    "greater_than_equal": lambda c: f"Give {c['ge']:g} or more.",
    "less_than_equal": lambda c: f"Give {c['le']:g} or less.",
    "enum": lambda c: f"Use one of: {c['expected'].replace(' or ', ', ')}.".replace("'", ""),
    "literal_error": lambda c: f"Use one of: {c['expected'].replace(' or ', ', ')}.".replace(
        "'", ""
    ),
}
_OTHERWISE = "This value cannot be used here."


def plain_message(error: ErrorDetails) -> str:
    """Return what is wrong in plain words; what a validator of ours said is kept as it is."""
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    said = _SAID.get(error["type"], _OTHERWISE)
    return said if isinstance(said, str) else said(error.get("ctx", {}))


def path_of(error: ErrorDetails) -> str:
    """Return where the fault is: names and numbers from 0, joined by dots."""
    return ".".join(str(part) for part in error["loc"])
