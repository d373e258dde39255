"""What a dashboard shows of groups is held against the rows."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from generation.engines.builtin.render import render_spec
from generation.engines.builtin.understanding import understand
from generation.verification.app import App
from generation.verification.groups import Breakdown, breakdowns_of
from generation.verification.values import rules_of, totals_of, value_for
from projects.spec.models import Period
from projects.spec.request import TECH_STACKS, AppRequest

WORDS = (
    "Track expenses with amount, date and category. Categories have a name. Show spending "
    "per month, the number of expenses per category and the average amount per category. "
    "Show expenses created per month."
)
TODAY = dt.datetime.now(dt.UTC).date()
NEXT_MONDAY = TODAY + dt.timedelta(days=7 - TODAY.weekday())
ROWS: list[dict[str, object]] = [
    {"amount": "1.25", "date": str(TODAY), "category_id": 1, "category": {"label": "Food"}},
    {"amount": "4.50", "date": str(TODAY), "category_id": 1, "category": {"label": "Food"}},
    {"amount": "2.00", "date": "2001-01-01", "category_id": None, "category": None},
    {"amount": None, "date": None, "category_id": 2, "category": {"label": "Food"}},
]


@pytest.fixture(scope="module", params=TECH_STACKS)
def app(request: pytest.FixtureRequest) -> App:
    spec = understand(AppRequest(project_name="App", description=WORDS))
    files = render_spec(spec, request.param, "Plain CSS")
    return App(Path(), json.loads(files["codegen.json"]))


@pytest.fixture
def breakdowns(app: App) -> list[Breakdown]:
    return breakdowns_of(app)


def test_the_numbers_of_groups_are_those_of_the_rows(breakdowns):
    months, counts, averages, _ = breakdowns
    assert [(label, str(number)) for label, number in months.numbers_of(ROWS)] == [
        (f"{TODAY:%b %Y}", "5.75")
    ]
    assert counts.numbers_of(ROWS) == [("Food", 1), ("Food", 2), ("None", 1)]
    assert averages.numbers_of(ROWS) == [("Food", 2.875), ("None", 2)]


@pytest.mark.parametrize(
    ("title", "shares", "holds"),
    [
        ("Average amount of expenses by category", [("None", "2.00"), ("Food", "2.88")], True),
        ("Average amount of expenses by category", [("None", "2.00"), ("Food", "3.00")], False),
        ("Average amount of expenses by category", [("Food", "2.88")], False),
        ("Expenses by category", [("None", "2.00"), ("Food", "2.88")], False),
    ],
)
def test_what_is_shown_otherwise_or_not_at_all_is_noticed(breakdowns, title, shares, holds):
    averages = breakdowns[2]
    assert averages.is_among([(title, shares)], averages.numbers_of(ROWS)) is holds


def test_groups_of_nothing_may_be_shown_and_thousands_be_parted(breakdowns):
    months = breakdowns[0]
    row = {**ROWS[0], "amount": "1234.50"}
    shown = [(f"{TODAY:%b %Y}", "1,234.50"), ("Jan 2001", "0.00")]
    title = "Total amount of expenses per month"
    assert months.is_among([(title, shown)], months.numbers_of([row]))


def test_months_to_come_are_told_of_too(breakdowns):
    soon, late = TODAY + dt.timedelta(days=31), TODAY + dt.timedelta(days=400)
    rows = [{**ROWS[0], "date": str(day)} for day in (soon, late)]
    assert breakdowns[0].numbers_of(rows) == [(f"{soon:%b %Y}", Decimal("1.25"))]


@pytest.mark.parametrize(
    ("per", "days", "label"),
    [
        (Period.DAY, 1, f"{TODAY + dt.timedelta(days=1):%a %d %b}"),
        (Period.WEEK, 7 - TODAY.weekday(), f"{NEXT_MONDAY:Week of %d %b}"),
        (Period.WEEK, 13 - TODAY.weekday(), f"{NEXT_MONDAY:Week of %d %b}"),
        (Period.WEEK, 500, None),
        (Period.DAY, -14, None),
        (Period.YEAR, 0, f"{TODAY:%Y}"),
        (Period.YEAR, -3000, None),
    ],
)
def test_rows_are_grouped_by_other_periods(breakdowns, per, days, label):
    day = str(TODAY + dt.timedelta(days=days))
    found = replace(breakdowns[0], per=per).numbers_of([{**ROWS[0], "date": day}])
    assert found == ([(label, Decimal("1.25"))] if label else [])


def test_rows_are_counted_by_when_they_were_made(breakdowns):
    made = breakdowns[3]
    moments = (f"{TODAY}T10:30:00Z", f"{TODAY}T11:30:00.5Z", "2001-01-01T00:00:00Z")
    rows = [{**ROWS[2], "created_at": moment} for moment in moments]
    numbers = made.numbers_of(rows)
    assert [(label, int(number)) for label, number in numbers] == [(f"{TODAY:%b %Y}", 4)]
    shown = [(f"{TODAY:%b %Y}", "4.00")]
    assert made.is_among([("Total amount of expenses added per month", shown)], numbers)
    assert not made.is_among([("Total amount of expenses per month", shown)], numbers)


def test_dates_that_group_rows_are_of_late(app):
    rules = rules_of(app.spec, "Expense")
    assert value_for(rules["date"], 0) == str(TODAY)
    assert value_for({"type": "date"}, 0).startswith("2031")


def test_a_list_must_say_the_totals_that_are_asked_for(app):
    (expense,) = [one for one in app.resources if one["entity"] == "Expense"]
    assert totals_of(app.spec, expense) == ["total_amount"]
    (category,) = [one for one in app.resources if one["entity"] == "Category"]
    assert totals_of(app.spec, category) == []
