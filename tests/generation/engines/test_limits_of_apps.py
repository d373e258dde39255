"""Fields can be filled and stored whatever limits a design gives, also where no editor saw it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generation.engines.builtin.engine import STACKS
from generation.engines.builtin.render import render_spec
from generation.engines.builtin.stacks.django_htmx.columns import columns_of as django_columns
from generation.engines.builtin.stacks.django_htmx.naming import names_of as django_names
from generation.engines.builtin.stacks.react_fastapi.columns import columns_of as react_columns
from generation.engines.builtin.stacks.react_fastapi.naming import names_of as react_names
from generation.engines.builtin.stacks.shared.columns import BaseColumn
from projects.spec.limits import LONGEST
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, FieldType

HUGE = 987_654_321_987


def app_with(**values: object) -> AppSpec:
    field = FieldSpec.model_validate({"name": "size", **values})
    return AppSpec(name="App", entities=(EntitySpec(name="Box", plural="Boxes", fields=(field,)),))


def columns_with(**values: object) -> tuple[BaseColumn, BaseColumn]:
    spec = app_with(**values)
    react = react_columns(react_names(spec).entities[0])
    return react[0], django_columns(django_names(spec).entities[0])[0]


@pytest.mark.parametrize("kind", LONGEST)
@pytest.mark.parametrize(
    "limits",
    [
        {"min_length": 300},
        {"min_length": HUGE},
        {"max_length": HUGE},
        {"min_length": 9, "max_length": 3},
    ],
)
def test_a_text_holds_what_it_asks_for_and_no_more_than_is_stored(kind, limits):
    for column in columns_with(type=kind, **limits):
        assert column.min_length <= (column.max_length or 0) <= LONGEST[kind]


def test_an_address_of_mail_asks_for_no_length_that_it_cannot_have():
    for column in columns_with(type=FieldType.EMAIL, min_length=300, max_length=3):
        assert (column.min_length, column.max_length) == (0, 254)


@pytest.mark.parametrize("stack", STACKS)
def test_no_column_is_longer_than_databases_take(stack):
    files = render_spec(app_with(max_length=HUGE), stack, "Plain CSS")
    assert not [
        path for path, code in files.items() if str(HUGE) in code and path != "codegen.json"
    ]


@pytest.mark.parametrize("kind", [FieldType.INTEGER, FieldType.DECIMAL])
@pytest.mark.parametrize(("low", "high"), [(-19, 0), (-100, 5), (0, 19), (None, -3), (7, None)])
def test_samples_of_a_unique_number_are_twelve_numbers_within_its_limits(kind, low, high):
    for column in columns_with(type=kind, unique=True, minimum=low, maximum=high):
        samples = [
            eval(column.first, {"number": number})  # noqa: S307 - our own expression
            for number in range(1, 13)
        ]
        numbers = {Decimal(sample) for sample in samples}
        assert len(numbers) == len(samples)
        assert all((low is None or low <= n) and (high is None or n <= high) for n in numbers)
