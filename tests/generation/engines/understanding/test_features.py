"""What becomes of each thing asked for: nothing vanishes, and nothing is called done in vain."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from projects.spec.models import (
    NOT_UNDERSTOOD,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldType,
)
from projects.spec.request import AppRequest
from tests.generation.engines.understanding.reading import read

TASKS = "Track tasks with a title and a due date."
ROOMS = "Members book rooms. Managers see bookings. A booking has a date and belongs to a room."
SHOP = "Customers write reviews of products. An admin adds products."
RECIPES = "Keep recipes with a title and ingredients."
PLANNED, UNPLACED = FeatureState.PLANNED, FeatureState.UNPLACED


def spec_of(description: str, *features: str) -> AppSpec:
    """Return what is understood of a description and a list of features."""
    request = AppRequest(project_name="App", description=description, features=list(features))
    return understand(request)


def became(description: str, text: str) -> FeatureSpec:
    """Return what became of a feature."""
    return next(f for f in spec_of(description, text).features if f.text == text)


def told(spec: AppSpec, text: str) -> FeatureSpec:
    """Return what became of a sentence of the description."""
    return next(f for f in spec.features if f.text == text)


def entity_of(spec: AppSpec, name: str) -> EntitySpec:
    """Return an entity by its name."""
    return next(entity for entity in spec.entities if entity.name == name)


def choices_of(spec: AppSpec, name: str, field: str) -> tuple[str, ...]:
    """Return what a field of an entity may be."""
    return next(f.choices for f in entity_of(spec, name).fields if f.name == field)


@pytest.mark.parametrize(
    ("description", "text", "reason"),
    [
        (ROOMS, "Two bookings may not overlap", "not checked against each other"),
        (ROOMS, "Prevent double bookings", "not checked against each other"),
        (ROOMS, "A room cannot be booked twice on a day", "not checked against each other"),
        (TASKS, "A task cannot be deleted once closed", "whatever it says"),
        (TASKS, "Tasks can only be edited before the due date", "whatever it says"),
        (TASKS, "Only the assignee may close a task", "not keep this to assignee alone"),
        (TASKS, "Tasks can be deleted only by managers", "not keep this to managers alone"),
        (RECIPES, "Recipes over 30 days old are archived automatically", "by itself"),
        (TASKS, "Tasks are deleted after 30 days", "by itself"),
        (TASKS, "Drag and drop tasks", "dragging things"),
        (TASKS, "Gantt chart of tasks", "time line"),
        (TASKS, "Compare tasks", "does this yet: compare"),
        (SHOP, "Products can be scheduled for publication", "by itself"),
        (TASKS, "Invite members", "does this yet: invite"),
        (SHOP, "Stock is reduced when an order is placed", "by itself"),
        (TASKS, "Merge tasks", "does this yet: merge"),
        # Verbs that no rule names: nothing in the app does them either.
        (TASKS, "Settle tasks", "does this yet: settle"),
        (SHOP, "Customers contact products", "does this yet: contact"),
        ("A shop with brands and products. Brands have a name.", "Follow a brand", "yet: follow"),
        ("An online shop. Customers order products.", "Payments by card", "taking payments"),
    ],
)
def test_what_no_page_does_is_not_planned(description: str, text: str, reason: str) -> None:
    feature = became(description, text)
    assert feature.state is UNPLACED
    assert not feature.entities
    assert reason in (feature.reason or "")


@pytest.mark.parametrize(
    ("description", "text", "reason"),
    [
        (TASKS, "Show tasks on a calendar", "views in a calendar"),
        (TASKS, "Create, edit and merge tasks", "does this yet: merge"),
        (ROOMS, "Members book rooms, and two bookings may not overlap", "against each other"),
        (ROOMS, "Members cancel bookings up to 24 hours before", "whatever the day"),
        (SHOP, "Approve reviews before they are published", "shown like the rest"),
        (ROOMS, "Members cancel a booking within 24 hours", "whatever the day"),
        (SHOP, "Approve reviews", "can say this too: approve"),
        (RECIPES, "Chart of recipes per cuisine", "No field says this: cuisine"),
    ],
)
def test_what_is_made_in_part_says_what_is_lacking(
    description: str, text: str, reason: str
) -> None:
    feature = became(description, text)
    assert feature.state is PLANNED
    assert reason in (feature.reason or "")


@pytest.mark.parametrize(
    ("description", "text"),
    [
        (ROOMS, "Managers approve bookings"),
        (TASKS, "Approve tasks"),
        (SHOP, "Only admins can add products"),
        (TASKS, "Create, list, edit and delete tasks"),
        (TASKS, "Sort tasks by due date"),
        (RECIPES, "Filter recipes by title"),
        (RECIPES, "Filter recipes by cuisine"),
        ("A blog with posts and comments. Visitors read posts.", "Share posts by link"),
        ("Members borrow books. Books have a title.", "Members borrow books"),
        ("Users follow artists. Artists have a name.", "Follow an artist"),
    ],
)
def test_what_pages_do_is_planned_without_a_reason(description: str, text: str) -> None:
    feature = became(description, text)
    assert (feature.state, feature.reason) == (PLANNED, None)


def test_what_staff_approves_has_a_status_that_begins_undecided() -> None:
    spec = spec_of(ROOMS, "Managers approve or decline bookings")
    assert choices_of(spec, "Booking", "status") == ("pending", "approved", "declined")
    assert entity_of(spec, "Booking").overseen


def test_a_status_that_the_words_name_keeps_its_choices() -> None:
    spec = spec_of(
        "Track claims with a title and a status (open, approved, paid).", "Approve claims"
    )
    assert choices_of(spec, "Claim", "status") == ("open", "approved", "paid")


@pytest.mark.parametrize(
    "text",
    [
        "Bookings must be approved by managers",
        "Managers can approve all new bookings",
        "Managers review bookings and approve them",
    ],
)
def test_an_approval_is_read_however_it_is_said(text: str) -> None:
    assert "approved" in choices_of(spec_of(ROOMS, text), "Booking", "status")


@pytest.mark.parametrize(
    "text", ["Verify the origin of products", "Show band information beside products"]
)
def test_what_is_done_to_something_else_leaves_no_mark(text: str) -> None:
    kept = {field.name for field in entity_of(spec_of(SHOP, text), "Product").fields}
    assert not kept & {"verified", "banned"}


def test_what_is_suspended_is_marked() -> None:
    spec = spec_of("A camp. Campers have a name and an age.", "Suspend a camper")
    (mark,) = [f for f in entity_of(spec, "Camper").fields if f.type is FieldType.BOOLEAN]
    assert (mark.name, mark.default) == ("suspended", "false")


def test_what_happens_by_itself_leaves_no_mark() -> None:
    spec = spec_of(RECIPES, "Recipes over 30 days old are archived automatically")
    assert "archived" not in {field.name for field in entity_of(spec, "Recipe").fields}


@pytest.mark.parametrize(
    "text", ["Filtered by cuisine (Italian, Thai)", "Filter recipes by cuisine (Italian, Thai)"]
)
def test_choices_to_filter_by_are_a_field(text: str) -> None:
    spec = spec_of(RECIPES, text, "Number of recipes per cuisine")
    assert choices_of(spec, "Recipe", "cuisine") == ("Italian", "Thai")
    (breakdown,) = told(spec, "Number of recipes per cuisine").breakdowns
    assert (breakdown.entity, breakdown.by) == ("Recipe", "cuisine")


def test_a_field_that_is_there_is_not_made_again() -> None:
    spec = spec_of(
        "Recipes have a title and a cuisine (Thai, Greek).", "Filter by cuisine (Thai, Italian)"
    )
    assert choices_of(spec, "Recipe", "cuisine") == ("Thai", "Greek")


@pytest.mark.parametrize(
    "description",
    [
        "Roll dice",
        "Split a restaurant bill among friends",
    ],
)
def test_a_request_of_which_nothing_is_made_is_not_understood(description: str) -> None:
    (feature,) = read(description).features
    assert (feature.state, feature.reason) == (UNPLACED, NOT_UNDERSTOOD)


@pytest.mark.parametrize("features", [(), ("Notes",)])
@pytest.mark.parametrize("text", ["Roll dice.", "Students see their progress.", "It must be fast."])
def test_a_sentence_that_asks_for_something_else_is_named(
    text: str, features: tuple[str, ...]
) -> None:
    feature = told(spec_of(f"Keep notes. {text}", *features), text)
    assert (feature.state, feature.reason) == (UNPLACED, NOT_UNDERSTOOD)


@pytest.mark.parametrize(
    "text",
    [
        "I need an app for my office.",
        "We are a small company.",
        "Use ivory for the background.",
        "Thank you!",
        "No passwords please.",
        "Private, only I can see my data.",
    ],
)
def test_what_asks_for_nothing_is_no_feature(text: str) -> None:
    assert text not in {feature.text for feature in read(f"{text} Keep notes.").features}


def test_a_rule_beside_listed_features_is_named_too() -> None:
    spec = spec_of(f"{ROOMS} Two bookings may not overlap.", "Members book rooms")
    assert told(spec, "Two bookings may not overlap.").state is UNPLACED


def test_a_rule_beside_a_model_is_named_too() -> None:
    spec = spec_of("entity Booking { day LocalDate }", "Two bookings may not overlap")
    assert told(spec, "Two bookings may not overlap").state is UNPLACED


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Print the labels of the crates", "printing and papers"),
        ("Scan the barcode of a crate", "codes to scan"),
        ("A video of the day", "sound and films"),
        ("Warn me when stock is low", "notifications"),
    ],
)
def test_reasons_are_of_what_the_words_ask(text: str, reason: str) -> None:
    feature = became("Keep notes.", text)
    assert feature.state is UNPLACED
    assert feature.reason == f"The built-in engine cannot make this yet: {reason}."


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "alert('hello')"])
def test_markup_and_code_ask_for_no_notifications(text: str) -> None:
    assert became("Keep notes.", text).reason == NOT_UNDERSTOOD


def test_directions_of_a_recipe_and_a_barcode_are_fields() -> None:
    spec = read(
        "Recipes have a title, ingredients and directions. Crates have a barcode and a size."
    )
    assert [feature.reason for feature in spec.features] == [None, None]


@pytest.mark.parametrize(
    "text", ["Define tasks", "Tick tasks", "Renew tasks", "Provide tasks", "Retrieve tasks"]
)
def test_verbs_of_pages_and_verbs_that_tell_are_done(text: str) -> None:
    feature = became(TASKS, text)
    assert (feature.state, feature.reason) == (PLANNED, None)


def test_a_feature_with_one_verb_that_nothing_does_is_done_in_part() -> None:
    feature = became(TASKS, "Users view tasks and settle tasks")
    assert feature.state is PLANNED
    assert feature.reason == "Nothing in the app does this yet: settle."


@pytest.mark.parametrize(
    ("words", "name", "done"),
    [
        ("Members book courts; staff confirm them.", "Booking", "updates"),
        ("Readers comment on posts; admins delete them.", "Comment", "deletes"),
        ("Members book courts; staff confirm or cancel them.", "Booking", "updates"),
    ],
)
def test_a_clause_that_speaks_of_them_is_done_to_what_was_spoken_of(
    words: str, name: str, done: str
) -> None:
    feature = told(read(words), words.partition("; ")[2])
    assert (feature.state, feature.entities, feature.reason) == (PLANNED, (name,), None)
    assert dict(feature.operations)[done] == (name,)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Members borrow tools. Staff approve them.", "Nothing in the app does this yet: approve."),
        ("We bake bread. Staff approve them.", NOT_UNDERSTOOD),
    ],
)
def test_what_no_page_does_to_them_is_named(words: str, reason: str) -> None:
    feature = told(read(words), "Staff approve them.")
    assert (feature.state, feature.reason) == (UNPLACED, reason)


@pytest.mark.parametrize("kind", ["portal", "marketplace", "directory"])
def test_what_names_the_app_alone_asks_for_nothing_more(kind: str) -> None:
    spec = spec_of(f"Please implement a town harbour {kind}. Skippers reserve berths.")
    assert not any("harbour" in feature.text for feature in spec.features)
