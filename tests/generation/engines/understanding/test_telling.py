"""What visitors read of a request, and what is only for the maker of the app."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.parts import is_bare, only_names_parts
from generation.engines.builtin.understanding.slogans import is_slogan, slogan_of
from generation.engines.builtin.understanding.telling import is_for_the_maker, plain, tells
from generation.engines.builtin.understanding.theme import is_about_looks, theme_of
from projects.spec.models import AppSpec, FeatureState, Source
from projects.spec.request import AppRequest


def read(description: str, *features: str) -> AppSpec:
    return understand(
        AppRequest(project_name="Lido", description=description, features=list(features))
    )


def words_of(spec: AppSpec) -> list[str]:
    """Return all that the pages of words say, beside the name of the app."""
    said = [
        text
        for page in spec.pages
        for part in page.sections
        for text in (part.heading, part.text, *part.items)
    ]
    return [text for text in said if text and text != "Lido"]


def lacks(spec: AppSpec) -> str:
    return " ".join(feature.reason or "" for feature in spec.features)


@pytest.mark.parametrize(
    "text",
    [
        "Staff manage services and see all appointments for the day.",
        "The committee posts news.",
        "Customers can book appointments.",
        "Admin sees all quotes.",
        "Foremen see all hours.",
        "Members book a class",
        "Each service has a name, price and duration.",
        "Menu items have name, description, price and category.",
        "Public home page with a short introduction and a picture.",
        "Home: introduction, picture, next concert",
        "Sections: Hero, About me, Gallery",
        "Contact with phone, mail and address.",
        "The first page must look nice and say who we are",
        "The footer should contain our address and email.",
        "Show our address, phone and email.",
        "Keep it simple.",
        "Make the site responsive.",
        "Design: simple, elegant.",
        "The design should be clean and friendly with green tones.",
        "We want a website where people see our plants.",
        "Our chess club needs a page.",
        "No public access.",
        "As a student, once I am 18 years old I want to change my preferences",
        "Red and white.",
        "Cosy dark wood look.",
        "Sand and petrol colours.",
        "Trainers with photo and bio.",
        "Welcome text on the first page.",
        "Posts and tags are linked many-to-many.",
    ],
)
def test_what_only_asks_is_for_the_maker(text: str):
    assert is_for_the_maker(text)
    assert not tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "We meet every Thursday at 19:00 in the library.",
        "Our team manages gardens of every size.",
        "Everything is made by hand.",
        "Fresh bread every day since 1974, and warm rolls every Sunday.",
        "I photograph weddings and families in Kent.",
        "Book now and save a third.",
        "Free parking behind the house.",
        "Customers love our bread.",
        "Contact us for a quote.",
    ],
)
def test_what_tells_something_is_for_visitors(text: str):
    assert not is_for_the_maker(text)


@pytest.mark.parametrize(
    ("text", "slogan"),
    [
        ("Slogan 'Cut above'", "Cut above"),
        ("Slogan 'It's all we do'.", "It's all we do"),
        ('Our motto is "Play fair, play on".', "Play fair, play on"),
        ("Tagline: Your lawn, our passion.", "Your lawn, our passion."),
        ("Slogan \u201eBack on two wheels\u201c.", "Back on two wheels"),
        ('Slogan: "Bread worth waking up for"', "Bread worth waking up for"),
    ],
)
def test_a_slogan_is_what_is_called_so(text: str, slogan: str):
    assert (slogan_of(["We bake.", text]), is_slogan(text)) == (slogan, True)


@pytest.mark.parametrize(
    "text",
    [
        "Home page with slogan and picture",
        "A slogan generator",
        'He said "hello"',
        "Each campaign has a slogan, a budget and a start date.",
    ],
)
def test_what_only_speaks_of_slogans_is_none(text: str):
    assert (slogan_of([text]), is_slogan(text)) == ("", False)


def test_a_slogan_is_the_line_below_the_name_and_stands_nowhere_else():
    spec = read("Website for my barber shop. Slogan 'Cut above'. We shave too.", "Book a chair")
    home = spec.pages[0]
    assert (home.sections[0].heading, home.sections[0].text) == ("Lido", "Cut above")
    assert [text for text in words_of(spec) if "logan" in text or "Cut" in text] == ["Cut above"]


def test_a_slogan_names_no_thing_and_is_done_as_a_feature():
    spec = read("Bike shop. People request a repair with bike and problem.", "Slogan 'On wheels'")
    assert "Wheel" not in [entity.name for entity in spec.entities]
    assert spec.features[0].state is FeatureState.PLANNED


def test_a_headline_in_quotes_is_the_line_of_a_site_of_parts():
    spec = read(
        'Landing page for a cleaner. Hero with headline "Windows you forget" and a button. '
        "Three features: fast, insured, friendly."
    )
    assert words_of(spec) == [
        "Windows you forget",
        "A cleaner.",
        "Features",
        "Fast",
        "Insured",
        "Friendly",
    ]
    assert "Nothing was given for button" in lacks(spec)


@pytest.mark.parametrize(
    ("text", "background", "component"),
    [
        ("Navy blue and yellow.", None, "#000080"),
        ("Red and white.", "#ffffff", "#ff0000"),
        ("Green and beige please.", "#f5f5dc", "#008000"),
        ("I want the colors orange and white.", "#ffffff", "#ffa500"),
        ("In teal and white", "#ffffff", "#008080"),
        ("Use our brand colour #0a7d5b.", None, "#0a7d5b"),
    ],
)
def test_a_sentence_of_colours_is_of_the_looks(text: str, background: str | None, component: str):
    theme = theme_of([Source(part="description", text=f"A site for a club. {text}")])
    assert (theme.background, theme.component) == (background, component)
    assert is_about_looks(text)
    assert words_of(read(f"A site for a rowing club. {text}")) == ["A rowing club."]


@pytest.mark.parametrize("text", ["Gold.", "Red wine and white bread.", "Orange trees"])
def test_names_that_hold_a_colour_are_none(text: str):
    assert not is_about_looks(text)


def test_an_app_shows_nothing_of_how_it_is_to_be_made():
    spec = read(
        "I need an app for my grooming salon. Public home page with a short introduction and a "
        "picture. Customers book appointments. Staff manage services. Each service has a name and "
        "a price."
    )
    assert words_of(spec) == ["App for my grooming salon."]
    assert "Nothing was given for picture: put it in the app." in lacks(spec)


def test_lines_below_the_heading_of_a_page_stand_on_that_page():
    spec = read(
        "Bakery website\n\nHome:\n- Picture\n\nAbout us:\n- We have baked in Leeds since 1987.\n"
        "- Everything is made by hand.\n\nContact:\n- Phone\n- Mail\n- Opening hours: Mon-Fri 7-18"
    )
    home, about, contact = spec.pages
    assert [(part.heading, part.text) for part in home.sections] == [("Lido", "Bakery")]
    assert [part.text or part.heading for part in about.sections] == [
        "We have baked in Leeds since 1987.",
        "Everything is made by hand",
    ]
    assert [part.items for part in contact.sections] == [("Opening hours: Mon-Fri 7-18",)]
    missing = [f.text for f in spec.features if "Nothing was given" in str(f.reason)]
    assert missing == ["Picture", "Phone", "Mail"]


def test_what_only_names_parts_of_a_page_describes_no_thing():
    text = "Contact with phone, mail, address and opening hours."
    assert only_names_parts(text)
    assert not only_names_parts("Contact with phone, mail and the lists of our boats.")
    spec = read(f"Website for a kindergarten. Teachers add news. {text}")
    assert [entity.name for entity in spec.entities] == ["News"]
    assert "Nothing was given for phone, mail, address, opening hours" in lacks(spec)


@pytest.mark.parametrize("text", ["Picture", "- About us:", "Our team", "Home page", "FAQ"])
def test_a_name_of_a_part_alone_is_bare(text: str):
    assert is_bare(text)
    assert not is_bare(f"{text} of old boats")


def test_pages_named_in_a_row_are_pages():
    spec = read("Portfolio for a photographer. Sections: Hero, About me, Gallery, Prices, Contact.")
    assert [page.path for page in spec.pages] == ["/", "/about", "/pricing", "/contact"]
    assert "Gallery" not in words_of(spec)
    assert "Nothing was given for gallery" in lacks(spec)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Bakery website.", "Bakery."),
        ("Website for my barber shop.", "Barber shop."),
        ("A website to find boats.", "A website to find boats."),
        ("- Everything is made by hand.", "Everything is made by hand."),
    ],
)
def test_a_site_says_what_it_is_of(asked: str, told: str):
    assert plain(asked) == told


def test_opening_hours_end_where_something_else_begins():
    spec = read("A page for a studio. Opening hours Tue-Sat 9-18, contact with phone and mail.")
    assert "Opening hours: Tue-Sat 9-18" in words_of(spec)


def test_parts_behind_a_colon_are_parts():
    spec = read(
        "One-page website for a coach: hero with photo, about me, offers (talk, walk, rest), a map."
    )
    home, about = spec.pages
    assert [(p.heading, p.text, p.items) for p in home.sections] == [
        ("Lido", "A coach", ()),
        ("Offers", "", ("Talk", "Walk", "Rest")),
    ]
    assert about.sections[0].text == "A coach"
    assert "Nothing was given for picture" in lacks(spec)


def test_colours_and_phones_among_the_features_are_done():
    spec = read("Hair salon.", "Book appointment", "Navy and white", "Phone 020 7946 0958")
    assert (spec.theme.background, spec.theme.component) == ("#ffffff", "#000080")
    assert [f.state for f in spec.features] == [FeatureState.PLANNED] * 3


def test_a_home_page_is_no_house():
    names = [entity.name for entity in read("Hair salon.", "Book a cut", "Home page").entities]
    assert "Home" not in names


def test_quoted_words_of_a_part_are_shown_and_those_on_a_button_are_not():
    spec = read(
        'A landing page for a lamp. A price "$89" with a picture. '
        "A features section (light, cheap, small).\n"
        'Two buttons \u2014 "Try it" (primary) and "See it" below the picture.'
    )
    assert words_of(spec)[1:] == ["$89", "Features", "Light", "Cheap", "Small"]


def test_a_page_without_words_that_has_the_name_of_a_list_is_that_list():
    spec = read(
        "Salon website with home, services and contact pages. Staff manage services with a name "
        "and a price."
    )
    assert "Service" in [entity.name for entity in spec.entities]
    assert [page.name for page in spec.pages] == ["Home", "Contact"]
