"""Verbs that bind two things, and what is kept since what is bound to it is."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import links, names, read


def pairs(text: str) -> set[frozenset[str]]:
    return {frozenset(link) for link in links(read(text))}


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Manage nurses and wards. A nurse works in a ward.", "Nurse", "Ward"),
        ("Manage printers and floors. Each printer stands on a floor.", "Printer", "Floor"),
        ("Manage pupils and schools. Every pupil goes to one school.", "Pupil", "School"),
        ("Manage classes and halls. A class takes place in a hall.", "Class", "Hall"),
        ("Manage claims and policies. Claims are made against a policy.", "Claim", "Policy"),
        ("Manage patients and clinics. Patients are referred to a clinic.", "Patient", "Clinic"),
        ("Manage policies and vehicles. A policy covers a vehicle.", "Policy", "Vehicle"),
        ("Manage incidents and machines. An incident concerns a machine.", "Incident", "Machine"),
        ("Manage museums and statues. A museum houses statues.", "Statue", "Museum"),
        ("Manage suppliers and crates. Suppliers deliver crates.", "Crate", "Supplier"),
        ("Track parcels, and routes. Parcels travel on a route.", "Parcel", "Route"),
        ("Manage orders and dealers. Orders placed by dealers are packed.", "Order", "Dealer"),
        ("Manage coaches and squads. The coach's squads have a name.", "Squad", "Coach"),
    ],
)
def test_a_verb_binds_two_things_that_are_kept(text, one, other):
    assert frozenset((one, other)) in pairs(text)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("We have hives and frames. Each hive sits at one apiary.", "Apiary"),
        ("Track bottles. Bottles are stored in racks and the racks stand in cellars.", "Cellar"),
        ("Track medicines. Medicines are delivered by suppliers.", "Supplier"),
        ("Track seeds. Seeds are bought from nurseries.", "Nursery"),
        ("We keep contracts. A contract is made up of clauses.", "Clause"),
        ("We keep surveys. Each survey is divided into chapters.", "Chapter"),
        ("Track parcels. Parcels belong to a consignment.", "Consignment"),
        ("As a manager, I want to schedule services of elevators.", "Elevator"),
        ("Users manage bookings of courts.", "Court"),
        ("Clerks record refunds for orders.", "Order"),
        ("Teachers collect essays for assignments.", "Assignment"),
        ("Inspectors record incidents involving a vehicle.", "Vehicle"),
        ("A tenant may raise a dispute against an invoice.", "Invoice"),
    ],
)
def test_what_a_kept_thing_is_bound_to_is_kept(text, drawn):
    assert drawn in names(read(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # Neither what is measured, nor who uses the app, nor a thing of which there is no row.
        ("Track crates. Crates are sorted by weight.", {"Crate"}),
        ("Track invoices. Invoices are approved by the manager.", {"Invoice"}),
        ("Track rooms. The size of each room is shown.", {"Room"}),
        ("Users can add bottles of wine.", {"Bottle"}),
        ("Users can add chairs for sale.", {"Chair"}),
        ("Track crops. Crops are displayed in a calendar.", {"Crop"}),
        ("Track tasks. Tasks are shown on a board.", {"Task"}),
    ],
)
def test_other_words_beside_a_kept_thing_are_none(text, kept):
    assert names(read(text)) == kept


def test_parts_of_something_lead_to_it():
    spec = read("An estimate is made up of positions. Manage customers.")
    assert ("Position", "Estimate") in links(spec)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Somebody logs an incident.", {"Incident"}),
        ("Everyone files a trip report with a date and a destination.", {"Trip report"}),
        ("Anybody registers a bike with a serial number and a colour.", {"Bike"}),
    ],
)
def test_what_anybody_does_is_done(text, expected):
    assert names(read(text)) == expected


def test_a_time_of_the_day_is_no_thing():
    assert names(read("Each evening I log my runs and each morning my sleep.")).isdisjoint(
        {"Evening", "Morning"}
    )


def test_examples_are_none_of_their_own():
    text = "I keep hobbies, e.g. knitting, running, baking, and tick them off daily."
    assert names(read(text)).isdisjoint({"Running", "Baking", "Knitting"})


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("nurseries", "Nursery"), ("specimens", "Specimen"), ("apiaries", "Apiary")],
)
def test_odd_plurals_have_their_singular(plural, singular):
    assert names(read(f"Manage {plural}.")) == {singular}


def test_an_owner_before_a_thing_is_no_part_of_its_name():
    assert "Inspection" in names(read("A vehicle's inspections are stored with date and result."))


def test_a_deed_behind_a_comma_is_no_part_of_what_stands_before():
    spec = read("Dealers file claims against an order, attaching photos and describing defects.")
    assert not {name for name in names(spec) if name.lower().startswith(("attach", "describ"))}
