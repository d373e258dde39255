"""Who does what, to what and where: subjects that act, places, and what is done to each other."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding.inflections import singular_of
from projects.spec.models import FieldType
from tests.generation.engines.understanding.reading import links, names, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Manage drafts. Curators leave remarks on a draft.", ("Remark", "Draft")),
        ("Manage wines. After a tasting, tasters rate the wines they got.", ("Rating", "Wine")),
        ("Employees open tickets. Agents reply to them and close them.", ("Reply", "Ticket")),
        ("Members log runs and comment on each other's runs.", ("Comment", "Run")),
        ("Users create polls with several options and vote on one option.", ("Vote", "Option")),
        ("Guests hire a cleaner and both rate each other afterwards.", ("Rating", "Cleaner")),
        (
            "Tenants report damages to their apartment. Manage apartments.",
            ("Damage report", "Apartment"),
        ),
        (
            "Report damage on a piece of equipment. Manage equipment.",
            ("Damage report", "Equipment"),
        ),
        ("Users search for stocks and set price alerts for stocks.", ("Price alert", "Stock")),
        ("Assign a driver to a delivery. Manage deliveries.", ("Delivery", "Driver")),
        ("Assign a pitch to each match. Manage pitches.", ("Match", "Pitch")),
        ("Assign tasks to an employee. Manage employees.", ("Task", "Employee")),
        ("Appoint a referee for each match. Manage matches.", ("Match", "Referee")),
        ("Artists play concerts at venues. Manage concerts.", ("Concert", "Venue")),
        ("Courses take place every week at a time in a room. Manage rooms.", ("Course", "Room")),
    ],
)
def test_what_is_left_of_what_somebody_does(text: str, expected: tuple[str, str]) -> None:
    assert expected in links(read(text))


def test_neighbors_who_report_issues_are_no_name_of_the_issue() -> None:
    assert names(read("Villagers report issues with a photo.")) == {"Issue"}


@pytest.mark.parametrize("text", ["The products list is sorted.", "Show the orders report page."])
def test_a_noun_behind_a_noun_is_no_verb(text: str) -> None:
    assert not {"Report", "List"} & names(read(text))


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("A court tool: which crew has which vehicle, and damages with a photo.", "Damage"),
        ("Fields with crops planted in a field, animals with tag number and species.", "Animal"),
    ],
)
def test_another_thing_of_a_list_is_not_linked_to_the_first(text: str, never: str) -> None:
    assert never not in {other for link in links(read(text)) for other in link}


def test_polls_do_not_have_the_votes_that_are_cast_on_their_options() -> None:
    spec = read("Users create polls with several options and vote on one option of a poll.")
    assert links(spec) == {("Option", "Poll"), ("Vote", "Option")}


def test_what_always_has_a_date_keeps_it_beside_the_fields_that_are_listed() -> None:
    spec = read("Record inspections of each hive with queen seen, brood frames and mood.")
    (inspection,) = [e for e in spec.entities if e.name == "Inspection"]
    assert [f.name for f in inspection.fields if f.type is FieldType.DATE] == ["inspected_on"]


def test_a_sentence_that_says_where_it_is_has_no_fields() -> None:
    spec = read(
        "A tutoring marketplace where tutors offer lessons in subjects with a price per hour, "
        "students book lessons and leave a review of the tutor."
    )
    assert names(spec) >= {"Lesson", "Review", "Booking"}


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("lenses", "lens"),
        ("menus", "menu"),
        ("canvases", "canvas"),
        ("bonuses", "bonus"),
        ("leaves", "leaf"),
        ("caches", "cache"),
        ("buses", "bus"),
    ],
)
def test_the_singular_of_nouns_that_end_otherwise(several: str, one: str) -> None:
    assert singular_of(several) == one
