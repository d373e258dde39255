"""Sayings are read as what they say plainly."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.wording import as_all_do
from projects.spec.request import AppRequest


def kept(description: str) -> list[str]:
    spec = understand(AppRequest(project_name="App", description=description))
    return [entity.name for entity in spec.entities]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("The shelter lists pets with age and breed.", ["Pet"]),
        ("A gallery: the photographer uploads albums with a title and a date.", ["Album"]),
        ("A museum website showing exhibitions and artists.", ["Exhibition", "Artist"]),
        ("A blog with posts. Registered readers can comment on posts.", ["Post", "Comment"]),
    ],
)
def test_a_thing_is_not_called_by_what_is_done_with_it(words, names):
    assert kept(words) == names


@pytest.mark.parametrize(
    "words", ["Log hours on projects.", "Freelancers track time on their projects."]
)
def test_who_logs_hours_keeps_entries(words):
    assert kept(words) == ["Project", "Time entry"]


@pytest.mark.parametrize(
    "words",
    ["The library books are kept.", "The order form has fields.", "Each book lists its pages."],
)
def test_what_is_no_deed_stays(words):
    assert as_all_do(words) == words
