"""The parts of a site that a sentence lists become its pages and sections."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.blocks import blocks_of
from generation.engines.builtin.understanding.pages import pages_of
from projects.spec.models import AppSpec, FeatureState, PageSpec, Source
from projects.spec.request import load_request

STUDIO = (
    "A landing page for a small architecture studio. It has a hero with a call to action, "
    "a services section (new homes, renovations, interiors), an about page telling that we have "
    "worked in Ghent since 2009, a pricing page with three plans, and a contact page with our "
    "address and email."
)


def studio(*features: str) -> AppSpec:
    asked = {"project_name": "Alder", "description": STUDIO, "features": list(features)}
    return understand(load_request(asked))


def page(spec: AppSpec, path: str) -> PageSpec:
    return next(page for page in spec.pages if page.path == path)


def test_a_part_says_what_is_said_of_it():
    lead, blocks = blocks_of("A site with a team section (Ada, Grace) and a story page about bees.")
    assert lead == "A site"
    assert [(b.heading, b.text, b.items, b.is_page) for b in blocks] == [
        ("Team", "", ("Ada", "Grace"), False),
        ("Story", "Bees.", (), True),
    ]


@pytest.mark.parametrize(
    "text",
    ["A page with our prices.", "A list of books with a title, an author and a year.", "", "(a, b"],
)
def test_a_sentence_that_lists_no_parts_has_none(text: str):
    assert blocks_of(text) == (text, ())


def test_the_first_page_shows_sections_and_leaves_pages_to_themselves():
    home = page(studio(), "/")
    assert [(s.heading, s.text, s.items) for s in home.sections] == [
        ("Alder", "A small architecture studio.", ()),
        ("Services", "", ("New homes", "Renovations", "Interiors")),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/about", "We have worked in Ghent since 2009."),
        ("/pricing", "Three plans."),
        ("/contact", ""),
    ],
)
def test_a_page_says_its_own_part_alone(path: str, text: str):
    assert [section.text for section in page(studio(), path).sections] == [text]


def test_a_feature_that_names_a_page_is_planned_and_says_nothing_on_it():
    spec = studio("Home page with our services", "Pricing page")
    assert [(f.state, f.capabilities) for f in spec.features] == [
        (FeatureState.PLANNED, ("pages",)),
        (FeatureState.PLANNED, ("pages",)),
        (FeatureState.PLANNED, ("pages",)),
    ]
    assert spec.features[-1].reason == (
        "No words were given for the page Contact: write them in the app. "
        "Nothing was given for mail, address: put it in the app."
    )
    said = [section.text for page in spec.pages for section in page.sections]
    assert not any("Pricing page" in text or "Home page" in text for text in said)


def test_sections_that_are_named_in_a_row_are_sections():
    _, blocks = blocks_of("It must include sections for services, reviews and a contact form.")
    assert [block.heading for block in blocks] == ["Services", "Reviews", "Contact form"]


def test_a_section_is_called_by_what_it_shows():
    _, blocks = blocks_of("It has a section for displaying offers, and a section to show the team.")
    assert [block.heading for block in blocks] == ["Offers", "Team"]


def test_what_is_said_twice_is_shown_once():
    long = "Fresh bread every day since 1974, and warm rolls every Sunday."
    spoken = ("A page for a bakery.", long, long, "Open on Sundays")
    sources = [Source(part="description", text=text) for text in spoken]
    (home,) = pages_of("Rye", sources, stores_things=False)
    said = [(section.heading, section.text) for section in home.sections[1:]]
    assert said == [("", long), ("Open on Sundays", "")]
