"""Ordinary words that are things where they are spoken of again and again."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import links, names, read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            (
                "As a lawyer, I want to open a case.\n"
                "As a lawyer, I want to add deadlines to a case.\n"
                "As a judge, I want to close cases."
            ),
            "Case",
        ),
        ("Goldsmiths upload designs. Users view designs and rate a design.", "Design"),
        ("Collectors list records, swap records and add a record to a shelf.", "Record"),
        (
            (
                "As an archivist, I want to register a restoration procedure.\n"
                "As an archivist, I want to add images to a procedure.\n"
                "As a buyer, I want to write a bill for a procedure."
            ),
            "Restoration procedure",
        ),
        ("Singers add works to a concert. The office lends works to choirs.", "Work"),
    ],
)
def test_an_ordinary_word_is_a_thing_where_it_is_said_again(text, name):
    assert name in names(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Track my plants. In this case I need no account.",
        "A shop for lamps with a modern design. The design should work on phones.",
        "Keep a record of my runs. Show records by month.",
    ],
)
def test_an_ordinary_word_is_none_where_it_is_said_in_passing(text):
    assert not names(read(text)) & {"Case", "Design", "Record", "Work"}


def test_what_is_put_to_such_a_thing_is_linked_to_it():
    text = (
        "As a lawyer, I want to open a case.\n"
        "As a lawyer, I want to add hearings to a case.\n"
        "As a judge, I want to close a case."
    )
    assert ("Hearing", "Case") in links(read(text))
