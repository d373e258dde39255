"""Python lines as the formatter would break them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from string import digits

Natural = list[tuple[int, int, str]]

WIDTH = 100


def width_of(line: str) -> int:
    """Return how many columns a line takes."""
    if line.isascii():
        return len(line)
    return sum(_columns(character) for character in line)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fits(line: str) -> bool:
    """Tell whether a line stays within the width."""
    return width_of(line) <= WIDTH


def call(prefix: str, arguments: Sequence[str], suffix: str = "", *, indent: int = 0) -> str:
    """Write `prefix(arguments)suffix`: on one line, or its arguments on one, or one on each."""
    pad, inner = " " * indent, " " * (indent + 4)
    joined = ", ".join(arguments)
    one = f"{pad}{prefix}({joined}){suffix}"
    if fits(one):
        return one
    if fits(inner + joined):
        return f"{pad}{prefix}(\n{inner}{joined}\n{pad}){suffix}"
    lines = "".join(f"{inner}{argument},\n" for argument in arguments)
    return f"{pad}{prefix}(\n{lines}{pad}){suffix}"


def several(target: str, values: Sequence[str], *, indent: int = 0) -> str:
    """Write `target = (...)` with a value on each line; one value alone stays on the line."""
    pad = " " * indent
    if len(values) == 1:
        return call(f"{pad}{target} = ", [f"{values[0]},"])
    lines = "".join(f"{pad}    {value},\n" for value in values)
    return f"{pad}{target} = (\n{lines}{pad})"


def assign(target: str, value: str, *, indent: int = 0) -> str:
    """Write `target = value`, in brackets where that makes a long line fit."""
    pad, inner = " " * indent, " " * (indent + 4)
    one = f"{pad}{target} = {value}"
    if fits(one) or not fits(inner + value):
        return one
    return f"{pad}{target} = (\n{inner}{value}\n{pad})"


def import_line(module: str, names: Iterable[str], *, indent: int = 0) -> str:
    """Write `from module import names`, sorted as isort does, or nothing without names."""
    ordered = imported(names)
    if not ordered:
        return ""
    pad = " " * indent
    one = f"{pad}from {module} import {', '.join(ordered)}"
    if fits(one):
        return one
    lines = "".join(f"{pad}    {name},\n" for name in ordered)
    return f"{pad}from {module} import (\n{lines}{pad})"


def import_lines(names: Mapping[str, Iterable[str]], *, indent: int = 0) -> list[str]:
    """Write `from module import names` for each module, sorted as isort does."""
    ordered = sorted(names, key=lambda module: (natural(module.lower()), natural(module)))
    return [import_line(module, names[module], indent=indent) for module in ordered]


def imported(names: Iterable[str]) -> list[str]:
    """Sort what is imported from one module as isort does: constants, classes, the rest."""
    return sorted(set(names), key=_member_key)


def _member_key(name: str) -> tuple[int, Natural, Natural]:
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, natural(name.lower()), natural(name)


def natural(text: str) -> Natural:
    """Return a key that sorts `item2` before `item10`, as ruff does (the crate natord).

    Numbers are compared by their value, those that begin with 0 digit by digit and first; all else
    by its place in Unicode, where a number has that of its digits.
    """
    parts = re.findall(r"[0-9]+|[^0-9]", text)
    return [
        (ord("0"), 0 if p[0] == "0" else len(p), p) if p[0] in digits else (ord(p), 0, "")
        for p in parts
    ]


def insert_sorted(lines: list[str], new: str, first: int, last: int) -> list[str]:
    """Put a line among the sorted lines `first` to `last` (not included), once."""
    if new in lines[first:last]:
        return lines
    at = bisect_right(lines, _line_key(new), first, last, key=_line_key)
    return [*lines[:at], new, *lines[at:]]


def _line_key(line: str) -> Natural:
    """Return what a line is sorted by: an import by its module, an entry without its comma."""
    return natural(line.partition(" import ")[0].rstrip('",'))
