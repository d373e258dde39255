"""Values that a field takes, for forms and for the API."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Rules = Mapping[str, Any]
TEXTS = ("string", "text")
# The smallest picture: one dot.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
NUMBERS = ("integer", "decimal")
# How far a rounded average may be from the true one.
ROUNDING = Decimal("0.05")


def rules_of(spec: Mapping[str, Any], entity: str) -> dict[str, Rules]:
    """Return the rules of an entity's fields by their names in the spec."""
    found = next(item for item in spec["entities"] if item["name"] == entity)
    return {field["name"]: field for field in found["fields"]}


def value_for(rules: Rules, number: int) -> str:
    """Return what is typed into a field's control; another number gives another value."""
    kind = rules["type"]
    if kind in TEXTS:
        return _text(rules, number)
    if kind in NUMBERS:
        return str(_number(rules, number))
    fixed = {
        "boolean": "true",
        "date": f"2031-03-{number % 28 + 1:02}",
        "datetime": f"2031-03-{number % 28 + 1:02}T10:30",
        "email": f"check{number}@example.org",
        "url": f"https://example.org/check{number}",
    }
    return fixed[kind] if kind in fixed else str(rules["choices"][0])


def _text(rules: Rules, number: int) -> str:
    least = rules.get("min_length") or 0
    most = rules.get("max_length") or 200
    words = f"{number} check"
    return words.ljust(least, "x")[:most].rstrip() or str(number)[:most]


def _number(rules: Rules, number: int) -> int:
    least, most = rules.get("minimum"), rules.get("maximum")
    if least is None:
        return number if most is None else int(most - number)
    if most is None:
        return int(least + number)
    return int(least + number % (most - least + 1))


def json_for(rules: Rules, number: int) -> object:
    """Return a field's value as the API takes it."""
    text = value_for(rules, number)
    kind = rules["type"]
    if kind == "integer":
        return int(text)
    if kind == "boolean":
        return True
    return f"{text}:00Z" if kind == "datetime" else text


def wrong_totals(listed: Mapping[str, Any]) -> list[str]:
    """Return the totals in a list's answer, which holds all its rows, that are not those rows'."""
    return [
        name
        for name, said in listed.get("totals", {}).items()
        if not _is_near(said, _total(name, listed["items"]), is_sum=name.startswith("total_"))
    ]


def _total(name: str, rows: list[Mapping[str, Any]]) -> Decimal | None:
    """Return `total_amount` or `average_amount` of rows; None where none has a value."""
    kind, _, key = name.partition("_")
    values = [Decimal(str(row[key])) for row in rows if row[key] is not None]
    if not values:
        return None
    return sum(values, Decimal(0)) / (1 if kind == "total" else len(values))


def _is_near(said: object, meant: Decimal | None, *, is_sum: bool) -> bool:
    if said is None or meant is None:
        return said is meant
    return abs(Decimal(str(said)) - meant) <= (0 if is_sum else ROUNDING)


def in_dependency_order(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return resources so that what a required link points at comes before, where that can be."""
    placed: dict[str, dict[str, Any]] = {}
    waiting = list(resources)
    while waiting:
        free = [item for item in waiting if _needs(item) <= placed.keys() | {item["entity"]}]
        for item in free or waiting[:1]:
            placed[item["entity"]] = item
        waiting = [item for item in waiting if item["entity"] not in placed]
    return list(placed.values())


def _needs(resource: Mapping[str, Any]) -> set[str]:
    return {link["target"] for link in resource["links"] if link["required"]}
