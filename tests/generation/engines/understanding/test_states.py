"""What a thing may be, and what it is looked through by, are fields where words say so."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding.states import states_in
from projects.spec.models import FieldSpec, FieldType
from tests.generation.engines.understanding.reading import read


def fields_of(entity: str, description: str, *features: str) -> dict[str, FieldSpec]:
    """Return the fields of what is understood of words, by their names."""
    (found,) = [e for e in read(description, *features).entities if e.name == entity]
    return {field.name: field for field in found.fields}


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("A parcel is packed, on the way or handed over.", ("packed", "on the way", "handed over")),
        ("Each parcel is new, sent, or lost.", ("new", "sent", "lost")),
        ("Parcels are either open or closed.", ("open", "closed")),
        ("Staff pack things, and a parcel can be todo, doing or done.", ("todo", "doing", "done")),
        ("A tree is healthy or sick", ("healthy", "sick")),
    ],
)
def test_states_are_read_in_their_order(text: str, choices: tuple[str, ...]) -> None:
    (told,) = states_in(text)
    assert (told.field, told.choices) == ("status", choices)


@pytest.mark.parametrize(
    "text",
    [
        "Parcels can be added, edited or deleted.",
        "Parcels are sent by post or courier.",
        "A parcel is a letter or a box.",
        "Parcels are for friends or family.",
        "Users are new or active.",
        "It is fast or slow.",
        "A parcel is lost.",
        "Parcels are letters or boxes.",
    ],
)
def test_what_is_done_or_named_is_no_state(text: str) -> None:
    assert list(states_in(text)) == []


def test_a_kind_does_not_change() -> None:
    kind = fields_of("Cabin", "Guests book cabins. A cabin is single, double or twin.")["type"]
    assert (kind.choices, kind.default) == (("single", "double", "twin"), None)


def test_states_stand_in_place_of_the_usual_ones() -> None:
    text = "Guests request appointments. An appointment is wanted, fixed or over."
    status = fields_of("Appointment", text)["status"]
    assert status.choices == ("wanted", "fixed", "over")
    assert status.inferred_from[0].text.startswith("An appointment is")
    fields = fields_of("Task", "Track tasks. A task is todo, doing or done.")
    assert fields["status"].choices == ("todo", "doing", "done")
    assert "done" not in fields


def test_states_that_are_listed_stay() -> None:
    text = "Each task has a title and a status (open, shut). A task is new or done."
    assert fields_of("Task", text)["status"].choices == ("open", "shut")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Visitors can filter wines by grape and price.", {"grape", "price"}),
        ("Search for wines by producer, closure or region", {"producer", "closure"}),
        ("Browse wines by price range and see their grower", {"price"}),
        ("Sort wines by name, popularity or date", set()),
        ("Search wines by title and buy one", set()),
    ],
)
def test_what_rows_are_looked_through_by_is_a_field(text: str, names: set[str]) -> None:
    before = fields_of("Wine", "We sell wines.").keys()
    fields = fields_of("Wine", f"We sell wines. {text}")
    assert fields.keys() - before == names
    for name in names:
        assert fields[name].inferred_from
    assert all(fields[name].type is FieldType.DECIMAL for name in names & {"price"})


def test_functions_for_doing_things_name_what_they_are_done_to() -> None:
    spec = read(
        "A site for auctions. It has functions for listing lamps with several photos, "
        "placing bids, watching auctions and paying. See the highest bid."
    )
    names = {entity.name for entity in spec.entities}
    assert {"Lamp", "Photo", "Bid", "Auction"} <= names
    assert not {"Placing bid", "Watching auction", "Highest bid", "Paying"} & names


def test_two_kinds_listed_together_have_the_same_fields() -> None:
    text = "Show our breads and pastries with photo, price and allergens."
    names = ["title", "photo", "price", "allergens"]
    assert list(fields_of("Bread", text)) == list(fields_of("Pastry", text)) == names


def test_known_things_before_and_have_fields_of_their_own() -> None:
    fields = fields_of("Customer", "Track customers and orders with a date and a total.")
    assert "total" not in fields


def test_what_is_made_of_several_has_the_fields() -> None:
    text = "Staff records inspections of ropes and harnesses with the date and the result."
    assert {"date", "result"} <= fields_of("Inspection", text).keys()


def test_a_list_of_fields_ends_where_a_thing_with_parts_begins() -> None:
    text = "A moving app: boxes with a room and contents, a budget with expenses."
    assert "budget" not in fields_of("Box", text)
    assert fields_of("Expense", text)


def test_what_is_all_that_a_thing_has_is_kept() -> None:
    spec = read("Each freezer has shelves and boxes. Samples are stored in freezers.")
    links = {(e.name, link.target) for e in spec.entities for link in e.relations}
    assert {("Shelf", "Freezer"), ("Box", "Freezer")} <= links


def test_a_sum_that_is_only_shown_is_a_field() -> None:
    spec = read("Each visit has a date, a reason and a fee. Show the fees per month.")
    assert [entity.name for entity in spec.entities] == ["Visit"]
    (feature,) = [one for one in spec.features if one.breakdowns]
    (breakdown,) = feature.breakdowns
    assert (breakdown.entity, breakdown.of, breakdown.by) == ("Visit", "fee", "date")


def test_costs_are_added_up_by_when_a_row_was_made() -> None:
    spec = read("Every repair has a description and a cost. Show costs per month.")
    (breakdown,) = [one for feature in spec.features for one in feature.breakdowns]
    assert (breakdown.entity, breakdown.of, breakdown.by) == ("Repair", "cost", None)


def test_several_statements_of_one_sentence_are_read_each() -> None:
    text = (
        "Buildings contain units, units are rented to tenants under a lease with start, end and "
        "monthly rent. Rent payments are recorded."
    )
    assert {"start", "end", "monthly rent"} <= fields_of("Lease", text).keys()
    assert "monthly rent" not in fields_of("Building", text)
    fields = fields_of("Match", "A player belongs to one team, matches have a rival and a date.")
    assert list(fields) == ["rival", "date"]
    spec = read("Drivers have a name. A trip has a start, a date and belongs to a driver.")
    assert {entity.name for entity in spec.entities} == {"Driver", "Trip"}


def test_what_is_lent_leaves_a_loan_of_it() -> None:
    spec = read("Every object has a title. Objects are lent to other museums.")
    (loan,) = [entity for entity in spec.entities if entity.name == "Loan"]
    assert [link.target for link in loan.relations] == ["Object"]


def test_several_centres_are_places() -> None:
    spec = read(
        "As an admin, I want to add donation centers and post job ads, so that all find them."
    )
    names = {entity.name for entity in spec.entities}
    assert {"Donation center", "Job ad"} <= names
    assert "Donation" not in names
