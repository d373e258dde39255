"""How the periods by which rows are grouped are written in Python, and how they are tried."""

from __future__ import annotations

from typing import Any, NamedTuple

from projects.spec.models import Period


class PeriodCode(NamedTuple):
    """A period: how many are shown, what each is called, and its first day, `ahead` of today's.

    `before` and `soon` are days in the period before and in one after that of `today`, which
    all of these speak of; `long_ago` is how many days ago none is shown any more.
    """

    kind: Period
    shown: int
    name: str
    start: tuple[str, ...]
    before: str
    soon: str
    long_ago: int = 400

    @property
    def class_name(self) -> str:
        """Return the name of the class that groups rows by it."""
        return f"By{self.kind.capitalize()}"

    def label(self, moment: str) -> str:
        """Return the name of the period of a variable's moment, as Python."""
        day = f"{moment} - into" if self.kind is Period.WEEK else moment
        return f'f"{{{day}:{self.name}}}"'


PERIODS = {
    code.kind: code
    for code in (
        PeriodCode(
            Period.DAY,
            14,
            "%a %d %b",
            ("return today + dt.timedelta(days=ahead)",),
            before="today - dt.timedelta(days=1)",
            soon="today + dt.timedelta(days=1)",
        ),
        PeriodCode(
            Period.WEEK,
            12,
            "Week of %d %b",
            ("return today + dt.timedelta(weeks=ahead, days=-today.weekday())",),
            before="today - dt.timedelta(days=7)",
            soon="today + dt.timedelta(days=7)",
        ),
        PeriodCode(
            Period.MONTH,
            12,
            "%b %Y",
            (
                "month = today.year * 12 + today.month - 1 + ahead",
                "return dt.date(month // 12, month % 12 + 1, 1)",
            ),
            before="today.replace(day=1) - dt.timedelta(days=1)",
            soon="today + dt.timedelta(days=31)",
        ),
        PeriodCode(
            Period.YEAR,
            5,
            "%Y",
            ("return dt.date(today.year + ahead, 1, 1)",),
            before="today.replace(month=1, day=1) - dt.timedelta(days=1)",
            soon="today + dt.timedelta(days=366)",
            long_ago=4000,
        ),
    )
}


def periods_facts(used: set[Period]) -> dict[str, Any]:
    """Return the periods that an app groups rows by, for its templates."""
    return {"periods": [code for kind, code in PERIODS.items() if kind in used]}
