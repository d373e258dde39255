"""What visitors send about what they read: an enquiry about a house, a test drive of a car."""

from __future__ import annotations

import pytest

from projects.spec.models import AppSpec, EntitySpec
from tests.generation.engines.understanding.reading import read

DEALER = (
    "A car dealership website where visitors browse cars with make, model and price and request a "
    "test drive for a car. The staff manages the cars."
)
EVENTS = (
    "A community events website. Visitors view events and register for an event by entering their "
    "name, email and number of tickets. Organizers manage events."
)
HOMES = (
    "A real estate website that allows visitors to browse properties, filter by price and send an "
    "inquiry to the agent. Agents add listings."
)
SHELTER = (
    "An animal shelter website. Visitors browse animals and submit an adoption application for an "
    "animal. Staff adds animals with name and breed."
)
JOBS = "A job board: companies post jobs, visitors search jobs and submit an application."


def entity(spec: AppSpec, name: str) -> EntitySpec:
    """Return an entity by its name."""
    return next(one for one in spec.entities if one.name == name)


@pytest.mark.parametrize(
    ("text", "sent", "about"),
    [
        (DEALER, "Test drive", "Car"),
        (EVENTS, "Registration", "Event"),
        (HOMES, "Inquiry", "Property"),
        (SHELTER, "Adoption application", "Animal"),
        (JOBS, "Application", "Job"),
    ],
)
def test_what_visitors_send_about_what_they_read_is_in_an_inbox(text, sent, about):
    spec = read(text)
    inbox, shown = entity(spec, sent), entity(spec, about)
    assert (inbox.inbox, inbox.owned, inbox.managed) == (True, False, False)
    assert [link.target for link in inbox.relations] == [about]
    assert (shown.public, shown.owned) == (True, False)


def test_what_is_requested_for_a_thing_is_not_the_thing():
    assert entity(read(DEALER), "Car").managed


def test_what_visitors_enter_is_of_what_they_send():
    spec = read(EVENTS)
    asked = {"name", "email", "number of tickets"}
    assert asked <= {field.name for field in entity(spec, "Registration").fields}
    assert asked.isdisjoint(field.name for field in entity(spec, "Event").fields)


def test_visitors_say_who_they_are_and_not_when_they_sent_it():
    fields = entity(read(SHELTER), "Adoption application").fields
    assert [field.name for field in fields[:2]] == ["name", "email"]
    assert [field.position for field in fields] == list(range(len(fields)))
    assert "applied_on" not in {field.name for field in fields}


def test_whoever_looks_at_theirs_has_an_account():
    text = EVENTS + " Visitors see their registrations."
    assert not entity(read(text), "Registration").inbox


def test_photos_of_what_visitors_see_are_seen_by_them():
    photo = entity(read(HOMES + " Agents upload photos of properties."), "Photo")
    assert (photo.public, photo.authored) == (True, True)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("A restaurant site with opening hours and table reservations.", "Table reservation"),
        ("A website for a hair salon with services, prices and appointments.", "Appointment"),
        ("A hotel website with rooms and bookings.", "Booking"),
    ],
)
def test_a_house_takes_reservations_from_whoever_comes_by(text, sent):
    spec = read(text)
    assert spec.auth
    assert entity(spec, sent).inbox
    others = [one for one in spec.entities if one.name != sent]
    assert all(one.public and one.managed for one in others)


def test_bookings_that_a_tool_keeps_are_sent_by_nobody():
    spec = read("A booking system with customers and bookings.")
    assert not any(one.inbox for one in spec.entities)
