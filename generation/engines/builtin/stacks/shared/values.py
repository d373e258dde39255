"""Values of fields as Python: defaults, and samples for the generated tests."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.shared.written import numbered_sample, other_sample
from projects.spec.models import FieldType

if TYPE_CHECKING:
    from generation.engines.builtin.stacks.shared.columns import BaseColumn

_TRUE = frozenset({"true", "yes", "on", "1"})


def parsed_default(kind: FieldType, text: str | None, bounds: tuple[int, int] | None) -> str | None:
    """Return a default as a Python expression; None where it cannot be read as the type."""
    if kind is FieldType.BOOLEAN:
        return str((text or "").strip().casefold() in _TRUE)
    if text is None:
        return None
    if kind is FieldType.INTEGER:
        if re.fullmatch(r"-?\d{1,10}", text.strip()) is None:
            return _bounded(0, bounds)
        return _bounded(int(text), bounds)
    if kind is FieldType.DECIMAL:
        return f'Decimal("{_decimal(text, bounds)}")'
    if kind in (FieldType.DATE, FieldType.DATETIME):
        return _moment(kind, text)
    return py_str(text)


def _bounded(value: int, bounds: tuple[int, int] | None) -> str:
    low, high = bounds or (value, value)
    return str(min(max(value, low), high))


def _decimal(text: str, bounds: tuple[int, int] | None) -> str:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite():
        value = Decimal(0)
    low, high = bounds or (0, 0)
    return str(min(max(value, Decimal(low)), Decimal(high)).quantize(Decimal("0.01")))


def _moment(kind: FieldType, text: str) -> str:
    try:
        if kind is FieldType.DATE:
            day = date.fromisoformat(text.strip())
            return f"dt.date({day.year}, {day.month}, {day.day})"
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return "dt.date(2000, 1, 1)" if kind is FieldType.DATE else _at(datetime(2000, 1, 1))
    return _at(at)


def _at(at: datetime) -> str:
    parts = f"{at.year}, {at.month}, {at.day}, {at.hour}, {at.minute}"
    return f"dt.datetime({parts}, tzinfo=dt.UTC)"


def first_value(column: BaseColumn) -> str:
    """Return a valid value as JSON in Python; a unique one changes with `number`."""
    if column.is_enum:
        return py_str(column.members[0][1])
    if column.bounds is not None:
        return _numbered(column)
    if column.written is not None:
        return numbered_sample(column.written, column.name)
    simple = {
        FieldType.BOOLEAN: "False",
        FieldType.DATE: '"2030-01-15"',
        FieldType.DATETIME: '"2030-01-15T09:30:00Z"',
        FieldType.EMAIL: 'f"person{number}@example.com"',
        FieldType.URL: 'f"https://example.com/{number}"',
    }
    if column.type is FieldType.DATE and column.unique:
        return 'f"2030-01-{number:02}"'
    if column.type is FieldType.DATETIME and column.unique:
        return 'f"2030-01-15T09:{number:02}:00Z"'
    if column.type in simple:
        return simple[column.type]
    return _text(column, column.names.label)


def _numbered(column: BaseColumn) -> str:
    _, high = column.bounds or (0, 0)
    base = column.sampled_from
    room = high - base
    count = "number" if room >= 1000 else f"number % {room + 1}"
    value = count if base == 0 else f"{base} + {count}"
    return f'f"{{{value}}}.00"' if column.type is FieldType.DECIMAL else value


def _text(column: BaseColumn, label: str) -> str:
    """Return a text with a number, of a length that is allowed."""
    longest = column.max_length or 0
    plain = re.sub(r"[^A-Za-z0-9 ]", "", label)[: max(longest - 4, 0)].strip()
    if longest < 4:
        width = max(2, min(column.min_length, longest))
        return 'f"{number % 10}"' if longest < 2 else f'f"{{number:0{width}}}"'
    text = f"{plain} {{number}}" if plain else "{number}"
    filler = "x" * max(0, column.min_length - len(plain) - 2)
    return f'f"{text}{filler}"'


def second_value(column: BaseColumn) -> str | None:
    """Return another valid value as JSON in Python; None where there is only one."""
    if column.is_enum:
        return py_str(column.members[-1][1]) if len(column.members) > 1 else None
    if column.bounds is not None:
        low, high = column.bounds
        if low == high:
            return None
        return f'"{high}.00"' if column.type is FieldType.DECIMAL else str(high)
    if column.written is not None:
        return other_sample(column.written)
    simple = {
        FieldType.BOOLEAN: "True",
        FieldType.DATE: '"2031-02-20"',
        FieldType.DATETIME: '"2031-02-20T18:45:00Z"',
        FieldType.EMAIL: '"somebody.else@example.com"',
        FieldType.URL: '"https://example.org/another"',
    }
    if column.type in simple:
        return simple[column.type]
    longest = column.max_length or 0
    changed = "Changed".ljust(min(column.min_length, 60), "d")[:longest]
    if column.min_length > len(changed):
        return f'"C" * {column.min_length}'
    return py_str(changed)
