"""User stories as teams write them: short, without marks, with other words for what is wished."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding.sentences import story_of, words_of
from tests.generation.engines.understanding.reading import names, read


@pytest.mark.parametrize(
    "frame",
    [
        "As a clerk I want to ",
        "as a clerk i'd like to ",
        "As a clerk, I should be able to ",
        "As a clerk we may ",
        "As a clerk I am allowed to ",
    ],
)
def test_what_is_wished_for_stands_behind_many_words(frame: str) -> None:
    story = story_of(f"{frame}record parcels so I know where they are")
    assert story is not None
    assert story.wish == "record parcels"
    assert story.reason.strip() == "I know where they are"


def test_what_is_joined_with_a_pronoun_is_nobodys_thing() -> None:
    text = "I know what's in stock, that's why they'd ask, and can't say the customer's name"
    words = [word.text for word in words_of(text)]
    assert {"what", "that", "they", "can't", "customer's"} <= set(words)


def test_a_story_that_says_what_is_in_stock_is_read() -> None:
    assert names(read("As a manager I want to add crates so I always know what's in stock")) == {
        "Crate"
    }
