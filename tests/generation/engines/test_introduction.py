"""What visitors are told first of an app whose first page nobody wrote."""

from __future__ import annotations

import pytest

from generation.engines.builtin.introduction import LONGEST, introduction


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ("A simple notes app with user auth", "A simple notes app with user auth"),
        ("", ""),
        (
            (
                "A library for a small town. Members borrow books. Each book has a title. Show a "
                "dashboard of loans. Use a cream background. Visitors can send a contact form."
            ),
            "A library for a small town.",
        ),
        ("Please build an app for lending tools. It should be blue.", "App for lending tools."),
        (
            "A salon: services with name, price and duration, stylists with name and photo.",
            "A salon: services, stylists.",
        ),
        ("A club of\nchess players.\n- Members\n- Games", "A club of chess players."),
        ("A club.\n\nWe meet on Mondays.", "A club."),
        ("A recipe site. Members post recipes.", "A recipe site."),
        ("Bakery website. Staff manage cakes. We bake at night.", "Bakery. We bake at night."),
        ("Our club needs a page. Slogan 'Play on'. We play chess.", "We play chess."),
        (
            "Fleet tool: cars with a plate; drivers; trips.",
            "Fleet tool: cars with a plate; drivers; trips.",
        ),
        ("Public home page with a short introduction. Managers see all deliveries.", ""),
        ("As a vet, I want to add pets. As a vet, I want to see visits.", ""),
    ],
)
def test_it_says_what_the_app_is_for(description: str, told: str) -> None:
    assert introduction(description) == told


def test_it_ends_with_the_sentence_before_it_gets_long() -> None:
    told = introduction("We bake bread every morning in our oven. " * 20)
    assert told.endswith("oven.")
    assert LONGEST - 50 < len(told) <= LONGEST
