"""Deeds in a row, what is somebody's, and what is joined by "and"."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.clauses import in_clauses
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


def read(text: str) -> AppSpec:
    return understand(AppRequest(project_name="app", description=text))


def names(text: str) -> set[str]:
    return {entity.name for entity in read(text).entities}


def links(text: str) -> set[tuple[str, str]]:
    return {(e.name, r.target) for e in read(text).entities for r in e.relations}


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        (
            "Poets can write books with chapters, comment on chapters, rate books, and ask a poet",
            [
                "Poets can write books with chapters",
                "comment on chapters",
                "rate books",
                "ask a poet",
            ],
        ),
        ("Keep orders, order items, shipments", ["Keep orders, order items, shipments"]),
        (
            "Hosts can add episodes with a title, show notes and a file, delete episodes",
            ["Hosts can add episodes with a title, show notes and a file", "delete episodes"],
        ),
        ("The shop has boats, sell dates, prices", ["The shop has boats, sell dates, prices"]),
    ],
)
def test_deeds_in_a_row_stand_apart(text: str, deeds: list[str]) -> None:
    marked = in_clauses(text)
    assert len(marked) == len(text)
    assert [deed.strip() for deed in marked.split(";")] == deeds


def test_what_is_done_next_is_no_part_of_what_was_made() -> None:
    text = "Members can post photos with a caption, comment on photos, rate photos, join clubs."
    assert {("Comment", "Photo"), ("Rating", "Photo"), ("Membership", "Club")} <= links(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hosts upload episodes to shows. Fans can subscribe to shows.", ("Subscription", "Show")),
        ("We want a page where I post the raffle with its date.", "Raffle"),
        ("Manage nurses. Nurses can swap and edit their shifts.", ("Shift", "Nurse")),
        ("Clerks can assign a pilot and a vehicle to a tour.", ("Tour", "Pilot")),
        ("Clerks can assign a pilot and a vehicle to a tour.", ("Tour", "Vehicle")),
        ("Guests search a boat and reserve it for a day. Manage guests.", ("Reservation", "Boat")),
        ("Manage shipments. A shipment can be split into parcels.", ("Parcel", "Shipment")),
        ("Manage ideas. An idea becomes a project. Manage projects.", ("Idea", "Project")),
        ("Teachers can grade essays.", ("Grade", "Essay")),
        ("Referees can suspend players.", ("Suspension", "Player")),
        ("We have one inspection per piece of equipment.", ("Inspection", "Equipment")),
        ("Writers hand in drafts. Manage editors.", "Draft"),
        ("We keep teams, and the mascots of each team.", ("Mascot", "Team")),
        ("Boats, and skippers who sail a boat. Manage skippers and boats.", ("Skipper", "Boat")),
        ("For each voyage we keep a checklist. Manage voyages.", ("Checklist", "Voyage")),
        ("Repairs are requested for a boat. Manage repairs.", ("Repair", "Boat")),
        ("I must know which sailor has which locker.", ("Locker", "Sailor")),
        ("I must know which nurse works in which ward.", ("Ward", "Nurse")),
        ("Manage workshops and teachers. Workshops are led by teachers.", ("Workshop", "Teacher")),
        ("Pupils book lessons taught by teachers. Manage teachers.", ("Lesson", "Teacher")),
        ("Manage clients and their pets.", ("Pet", "Client")),
        ("Manage comments by members. Manage members.", ("Comment", "Member")),
        ("Manage episodes. Fans leave comments under episodes.", ("Comment", "Episode")),
        ("Doctors issue prescriptions. Manage doctors.", ("Prescription", "Doctor")),
        (
            "Manage technicians. A repair has a date, a cost and an assigned technician.",
            ("Repair", "Technician"),
        ),
        (
            "Manage voyages and boats. Voyage: date, port, which boats took part.",
            ("Voyage", "Boat"),
        ),
        ("Users can ask questions, answer questions, and rate the answers.", ("Rating", "Answer")),
        ("For each concert there are rehearsals.", ("Rehearsal", "Concert")),
        ("Manage arrivals and proposals.", "Proposal"),
    ],
)
def test_what_clauses_say(text: str, expected: str | tuple[str, str]) -> None:
    assert expected in (links(text) if isinstance(expected, tuple) else names(text))


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("A site connecting pupils with tutors. Manage pupils and tutors.", ("Pupil", "Tutor")),
        ("A site connecting pupils with tutors. Manage pupils and tutors.", ("Tutor", "Pupil")),
        ("A website for buying and renting houses. Agents manage houses.", "Order"),
        ("Post what is needed, for instance two cakes and three salads. Manage picnics.", "Salad"),
        ("Help shelters find homes for cats. Shelters add cats.", "Home"),
        ("A car hire site. Staff manage vehicles. People reserve vehicles.", "Car"),
        ("Riders select a start branch and an end branch. Manage rides.", "Start branch"),
        ("The site has functionalities for branch locations and branch staff.", "Location"),
        ("Manage tenants and payments of leases. A lease has one tenant.", ("Payment", "Tenant")),
        ("Editors publish articles with tags and readers comment on them.", "Reader"),
        ("Our orchestra has 40 singers. Manage singers.", "Orchestra"),
        ("Our orchestra has many singers and a hall. Manage singers.", ("Singer", "Orchestra")),
        ("We record the weight, colour and owner limit of each boat.", "Owner limit"),
    ],
)
def test_what_clauses_do_not_say(text: str, never: str | tuple[str, str]) -> None:
    assert never not in (links(text) if isinstance(never, tuple) else names(text))


@pytest.mark.parametrize(
    "text",
    [
        "Build a maze game that runs in the browser. Show the score and a pause button.",
        "Create a passphrase generator. Users can choose the number of words.",
        "A text editor with live preview: text on the left and the page on the right.",
        "A stretching exercise page with a circle and a slider for the speed.",
        "Build a reaction test for drivers. Nothing is stored.",
        "Draw shapes and export drawings. No accounts, no data.",
    ],
)
def test_what_only_shows_or_counts_keeps_nothing(text: str) -> None:
    assert names(text) == set()


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("A page where I track my plants.", "Plant"),
        ("Create a quiz game where teachers create quizzes.", "Quiz"),
        ("A game review site where players write reviews of games.", "Review"),
    ],
)
def test_a_page_on_which_things_are_kept_keeps_them(text: str, entity: str) -> None:
    assert entity in names(text)
