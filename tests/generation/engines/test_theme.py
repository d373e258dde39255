"""Colours that the words name are used, and what stands on them can be read."""

from __future__ import annotations

import re

import pytest

from generation.engines.builtin.stacks.shared.theme import READABLE, contrast, tokens_of
from projects.spec.models import ThemeSpec

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


def test_a_shade_keeps_its_hue() -> None:
    _, dark = blocks_of(ThemeSpec(component="#000080"))
    red, green, blue = (int(dark["link"][place : place + 2], 16) for place in (1, 3, 5))
    assert blue > 200
    assert red == green < blue
