"""How things belong together, by kind and by the words that say it."""

from __future__ import annotations

import pytest

from projects.spec.models import AppSpec
from tests.generation.engines.understanding.reading import read


def links(spec: AppSpec) -> set[str]:
    """Return every relation as `Holder.name kind Target`."""
    return {
        f"{entity.name}.{link.name} {link.kind} {link.target}"
        for entity in spec.entities
        for link in entity.relations
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An author has many books.", {"Book.author many_to_one Author"}),
        (
            "Each author has many books and each book belongs to one author.",
            {"Book.author many_to_one Author"},
        ),
        ("Every room is linked to one hotel.", {"Room.hotel many_to_one Hotel"}),
        (
            "A project contains several tasks and milestones. Manage milestones.",
            {"Task.project many_to_one Project", "Milestone.project many_to_one Project"},
        ),
        (
            "Each comment belongs to a post and can have many replies.",
            {"Comment.post many_to_one Post", "Reply.comment many_to_one Comment"},
        ),
        (
            "Manage orders and customers. Each order has a date, a customer and notes.",
            {"Order.customer many_to_one Customer"},
        ),
        (
            "Manage books and authors. Books are written by authors.",
            {"Book.author many_to_one Author"},
        ),
        ("Track the maintenance of each vehicle.", {"Maintenance.vehicle many_to_one Vehicle"}),
        ("Teachers can create multiple lessons.", {"Lesson.teacher many_to_one Teacher"}),
    ],
)
def test_one_of_many(text: str, expected: set[str]) -> None:
    assert links(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A student can take several courses and a course can have several students.",
            {"Student.courses many_to_many Course"},
        ),
        (
            "Each student can have several courses and each course several students.",
            {"Student.courses many_to_many Course"},
        ),
        ("Manage posts. Posts can have several tags.", {"Post.tags many_to_many Tag"}),
        ("An order has many products.", {"Order.products many_to_many Product"}),
        (
            "There is a many-to-many relationship between doctors and clinics.",
            {"Doctor.clinics many_to_many Clinic"},
        ),
        (
            "Each book is written by one or more authors.",
            {"Book.authors many_to_many Author"},
        ),
        ("A player can belong to several teams.", {"Player.teams many_to_many Team"}),
    ],
)
def test_many_of_many(text: str, expected: set[str]) -> None:
    assert links(read(text)) == expected


def test_one_of_one() -> None:
    spec = read("Manage drivers and licences. A driver has exactly one licence.")
    assert links(spec) == {"Driver.licence one_to_one Licence"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Manage employees. Each employee reports to another employee.",
            {"Employee.reports to many_to_one Employee"},
        ),
        (
            "Manage employees. An employee has a manager who is an employee.",
            {"Employee.manager many_to_one Employee"},
        ),
        ("A task can depend on other tasks.", {"Task.depend on many_to_many Task"}),
        (
            "Manage categories. A category can have subcategories.",
            {"Category.parent many_to_one Category"},
        ),
    ],
)
def test_a_thing_of_its_own_kind(text: str, expected: set[str]) -> None:
    assert links(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A match has a home team and an away team.",
            {"Match.home team many_to_one Team", "Match.away team many_to_one Team"},
        ),
        (
            "Manage airports. A flight has a departure airport and an arrival airport.",
            {
                "Flight.departure airport many_to_one Airport",
                "Flight.arrival airport many_to_one Airport",
            },
        ),
        (
            "A team has many players. Each team has a captain who is a player.",
            {"Player.team many_to_one Team", "Team.captain many_to_one Player"},
        ),
        (
            "Manage warehouses and transfers. A transfer goes from one warehouse to another.",
            {
                "Transfer.from warehouse many_to_one Warehouse",
                "Transfer.to warehouse many_to_one Warehouse",
            },
        ),
    ],
)
def test_two_links_to_the_same_thing_have_names(text: str, expected: set[str]) -> None:
    assert links(read(text)) == expected


def test_what_is_a_link_is_no_field_as_well() -> None:
    spec = read("Manage orders and customers. Each order has a date, a customer and notes.")
    order = next(entity for entity in spec.entities if entity.name == "Order")
    assert [field.name for field in order.fields] == ["date", "notes"]


def test_what_a_sentence_gives_fields_to_keeps_its_whole_name() -> None:
    spec = read(
        "Each product has name. Each product category has title. Each order detail has amount. "
        "Each order has date. Each order detail belongs to one order. "
        "Each product belongs to one product category."
    )
    assert [e.name for e in spec.entities] == [
        "Product",
        "Product category",
        "Order detail",
        "Order",
    ]
    assert links(spec) == {
        "Order detail.order many_to_one Order",
        "Product.product category many_to_one Product category",
    }


@pytest.mark.parametrize(
    "text",
    ["The site has many features.", "The app contains several pages.", "It has multiple users."],
)
def test_what_the_app_has_is_no_link(text: str) -> None:
    assert read(text).entities == ()


STORIES_OF_TWO = {
    "Player Match": """
        As a player, I want to join a match, so that I can play.
        As a coach, I want to add players and edit players.
        As a coach, I want to add matches.
    """,
    "Photo Player": """
        As a coach, I want to see the photos the club has taken of my players.
        As a coach, I want to add players and upload photos.
    """,
    "Trainer Team": """
        As a chair, I want to see which trainers are assigned to the teams.
        As a chair, I want to add trainers and create teams.
    """,
    "Recipe Cookbook": """
        As a cook, I want to add recipes and cookbooks.
        As a cook, I want to print recipes and cookbooks.
        As a cook, I want to delete recipes and cookbooks.
    """,
}


@pytest.mark.parametrize(("expected", "stories"), STORIES_OF_TWO.items(), ids=STORIES_OF_TWO)
def test_what_stories_do_with_two_things_links_them(expected: str, stories: str) -> None:
    spec = read(stories)
    pairs = {frozenset((e.name, r.target)) for e in spec.entities for r in e.relations}
    assert frozenset(expected.split()) in pairs


def test_whom_one_reports_to_does_not_have_what_is_reported() -> None:
    spec = read(
        "As a guard, I want to report repairs to the manager, so that it is done.\n"
        "As a director, I want to add managers and edit managers."
    )
    assert {e.name for e in spec.entities} >= {"Repair", "Manager"}
    assert not [r for e in spec.entities for r in e.relations if r.target == "Manager"]


def test_an_app_is_not_what_its_things_belong_to() -> None:
    spec = read("A task manager with projects. Users can add tasks.")
    assert links(spec) == {"Task.project many_to_one Project"}
