"""The first page of an app of which nothing is written for visitors."""

from __future__ import annotations

import pytest

from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.shared.content import Content, content_of
from generation.engines.builtin.understanding import understand
from projects.spec.request import AppRequest


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


def test_one_of_an_app_for_its_people_alone_stays_closed():
    made = content("A tool for a salon. Customers book appointments. Staff manage services.")
    assert (made.is_open, made.is_told) == (False, False)
