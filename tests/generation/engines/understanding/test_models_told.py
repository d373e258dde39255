"""Models told as prose: "a region groups several countries", "visit history entries record …"."""

from __future__ import annotations

import pytest

from projects.spec.models import AppSpec, RelationKind
from tests.generation.engines.understanding.reading import links, names, read


def fields(spec: AppSpec, name: str) -> list[str]:
    return [f.name for f in next(e for e in spec.entities if e.name == name).fields]


@pytest.mark.parametrize(
    ("text", "name", "own", "leads_to"),
    [
        (
            (
                "Manage guides, huts and tours. Stay history entries record the start date and the "
                "end date a guide spent in a hut."
            ),
            "Stay history",
            ["start date", "end date"],
            {"Guide", "Hut"},
        ),
        (
            (
                "Manage clerks and posts. Post histories track the start date, end date and "
                "language for a clerk and a post."
            ),
            "Post history",
            ["start date", "end date", "language"],
            {"Clerk", "Post"},
        ),
        (
            (
                "Manage vehicles. Maintenance records document the date, cost and description of "
                "work done on a vehicle."
            ),
            "Maintenance",
            ["date", "cost", "description"],
            {"Vehicle"},
        ),
    ],
)
def test_the_entries_of_a_history_have_fields_and_lead_to_what_they_tell(text, name, own, leads_to):
    spec = read(text)
    assert fields(spec, name) == own
    assert {target for holder, target in links(spec) if holder == name} == leads_to


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("A region has a name and groups several countries.", ("Country", "Region")),
        ("Each plant has a code, and hosts many lines of business units.", None),
        ("A sponsor sponsors many races. Manage races.", ("Race", "Sponsor")),
        ("Manage accounts and branches. Every branch maintains drawers.", ("Drawer", "Branch")),
        ("Each order contains order items, which point to exactly one product.", None),
    ],
)
def test_what_a_thing_does_with_many_are_its_parts(text, link):
    spec = read(text)
    assert link is None or link in links(spec)
    assert not any("several" in f.name or "many" in f.name for e in spec.entities for f in e.fields)


def test_what_stands_behind_which_is_said_of_what_is_nearest():
    spec = read(
        "Manage orders and products. Each order contains order items, which hold a quantity and "
        "point to exactly one product."
    )
    assert ("Order item", "Product") in links(spec)
    assert ("Order", "Product") not in links(spec)


@pytest.mark.parametrize(
    "text",
    [
        "Films and actors have a many-to-many relationship. Manage films and actors.",
        "There is a many-to-many relationship between films and actors.",
        "There are many-to-many relationships between Films and Actors.",
        "Films and actors are related many-to-many.",
    ],
)
def test_a_kind_of_link_is_read_however_it_is_said(text):
    spec = read(text)
    kinds = {r.kind for e in spec.entities for r in e.relations}
    assert (names(spec), kinds) == ({"Film", "Actor"}, {RelationKind.MANY_TO_MANY})


def test_a_link_from_one_to_many_points_back():
    spec = read("There is a one-to-many relationship from faculty to lecture.")
    assert links(spec) == {("Lecture", "Faculty")}


def test_a_person_who_is_another_of_the_kind_is_a_link_to_it():
    spec = read("An employee has a name. An employee may have a mentor, who is another employee.")
    (employee,) = spec.entities
    assert [(r.name, r.target) for r in employee.relations] == [("mentor", "Employee")]


def test_fields_behind_what_is_done_are_of_what_it_is_done_to():
    spec = read(
        "Manage orders. An invoice is issued for every order, with an issue date, a status and "
        "a payment method."
    )
    assert {"issue date", "status", "payment method"} <= set(fields(spec, "Invoice"))
    assert "payment method" not in fields(spec, "Order")


def test_fields_of_each_are_of_the_several_before():
    spec = read("We have 20 boats, each with a name, a class (single, double) and a colour.")
    assert {"name", "class", "colour"} <= set(fields(spec, "Boat"))


def test_a_data_model_is_no_thing():
    spec = read(
        "The data model consists of the following: Author (name, birth date), Novel (title, "
        "price). One author writes many novels."
    )
    assert names(spec) == {"Author", "Novel"}
    assert fields(spec, "Novel") == ["title", "price"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A list of members with email and birthday would be great.", {"Member"}),
        ("A calendar of rehearsals would be nice too.", {"Rehearsal"}),
        ("I'd love a list of huts.", {"Hut"}),
        ("A map of trails would be very helpful.", {"Trail"}),
        ("Planners assign shifts to guards.", {"Shift", "Guard"}),
        ("As a clerk, I want to store a specimen in a rack.", {"Specimen", "Rack"}),
        ("- Trucks: plate, max load, next service date", {"Truck"}),
        ("The website should have functionalities for invoice generation.", {"Invoice"}),
        ("Log moods and link songs to moods.", {"Mood", "Song"}),
    ],
)
def test_what_is_wished_for_or_put_somewhere_is_kept(text, kept):
    assert names(read(text)) == kept


def test_lists_go_on_behind_what_stands_in_each():
    spec = read(
        "Track: plots, trees (variety, year planted) in each plot, harvests (date, weight)."
    )
    assert ("Tree", "Plot") in links(spec)
    assert ("Tree", "Harvest") not in links(spec)


def test_attachments_of_a_table_are_a_column_of_it() -> None:
    spec = read("An app for customers. Each customer has id (required), name, notes, attachments.")
    assert names(spec) == {"Customer"}
    assert "attachments" in {field.name for field in spec.entities[0].fields}
