"""Requests as people write them: what is kept, with which fields, and how it hangs together."""

from __future__ import annotations

from projects.spec.models import AppSpec, FieldType
from tests.generation.engines.understanding.reading import links, read


def fields(spec: AppSpec, name: str) -> list[str]:
    return [f.name for f in next(e for e in spec.entities if e.name == name).fields]


def test_what_keeps_a_thing_is_not_part_of_its_name() -> None:
    spec = read("A shop keeps products with a name, a price and a status (draft, on sale, gone).")
    (product,) = spec.entities
    assert (product.name, fields(spec, "Product")) == ("Product", ["name", "price", "status"])
    assert product.fields[2].type is FieldType.ENUM
    assert product.fields[2].choices == ("draft", "on sale", "gone")


def test_what_an_app_has_is_no_field_of_the_thing_it_is_for() -> None:
    spec = read("An expense tracker with categories and monthly report chart")
    assert [entity.name for entity in spec.entities] == ["Expense", "Category"]
    assert "amount" in fields(spec, "Expense")
    assert not any("chart" in name for name in fields(spec, "Expense"))
    assert links(spec) == {("Expense", "Category")}


def test_what_people_do_to_something_is_no_thing() -> None:
    spec = read("Customers open tickets, agents answer them. Tickets have priority (low, high).")
    assert "Ticket" in [entity.name for entity in spec.entities]
    assert not any("answer" in entity.name.lower() for entity in spec.entities)
    assert [role.name for role in spec.roles] == ["Customer", "Agent"]
    assert spec.auth, "who opens and who answers is known of somebody who has signed in"


def test_fields_are_given_after_a_colon_too() -> None:
    spec = read("Inventory for a warehouse: items have a SKU, quantity and location.")
    assert fields(spec, "Item") == ["SKU", "quantity", "location"]


def test_a_comment_is_about_what_it_is_named_with() -> None:
    spec = read("Recipes with title and ingredients. Users can rate recipes and leave comments.")
    assert ("Comment", "Recipe") in links(spec)
    assert ("Rating", "Recipe") in links(spec)


def test_a_comment_on_no_single_thing_is_left_alone() -> None:
    spec = read("Manage recipes. Manage restaurants. People can read comments.")
    assert not [link for link in links(spec) if link[0] == "Comment"]
