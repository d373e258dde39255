"""Colours that the words name are used, and what stands on them can be read."""

from __future__ import annotations

import re

import pytest

from generation.engines.builtin.stacks.shared.theme import (
    MOODS,
    READABLE,
    VISIBLE,
    contrast,
    starts_dark,
    tokens_of,
)
from projects.spec.models import ThemeSpec
from tests.generation.engines.understanding.reading import looks_in, read

CREAM, FOREST, GREEN = "#fffdd0", "#228b22", "#008000"
COLOURS = ("#ffff00", "#000080", "#ffffff", "#000000", "#808080", "#ff0000", "#90ee90")


def blocks_of(theme: ThemeSpec) -> list[dict[str, str]]:
    """Return the custom properties of the light and of the dark theme."""
    blocks = tokens_of(theme).split("}")[:2]
    return [dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in blocks]


@pytest.mark.parametrize("component", COLOURS)
@pytest.mark.parametrize("background", [None, "#ffffff", "#001f3f", "#ffe4e1"])
def test_links_and_buttons_can_be_read(component: str, background: str | None) -> None:
    light, dark = blocks_of(ThemeSpec(component=component, background=background))
    assert light["accent"] == component
    assert light["page"] == (background or "#f7f8fa")
    for theme in (light, dark):
        assert contrast(theme["link"], theme["panel"]) >= READABLE
        assert contrast(theme["on-accent"], theme["accent"]) >= READABLE
        assert contrast(theme["ink"], theme["page"]) >= READABLE
        assert contrast(theme["faint"], theme["page"]) >= READABLE
        assert contrast(theme["danger"], theme["panel"]) >= READABLE


@pytest.mark.parametrize("background", [None, "#ffffff", "#001f3f", "#ffe4e1", "#fffdd0"])
def test_what_bounds_fields_and_panels_can_be_seen(background: str | None) -> None:
    light, dark = blocks_of(ThemeSpec(background=background))
    for theme in (light, dark):
        assert contrast(theme["edge"], theme["panel"]) >= VISIBLE
        assert contrast(theme["line"], theme["panel"]) >= 1.2


def test_a_shade_keeps_its_hue() -> None:
    _, dark = blocks_of(ThemeSpec(component="#000080"))
    red, green, blue = (int(dark["link"][place : place + 2], 16) for place in (1, 3, 5))
    assert blue > 200
    assert red == green < blue


@pytest.mark.parametrize("mood", [mood for mood in MOODS if mood != "dark"])
def test_a_mood_has_a_colour_of_its_own_unless_one_is_named(mood: str) -> None:
    plain, _ = blocks_of(ThemeSpec())
    light, dark = blocks_of(ThemeSpec(mood=mood))
    assert light["accent"] != plain["accent"]
    for theme in (light, dark):
        assert contrast(theme["link"], theme["panel"]) >= READABLE
        assert contrast(theme["on-accent"], theme["accent"]) >= READABLE
        for ground in ("page", "panel"):
            assert contrast(theme["ink"], theme[ground]) >= READABLE
            assert contrast(theme["faint"], theme[ground]) >= READABLE
    named, _ = blocks_of(ThemeSpec(mood=mood, component="#0b7285"))
    assert named["accent"] == "#0b7285"


@pytest.mark.parametrize(
    ("words", "dark"),
    [
        ("A blog. Use a dark theme.", True),
        ("A dark-themed blog with orange buttons.", True),
        ("A blog with a light and dark theme.", False),
        ("A blog with dark mode.", False),
        ("A blog with a dark look and a white background.", False),
        ("A blog with a dark look and navy buttons.", False),  # which could not be told from it
    ],
)
def test_a_dark_look_is_there_from_the_first_visit(words: str, *, dark: bool) -> None:
    assert starts_dark(looks_in(words)) == dark


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("A playful app for children.", "playful"),
        ("A minimal design, please.", "minimal"),
        ("An elegant and calm portfolio.", "elegant"),
        ("A shop for retro games with a minimal order amount.", None),
    ],
)
def test_a_mood_is_read_of_the_look(words: str, mood: str | None) -> None:
    assert looks_in(words).mood == mood


