"""Which numbers are summed up or averaged over the rows of a list."""

from __future__ import annotations

import pytest

from generation.engines.builtin.stacks.react_fastapi.columns import columns_of
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.shared.capabilities import undone
from generation.engines.builtin.stacks.shared.totals import totals_of
from generation.engines.builtin.understanding import understand
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
)
from projects.spec.request import AppRequest


def totals(name: str, *, asked: bool = True, kind: FieldType = FieldType.DECIMAL) -> list[str]:
    field = FieldSpec(name=name, type=kind)
    spec = AppSpec(name="App", entities=(EntitySpec(name="Row", plural="Rows", fields=(field,)),))
    (entity,) = names_of(spec).entities
    return [total.label for total in totals_of(columns_of(entity), asked=asked)]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("amount", "Total amount"),
        ("estimated hours", "Total estimated hours"),
        ("total", "Total"),
        ("unit price", "Average unit price"),
        ("age", "Average age"),
        ("rating", "Average rating"),
    ],
)
def test_what_adds_up_is_summed_and_the_rest_averaged(name, label):
    assert totals(name) == [label]


def test_only_ratings_are_averaged_unasked():
    assert totals("amount", asked=False) == []
    assert totals("stars", asked=False, kind=FieldType.INTEGER) == ["Average stars"]
    assert totals("rating", asked=False, kind=FieldType.STRING) == []


@pytest.mark.parametrize(
    "words",
    [
        "Track expenses with amount and date. Show monthly totals.",
        "Users track expenses and see the total amount.",
        "Track expenses and see how much money was spent.",
        "Users rate recipes. Show the average rating.",
    ],
)
def test_words_ask_for_totals(words):
    spec = understand(AppRequest(project_name="App", description=words))
    assert any("totals" in feature.capabilities for feature in spec.features)


@pytest.mark.parametrize(
    ("words", "capabilities", "is_whole"),
    [
        ("Show the total amount of expenses", ("totals",), True),
        ("Show quarterly totals", ("totals",), False),
        ("Show weekly totals", ("totals", "breakdown"), True),
        ("Show monthly totals", ("totals", "breakdown"), True),
        ("Total amount spent per month", ("totals", "breakdown"), True),
    ],
)
def test_totals_of_a_period_are_made_or_named_as_not_made(words, capabilities, is_whole):
    description = "Track expenses with amount and date."
    spec = understand(AppRequest(project_name="App", description=description, features=[words]))
    (feature,) = [one for one in spec.features if one.text == words]
    assert feature.state is FeatureState.PLANNED
    assert feature.capabilities == capabilities
    assert (feature.reason is None) is is_whole


def test_totals_have_no_ground_where_nothing_is_a_number():
    feature = FeatureSpec(text="totals", state=FeatureState.PLANNED, capabilities=("totals",))
    note = EntitySpec(name="Note", plural="Notes", fields=(FieldSpec(name="title"),))
    spec = AppSpec(name="App", entities=(note,), features=(feature,))
    (left,) = undone(spec, frozenset({"totals"}))
    assert left.reason == "What the app keeps gives no ground for it: totals."


@pytest.mark.parametrize("name", ["house number", "year", "postcode", "id"])
def test_of_numbers_that_tell_things_apart_nothing_is_said(name):
    assert totals(name, kind=FieldType.INTEGER) == []
