"""What is done again and again: a row for each time, with its date."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding.times import without_times
from projects.spec.models import FieldType
from tests.generation.engines.understanding.reading import links, names, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I add habits with a name and check them off every day.", ("Check-in", "Habit")),
        ("Users create habits and tick them off daily.", ("Check-in", "Habit")),
        ("Let users mark habits as done each day.", ("Check-in", "Habit")),
        ("Habit tracker. Users add habits. Every day they check in.", ("Check-in", "Habit")),
        ("Kids have chores and check off chores every day.", ("Check-in", "Chore")),
        ("Add medications and mark each as taken twice a day.", ("Dose", "Medication")),
        ("I add my plants and water them every few days.", ("Watering", "Plant")),
        ("Keep my pets and feed them twice a day.", ("Feeding", "Pet")),
    ],
)
def test_each_time_leaves_a_row_with_a_date(text: str, expected: tuple[str, str]) -> None:
    spec = read(text)
    assert links(spec) == {expected}
    made = next(entity for entity in spec.entities if entity.name == expected[0])
    assert {f.type for f in made.fields} & {FieldType.DATE, FieldType.DATETIME}


@pytest.mark.parametrize(
    "text",
    [
        "A todo app where I check off tasks.",
        "Manage tasks and check them off.",
        "Staff mark orders as done. Every day there is a menu.",
        "Manage hotel rooms with check-in and check-out every day.",
        "Show the date of check-in daily. Manage rooms.",
    ],
)
def test_what_is_done_once_leaves_no_row_of_its_own(text: str) -> None:
    assert not names(read(text)) & {"Check-in", "Dose"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I want to log a workout every day with duration and notes.", "Workout"),
        ("Every day I record my mood with a score and a note.", "Mood"),
        ("Log a swim every day with distance and notes.", "Swim"),
    ],
)
def test_what_is_written_down_every_day_has_a_date(text: str, name: str) -> None:
    entity = next(entity for entity in read(text).entities if entity.name == name)
    assert {f.type for f in entity.fields} & {FieldType.DATE, FieldType.DATETIME}


def test_what_is_added_and_checked_off_every_day_has_no_date_itself() -> None:
    spec = read("I add habits with a name and a colour and check them off every day.")
    habit = next(entity for entity in spec.entities if entity.name == "Habit")
    assert [field.name for field in habit.fields] == ["name", "colour"]


@pytest.mark.parametrize(
    "text",
    ["Each day has a menu.", "For each day record the weather.", "List the sales of every month."],
)
def test_a_day_of_which_something_is_said_stays(text: str) -> None:
    assert without_times(text) == text


def test_how_often_something_is_done_leaves_the_other_words_in_their_place() -> None:
    assert without_times("I log a run every day, then rest.") == (
        "I log a run          , then rest."
    )
