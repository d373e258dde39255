"""Rows of text that are typed on the design's page, and how they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from projects.spec.limits import NUMBERS, USUAL
from projects.spec.models import FieldSpec

LENGTHS, RANGE = ("min_length", "max_length"), ("minimum", "maximum")
# What either is called in the form, whatever the type is that is chosen there.
BOUNDS = ("least", "most")
ROW = re.compile(r"(field|relation|page)-(\d{1,4})-([a-z]+)")
MOST_ROWS = 400
_LINE_ENDS = re.compile(r"[\r\n]")
_CHOICE = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)')


@dataclass
class Row:
    """One line of a table that is edited; `was` is the name (or path) it had before, if any."""

    values: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def was(self) -> str:
        """What the row was called when it was last stored; empty for a new one."""
        return self.values.get("was", "")

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into a new row."""
        typed = ("name", "path", "choices", "default", "pattern", "target")
        return not self.was and not any(self.values.get(key, "").strip() for key in typed)

    def text(self, key: str) -> str:
        """Return what was typed, without the spaces around it."""
        return self.values.get(key, "").strip()


def read_rows(data: Mapping[str, str], kind: str) -> list[Row]:
    """Return the rows of one kind from a sent form, in the order of their numbers."""
    rows: dict[int, Row] = {}
    for key, value in data.items():
        match = ROW.fullmatch(key)
        if match and match[1] == kind and int(match[2]) < MOST_ROWS:
            rows.setdefault(int(match[2]), Row()).values[match[3]] = value
    return [rows[number] for number in sorted(rows)]


def change_rows(rows: list[Row], kind: str, act: str) -> bool:
    """Add or remove a row as the pressed button says; return whether it was about these rows."""
    if act == f"add-{kind}":
        rows.append(Row())
        return True
    match = re.fullmatch(rf"remove-{kind}-(\d{{1,4}})", act)
    if match is None:
        return False
    if int(match[1]) < len(rows):
        del rows[int(match[1])]
    return True


def typed(values: Mapping[str, str], key: str, before: str | None) -> str | None:
    """Return a text as it was typed, without the spaces around it; None where there is none.

    It is the one from before, to the letter, where it was sent as it is shown: on one line.
    """
    sent = values.get(key, "")
    if before is not None and _LINE_ENDS.sub("", sent) == _LINE_ENDS.sub("", before):
        return before
    return sent.strip() or None


def shown_choices(choices: Iterable[str]) -> str:
    """Write choices with commas between; one that has a comma itself stands in quotes."""
    return ", ".join(
        '"{}"'.format(choice.replace('"', '""')) if "," in choice or choice[:1] == '"' else choice
        for choice in choices
    )


def read_choices(text: str) -> list[str]:
    """Return the choices that are written with commas between, as `shown_choices` writes them."""
    found = (
        match[1].replace('""', '"') if match[1] is not None else match[2].strip()
        for match in _CHOICE.finditer(text)
    )
    return [choice for choice in found if choice]


def _limit_keys(kind: str) -> tuple[str, ...]:
    return LENGTHS if kind in USUAL else RANGE if kind in NUMBERS else ()


def shown_limits(one: FieldSpec) -> dict[str, str]:
    """Return a field's limits as they are shown; nothing for what has none."""
    limits = [getattr(one, key) for key in _limit_keys(one.type)]
    return {
        name: "" if limit is None else str(limit)
        for name, limit in zip(BOUNDS, limits, strict=False)
    }


def typed_limits(row: Row, before: FieldSpec | None, kind: str) -> dict[str, str | None]:
    """Return the limits as they were typed; those of a number are not those of a text."""
    shown = shown_limits(before) if before else {}
    sent = {name: row.values.get(name, shown.get(name, "")).strip() for name in BOUNDS}
    if before and _limit_keys(before.type) != _limit_keys(kind) and sent == shown:
        sent = {}
    limits = {
        key: sent.get(name) or None for key, name in zip(_limit_keys(kind), BOUNDS, strict=False)
    }
    return {**dict.fromkeys((*LENGTHS, *RANGE)), **limits}
