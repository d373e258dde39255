"""Pages of words: what visitors are told, and what only the app's maker is."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.capabilities import capabilities_in, out_of_reach
from generation.engines.builtin.understanding.contact import contact_facts, is_contact_fact
from projects.spec.models import AppSpec, PageSpec, Source
from projects.spec.request import AppRequest

CLINIC = (
    "A veterinary clinic site. Receptionists register owners and their pets. Pets have a name, a "
    "species and a birth date. Each visit belongs to a pet. Visits can be marked as paid. Show a "
    "dashboard with visits over time. It should have an about page and a contact page."
)
BAKERY = (
    "Landing page for a bakery with our menu, opening hours (Mon-Fri 7 to 18), testimonials, a "
    "newsletter sign-up and a contact form."
)


def read(description: str, *features: str) -> AppSpec:
    return understand(
        AppRequest(project_name="Paw Desk", description=description, features=list(features))
    )


def page(spec: AppSpec, path: str) -> PageSpec:
    return next(page for page in spec.pages if page.path == path)


def said(found: PageSpec) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(part.heading, part.text, part.items) for part in found.sections]


def test_the_first_page_of_an_app_says_nothing_that_is_meant_for_its_maker():
    spec = read(CLINIC, "Search pets by name", "About and contact page")
    assert said(page(spec, "/")) == [("Paw Desk", "A veterinary clinic.", ())]


def test_a_page_about_somebody_says_who_it_is_where_nothing_else_is_told():
    spec = read(
        "A page for a tax office in Bath. We have helped small firms since 1998.", "About us"
    )
    about = said(page(spec, "/about"))
    assert about[0][0] == "About"
    assert "We have helped small firms since 1998." in [text for _, text, _ in about]


def test_parts_in_a_row_are_parts_each_and_those_without_words_are_said_to_be_missing():
    spec = read(BAKERY)
    assert said(page(spec, "/"))[1:] == [("Opening hours", "", ("Mon-Fri 7 to 18",))]
    assert "Nothing was given for menu: put it in the app." in str(spec.features[0].reason)


def test_what_a_page_lists_is_a_list():
    spec = read(
        "A site for a roofer. It has a services page listing roof repair, gutters and domes."
    )
    assert said(page(spec, "/services")) == [("Services", "", ("Roof repair", "Gutters", "Domes"))]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        (
            "Show our services: bookkeeping, tax, payroll.",
            ("Services", ("Bookkeeping", "Tax", "Payroll")),
        ),
        ("Our promise: nobody waits longer than a day.", ("Promise", ())),
    ],
)
def test_words_before_a_colon_are_a_heading(text: str, section: tuple[str, tuple[str, ...]]):
    last = page(read(f"A brochure for an office. {text}"), "/").sections[-1]
    assert (last.heading, last.items) == section


def test_how_somebody_is_reached_is_on_the_contact_page():
    spec = read(
        "A page for a studio. Mail me at jo@lens.example or call +44 20 7946 0958. Our office is "
        "at 12 High Street, Bath. Open Mon-Fri 9 to 17.",
        "Contact page",
    )
    assert page(spec, "/contact").sections[-1].items == (
        "E-mail: jo@lens.example",
        "Telephone: +44 20 7946 0958",
        "Address: 12 High Street, Bath",
        "Opening hours: Mon-Fri 9 to 17",
    )
    assert [heading for heading, _, _ in said(page(spec, "/"))] == ["Paw Desk"]


def test_how_somebody_is_reached_ends_the_first_page_where_there_is_no_contact_page():
    spec = read("A landing page for a studio. We draw. Call 01225 496 000.")
    assert said(page(spec, "/"))[-1] == ("Contact", "", ("Telephone: 01225 496 000",))


@pytest.mark.parametrize(
    "text",
    [
        "Tickets cost 12 to 20 euros.",
        "The festival is on 2026-08-14 to 2026-08-16.",
        "Users open the list of 12 rooms.",
        "Members can call others by name.",
        "The shop is in need of an index of 300 books.",
    ],
)
def test_other_numbers_and_places_are_not_how_somebody_is_reached(text: str):
    sources = [Source(part="description", text=text)]
    found = [fact for fact in contact_facts(sources) if not fact.startswith("Address")]
    assert (found, is_contact_fact("We draw houses and gardens of every kind.")) == ([], False)


def test_a_page_that_nothing_is_told_for_is_said_to_be_in_part():
    contact, search = read(CLINIC, "Contact page", "Search pets by name").features[:2]
    assert contact.reason == "No words were given for the page Contact: write them in the app."
    assert search.reason is None


def test_forms_stand_on_the_contact_page_and_on_the_first():
    spec = read(BAKERY)
    assert [(p.path, p.entity) for p in spec.pages if p.entity] == [
        ("/", "Newsletter sign-up"),
        ("/contact", "Message"),
    ]
    assert not any("Contact" in str(feature.reason) for feature in spec.features)


def test_a_form_that_is_no_message_leaves_the_contact_page_alone():
    spec = read("A brochure for a bakery with a contact page and a newsletter sign-up.")
    assert [(p.path, p.entity) for p in spec.pages] == [
        ("/", "Newsletter sign-up"),
        ("/contact", None),
    ]


def test_signing_up_for_a_newsletter_asks_for_no_account():
    assert "auth" not in capabilities_in("Visitors sign up for our newsletter")
    assert "auth" in capabilities_in("Visitors sign up for an account")


def test_a_list_of_invoices_as_a_file_is_no_document():
    assert out_of_reach("Export invoices as CSV") == []
    assert out_of_reach("Invoices as PDF") != []
