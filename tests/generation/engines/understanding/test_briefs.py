"""What people say in one breath: things with their fields in brackets, in lists and among links."""

from __future__ import annotations

import pytest

from projects.spec.models import AppSpec, EntitySpec, FieldType
from tests.generation.engines.understanding.reading import links, names, read


def entity(spec: AppSpec, name: str) -> EntitySpec:
    """Return the entity of a name."""
    return next(one for one in spec.entities if one.name == name)


def fields(spec: AppSpec, name: str) -> list[str]:
    """Return the names of an entity's fields."""
    return [field.name for field in entity(spec, name).fields]


def test_brackets_hold_links_and_fields_together():
    spec = read(
        "Vans (plate number, capacity), couriers (name, phone), parcels (a van, a courier, weight, "
        "status packed/on the road/delivered, proof of delivery file)."
    )
    assert {("Parcel", "Van"), ("Parcel", "Courier")} <= links(spec)
    assert fields(spec, "Parcel")[-3:] == ["weight", "status", "proof of delivery file"]
    status = next(field for field in entity(spec, "Parcel").fields if field.name == "status")
    assert status.choices == ("packed", "on the road", "delivered")


def test_what_several_have_is_not_what_the_whole_has():
    spec = read("I make decks with a name. Each deck has cards with a front, a back and a hint.")
    parts = {"front", "back", "hint"}
    assert parts <= set(fields(spec, "Card"))
    assert not parts & set(fields(spec, "Deck"))
    assert ("Card", "Deck") in links(spec)


@pytest.mark.parametrize("noting", ["we note", "I record", "you keep", "they enter"])
def test_who_notes_something_is_no_part_of_a_name(noting: str):
    spec = read(f"Customers bring kayaks; for every kayak {noting} length, colour and hull number.")
    assert fields(spec, "Kayak")[-3:] == ["length", "colour", "hull number"]
    assert not [name for name in names(spec) if " " in name]


def test_fields_stand_behind_what_a_thing_belongs_to():
    spec = read(
        "We keep kayaks. A repair job belongs to a kayak and has a description, a due date and a "
        "status (received, ready). Mechanics get jobs."
    )
    assert fields(spec, "Repair job") == ["description", "due date", "status"]
    assert ("Repair job", "Kayak") in links(spec)
    assert "Job" not in names(spec)


def test_a_list_ends_where_its_bracket_does():
    spec = read("It should present our menu (dishes with price and allergens), walks nearby.")
    assert {"price", "allergens"} <= set(fields(spec, "Dish"))
    assert "walks nearby" not in fields(spec, "Dish")


def test_brackets_of_examples_are_no_fields():
    spec = read("We keep documents (contracts, manuals, warranties) with a title and a date.")
    assert not {"contracts", "manuals", "warranties"} & set(fields(spec, "Document"))


def test_what_is_attached_is_a_file_of_what_it_is_attached_to():
    spec = read("Employees submit tickets with a subject and attach a screenshot.")
    assert "Screenshot" not in names(spec)
    (upload,) = (f for f in entity(spec, "Ticket").fields if f.type is FieldType.IMAGE)
    assert upload.name == "screenshot"


def test_a_request_for_a_booking_is_the_booking():
    spec = read("A hotel site shows rooms with a name. Guests can request a booking for a room.")
    assert names(spec) == {"Room", "Booking"}


@pytest.mark.parametrize("name", ["last inspection", "next service", "last seen", "last watered"])
def test_the_last_time_and_the_next_are_dates(name: str):
    spec = read(f"Each machine has a plate number, a colour and a {name}.")
    assert next(f for f in spec.entities[0].fields if f.name == name).type is FieldType.DATE


def test_a_contact_page_may_be_named_in_a_list_of_pages():
    spec = read("A hotel website. Include pages About us and Contact with our phone 030 1234567.")
    assert {page.path for page in spec.pages} == {"/", "/about", "/contact"}


@pytest.mark.parametrize(
    "words",
    [
        "Books with a title. Pupils with a name. Loans: which pupil borrowed which book.",
        "We keep books and pupils. We record which pupil borrowed which book.",
    ],
)
def test_who_took_what_is_a_loan_of_both(words: str):
    spec = read(words)
    assert names(spec) == {"Book", "Pupil", "Loan"}
    assert {("Loan", "Book"), ("Loan", "Pupil")} == links(spec)


def test_how_many_of_a_thing_there_are_is_no_name_of_it():
    spec = read("Agents publish houses: price, year built, rooms left and up to ten photos.")
    kinds = {field.name: field.type for field in entity(spec, "House").fields}
    assert kinds["year built"] is kinds["rooms left"] is FieldType.INTEGER
    assert "up" not in kinds


def test_a_list_of_ingredients_with_amounts_is_one_of_ingredients():
    spec = read("A recipe has a title, ingredients with amounts and steps.")
    assert "ingredients" in fields(spec, "Recipe")


def test_a_viewing_and_the_request_for_it_are_one():
    spec = read("Buyers ask for a viewing of a house. Agents see the viewing requests for houses.")
    assert {name for name in names(spec) if "iewing" in name} == {"Viewing"}


def test_visitors_look_for_what_was_spoken_of_before():
    spec = read("Agents publish houses with a price. Visitors search by city and price range.")
    assert entity(spec, "House").public


@pytest.mark.parametrize(
    "words",
    [
        "The public cannot see them.",
        "Guests must not access anything.",
        "Guests are asked to log in before they can see anything.",
        "The board meets monthly. Guests can view the opening hours.",
        "Visitors check in at the desk.",
        "Visitors cannot search by name.",
    ],
)
def test_who_is_shut_out_does_not_see_what_was_spoken_of_before(words: str):
    spec = read(f"Managers record suppliers with a name, a price and notes. {words}")
    assert not entity(spec, "Supplier").public
