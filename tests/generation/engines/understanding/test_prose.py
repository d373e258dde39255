"""Requests as people write them: what there is, what belongs to what, and what is refused."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.inflections import singular_of
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


def read(description: str, *features: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=description, features=features))


def names(spec: AppSpec) -> set[str]:
    return {entity.name for entity in spec.entities}


def links(spec: AppSpec) -> set[tuple[str, str]]:
    return {(e.name, relation.target) for e in spec.entities for relation in e.relations}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Every batch is brewed from a recipe. Manage recipes.", {"Batch", "Recipe"}),
        ("There is a visit for every animal.", {"Visit", "Animal"}),
        ("We keep 23 dogs from 17 owners in mind. Record walks.", {"Dog", "Walk"}),
        ("We write one invoice per visit.", {"Invoice", "Visit"}),
        ("Vaccinations are stapled on separately.", {"Vaccination"}),
        (
            "The app should have vocabulary flashcards, daily goals and achievements.",
            {"Vocabulary flashcard", "Goal", "Achievement"},
        ),
        (
            "A city guide website that displays restaurants, hotels and events.",
            {"Restaurant", "Hotel", "Event"},
        ),
        (
            "Drivers can find parking lots, reserve parking spaces and extend reservations.",
            {"Parking lot", "Parking space", "Reservation"},
        ),
        ("Staff record incoming donations and food parcels.", {"Donation", "Food parcel"}),
        ("Build a recipe sharing community. Users publish recipes.", {"Recipe"}),
        (
            "A site with functions for adding books, charging late fees and planning repairs.",
            {"Book", "Late fee", "Repair"},
        ),
        ("The portal replaces paper forms. Clerks manage permits.", {"Permit"}),
        ("Guests fill in a taste profile.", {"Taste profile"}),
        ("Users can create habits and check in every day.", {"Habit", "Check-in"}),
    ],
)
def test_what_there_is_is_kept(text: str, expected: set[str]) -> None:
    assert names(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Every batch is brewed from a recipe. Manage recipes.", ("Batch", "Recipe")),
        ("We write one invoice per visit.", ("Invoice", "Visit")),
        ("Photos with a caption are attached to the assignment.", ("Photo", "Assignment")),
        ("Samples belong to a research project.", ("Sample", "Research project")),
        ("Boxes are in freezers.", ("Box", "Freezer")),
        ("Monthly inspection of each vehicle with date and result", ("Inspection", "Vehicle")),
        ("Manage orders and products of a shop.", ("Order", "Product")),
        ("Users can like and comment on photos.", ("Comment", "Photo")),
        ("Users can like and comment on photos.", ("Like", "Photo")),
        ("Customers browse books and add books to the cart.", ("Cart", "Book")),
        ("Users search cars and save favorites.", ("Favorite", "Car")),
        ("The clinic keeps pet medical records.", ("Medical record", "Pet")),
        ("Dispatchers assign parcels to drivers and vehicles.", ("Parcel", "Vehicle")),
    ],
)
def test_what_belongs_to_what(text: str, expected: tuple[str, str]) -> None:
    assert expected in links(read(text))


def test_what_an_order_has_is_said_by_its_items_where_there_are_any() -> None:
    found = links(read("Each order has many order items, each order item belongs to a product."))
    assert ("Order", "Product") not in found
    assert {("Order item", "Order"), ("Order item", "Product")} <= found


@pytest.mark.parametrize(
    "refusal",
    [
        "Not included: subscriptions and invoices.",
        "We don't need invoices and subscriptions.",
        "## What I dont need\n\nwebshop, invoices, subscriptions",
        "Out of scope: tracking invoices.",
    ],
)
def test_what_is_refused_is_not_kept(refusal: str) -> None:
    assert names(read(f"Manage bikes.\n\n{refusal}")) == {"Bike"}


PRACTICE = (
    "We are a dental practice with three dentists and want a website with bookings. There is a "
    "home page, a services page (check-ups, fillings, whitening) and a contact page with our "
    "address 5 Mill Lane, Leeds and phone 0113 496 0000 and a contact form. Patients book "
    "appointments. Not included: payments."
)


def test_pages_say_what_visitors_are_told_and_nothing_of_what_is_wanted_or_not() -> None:
    pages = {page.name: page for page in read(PRACTICE).pages}
    told = [
        text
        for page in pages.values()
        for section in page.sections
        for text in (section.heading, section.text, *section.items)
    ]
    assert "We are a dental practice with three dentists." in told
    assert not [text for text in told if "ayments" in text or "website" in text]
    assert pages["Services"].sections[0].items == ("Check-ups", "Fillings", "Whitening")
    assert {"Address: 5 Mill Lane, Leeds", "Telephone: 0113 496 0000"} <= set(told)


def test_a_heading_ends_what_another_refuses() -> None:
    spec = read("## What we don't need\n\n* invoices\n\n## What we need\n\n* manage bikes")
    assert names(spec) == {"Bike"}


@pytest.mark.parametrize(
    "text",
    [
        "A launch page for a scooter with two quotes from the press and the logos of dealers.",
        "A simple page to split a restaurant bill: the total, how many persons, tip percent.",
    ],
)
def test_a_single_page_keeps_nothing(text: str) -> None:
    assert read(text).entities == ()


def test_an_owner_of_nothing_said_is_read() -> None:
    """The end of a sentence may say whose and no more."""
    spec = read("Each booking is of one room or of somebody's. Show the customer's.")
    assert "Booking" in names(spec)


def test_a_page_that_there_is_is_no_thing() -> None:
    spec = read("There is a home page, every product page has a button. Manage products.")
    assert names(spec) == {"Product"}


def test_what_is_only_looked_at_is_shared() -> None:
    spec = read("A language app. Users can browse lessons, watch videos and write notes.")
    assert {e.name: e.owned for e in spec.entities} == {
        "Lesson": False,
        "Video": False,
        "Note": True,
    }


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("drives", "drive"),
        ("knives", "knife"),
        ("calories", "calorie"),
        ("shelves", "shelf"),
        ("olives", "olive"),
        ("lives", "life"),
        ("curves", "curve"),
        ("movies", "movie"),
    ],
)
def test_a_plural_has_the_singular_that_people_write(several: str, one: str) -> None:
    assert singular_of(several) == one


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Testers report bugs per project.", "Project"),
        ("Admins manage quays, routes, ships and cranes.", "Ship"),
        ("Visitors can sponsor an animal. Keepers manage animals.", "Sponsorship"),
        ("Parents may enquire about a camp. Admins manage camps.", "Enquiry"),
        ("Manage gauges. An alarm is stored when a value is too high.", "Alarm"),
        ("Anglers belong to a club and file a protest.", "Club"),
        ("At the end of a job I need an invoice for the mill.", "Invoice"),
    ],
)
def test_what_is_said_once_and_clearly_is_kept(text, name):
    assert name in names(read(text))


def test_what_a_start_page_shows_is_no_page_that_is_kept():
    spec = read("A shipping site. The start page shows ferries. Admins manage ferries.")
    assert names(spec) == {"Ferry"}


def test_deposits_are_taken_for_keys_and_temperatures_are_only_measured():
    text = "As a porter, I want to record {} for keys.\nAs a porter, I want to manage keys."
    assert names(read(text.format("deposits"))) == {"Deposit", "Key"}
    assert names(read(text.format("temperatures"))) == {"Key"}


def test_whom_a_site_is_for_is_no_row_of_it():
    spec = read("Build a car wash website for busy households. Users book a wash.")
    assert not [name for name in names(spec) if "household" in name.lower()]


def test_what_stands_behind_a_preposition_as_proposed_is_what_something_is_done_to():
    text = "As a member, I want to propose names.\nAs a member, I want to vote on proposed mottos."
    assert "Vote" in names(read(text))


def test_who_enrolled_leaves_an_enrolment():
    spec = read("Trainers publish drills and see who enrolled in them.")
    assert "Enrolment" in names(spec) or "Enrollment" in names(spec)
