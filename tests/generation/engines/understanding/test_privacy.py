"""Rows of one person that nobody else is to read, where the words do not say so."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import read

HOSPITAL = (
    "Please implement a hospital website with functionalities for patient records management, "
    "appointment booking, prescriptions and billing."
)
DENTIST = (
    "Please implement a dental clinic website with functionalities for patient registration, "
    "appointment booking, treatment plans and invoices."
)
GYM = "A gym website with functionalities for class booking, member registration and payments."


def access(description: str) -> dict[str, str]:
    """Return of each entity who sees its rows: o(wner), m(anaged by staff), p(ublic)."""
    return {
        one.name: "o" * one.owned + "m" * one.managed + "p" * one.public
        for one in read(description).entities
    }


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (HOSPITAL, "Billing"),
        (DENTIST, "Invoice"),
        (GYM, "Member"),
        (GYM, "Payment"),
        ("A dating app where members save addresses and chat.", "Address"),
        ("Members store addresses and order food.", "Address"),
        ("Employees upload certificates and licences. Managers see certificates.", "Certificate"),
        ("Parents register children. Staff manages allergies and daily reports.", "Child"),
        ("Citizens register vehicles and apply for permits. Clerks manage permits.", "Vehicle"),
    ],
)
def test_what_is_of_one_person_is_seen_by_that_person_and_staff(said: str, name: str) -> None:
    assert access(said)[name] == "om"


@pytest.mark.parametrize(
    ("said", "name", "seen"),
    [
        ("A car dealer. Sellers add cars. Visitors browse cars and send enquiries.", "Car", "p"),
        ("A kennel club. Breeders register dogs. Visitors browse dogs.", "Dog", "p"),
        ("A dog adoption site. Shelters register dogs. Visitors see dogs.", "Dog", "mp"),
        ("A horse market: sellers add horses and buyers browse horses.", "Horse", ""),
        ("Owners register dogs, walkers record walks, owners see walks of their dogs.", "Dog", ""),
    ],
)
def test_what_others_look_at_or_work_with_is_not_its_owners_alone(
    said: str, name: str, seen: str
) -> None:
    assert access(said)[name] == seen


@pytest.mark.parametrize(
    "feature", ["Nobody may delete orders", "Products are read-only", "Two-factor sign-in"]
)
def test_what_is_forbidden_and_not_enforced_is_not_called_done(feature: str) -> None:
    spec = read(f"A shop with products and orders. {feature}.")
    said = next(one for one in spec.features if feature in one.text)
    assert said.reason is not None
    assert said.operations == {}
