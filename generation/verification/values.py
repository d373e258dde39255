"""Values that a field takes, for forms and for the API."""

from __future__ import annotations

import datetime as dt
from base64 import b64decode
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from generation.engines.builtin.stacks.shared.capabilities import wants_of
from projects.spec.faults import same
from projects.spec.models import AppSpec, FieldSpec
from projects.spec.numbers import total_of
from projects.spec.patterns import written_as

Rules = Mapping[str, Any]
TEXTS = ("string", "text")
# The smallest picture: one dot.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
NUMBERS = ("integer", "decimal")
# The rules that say how a text is written.
_WRITTEN = ("type", "pattern", "min_length", "max_length")
# How far a rounded average may be from the true one.
ROUNDING = Decimal("0.05")


def rules_of(spec: Mapping[str, Any], entity: str) -> dict[str, Rules]:
    """Return the rules of an entity's fields by their names in the spec.

    Dates whose months group rows are marked: they are of late.
    """
    found = next(item for item in spec["entities"] if item["name"] == entity)
    asked = [one for feature in spec["features"] for one in feature.get("breakdowns", ())]
    months = {same(one["by"]) for one in asked if one["entity"] == entity and one["by"]}
    return {
        field["name"]: {**field, "is_recent": same(field["name"]) in months}
        for field in found["fields"]
    }


def value_for(rules: Rules, number: int) -> str:
    """Return what is typed into a field's control; another number gives another value."""
    kind = rules["type"]
    if kind in TEXTS:
        return _text(rules, number)
    if kind in NUMBERS:
        return str(_number(rules, number))
    day = f"2031-03-{number % 28 + 1:02}"
    if rules.get("is_recent"):
        day = str(dt.datetime.now(dt.UTC).date() - dt.timedelta(days=number % 28))
    fixed = {
        "boolean": "true",
        "date": day,
        "datetime": f"{day}T10:30",
        "email": f"check{number}@example.org",
        "url": f"https://example.org/check{number}",
    }
    return fixed[kind] if kind in fixed else str(rules["choices"][0])


def _text(rules: Rules, number: int) -> str:
    known = {key: rules[key] for key in _WRITTEN if key in rules}
    written = written_as(FieldSpec.model_validate({"name": "text", **known}))
    if written is not None:
        return written.value(number)
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


def totals_of(app: Mapping[str, Any], resource: Mapping[str, Any]) -> list[str]:
    """Return the totals that a list must say of all its rows: where asked for, and of ratings."""
    asked = wants_of(AppSpec.model_validate(app), "totals", resource["entity"])
    found = next(item for item in app["entities"] if item["name"] == resource["entity"])
    fields = {one["name"]: FieldSpec.model_validate(one) for one in found["fields"]}
    measures = [
        (item["key"], total_of(fields[item["field"]], asked=asked)) for item in resource["fields"]
    ]
    return [f"{measure}_{key}" for key, measure in measures if measure is not None]


def wrong_totals(listed: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Return the totals of those names that a list's answer, which holds all its rows, lacks.

    Those that are others than its rows' are among them.
    """
    said = listed.get("totals", {})
    return [
        name
        for name in names
        if name not in said
        or not is_near(said[name], _total(name, listed["items"]), is_sum=name.startswith("total_"))
    ]


def _total(name: str, rows: list[Mapping[str, Any]]) -> Decimal | None:
    """Return `total_amount` or `average_amount` of rows; None where none has a value."""
    kind, _, key = name.partition("_")
    values = [Decimal(str(row[key])) for row in rows if row[key] is not None]
    if not values:
        return None
    return sum(values, Decimal(0)) / (1 if kind == "total" else len(values))


def is_near(said: object, meant: Decimal | None, *, is_sum: bool) -> bool:
    """Tell whether a number is what it should be; an average may be rounded."""
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
