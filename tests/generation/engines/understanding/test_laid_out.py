"""What a text lays out: lists of things, things right before their fields, and usual links."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.definitions import defined
from generation.engines.builtin.understanding.inventories import inventory_in
from generation.engines.builtin.understanding.usual import Whole, belongings, usual_wholes
from projects.spec.models import AppSpec, EntitySpec, FieldType
from projects.spec.request import AppRequest


def read(description: str, *features: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=description, features=features))


def entity(spec: AppSpec, name: str) -> EntitySpec:
    return next(entity for entity in spec.entities if entity.name == name)


def fields(spec: AppSpec, name: str) -> list[str]:
    return [field.name for field in entity(spec, name).fields]


def links(spec: AppSpec) -> set[tuple[str, str]]:
    return {(e.name, relation.target) for e in spec.entities for relation in e.relations}


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("the staff manages animals", "animals"),
        ("visits of an animal", "visits"),
        ("list of books", "books"),
        ("the doctor writes a prescription", "prescription"),
        ("contacts belong to a company and", "contacts"),
        ("patients register", "patients"),
        ("crops planted in a field", "crops"),
        ("website should display concert details", "concert details"),
        ("users to create profiles", "profiles"),
        ("a contact form", ""),
        ("the search page", ""),
    ],
)
def test_a_thing_stands_right_before_its_fields(words: str, thing: str) -> None:
    assert " ".join(defined(words.split())) == thing


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("A gym site with members, trainers, class schedules and payments", "member trainer"),
        ("CRM for a sales team: companies, contacts and deals", "company contact deal"),
        ("todo app, projects, tasks, due dates, tags", "project task tag"),
        ("suppliers", "supplier"),
        ("A budget app with income and expenses", "income expense"),
        ("An app for teachers and students", ""),
        ("A platform for conducting assessments and generating invoices", ""),
        ("Goals", ""),
        ("Track orders, invoices", ""),
        ("Members can book classes, trainers", ""),
        ("A shop app with charts, reports and filters", ""),
    ],
)
def test_a_list_of_things_is_what_an_app_is_of(text: str, nouns: str) -> None:
    found = inventory_in(text).nouns
    assert set(found) >= set(nouns.split())
    assert bool(found) == bool(nouns)


def test_things_with_fields_of_their_own_stand_in_one_sentence() -> None:
    spec = read(
        "Track vehicles with plate and owner, trips with start and end date and distance, and "
        "drivers (name, phone, licence (A, B, C))."
    )
    assert fields(spec, "Vehicle") == ["plate", "owner"]
    assert fields(spec, "Trip")[-3:] == ["start date", "end date", "distance"]
    assert entity(spec, "Driver").fields[2].choices == ("A", "B", "C")


def test_what_a_thing_has_several_of_is_a_thing_and_no_field() -> None:
    spec = read("Invoices with number, due date and line items (description, quantity, rate).")
    assert fields(spec, "Invoice") == ["number", "due date"]
    assert fields(spec, "Line item") == ["description", "quantity", "rate"]
    assert links(spec) == {("Line item", "Invoice")}


def test_a_word_that_begins_with_an_article_keeps_its_letters() -> None:
    spec = read("Articles have a headline, a summary and an author.")
    assert fields(spec, "Article") == ["headline", "summary", "author"]


def test_an_example_is_no_thing_and_ends_no_sentence() -> None:
    spec = read("Users add habits, e.g. drink water or read, with a frequency (daily, weekly).")
    assert [entity.name for entity in spec.entities] == ["Habit"]


def test_choices_in_brackets_are_no_things() -> None:
    spec = read("Staff record payments with an amount and a method (cash, card, transfer).")
    assert [entity.name for entity in spec.entities] == ["Payment"]
    assert fields(spec, "Payment") == ["amount", "method"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("prep time", FieldType.INTEGER),
        ("start time", FieldType.DATETIME),
        ("pickup time", FieldType.DATETIME),
        ("yearly rent", FieldType.DECIMAL),
        ("reps", FieldType.INTEGER),
    ],
)
def test_the_last_words_of_a_name_tell_its_type(name: str, kind: FieldType) -> None:
    spec = read(f"Plots with number, {name} and notes.")
    assert next(f.type for f in entity(spec, "Plot").fields if f.name == name) is kind


def test_who_is_assigned_or_met_is_a_thing() -> None:
    spec = read("", "As a dispatcher, I want to assign deliveries to drivers.")
    assert {entity.name for entity in spec.entities} == {"Delivery", "Driver"}
    spec = read("", "As a patient, I want to book an appointment with a doctor.")
    assert {entity.name for entity in spec.entities} == {"Appointment", "Doctor"}


def test_a_person_in_the_singular_does_something_too() -> None:
    spec = read("The receptionist schedules appointments and the doctor writes prescriptions.")
    assert {entity.name for entity in spec.entities} == {"Appointment", "Prescription"}


def test_what_is_marked_as_done_is_what_the_sentence_acts_on() -> None:
    spec = read("Barbers see their appointments and mark them as done. Manage barbers.")
    assert "done" not in fields(spec, "Barber")


def test_common_things_hang_together_as_usual() -> None:
    spec = read("A learning app with courses, modules, lessons and quizzes.")
    assert links(spec) == {("Module", "Course"), ("Lesson", "Module"), ("Quiz", "Lesson")}
    assert all(r.confidence < 0.7 for e in spec.entities for r in e.relations)


def test_what_words_link_otherwise_is_not_linked_as_usual() -> None:
    spec = read("Each course belongs to one module. Manage courses and modules.")
    assert links(spec) == {("Course", "Module")}


def test_a_model_that_is_written_out_gets_no_link_that_it_does_not_name() -> None:
    spec = read("Each course has id and title. Each lesson has id and title.")
    assert links(spec) == set()


def test_a_compound_is_linked_by_its_own_name() -> None:
    assert list(usual_wholes(["article", "product category"])) == []
    assert list(usual_wholes(["article", "category"])) == [
        ("article", [Whole(("category",), several=False)])
    ]
    assert list(usual_wholes(["reply", "support ticket"])) == [
        ("reply", [Whole(("support ticket",), several=False)])
    ]
    assert list(usual_wholes(["order", "product"])) == [
        ("order", [Whole(("product",), several=True)])
    ]


def test_every_usual_whole_is_another_thing() -> None:
    for thing, wholes in belongings().items():
        assert wholes, thing
        assert all(noun and noun != thing for whole in wholes for noun in whole.nouns), thing


def test_the_site_that_holds_things_is_no_thing_unless_there_are_several() -> None:
    one = read("A charity site with a blog. Editors write posts.")
    assert [entity.name for entity in one.entities] == ["Post"]
    several = read("Manage blogs. Editors write posts.")
    assert [entity.name for entity in several.entities] == ["Blog", "Post"]


def test_what_marks_or_sorts_belongs_to_what_is_told_of_most() -> None:
    spec = read("todo app, tasks, tags, categories", "Create and edit tasks")
    kinds = {(r.kind.value, r.target) for r in entity(spec, "Task").relations}
    assert kinds == {("many_to_many", "Tag"), ("many_to_one", "Category")}


def test_several_holds_for_the_rest_of_a_list() -> None:
    spec = read("Each event has several speakers and sponsors.")
    assert links(spec) == {("Speaker", "Event"), ("Sponsor", "Event")}


def test_the_last_field_of_a_list_may_say_its_choices() -> None:
    spec = read("Parking spots (number, floor, type: regular, disabled, electric).")
    kind = entity(spec, "Parking spot").fields[2]
    assert (kind.type, kind.choices) == (FieldType.ENUM, ("regular", "disabled", "electric"))


def test_what_is_said_to_have_only_other_things_has_no_fields() -> None:
    spec = read("Albums have songs, songs have a title and a release date. Manage albums.")
    assert fields(spec, "Song") == ["title", "release date"]
    assert ("Song", "Album") in links(spec)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Desks and meeting rooms can be reserved.", {"Desk", "Meeting room", "Reservation"}),
        ("Customers open tickets. Agents reply to them.", {"Ticket", "Reply"}),
        ("Please build a job board. Employers post jobs.", {"Job"}),
        ("Employers post jobs and review applications.", {"Job", "Application"}),
        ("Users browse pets and view animal details. Manage pets.", {"Pet"}),
        ("Patients request an appointment. Staff confirm bookings.", {"Appointment"}),
        ("Routes with stops. Manage routes.", {"Route", "Stop"}),
        ("Log temperatures of sensors. Manage sensors.", {"Sensor"}),
        ("Track payments received. Manage invoices.", {"Payment", "Invoice"}),
        ("Invoicing for freelancers. Manage invoices.", {"Invoice"}),
    ],
)
def test_what_is_kept_by_other_wordings(text: str, expected: set[str]) -> None:
    assert {entity.name for entity in read(text).entities} == expected


def test_what_is_left_of_a_deed_belongs_to_who_did_it_and_not_the_thing() -> None:
    spec = read("Members with name and phone. Desks with number and floor are reserved by members.")
    assert ("Desk", "Member") not in links(spec)


def test_two_words_for_a_thing_that_both_have_fields_stay_two() -> None:
    spec = read("Each pet has a name and an age. Each animal has a species and a tag.")
    assert {entity.name for entity in spec.entities} == {"Pet", "Animal"}


def test_the_word_for_the_app_is_no_thing_and_a_thing_of_that_name_is() -> None:
    assert read("Build a snake game with several levels and a high score.").entities == ()
    assert {"Board", "Card"} == {e.name for e in read("A board has many cards.").entities}


def test_things_that_are_told_one_by_one_behind_a_colon_are_kept() -> None:
    spec = read(
        "We need a tool to plan our wedding: guests with RSVP, tables, vendors with contracts and "
        "payments, and a budget."
    )
    assert {entity.name for entity in spec.entities} >= {
        "Guest",
        "Table",
        "Vendor",
        "Contract",
        "Payment",
    }
    found = {(e.name, relation.target) for e in spec.entities for relation in e.relations}
    assert {("Contract", "Vendor"), ("Payment", "Vendor")} <= found


def test_what_there_is_one_of_is_no_row() -> None:
    ours = read("A tool to plan our wedding. Manage guests and tables.")
    assert "Wedding" not in {entity.name for entity in ours.entities}
    several = read("We plan weddings. Manage weddings, guests and tables.")
    assert "Wedding" in {entity.name for entity in several.entities}


def test_a_sentence_behind_a_colon_is_no_list_of_things() -> None:
    spec = read("How it works: guests come in, sit down and eat, and then they pay and leave.")
    assert not spec.entities
