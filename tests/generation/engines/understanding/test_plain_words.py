"""What owners of small businesses write: what they deal with, what gets what, what each has."""

from __future__ import annotations

import pytest

from projects.spec.models import FieldType
from tests.generation.engines.understanding.reading import links, names, read


def relations(text: str) -> set[tuple[str, str]]:
    return links(read(text))


def fields(text: str, entity: str) -> list[str]:
    return list(types(text, entity))


def types(text: str, entity: str) -> dict[str, FieldType]:
    (found,) = [e for e in read(text).entities if e.name == entity]
    return {field.name: field.type for field in found.fields}


@pytest.mark.parametrize(
    ("said", "entity"),
    [
        ("We let 12 beach huts.", "Beach hut"),
        ("We inspect fire extinguishers in office buildings.", "Fire extinguisher"),
        ("We also do game nights every friday.", "Game night"),
        ("We are a puppet theatre and run masterclasses.", "Masterclass"),
    ],
)
def test_what_somebodys_business_is_about_is_kept(said: str, entity: str) -> None:
    assert entity in names(read(said))


def test_what_has_fields_ends_before_another_verb() -> None:
    said = "We own vending machines. A slot holds one product and has a price and a capacity."
    assert fields(said, "Slot") == ["title", "price", "capacity"]


def test_what_comes_from_whom_belongs_to_them() -> None:
    said = "Hospitals are our clients and give us vacancies with ward and salary."
    assert ("Vacancy", "Hospital") in relations(said)


def test_who_gets_something_has_it_and_points_at_a_group() -> None:
    said = "Broken machines get a ticket. We manage machines."
    assert ("Ticket", "Machine") in relations(said)
    said = "Each project gets a crew and photos. We manage crews and projects."
    assert {("Project", "Crew"), ("Photo", "Project")} <= relations(said)
    said = "We keep students and grades. Students take quizzes, and get a grade."
    assert ("Grade", "Quiz") not in relations(said)


def test_what_is_done_by_somebody_is_theirs() -> None:
    said = "Each step is done by a technician. Steps have a time."
    assert ("Step", "Technician") in relations(said)


def test_the_first_noun_of_a_phrase_is_what_a_verb_is_of() -> None:
    said = "A prescription from a doctor covers a number of sessions. We store doctors."
    assert ("Prescription", "Session") in relations(said)
    assert ("Doctor", "Session") not in relations(said)


def test_one_of_several_is_one_of_them() -> None:
    said = "Customers reserve one of our five boats."
    assert ("Reservation", "Boat") in relations(said)


def test_which_of_others_stands_with_what_is_logged() -> None:
    said = "Before going out somebody logs an outing: which boat, who was in it. Boats have a name."
    assert ("Outing", "Boat") in relations(said)


def test_what_something_consists_of_is_no_field_of_it() -> None:
    said = "An order consists of one or more prints. Prints have a name."
    assert ("Print", "Order") in relations(said)
    assert "one or more prints" not in fields(said, "Order")


def test_a_link_with_a_name_stands_for_the_plain_one() -> None:
    said = "Each printer has a build volume and loaded material. Materials have a name."
    (printer,) = [e for e in read(said).entities if e.name == "Printer"]
    assert [relation.name for relation in printer.relations] == ["loaded material"]


def test_names_of_fields_end_before_what_is_said_of_them() -> None:
    said = "Each thesis has a title, a start date and a grade at the end."
    assert fields(said, "Thesis") == ["title", "start date", "grade"]
    said = "Symptoms have a kind, a strength from 1 to 10 and the time they started."
    assert types(said, "Symptom")["time"] is FieldType.DATETIME
    said = "Each meal has a time, a photo and the foods in it."
    assert ("Food", "Meal") in relations(said)


def test_limits_durations_and_stocks_are_numbers() -> None:
    said = "Each game has min/max players and playing time."
    found = types(said, "Game")
    assert list(found) == ["title", "min players", "max players", "playing time"]
    assert {found[name] for name in list(found)[1:]} == {FieldType.INTEGER}
    assert (
        types("Each part has a brand and a number in stock.", "Part")["stock"] is FieldType.INTEGER
    )


def test_each_of_several_has_one_age_and_one_priority() -> None:
    said = "Families have kids with names, ages and allergies."
    assert types(said, "Kid") == {
        "name": FieldType.STRING,
        "age": FieldType.INTEGER,
        "allergies": FieldType.STRING,
    }
    assert fields("Users report issues with priorities, assignees.", "Issue")[1:] == [
        "priority",
        "assignee",
    ]
    said = "Life events with births and marriages."
    assert "marriage" not in fields(said, "Life event")


