"""What staff alone writes: only where the words say it, and never what people do themselves."""

from __future__ import annotations

import json

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.command import main
from generation.engines.builtin.understanding.staff import managed_things
from projects.spec.check import faults_of
from projects.spec.models import AppSpec, RelationKind, RelationSpec, RoleSpec
from projects.spec.request import AppRequest


def read(text: str, *features: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=text, features=features))


@pytest.mark.parametrize(
    ("text", "managed"),
    [
        (
            (
                "Build a shop where customers browse products by category, place orders and write "
                "reviews. Admins manage products."
            ),
            "Product",
        ),
        ("An online shop. Customers browse products, add them to a cart and order.", "Product"),
        (
            "A library. Librarians add books and authors. Members borrow books and write reviews.",
            "Book, Author",
        ),
        ("A blog. Admins write posts; readers comment on posts.", "Post"),
        (
            (
                "A clinic website with an admin panel to manage doctors and services. Patients "
                "book appointments."
            ),
            "Doctor, Service",
        ),
        (
            (
                "Organizers create events, attendees register for events. Back office to manage "
                "venues."
            ),
            "Event, Venue",
        ),
        ("Users manage recipes. Admins manage categories.", "Category"),
        ("A marketplace where users sell their products and customers buy them.", ""),
        ("Users can create, edit and delete tasks.", ""),
        ("Warehouse system: managers manage products and stock movements.", ""),
        ("CRM. Users manage contacts and calls. Admins can delete contacts.", ""),
        ("Users manage products. Admins manage products, too.", ""),
        ("Admins manage users and orders. Customers place orders.", ""),
        ("Members add comments, and admins edit comments and reviews.", ""),
    ],
)
def test_what_staff_alone_writes(text: str, managed: str) -> None:
    spec = read(text)
    found = {entity.name for entity in spec.entities if entity.managed and not entity.owned}
    assert found == set(filter(None, managed.split(", ")))
    assert not [fault for fault in faults_of(spec) if fault["field"].endswith("managed")]


def test_stories_say_it_too() -> None:
    spec = read(
        "",
        "As a librarian, I want to add books so that readers find them",
        "As a reader, I want to borrow a book",
    )
    assert {e.name for e in spec.entities if e.managed and not e.owned} == {"Book"}
    assert {entity.name for entity in spec.entities if entity.overseen} == {"Loan"}


def test_what_such_a_thing_needs_is_staffs_too() -> None:
    products = Candidate("product", done={("admin", "manage"), ("customer", "browse")})
    needs = RelationSpec(
        kind=RelationKind.MANY_TO_ONE, name="supplier", target="Supplier", required=True
    )
    links = {"product": [needs], "supplier": []}

    def found(supplier: Candidate) -> set[str]:
        chosen = {"product": products, "supplier": supplier}
        return managed_things(chosen, links, (), (RoleSpec(name="Customer"),), set())

    assert found(Candidate("supplier")) == {"product", "supplier"}
    assert found(Candidate("supplier", done={("customer", "add")})) == set()


def test_the_table_says_it(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    request = {"project_name": "Library", "description": "Librarians add books for readers."}
    path = tmp_path / "request.json"
    path.write_text(json.dumps(request))
    assert main([str(path), "--table"]) == 0
    assert "staff alone writes them)" in capsys.readouterr().out