@pytest.mark.parametrize(
    ("words", "colours"),
    [
        ("A shop. Colour scheme: navy and cream.", {"component": "#000080", "background": CREAM}),
        ("Use a pastel pink theme.", {"component": "#f5d6dc"}),
        ("Theme: forest green, cream and brown.", {"component": FOREST, "background": CREAM}),
        ("Neon colors on a black background.", {"background": "#000000", "mood": "neon"}),
        ("#ff8800 buttons on a white page.", {"component": "#ff8800", "background": "#ffffff"}),
        ("rgb(255, 136, 0) buttons", {"component": "#ff8800"}),
        ("A calm blue and white look.", {"component": "#0000ff", "background": "#ffffff"}),
        ("White text on a dark background.", {"text": "#ffffff", "background": "#12151c"}),
        ("The style is gold on black.", {"component": "#ffd700", "background": "#000000"}),
        ("Dark theme with neon green accents.", {"component": "#39ff14", "mood": "dark"}),
        ("Mostly green with a white background.", {"component": GREEN, "background": "#ffffff"}),
        ("Our brand color is #123456.", {"component": "#123456"}),
        ("Corporate look and feel.", {"mood": "corporate"}),
        ("It should look modern and professional.", {"mood": "corporate"}),
        ("Warm earth tones.", {"mood": "warm"}),
        ("High contrast, please.", {"mood": "high contrast"}),
        ("Dark minimal design.", {"mood": "dark"}),
        ("A dark, elegant look.", {"mood": "dark"}),
        ("A clean look with serif headings.", {"mood": "minimal", "font": "serif"}),
        (
            "Use cream for the background and chocolate brown for the buttons.",
            {"background": "#fffdd0", "component": "#4b3020"},
        ),
        ("Headings in a serif font.", {"font": "serif"}),
        ("Use sharp corners and a monospaced typeface.", {"font": "mono", "corners": "sharp"}),
        ("Use a font like Inter.", {"font": "sans"}),
        ("The site uses Georgia for headings.", {"font": "serif"}),
        ("Cards with rounded corners.", {"corners": "rounded"}),
        # What is not wanted, what is of things rather than of the look, and other fonts.
        ("Not too colorful, keep it quiet.", {}),
        ("Each balloon has a colour: red, green or blue.", {}),
        ("A simple app for a professional choir.", {}),
        ("Sell natural and organic food.", {}),
        ("Users choose serif or not.", {}),
    ],
)
def test_looks_are_read_as_people_say_them(words: str, colours: dict[str, str]) -> None:
    said = looks_in(words).model_dump(exclude={"marks"}, exclude_none=True)
    assert said == colours


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Colour scheme: navy and gold", "a place for the colour gold"),
        ("Use gradients and animated buttons.", "gradients, animations"),
        ("Use a font like Inter.", "the typeface Inter"),
        ("Use Material Design.", "the look of another design system"),
    ],
)
def test_what_no_stack_draws_is_named(words: str, named: str) -> None:
    spec = read(f"Keep recipes with a title. {words}")
    (feature,) = (one for one in spec.features if one.text == words)
    assert named in (feature.reason or "")


def test_letters_and_corners_are_drawn_where_they_are_asked_for() -> None:
    plain = tokens_of(ThemeSpec())
    assert "font-family" not in plain
    assert "border-radius" not in plain
    assert tokens_of(ThemeSpec(font="sans", corners="rounded")) == plain  # as all are
    drawn = tokens_of(ThemeSpec(font="serif", corners="sharp"))
    assert "html body {\n  font-family: Georgia" in drawn
    assert "border-radius: 0" in drawn