def test_what_differs_is_had_by_the_things_that_differ() -> None:
    said = "Locations have units of different sizes and prices."
    assert fields(said, "Unit") == ["name", "size", "price"]
    assert ("Unit", "Location") in relations(said)
    assert "units of different sizes" not in fields(said, "Location")


def test_what_is_left_is_a_field() -> None:
    said = (
        "Spools: material, color, remaining weight, which printer they are in. We manage printers."
    )
    assert fields(said, "Spool") == ["title", "material", "color", "remaining weight"]
    assert ("Spool", "Printer") in relations(said)


def test_sites_where_work_is_done_are_kept_and_web_sites_are_not() -> None:
    said = (
        "Customers and their sites (address, contact person). Visits per site: technician, date. "
        "Traps are placed at a site."
    )
    assert {("Site", "Customer"), ("Trap", "Site")} <= relations(said)
    assert fields(said, "Site") == ["name", "address", "contact person"]
    assert "Site" not in names(read("A website that shows sites of interest and cafes."))


def test_ordinary_words_with_fields_are_things() -> None:
    said = (
        "Dentists send us cases (patient initials, tooth, shade, due date). Every case has a step."
    )
    assert ("Case", "Dentist") in relations(said)
    assert {"patient initials", "tooth", "shade", "due date"} <= set(fields(said, "Case"))
    said = "Employee records (name, email, hire date). Employees ask for leave."
    assert "Employee record" not in names(read(said))


def test_what_is_written_down_after_something_is_a_field_of_it() -> None:
    said = (
        "After the flight they log the engine hours, the fuel and the landings. We manage flights."
    )
    assert fields(said, "Flight") == ["number", "engine hours", "fuel", "landings"]
    assert {"Fuel", "Landing"}.isdisjoint(names(read(said)))
    said = "In the app users log meals, water."
    assert "Meal" in names(read(said))


def test_one_field_is_enough_where_it_is_stored() -> None:
    assert fields("Every scan is stored with the time.", "Scan") == ["title", "time"]


def test_a_catalogue_of_what_is_spoken_of_lists_its_fields() -> None:
    said = "I collect coins and want to keep a catalogue: country, year, face value, metal, grade."
    assert names(read(said)) == {"Coin"}
    assert fields(said, "Coin")[1:] == ["country", "year", "face value", "metal", "grade"]


def test_problems_with_a_thing_are_its_own() -> None:
    said = "We manage locations and units. Tenants can report problems with their unit."
    assert ("Problem", "Unit") in relations(said)


def test_who_has_paid_leaves_payments() -> None:
    assert "Payment" in names(read("Clients rent units. I must see who has not paid."))
    assert "Payment" not in names(read("Clients rent units. We see who has paid their invoice."))


def test_what_keeps_happening_is_not_kept() -> None:
    assert names(read("Our sign-out sheet for boats keeps getting lost. We own boats.")) == {"Boat"}


def test_two_kinds_of_a_thing_are_not_a_kind_alone() -> None:
    assert "Native" not in names(read("Learners set their native and target languages."))


def test_several_photos_are_rows() -> None:
    said = "As a seller, I want to list products with photos and a price so that I sell."
    assert ("Photo", "Product") in relations(said)
    assert fields(said, "Product") == ["name", "price"]
    said = "Maintenance requests submitted by tenants with priority and photos. We manage tenants."
    assert ("Photo", "Maintenance request") in relations(said)
    assert "priority" in fields(said, "Maintenance request")
    said = "Each car has a make, a price and a photo."
    assert fields(said, "Car") == ["make", "price", "photo"]


def test_what_a_recipe_has_is_not_its_ingredients() -> None:
    said = "Recipes have ingredients with amounts, steps, a prep time."
    assert fields(said, "Recipe") == ["title", "steps", "prep time"]
    assert fields(said, "Ingredient") == ["name", "amount"]
    assert ("Ingredient", "Recipe") in relations(said)


def test_a_menu_is_of_its_items() -> None:
    said = "We keep table reservations and a menu of drinks. Staff edit the menu."
    assert "Menu item" in names(read(said))
    assert "Menu" not in names(read(said))


def test_who_swaps_shifts_asks_for_it() -> None:
    said = "We manage shifts. Guards can swap shifts with each other."
    assert ("Swap request", "Shift") in relations(said)


def test_where_is_no_field() -> None:
    said = (
        "I collect coins and keep a catalogue: country, year, face value, where and when I got it."
    )
    assert "where" not in fields(said, "Coin")
