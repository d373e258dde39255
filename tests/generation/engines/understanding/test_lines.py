"""Orders of several things, lists within lists, and deeds that stand beside each other."""

from __future__ import annotations

import pytest

from projects.spec.models import AppSpec
from tests.generation.engines.understanding.reading import links, read


def fields(spec: AppSpec, name: str) -> list[str]:
    return [f.name for entity in spec.entities if entity.name == name for f in entity.fields]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Customers order several cakes with a quantity and a pickup date.", "Cake"),
        ("A shop. Customers can order multiple products with a quantity each.", "Product"),
        ("Clients buy any number of garden chairs.", "Garden chair"),
        ("Customers choose dishes and order several of them with a quantity.", "Dish"),
    ],
)
def test_an_order_of_several_things_has_items(text: str, what: str) -> None:
    spec = read(text)
    assert {("Order item", "Order"), ("Order item", what)} <= links(spec)
    assert ("Order", what) not in links(spec)
    assert "quantity" in fields(spec, "Order item")
    assert "quantity" not in fields(spec, "Order")


def test_what_is_said_of_the_order_stays_with_it() -> None:
    spec = read("Customers order several cakes with a quantity and a pickup date.")
    assert "pickup date" in fields(spec, "Order")


def test_the_quantity_of_one_thing_stands_with_the_order() -> None:
    spec = read("Guests order dishes with a quantity and a note.")
    assert fields(spec, "Order") == ["reference", "quantity", "note"]
    assert ("Order", "Dish") in links(spec)


def test_a_deed_stands_between_who_does_it_and_what_it_is_done_to() -> None:
    assert ("Cake", "Customer") not in links(read("Customers order several cakes."))


@pytest.mark.parametrize(
    ("text", "line", "whole"),
    [
        ("Manage products and purchase orders with lines.", "Order line", "Purchase order"),
        ("Manage invoices with number, date and items.", "Invoice item", "Invoice"),
        ("Manage clients. A quote has several lines.", "Quote line", "Quote"),
    ],
)
def test_lines_belong_to_what_has_them(text: str, line: str, whole: str) -> None:
    spec = read(text)
    assert (line, whole) in links(spec)
    assert "quantity" in fields(spec, line)


def test_a_list_of_things_goes_on_behind_the_fields_of_one() -> None:
    spec = read(
        "An inventory app: products with SKU, name, quantity and reorder level, suppliers, "
        "purchase orders with lines."
    )
    assert fields(spec, "Product") == ["SKU", "name", "quantity", "reorder level"]
    assert links(spec) == {
        ("Order line", "Purchase order"),
        ("Order line", "Product"),
        ("Purchase order", "Supplier"),
    }


def test_what_follows_the_last_field_is_no_part_of_the_thing() -> None:
    spec = read("A site for lectures with title, date and room, venues with name and city, hotels.")
    assert {entity.name for entity in spec.entities} == {"Lecture", "Venue", "Hotel"}
    assert links(spec) == set()


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Customers place orders and write reviews. Products have a name and a price.", "Product"),
        ("Customers can buy books and leave comments.", "Book"),
        ("Users book rooms and write reviews.", "Room"),
    ],
)
def test_a_remark_is_on_what_a_deed_is_done_to(text: str, about: str) -> None:
    found = {link for link in links(read(text)) if link[0] in ("Review", "Comment")}
    assert found == {("Review" if "review" in text else "Comment", about)}


def test_a_review_of_an_order_is_of_the_order_where_the_words_say_so() -> None:
    assert ("Review", "Order") in links(read("Customers place orders and write reviews of orders."))
