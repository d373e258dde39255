"""What is to be said of rows group by group, as people ask for it."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from projects.spec.models import FeatureSpec, Period
from projects.spec.request import AppRequest
from tests.generation.engines.understanding.reading import read

EXPENSES = "Track expenses with amount, date and category. Categories have a name."
CLINIC = (
    "A clinic keeps patients, doctors and visits. "
    "A visit has a date and a fee, and belongs to a patient and a doctor."
)
ORDERS = (
    "Customers and orders. Customers have a name. "
    "An order has an amount, a date, a region (north, south) and belongs to a customer."
)
SALES = (
    "Sales of a shop. A sale has an amount, a date and belongs to a product. Products have a name."
)
TAGS = "Articles have a title. A tag has a name and belongs to an article."
SEARCHES = (
    "entity Search { text String } entity Member { name String } "
    "relationship ManyToOne { Search{member} to Member }"
)
TRIPS = "Track trips with a distance, a date and a type (work, private)."
LOANS = (
    "A library keeps books and loans. Books have a title. "
    "A loan has a due date and a return date and belongs to a book."
)
HOURS = "Projects and time entries. A time entry has hours, a date and belongs to a project."
DESK = "A support desk: tickets with a title, a status (open, closed) and a due date."
CLUB = "A club keeps members with a name, an email and a birthday."
SHOP = "A shop has orders with an amount and a customer name."
TASKS = "Track tasks with a status (open, done), a title and a project. Projects have a name."


def asked(description: str, text: str) -> FeatureSpec:
    """Return what became of a feature."""
    request = AppRequest(project_name="App", description=description, features=[text])
    return next(feature for feature in understand(request).features if feature.text == text)


def breakdowns(feature: FeatureSpec) -> list[str]:
    """Return each breakdown as `measure Entity.number by field`, or by making, and the period."""
    return [
        f"{one.measure} {one.entity}{f'.{one.of}' if one.of else ''} by {one.by or 'making'}"
        + (f" per {one.per}" if one.per is not Period.MONTH else "")
        for one in feature.breakdowns
    ]


@pytest.mark.parametrize(
    ("description", "text", "found"),
    [
        (EXPENSES, "Show spending per month", ["total Expense.amount by date"]),
        (EXPENSES, "A chart of expenses by category", ["total Expense.amount by category"]),
        (EXPENSES, "Number of expenses per category", ["count Expense by category"]),
        (EXPENSES, "Average amount per category", ["average Expense.amount by category"]),
        (EXPENSES, "Monthly report of expenses", ["total Expense.amount by date"]),
        (EXPENSES, "Show monthly spending", ["total Expense.amount by date"]),
        (EXPENSES, "Total amount spent per month", ["total Expense.amount by date"]),
        (CLINIC, "Statistics of visits per doctor", ["count Visit by doctor"]),
        (CLINIC, "Show how many visits each doctor has", ["count Visit by doctor"]),
        (CLINIC, "The number of visits for each doctor", ["count Visit by doctor"]),
        (CLINIC, "Monthly overview of visits", ["count Visit by date"]),
        (HOURS, "Total of time entries by project", ["total Time entry.hours by project"]),
        (HOURS, "Log hours per project", ["total Time entry.hours by project"]),
        (TASKS, "Show tasks per status", ["count Task by status"]),
        (
            TASKS,
            "A chart of tasks by project and tasks by status",
            ["count Task by project", "count Task by status"],
        ),
        (ORDERS, "Report the number of orders by region.", ["count Order by region"]),
        (ORDERS, "Statistics: number of orders per customer", ["count Order by customer"]),
        (ORDERS, "Show total of orders per month", ["total Order.amount by date"]),
        (ORDERS, "Total amount ordered per month", ["total Order.amount by date"]),
        (ORDERS, "A chart: order amounts by region", ["total Order.amount by region"]),
        (TAGS, "Number of tags per article", ["count Tag by article"]),
        (SEARCHES, "The number of searches by member", ["count Search by member"]),
        (
            EXPENSES,
            "spending by category and per month",
            ["total Expense.amount by category", "total Expense.amount by date"],
        ),
        (
            TRIPS,
            "Show total distance by type and by month",
            ["total Trip.distance by type", "total Trip.distance by date"],
        ),
        (
            SALES,
            "Report sales by product, and by month.",
            ["total Sale.amount by product", "total Sale.amount by date"],
        ),
        (EXPENSES, "Show spending per month, by default", ["total Expense.amount by date"]),
        (EXPENSES, "Show spending per month and export to csv", ["total Expense.amount by date"]),
        (CLINIC, "Statistics of visits by doctor and notes", ["count Visit by doctor"]),
        (DESK, "Show tickets per month", ["count Ticket by making"]),
        (DESK, "Monthly report of tickets", ["count Ticket by making"]),
        (DESK, "How many tickets came in per month", ["count Ticket by making"]),
        (DESK, "Chart of tickets by month of creation", ["count Ticket by making"]),
        (DESK, "A chart of tickets over time", ["count Ticket by making"]),
        (DESK, "Show tickets due per month", ["count Ticket by due date"]),
        (CLUB, "Show new members each month", ["count Member by making"]),
        (CLUB, "New members every month", ["count Member by making"]),
        (CLUB, "Show how many members joined each month", ["count Member by making"]),
        (SHOP, "Monthly report of orders", ["count Order by making"]),
        (SHOP, "Show revenue per month", ["total Order.amount by making"]),
        (CLINIC, "Show new visits each month", ["count Visit by date"]),
        (CLINIC, "Show visits created per month", ["count Visit by making"]),
        ("Track boats with a name", "Charts of boats per month", ["count Boat by making"]),
        (HOURS, "Show hours per week", ["total Time entry.hours by date per week"]),
        (HOURS, "Weekly total of hours", ["total Time entry.hours by date per week"]),
        (CLINIC, "visits per day", ["count Visit by date per day"]),
        (CLINIC, "Weekly report of visits", ["count Visit by date per week"]),
        (SHOP, "Show revenue per year", ["total Order.amount by making per year"]),
        (DESK, "Show new tickets each day", ["count Ticket by making per day"]),
        (EXPENSES, "Show yearly spending", ["total Expense.amount by date per year"]),
        (
            EXPENSES,
            "Show spending per month and per year",
            ["total Expense.amount by date", "total Expense.amount by date per year"],
        ),
        (EXPENSES, "A chart of expenses over time", ["total Expense.amount by date"]),
    ],
)
def test_what_is_asked_group_by_group_is_read(description, text, found):
    feature = asked(description, text)
    assert breakdowns(feature) == found
    assert "breakdown" in feature.capabilities
    assert "chart" not in feature.capabilities
    assert feature.reason is None
    assert all(one.inferred_from[0].text == text for one in feature.breakdowns)


@pytest.mark.parametrize(
    ("description", "text"),
    [
        (EXPENSES, "Filter expenses by category"),
        (EXPENSES, "Sort expenses by date and find them by category"),
        (CLINIC, "Store visits per patient with a short reason and a note"),
        (EXPENSES, "Sort expenses by amount, by date and in a chart"),
        (ORDERS, "A dashboard where I can order orders by region"),
        (ORDERS, "Report of orders ordered by region"),
        (TAGS, "Tag tags by article and see a chart"),
        (TASKS, "Organise tasks by status and show totals"),
        (CLINIC, "Store visits per patient and month"),
        (CLINIC, "At most 3 visits per doctor"),
        (CLINIC, "One visit per patient"),
        (CLINIC, "Write notes for each visit"),
        (CLUB, "Members pay each month"),
        (CLINIC, "At most 3 visits per day"),
        (CLUB, "Send a report to members each month"),
        (DESK, "A chart of progress over time"),
    ],
)
def test_what_is_kept_found_or_limited_is_not_counted(description, text):
    assert asked(description, text).breakdowns == ()


@pytest.mark.parametrize(
    ("description", "text", "left"),
    [
        (HOURS, "Show hours per quarter", "hours per quarter"),
        (CLINIC, "Quarterly report of visits", "quarterly visits"),
        (EXPENSES, "A chart of expenses by amount", "expenses by amount"),
        (DESK, "Show tickets closed per month", "tickets closed per month"),
        (DESK, "Show open tickets per month", "open tickets per month"),
        ("entity Flat { rent BigDecimal }", "Show the rent per month", "rent per month"),
    ],
)
def test_what_cannot_be_grouped_so_is_named_as_not_made(description, text, left):
    feature = asked(description, text)
    assert feature.breakdowns == ()
    assert left in str(feature.reason)


def test_what_is_made_and_what_is_not_stand_side_by_side():
    feature = asked(HOURS, "Show hours per project and hours per quarter")
    assert breakdowns(feature) == ["total Time entry.hours by project"]
    assert feature.reason == "The built-in engine cannot make this yet: hours per quarter."


@pytest.mark.parametrize(
    ("description", "text", "found", "left"),
    [
        (
            SALES,
            "Report sales by region, by product and by month.",
            ["total Sale.amount by product", "total Sale.amount by date"],
            "sales by region",
        ),
        (
            EXPENSES,
            "Chart of spending by category, amount and quarter",
            ["total Expense.amount by category"],
            "spending by amount, spending by quarter",
        ),
        (CLINIC, "visits per ward per doctor", ["count Visit by doctor"], "visits per ward"),
        (
            CLINIC,
            "Charts of visits by doctor for each ward",
            ["count Visit by doctor"],
            "visits for each ward",
        ),
    ],
)
def test_of_a_list_what_can_be_made_is_made_and_the_rest_named(description, text, found, left):
    feature = asked(description, text)
    assert breakdowns(feature) == found
    assert feature.reason == f"The built-in engine cannot make this yet: {left}."


@pytest.mark.parametrize(
    ("description", "text", "found", "left"),
    [
        (
            CLINIC,
            "visits per doctor per month",
            ["count Visit by doctor", "count Visit by date"],
            "visits per doctor and month at once",
        ),
        (
            EXPENSES,
            "Chart of spending by category and month",
            ["total Expense.amount by category", "total Expense.amount by date"],
            "spending by category and month at once",
        ),
        (
            EXPENSES,
            "Show monthly spending by category",
            ["total Expense.amount by category", "total Expense.amount by date"],
            "spending by category and month at once",
        ),
        (
            CLINIC,
            "Number of visits by doctor for each patient by month",
            ["count Visit by doctor", "count Visit by patient", "count Visit by date"],
            "visits by doctor, patient and month at once",
        ),
    ],
)
def test_groups_of_groups_are_made_one_by_one_and_named(description, text, found, left):
    feature = asked(description, text)
    assert breakdowns(feature) == found
    assert feature.reason == f"The built-in engine cannot make this yet: {left}."


def test_rows_are_counted_by_the_date_of_an_end_only_where_that_is_said():
    assert breakdowns(asked(LOANS, "how many loans per month")) == ["count Loan by making"]
    assert breakdowns(asked(LOANS, "how many loans are due per month")) == [
        "count Loan by due date"
    ]
    assert breakdowns(asked(LOANS, "Show loans returned per month")) == [
        "count Loan by return date"
    ]
    begun = LOANS.replace("a due date", "a due date, a loan date")
    assert breakdowns(asked(begun, "how many loans per month")) == ["count Loan by loan date"]


def test_a_chart_by_the_first_choice_stays_a_chart():
    feature = asked(TASKS, "A chart of tasks by status")
    assert (feature.capabilities, feature.breakdowns) == (("chart",), ())


def test_a_sentence_of_the_description_becomes_a_feature_and_brings_a_dashboard():
    spec = read(f"{EXPENSES} I want to see spending per month.")
    (feature,) = [one for one in spec.features if one.breakdowns]
    assert feature.text == "I want to see spending per month."
    assert feature.entities == ("Expense",)
    assert spec.dashboard


def test_a_date_that_tells_of_creation_is_meant_before_the_making_itself():
    tickets = "Track tickets with a title, a visit date and a creation date."
    feature = asked(tickets, "Show tickets by creation per month and tickets created per month")
    assert breakdowns(feature) == ["count Ticket by creation date"]


def test_things_of_a_model_are_counted_by_their_making():
    feature = asked("entity Signup { email String }", "A chart of signups over time")
    assert breakdowns(feature) == ["count Signup by making"]


def test_features_beside_a_model_are_read_of_the_models_things():
    model = (
        "entity Visit { day LocalDate } entity Doctor { name String } "
        "relationship OneToMany { Doctor{visit} to Visit{doctor} }"
    )
    feature = asked(model, "Statistics of visits per doctor")
    assert breakdowns(feature) == ["count Visit by doctor"]
