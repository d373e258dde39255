"""Colours go to the place that the words give them."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import looks_in

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
    theme = looks_in(words)
    assert (theme.background, theme.component, theme.text) == (CREAM, RED, None)


def test_three_places_take_three_colours():
    theme = looks_in("A cream background, red buttons and black text.")
    assert (theme.background, theme.component, theme.text) == (CREAM, RED, BLACK)


def test_one_colour_goes_to_the_nearest_place():
    assert looks_in("Components sit on a cream background.").background == CREAM
    assert looks_in("The background is plain; components are red.").component == RED
