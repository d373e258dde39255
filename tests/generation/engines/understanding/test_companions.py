"""What stands beside what is done: whom it is done with, where it is put, what it is said of."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import links, names, read


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            "Guests can book a massage with a therapist. Admins manage massages and therapists.",
            ("Booking", "Therapist"),
        ),
        (
            "Manage trucks and drivers. Clerks plan deliveries with a driver.",
            ("Delivery", "Driver"),
        ),
        ("Users browse villas and save them to shortlists.", ("Shortlist", "Villa")),
        ("As a boss, I want to add tasks and assign them to workers.", ("Task", "Worker")),
        (
            (
                "Manage gardeners. Gardeners pay a fee, the office assigns them a plot. "
                "A plot has a number and a size."
            ),
            ("Plot", "Gardener"),
        ),
        (
            "Pupils write an essay and their teacher gives feedback on it. Pupils read feedback.",
            ("Feedback", "Essay"),
        ),
        ("Manage hikes divided into legs.", ("Leg", "Hike")),
        (
            (
                "Manage hikes. Users publish hikes divided into legs and recommend huts "
                "along a leg. Users view huts and legs."
            ),
            ("Hut", "Leg"),
        ),
    ],
)
def test_what_stands_beside_a_thing_is_linked_to_it(text, link):
    assert link in links(read(text))


def test_nothing_is_kept_for_standing_beside_something():
    spec = read("Clerks plan deliveries with a van.")
    assert names(spec) == {"Delivery"}


@pytest.mark.parametrize(
    ("text", "not_linked"),
    [
        (
            (
                "As a guest, I want to book a berth in a marina.\n"
                "As an admin, I want to manage marinas and their berths."
            ),
            ("Booking", "Marina"),
        ),
        (
            (
                "Each lesson has one teacher. Students can book a lesson with a teacher. "
                "Admins manage lessons and teachers."
            ),
            ("Booking", "Teacher"),
        ),
    ],
)
def test_a_deed_is_not_linked_to_what_its_object_has_already(text, not_linked):
    assert not_linked not in links(read(text))


def test_who_pledges_and_comments_comments_on_what_they_pledge_to():
    spec = read("Users start appeals. Friends pledge to an appeal and comment.")
    assert ("Comment", "Appeal") in links(spec)
    assert ("Comment", "Pledge") not in links(spec)


def test_an_opinion_is_of_no_thing_by_what_is_usual_where_there_are_several():
    text = "Guests order products and book treatments. Guests give feedback. Admins manage rooms."
    assert not {link for link in links(read(text)) if link[0] == "Feedback"}
