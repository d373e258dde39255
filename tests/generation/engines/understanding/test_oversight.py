"""What is its maker's own and seen by staff too: what people book, order, apply for or report."""

from __future__ import annotations

import json

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.command import main
from projects.spec.check import faults_of
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


def read(text: str, *features: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=text, features=features))


def overseen(spec: AppSpec) -> set[str]:
    return {entity.name for entity in spec.entities if entity.overseen}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (
            "Patients book appointments with doctors; receptionists manage appointments.",
            "Appointment",
        ),
        ("Customers order cakes from a bakery. The shop confirms orders.", "Order"),
        ("Patients book appointments. Appointments are confirmed by the clinic.", "Appointment"),
        ("Students apply for scholarships; the committee approves applications.", "Application"),
        ("Employees request leave, managers approve leave requests.", "Leave request"),
        ("Residents report issues and the city staff resolves them.", "Issue"),
        ("Customers can request quotes online, staff answers them.", "Quote"),
        ("Citizens submit complaints, officers assign and resolve complaints.", "Complaint"),
        ("A hotel booking site. Guests book rooms. Staff manage rooms and bookings.", "Booking"),
        (
            (
                "A food delivery app: customers order meals from restaurants, couriers deliver "
                "orders, admins oversee everything."
            ),
            "Order",
        ),
        ("Customers place orders. The shop handles them.", "Order"),
        ("Tenants report issues; the landlord resolves them.", "Issue"),
        ("Users book appointments. The receptionist confirms or cancels them.", "Appointment"),
        ("Employees request leave; the manager approves or rejects it.", "Leave"),
        ("Parents request meetings, staff approve meetings.", "Meeting"),
        ("Customers place orders. Admins manage products.", "Order"),
        ("Customers rent cars. Staff manage cars.", "Rental"),
        ("Members like recipes. Admins manage recipes.", ""),
        ("Warehouse system: managers manage orders and products.", ""),
        ("Bug tracker: users report bugs, developers fix bugs, managers assign bugs.", ""),
        ("Task manager: managers assign tasks to employees, employees update task status.", ""),
        ("CRM. Users manage contacts and calls. Admins can delete contacts.", ""),
        ("Track my expenses and orders.", ""),
        ("A forum: users post questions, moderators delete posts.", ""),
        ("Admins manage products, and customers place orders.", "Order"),
    ],
)
def test_what_people_make_and_staff_works_on(text: str, seen: str) -> None:
    spec = read(text)
    assert overseen(spec) == set(filter(None, seen.split(", ")))
    assert not [fault for fault in faults_of(spec) if fault["field"].endswith("managed")]


def test_stories_say_it_too() -> None:
    spec = read(
        "",
        "As a patient, I want to book an appointment",
        "As a receptionist, I want to see all appointments",
    )
    assert overseen(spec) == {"Appointment"}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (
            "Hospital management system: manage patients, doctors, appointments and prescriptions.",
            "Patient, Prescription, Appointment",
        ),
        (
            (
                "Hospital: receptionists register patients with birth date, doctors add medical "
                "records. Patients can book appointments."
            ),
            "Patient, Medical record, Appointment",
        ),
        (
            "School: teachers enter grades for students. Students see their grades.",
            "Grade, Student",
        ),
        ("Admins manage customers and invoices. Customers pay invoices.", "Customer, Invoice"),
        ("Admins manage users and orders. Customers place orders.", "User, Order"),
    ],
)
def test_what_is_known_of_people_is_not_there_for_all(text: str, seen: str) -> None:
    assert overseen(read(text)) == set(seen.split(", "))


def test_what_belongs_to_it_is_seen_with_it_but_for_what_is_private() -> None:
    spec = read(
        "Customers place orders and keep notes on orders. An order has many order items. Admins "
        "process orders."
    )
    assert overseen(spec) == {"Order", "Order item"}
    assert {entity.name for entity in spec.entities if entity.owned} == {
        "Order",
        "Order item",
        "Note",
    }


def test_a_status_begins_with_its_first_choice() -> None:
    spec = read(
        "Patients book appointments; the clinic confirms them. An appointment has day, status "
        "(requested, confirmed) and mood (calm, wild). Visitors read articles. An article has "
        "title and status (draft, published)."
    )
    begun = {(e.name, f.name): f.default for e in spec.entities for f in e.fields if f.choices}
    assert begun == {
        ("Appointment", "status"): "requested",
        ("Appointment", "mood"): None,
        ("Article", "status"): None,
    }


def test_the_table_says_it(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    request = {"project_name": "Shop", "description": "Customers place orders, staff handles them."}
    path = tmp_path / "request.json"
    path.write_text(json.dumps(request))
    assert main([str(path), "--table"]) == 0
    assert "staff sees everybody's)" in capsys.readouterr().out


def test_what_is_said_to_be_internal_is_not_shared_with_everybody():
    spec = read(
        "Customers open tickets. Staff replies to tickets. Staff can also write internal comments "
        "that customers never see."
    )
    comment = next(one for one in spec.entities if one.name.endswith("omment"))
    assert (comment.owned, comment.managed, comment.follows) == (True, True, None)
