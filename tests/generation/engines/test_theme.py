"""Colours that the words name are used, and what stands on them can be read."""

from __future__ import annotations

import re

import pytest

from generation.engines.builtin.stacks.shared.theme import (
    READABLE,
    VISIBLE,
    contrast,
    starts_dark,
    tokens_of,
)
from projects.spec.models import ThemeSpec
from tests.generation.engines.understanding.reading import looks_in

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


@pytest.mark.parametrize("mood", ["minimal", "playful", "elegant", "retro", "brutalist"])
def test_a_mood_has_a_colour_of_its_own_unless_one_is_named(mood: str) -> None:
    plain, _ = blocks_of(ThemeSpec())
    light, dark = blocks_of(ThemeSpec(mood=mood))
    assert light["accent"] != plain["accent"]
    for theme in (light, dark):
        assert contrast(theme["link"], theme["panel"]) >= READABLE
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
