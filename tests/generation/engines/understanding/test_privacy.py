"""Rows of one person that nobody else is to read, where the words do not say so."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import access, read

HOSPITAL = (
    "Please implement a hospital website with functionalities for patient records management, "
    "appointment booking, prescriptions and billing."
)
DENTIST = (
    "Please implement a dental clinic website with functionalities for patient registration, "
    "appointment booking, treatment plans and invoices."
)
PARKING = (
    "A town's parking portal. Residents apply for permits for their vehicles and renew expired "
    "permits. Officers review applications and reject them with a comment."
)
GYM = "A gym website with functionalities for class booking, member registration and payments."


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
        (PARKING, "Permit"),
        (PARKING, "Vehicle"),
        (PARKING, "Comment"),
        ("A kennel website. Owners book days for their dogs. Staff confirms bookings.", "Dog"),
        ("A garage portal. Customers add their cars. Mechanics manage repairs.", "Car"),
        ("A river website. Anglers report catches. Wardens check catches.", "Catch"),
        ("A river website. Anglers apply for licences and renew them yearly.", "Licence"),
    ],
)
def test_what_is_of_one_person_is_seen_by_that_person_and_staff(said: str, name: str) -> None:
    assert access(read(said))[name] == "om"


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
    assert access(read(said))[name] == seen


@pytest.mark.parametrize(
    "feature", ["Nobody may delete orders", "Products are read-only", "Two-factor sign-in"]
)
def test_what_is_forbidden_and_not_enforced_is_not_called_done(feature: str) -> None:
    spec = read(f"A shop with products and orders. {feature}.")
    said = next(one for one in spec.features if feature in one.text)
    assert said.reason is not None
    assert said.operations == {}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("A marketplace where owners rent out their boats. Travellers book boats.", "Boat"),
        ("A car club website. Members show their cars. Visitors browse the cars.", "Car"),
    ],
)
def test_what_somebody_puts_before_others_is_shown(said: str, name: str) -> None:
    assert access(read(said))[name].endswith("p")


def test_a_remark_is_of_what_it_is_made_on() -> None:
    spec = read("Clerks review claims and approve or reject them with a comment.")
    (comment,) = [entity for entity in spec.entities if entity.name == "Comment"]
    assert [link.target for link in comment.relations] == ["Claim"]


def test_what_staff_alone_looks_at_is_not_shown_to_visitors() -> None:
    text = "A ticket website. Passengers book seats. Staff adds trains and sees the sales."
    assert access(read(text))["Sale"] == "m"
    assert access(read(text))["Train"] == "mp"


@pytest.mark.parametrize("who", ["Runner", "Reader", "Member"])
def test_who_uses_a_site_is_no_address_book_for_others(who: str) -> None:
    text = f"A website for a race with news and a list of {who.lower()}s."
    assert access(read(text)).get(who, "om") == "om"


def test_what_persons_see_of_theirs_is_not_there_for_everybody():
    text = "Customers order parcels, couriers see their deliveries and admins manage couriers."
    delivery = next(e for e in read(f"A platform. {text}").entities if e.name == "Delivery")
    assert delivery.owned
    assert not delivery.public


@pytest.mark.parametrize(
    ("said", "name", "seen"),
    [
        ("A boat website. Owners add their boats. Visitors browse boats.", "Boat", "p"),
        ("A car rental website. Visitors browse cars. Customers rate their car.", "Car", "mp"),
        ("A horse show site. Riders enter their horses. Fans see the horses.", "Horse", "mp"),
        ("A theatre website with a list of actors. Visitors browse actors.", "Actor", "mp"),
        ("A directory of painters with a town. Visitors search painters.", "Painter", "p"),
        ("A choir website with composers and songs. Visitors see composers.", "Composer", "mp"),
        (
            "A zoo website. Visitors report problems of animals. Visitors see the animals.",
            "Animal",
            "mp",
        ),
        ("A town website. Residents report lamps. Everybody sees the lamps.", "Lamp", "p"),
        ("A site. Members report sightings. Sightings are shown on a page.", "Sighting", "p"),
        (
            "A court website. Judges publish decisions with a date and text.",
            "Decision",
            "mp",
        ),
        ("A salon website. Customers add their dogs. Groomers see all dogs.", "Dog", "om"),
        ("Visitors read articles. Guests cannot see notes on articles.", "Article", ""),
    ],
)
def test_what_visitors_look_at_stays_open_and_is_nobodys_to_rewrite(
    said: str, name: str, seen: str
) -> None:
    entity = next(one for one in read(said).entities if one.name == name)
    assert access(read(said))[name].endswith(seen)
    assert entity.owned or entity.managed or entity.authored or not entity.public
