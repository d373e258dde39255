"""The first page of an app of which nothing is written for visitors."""

from __future__ import annotations

import pytest

from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.shared.content import Content, content_of
from generation.engines.builtin.understanding import understand
from projects.spec.models import AppSpec, PageKind, PageSpec, SectionSpec
from projects.spec.request import AppRequest

OPENING = "A small bakery in Leith."
LINE = "We bake sourdough bread, rye bread and cinnamon buns every morning."


def content(description: str, *features: str) -> Content:
    spec = understand(
        AppRequest(project_name="Lido", description=description, features=list(features))
    )
    return content_of(spec, names_of(spec))


@pytest.mark.parametrize(
    ("features", "lead"),
    [
        (["As a vet, I want to add pets"], "Pets"),
        (["As a vet, I want to add pets", "As a vet, I want to add owners"], "Pets and owners"),
        (
            [f"As a vet, I want to add {name}" for name in ("pets", "owners", "bills", "cages")],
            "Pets, owners, bills and more",
        ),
    ],
)
def test_it_says_what_is_kept(features: list[str], lead: str):
    home = content("", *features).home
    assert home is not None
    assert (home.title, home.sections) == ("Lido", ())
    assert home.lead.removesuffix(" in one place.") == lead


def test_one_that_is_to_greet_is_open_and_leads_visitors_to_no_list_they_may_not_read():
    made = content(
        "An app for a salon. Public home page with a short introduction. Customers book "
        "appointments. Staff manage services with a name and a price."
    )
    assert made.home is not None
    assert (made.home.lead, made.home.sections) == ("An app for a salon.", ())
    assert (made.is_open, made.is_told, made.offered) == (True, True, ())


def test_one_of_an_app_for_its_people_alone_stays_closed_and_its_log_in_page_greets():
    made = content("A tool for a salon. Customers book appointments. Staff manage services.")
    assert (made.is_open, made.is_told, made.greeting) == (False, False, "A tool for a salon.")


def test_the_log_in_page_greets_where_a_dashboard_comes_first_too():
    made = content("A tool for a salon. Customers book appointments.", "Dashboard")
    assert (made.home, made.greeting) == (None, "A tool for a salon.")


def test_where_the_first_page_is_open_the_log_in_page_greets_nobody():
    assert content(f"A landing page for a bakery. {LINE}", "Sign up").greeting == ""


@pytest.mark.parametrize(
    ("told", "lead", "sections"),
    [
        (LINE, f"{OPENING} {LINE}", 0),
        (f"{LINE} It is sold out by noon, so come early.", OPENING, 1),
        (LINE.replace("every", "every " + "single " * 40), OPENING, 1),
    ],
    ids=["one line", "two lines", "one long line"],
)
def test_a_lone_line_goes_on_with_the_lead(told: str, lead: str, sections: int):
    home = content(f"A landing page for {OPENING[0].lower()}{OPENING[1:]} {told}").home
    assert home is not None
    assert (home.lead, len(home.sections)) == (lead, sections)


@pytest.mark.parametrize(
    "section",
    [
        SectionSpec(heading="About", text="We bake."),
        SectionSpec(heading="Contact"),
        SectionSpec(heading="", items=("Rye",)),
    ],
    ids=["with a heading", "of a heading", "of items"],
)
def test_a_section_that_was_asked_for_stays_one(section: SectionSpec):
    top = SectionSpec(heading="Bread as it was", text="Baked at night.")
    page = PageSpec(name="Home", path="/", kind=PageKind.HOME, sections=(top, section))
    spec = AppSpec(name="Lido", pages=(page,))
    home = content_of(spec, names_of(spec)).home
    assert home is not None
    assert (home.lead, home.sections) == ("Baked at night.", (section,))
