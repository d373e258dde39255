"""Requests as people talk: lists behind a colon, what gets done, and what is no thing of theirs."""

from __future__ import annotations

import pytest

from projects.spec.models import RelationKind
from tests.generation.engines.understanding.reading import links, names, read


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "An app for our scouts: patrols, camps with a date, and badges the scouts have earned.",
            {"Patrol", "Camp", "Badge"},
        ),
        (
            "A tracker for my sourdough: starters, bakes made from a starter, flours with a brand.",
            {"Starter", "Bake", "Flour"},
        ),
        ("Need software for a mill: sacks, grinders with a type, a roster per month.", {"Sack"}),
    ],
)
def test_a_list_behind_a_colon_names_things(text, kept):
    assert kept <= names(read(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Complaints get written down by the chairman.", "Complaint"),
        ("Deliveries are kept for two years.", "Delivery"),
        ("Samples have to be taken every week.", "Sample"),
        ("Manage regions and trades.", "Region"),
        ("As a planner, I want to schedule bands on stages.", "Stage"),
        ("As a buyer, I want to order seeds from a wholesaler.", "Wholesaler"),
        ("Tents are lent to patrols. Manage patrols.", "Tent"),
        ("I run quizzes. Each quiz night has a date and a venue. Manage quizzes.", "Quiz night"),
    ],
)
def test_what_gets_done_is_done_to_things(text, kept):
    assert kept in names(read(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Manage cheeses. Users choose a language and set the time zone.", {"Cheese"}),
        ("Manage tenders. Use cards with rounded corners and subtle shadows.", {"Tender"}),
        ("Manage plots. Every spring we read the meters.", {"Plot", "Meter"}),
        ("Manage dogs. Staff should log in with a PIN.", {"Dog"}),
        ("Manage bikes. Donated bikes come in through the door.", {"Bike"}),
        ("Manage wines. The footer links to a privacy policy.", {"Wine"}),
        ("Track sensors. Log temperatures.", {"Sensor"}),
        ("Manage orchids. The dashboard shows key metrics, charts and quick actions.", {"Orchid"}),
        ("Track bees. It should follow best practices and have clear error messages.", {"Bee"}),
    ],
)
def test_what_is_said_of_an_app_is_no_thing(text, kept):
    assert names(read(text)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Manage bottles and racks. Bottles are stored in racks.",
        "Manage rooms and floors. Rooms are on floors.",
        "Manage statues and halls. Statues stand in halls.",
    ],
)
def test_several_things_in_places_are_in_one_each(text):
    (relation,) = [relation for e in read(text).entities for relation in e.relations]
    assert relation.kind is RelationKind.MANY_TO_ONE


def test_sentences_behind_a_list_are_no_fields():
    spec = read("Quizzes consist of rounds, rounds consist of questions, and teams play them.")
    assert {("Round", "Quiz"), ("Question", "Round")} <= links(spec)
    assert not any("consist" in f.name for e in spec.entities for f in e.fields)
