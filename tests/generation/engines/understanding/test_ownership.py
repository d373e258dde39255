"""Whose rows are whose: the maker's own, and what everybody who signs in shares."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


def read(text: str, *features: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=text, features=features))


@pytest.mark.parametrize(
    ("text", "own", "shared"),
    [
        (
            (
                "Build a shop where customers browse products by category, place orders and "
                "write reviews. Admins manage products."
            ),
            "Order",
            "Product, Review",
        ),
        (
            (
                "A club website that displays competitions. Members can register for "
                "competitions and read news."
            ),
            "Registration",
            "Competition, News",
        ),
        ("Users keep their own notes and tag them.", "Note", ""),
        ("Track my running workouts with date, distance and notes.", "Running workout", ""),
        ("A personal book catalogue: users add books and authors.", "Book, Author", ""),
        (
            "Users can browse recipes, save favorite recipes and rate recipes.",
            "Favorite",
            "Recipe, Rating",
        ),
        (
            "Warehouse system: users manage products, suppliers and stock movements.",
            "",
            "Product, Supplier, Stock movement",
        ),
        (
            "CRM. Users manage contacts and calls. Each contact belongs to exactly one user.",
            "Contact",
            "",
        ),
        (
            "Patients book appointments with doctors; receptionists manage appointments.",
            "Appointment",
            "Doctor",
        ),
        ("Users can create, edit and delete tasks.", "Task", ""),
    ],
)
def test_who_sees_what(text: str, own: str, shared: str) -> None:
    owned = {entity.name: entity.owned for entity in read(text).entities}
    expected = dict.fromkeys(filter(None, own.split(", ")), True)
    expected |= dict.fromkeys(filter(None, shared.split(", ")), False)
    assert {name: owned.get(name) for name in expected} == expected


def test_what_is_listed_by_user_is_the_users_own() -> None:
    (note,) = read("", "Note CRUD", "List notes by user").entities
    assert note.owned


def test_what_points_at_a_thing_of_ones_own_is_of_ones_own() -> None:
    spec = read("Users manage their diaries. A diary has many entries. Visitors browse entries.")
    assert [entity.owned for entity in spec.entities] == [True] * len(spec.entities)


def test_what_a_site_shows_and_nobody_is_said_to_add_is_there_for_all() -> None:
    spec = read(
        "A real estate website to list properties for sale. Users can contact agents, save notes "
        "and schedule viewings."
    )
    assert {e.name for e in spec.entities if not e.owned} >= {"Property", "Agent"}
    assert {e.name for e in spec.entities if e.owned} == {"Note", "Viewing"}
