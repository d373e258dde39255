"""What a dashboard says of rows group by group, held against the rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generation.engines.builtin.stacks.shared.words import in_words
from generation.verification.app import App
from generation.verification.values import is_near
from projects.spec.breakdowns import DATES, ToOne, grouping_of, is_grounded, number_of
from projects.spec.models import AppSpec, BreakdownSpec, FieldSpec, Measure, Period

# How many periods a dashboard shows up to this one, and at most of those to come.
REACH = {Period.DAY: 14, Period.WEEK: 12, Period.MONTH: 12, Period.YEAR: 5}
# The key of every row that tells when it was made.
MADE = "created_at"
# What stands in the place of a link that leads nowhere.
NOWHERE = "None"
# Each heading of a dashboard that has bars below it, with the texts beside these.
SHOWN = """() => [...document.querySelectorAll("main article")].map((article) => [
  article.querySelector("h2").textContent.trim(),
  [...article.querySelectorAll("li:has(svg)")].map((line) =>
    [...line.querySelectorAll("span")].map((part) => part.textContent.trim())),
])"""
Row = Mapping[str, Any]
Numbers = list[tuple[str, Decimal]]


@dataclass(frozen=True)
class Breakdown:
    """A breakdown as an app names it: words of its heading, and keys of its rows."""

    slug: str
    words: tuple[str, ...]
    by: str
    of: str | None
    measure: Measure
    is_link: bool = False
    per: Period | None = None

    def numbers_of(self, rows: Iterable[Row]) -> Numbers:
        """Return the label and the number of each group of rows that is not nothing."""
        values: defaultdict[object, list[Decimal]] = defaultdict(list)
        labels: dict[object, str] = {}
        for row in rows:
            label = self._label_of(row)
            if label is not None and (self.of is None or row[self.of] is not None):
                group = row[self.by] if self.is_link else label
                labels[group] = label
                values[group].append(Decimal(str(row[self.of])) if self.of else Decimal(1))
        is_average = self.measure is Measure.AVERAGE
        numbers = ((k, sum(v) / Decimal(len(v) if is_average else 1)) for k, v in values.items())
        return sorted((labels[group], number) for group, number in numbers if number)

    def is_among(self, shown: Iterable[tuple[str, list[tuple[str, str]]]], meant: Numbers) -> bool:
        """Tell whether a dashboard shows these numbers under a heading with the words."""
        return any(
            self._are(meant, shares)
            for title, shares in shown
            if all(word in title.lower() for word in self.words)
        )

    def _are(self, meant: Numbers, shares: list[tuple[str, str]]) -> bool:
        read = sorted((label, Decimal(number.replace(",", ""))) for label, number in shares)
        read = [(label, number) for label, number in read if number]
        is_sum = self.measure is not Measure.AVERAGE
        return [label for label, _ in read] == [label for label, _ in meant] and all(
            is_near(one, other, is_sum=is_sum)
            for (_, one), (_, other) in zip(read, meant, strict=True)
        )

    def _label_of(self, row: Row) -> str | None:
        """Return what a row's group is called; None where it is in none."""
        value = row[self.by]
        if self.is_link:
            linked = row[self.by.removesuffix("_id")]
            return NOWHERE if linked is None else str(linked["label"])
        if value is None or self.per is None:
            return None if value is None else str(value)
        day, today = dt.date.fromisoformat(value[:10]), dt.datetime.now(dt.UTC).date()
        number, label = _period_of(day, self.per)
        ago = _period_of(today, self.per)[0] - number
        return label if -REACH[self.per] <= ago < REACH[self.per] else None


def _period_of(day: dt.date, per: Period) -> tuple[int, str]:
    """Return which one a day's period is, counted from any one, and what it is called."""
    if per is Period.DAY:
        return day.toordinal(), f"{day:%a %d %b}"
    if per is Period.WEEK:
        monday = day - dt.timedelta(days=day.weekday())
        return monday.toordinal() // 7, f"{monday:Week of %d %b}"
    if per is Period.MONTH:
        return day.year * 12 + day.month, f"{day:%b %Y}"
    return day.year, f"{day:%Y}"


def breakdowns_of(app: App) -> list[Breakdown]:
    """Return the breakdowns that an app must show."""
    spec = AppSpec.model_validate(app.spec)
    asked = [one for feature in spec.features for one in feature.breakdowns]
    return [_breakdown(app, spec, one) for one in asked if is_grounded(spec, one)]


def _breakdown(app: App, spec: AppSpec, asked: BreakdownSpec) -> Breakdown:
    entity = next(one for one in spec.entities if one.name == asked.entity)
    resource = next(item for item in app.resources if item["entity"] == asked.entity)
    said = [] if asked.measure is Measure.COUNT else [asked.measure.value]
    part, number = grouping_of(spec.entities, entity, asked.by), number_of(entity, asked.of)
    is_date = part is None or (isinstance(part, FieldSpec) and part.type in DATES)
    is_link = isinstance(part, ToOne)
    by, how = MADE, f"per {asked.per}"
    if part is None and any(field.type in DATES for field in entity.fields):
        how = f"added {how}"
    if part is not None:
        label = in_words(part.name)
        by = _key_of(resource["links" if is_link else "fields"], label)
        how = how if is_date else f"by {label.lower()}"
    words = (resource["plural"].lower(), how, *said)
    return Breakdown(
        resource["slug"],
        words,
        by=by,
        of=_key_of(resource["fields"], in_words(number.name)) if number else None,
        measure=asked.measure,
        is_link=is_link,
        per=asked.per if is_date else None,
    )


def _key_of(parts: Iterable[Mapping[str, str]], label: str) -> str:
    return next(part["key"] for part in parts if part["label"] == label)
