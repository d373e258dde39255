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


def test_lists_of_what_is_done_are_things_and_lists_of_things_are_not() -> None:
    text = (
        "As a clerk, I want to put patients on a waiting list\n"
        "As a clerk, I want to manage the list of wards"
    )
    assert {"Waiting list", "Ward"} <= names(read(text))


def test_what_is_only_another_word_for_the_app_is_a_thing_where_several_are_made() -> None:
    assert "Theme" in names(read("As an editor, I want to manage themes and articles"))
    assert "Theme" not in names(read("As an editor, I want to choose a theme and add articles"))


def test_who_is_referred_leaves_a_referral() -> None:
    assert "Referral" in names(read("As a doctor I want to refer a patient to a specialist."))


def test_an_app_for_bidding_keeps_bids() -> None:
    text = "A website for coins. It should have functionalities for coin management and bidding."
    assert "Bid" in names(read(text))


def test_what_somebody_does_is_no_thing() -> None:
    text = "Clubs should be able to post vacancies, and communicate with players."
    assert not {"Communicate", "Communication"} & names(read(text))


def test_of_whom_several_things_are_is_kept() -> None:
    text = (
        "Help desk. Employees open tickets and see their tickets. "
        "Agents get tickets assigned. Managers see how many tickets are open per agent."
    )
    assert "Agent" in names(read(text))


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Customers open tickets. Staff reply to tickets. Customers see the replies.", "Customer"),
        ("Couriers deliver parcels to customers. Customers track their parcels.", "Customer"),
        ("Students enroll in courses. Students see their grades.", "Student"),
    ],
)
def test_who_takes_and_sees_things_is_no_row_for_being_named_twice(text, person):
    assert person not in names(read(text))
