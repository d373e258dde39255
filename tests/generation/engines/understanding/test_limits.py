"""The limits that numbers have by what they are, and how many of something a thing has."""

from __future__ import annotations

import pytest

from projects.spec.models import FieldSpec, FieldType
from tests.generation.engines.understanding.reading import read


def field_of(description: str, name: str) -> FieldSpec:
    """Return the only field of a name."""
    found = [f for entity in read(description).entities for f in entity.fields if f.name == name]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("stars", (1, 5)),
        ("rating", (1, 5)),
        ("price", (0, None)),
        ("number of seats", (0, None)),
        ("duration in minutes", (0, None)),
        ("balance", (None, None)),
        ("temperature", (None, None)),
    ],
)
def test_a_number_has_the_limits_of_what_it_counts(name: str, limits: tuple[int | None, ...]):
    spec = read(f"Each gadget has a title, a {name} and a colour.")
    (field,) = (
        f for f in spec.entities[0].fields if f.type in {FieldType.INTEGER, FieldType.DECIMAL}
    )
    assert (field.minimum, field.maximum) == limits


@pytest.mark.parametrize("said", ["from 1 to 10", "(1-10)", "between 1 and 10", "out of 10"])
@pytest.mark.parametrize("thing", ["gadget", "book", "movie", "review"])
def test_what_the_words_say_of_a_limit_holds(thing: str, said: str):
    field = field_of(f"Each {thing} has a title, a rating {said} and a colour.", "rating")
    assert (field.minimum, field.maximum) == (1, 10)


@pytest.mark.parametrize("name", ["elo rating", "age rating", "chess rating"])
def test_a_rating_that_is_no_stars_has_no_limits_of_stars(name: str):
    field = field_of(f"Each gadget has a title, a colour and an {name}.", name)
    assert (field.minimum, field.maximum) == (None, None)


@pytest.mark.parametrize(
    "said", ["phone 555-1234", "season 2024-2025", "open from 9 to 17", "score out of 0"]
)
def test_two_numbers_are_not_always_limits(said: str):
    (gadget,) = read(f"Each gadget has a title, a colour and a {said}.").entities
    assert not [f for f in gadget.fields if (f.minimum, f.maximum) != (None, None)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("how many servings", "servings"),
        ("how many servings it makes", "servings"),
        ("how many hours it takes", "hours"),
        ("how many free seats there are", "free seats"),
    ],
)
def test_how_many_is_a_number(said: str, name: str):
    field = field_of(f"Each gadget has a title, a colour and {said}.", name)
    assert field.type is FieldType.INTEGER


def test_the_limits_of_a_known_field_stay_where_nothing_is_said():
    field = field_of("Each recipe has a title, servings and steps.", "servings")
    assert (field.minimum, field.maximum) == (1, 100)
