"""What an app of a kind keeps, where its words say no more than what it is."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding.kinds import kinds
from generation.engines.builtin.understanding.lexicon import fields_of
from projects.spec.check import faults_of
from tests.generation.engines.understanding.reading import links, names, read


@pytest.mark.parametrize(
    ("words", "things"),
    [
        ("a todo app", {"Task"}),
        ("make a to-do list with categories", {"Task", "Category"}),
        ("Notes app", {"Note"}),
        ("Build a blog", {"Post"}),
        ("A simple blog with comments", {"Post", "Comment"}),
        ("I want a recipe app with ratings", {"Recipe", "Rating"}),
        ("an online shop for shoes", {"Product", "Order", "Order item"}),
        ("inventory management", {"Product", "Stock movement"}),
        ("Bookmark manager with tags", {"Bookmark", "Tag"}),
        ("quiz app", {"Quiz", "Question", "Answer"}),
        ("A kanban board", {"Board", "Column", "Card"}),
        ("a CRM", {"Contact", "Company", "Deal"}),
        ("event app with tickets", {"Event", "Ticket"}),
    ],
)
def test_a_kind_of_app_keeps_what_such_apps_do(words: str, things: set[str]) -> None:
    spec = read(words)
    assert names(spec) == things
    assert list(faults_of(spec)) == []


@pytest.mark.parametrize(
    "words",
    [
        "pomodoro timer",
        "weather app",
        "A landing page for a todo app.",
        "Website for a bakery",
        "A unit converter",
        "A site for our coffee shop. It tells where we are.",
        "My mother's shop needs a web page with the address.",
        "I run a repair shop. I need to see who works when.",
        "A website that tells about our village: news, history and photos.",
    ],
)
def test_what_keeps_nothing_is_of_no_kind(words: str) -> None:
    assert names(read(words)) == set()


def test_what_the_words_name_is_what_is_kept() -> None:
    assert names(read("A library app to track my books.")) == {"Book"}
    assert names(read("A shop app. Staff adds candles, each with a name and a scent.")) == {
        "Candle"
    }


def test_what_an_app_comes_with_are_fields_of_one_thing() -> None:
    (task,) = read("A to-do list app with due dates and priorities.").entities
    assert [field.name for field in task.fields] == ["title", "due date", "priority"]


def test_people_of_a_shop_have_accounts_and_who_keeps_tasks_needs_none() -> None:
    assert read("an online shop for shoes").auth
    assert not read("a todo app").auth


def test_parts_of_a_kind_are_linked() -> None:
    found = links(read("A kanban board"))
    assert {("Column", "Board"), ("Card", "Column")} <= found


def test_the_fields_of_every_thing_of_the_table_are_known() -> None:
    things = {thing for kind in kinds() for thing in kind.things}
    assert [thing for thing in sorted(things) if not fields_of(thing)[1]] == []


def test_a_task_list_is_the_app_and_tasks_are_what_it_keeps():
    assert names(read("A task list for cooks.")) == {"Task"}


def test_a_shopping_list_that_one_gets_is_kept_beside_other_things():
    spec = read("An app where I plan dinners and get a shopping list.")
    assert names(spec) >= {"Dinner", "Shopping item"}
