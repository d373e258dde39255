"""Colours named in a description."""

from __future__ import annotations

import re

from projects.spec.models import ThemeSpec

COLOURS = {
    "white": "#ffffff",
    "black": "#000000",
    "grey": "#808080",
    "gray": "#808080",
    "silver": "#c0c0c0",
    "red": "#d32f2f",
    "crimson": "#dc143c",
    "maroon": "#800000",
    "orange": "#e65100",
    "amber": "#ffb300",
    "yellow": "#fdd835",
    "gold": "#d4a017",
    "green": "#2e7d32",
    "olive": "#808000",
    "lime": "#7cb342",
    "teal": "#008080",
    "cyan": "#0097a7",
    "blue": "#1565c0",
    "navy": "#000080",
    "indigo": "#3f51b5",
    "purple": "#6a1b9a",
    "violet": "#8e24aa",
    "pink": "#d81b60",
    "brown": "#6d4c41",
    "beige": "#f5f5dc",
    "cream": "#fffdd0",
}
_COLOUR = rf"(?P<colour>#[0-9a-f]{{6}}\b|\b(?:{'|'.join(COLOURS)}))"
_PLACES = {
    "background": r"(?:\s+page)?\s+background",
    "component": r"\s+(?:components?|buttons?|accents?|accent colou?r|theme)",
    "text": r"\s+(?:text|letters|font)",
}


def theme_of(text: str) -> ThemeSpec:
    """Return the colours the words give to the background, the components and the text."""
    found = {}
    for place, after in _PLACES.items():
        match = re.search(_COLOUR + after + r"\b", text, re.IGNORECASE)
        if match is not None:
            named = match["colour"].lower()
            found[place] = COLOURS.get(named, named)
    return ThemeSpec(**found)
