"""Colours go to the place that the words give them."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding.theme import theme_of

CREAM, RED, BLACK = "#fffdd0", "#ff0000", "#000000"


@pytest.mark.parametrize(
    "words",
    [
        "Make the background colour cream and the button colour red.",
        "Give cream to the background and red to the UI elements.",
        "Red on cream pages: a background of cream, with red for the components.",
        "Put cream behind everything as its backdrop, then paint controls red.",
        "Use cream for the body background and, for the interface, red.",
    ],
)
def test_colours_and_places_are_joined_in_their_order(words):
    theme = theme_of(words)
    assert (theme.background, theme.component, theme.text) == (CREAM, RED, None)


def test_three_places_take_three_colours():
    theme = theme_of("A cream background, red buttons and black text.")
    assert (theme.background, theme.component, theme.text) == (CREAM, RED, BLACK)


def test_one_colour_goes_to_the_nearest_place():
    assert theme_of("Components sit on a cream background.").background == CREAM
    assert theme_of("The background is plain; components are red.").component == RED
