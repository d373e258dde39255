"""Simple wordings become a spec; what is not understood is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.command import document_of
from projects.spec.models import (
    UNSURE_BELOW,
    AppSpec,
    FeatureState,
    FieldType,
    RelationKind,
    Source,
)
from projects.spec.request import AppRequest, load_request

ROOT = Path(__file__).resolve().parents[4]


def read(description: str = "", *features: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=description, features=features))


def names(spec: AppSpec) -> list[str]:
    return [entity.name for entity in spec.entities]


def test_quicknotes_keeps_notes_and_tasks_behind_a_sign_in_with_a_dashboard() -> None:
    raw = json.loads((ROOT / "examples" / "quicknotes.json").read_text())
    spec = understand(load_request(raw))
    assert names(spec) == ["Note", "Task"]
    assert spec.auth
    assert spec.dashboard
    assert spec.unplaced == ()
    note, task = spec.entities
    assert [field.name for field in note.fields] == ["title", "content"]
    assert [field.name for field in task.fields] == [
        "title",
        "description",
        "done",
        "due_date",
        "priority",
    ]
    assert task.fields[4].choices == ("low", "medium", "high")
    assert note.owned
    said = "A simple notes app with user auth and note CRUD."
    assert note.inferred_from == (Source(part="description", text=said),)
    assert 0 < note.confidence <= 1


@pytest.mark.parametrize(
    ("feature", "expected"),
    [
        ("Task CRUD", ["Task"]),
        ("Full task CRUD", ["Task"]),
        ("CRUD for notes and tasks", ["Note", "Task"]),
        ("Create/Edit/Delete notes", ["Note"]),
        ("create, edit and delete my notes", ["Note"]),
        ("List notes by user", ["Note"]),
        ("Manage plants", ["Plant"]),
        ("manage llamas", ["Llama"]),
        ("Loan tracking", ["Loan"]),
        ("Notes", ["Note"]),
        ("As a camp administrator, I want to add campers", ["Camper"]),
        ("Manage blog posts", ["Blog post"]),
        ("Track to-dos", ["To-do"]),
        ("Manage categories", ["Category"]),
    ],
)
def test_simple_wordings_name_what_is_kept(feature: str, expected: list[str]) -> None:
    spec = read("", feature)
    assert names(spec) == expected
    assert spec.unplaced == ()


@pytest.mark.parametrize(
    "feature",
    ["User login/signup", "Log in", "Sign up", "User authentication", "Create account", "Auth"],
)
def test_signing_in_is_asked_for_in_many_words(feature: str) -> None:
    spec = read("", feature)
    assert spec.auth
    assert names(spec) == []
    assert spec.features[0].capabilities == ("auth",)


def test_signing_in_is_implied_by_ownership() -> None:
    assert read("Keep my notes", "Note CRUD").auth
    assert read("", "List notes by user").auth
    assert not read("", "Note CRUD").auth


@pytest.mark.parametrize("feature", ["Dashboard view", "An overview", "View statistics"])
def test_a_dashboard_is_asked_for(feature: str) -> None:
    assert read("", feature).dashboard


@pytest.mark.parametrize(
    "feature", ["Send email reminders", "Pay online", "Create a PDF report", "Quantum flux"]
)
def test_what_is_not_understood_is_named_with_a_reason(feature: str) -> None:
    spec = read("", "Note CRUD", feature)
    assert names(spec) == ["Note"]
    assert [(f.text, f.state) for f in spec.unplaced] == [(feature, FeatureState.UNPLACED)]
    assert spec.unplaced[0].reason


def test_no_feature_disappears() -> None:
    asked = ("Note CRUD", "Fly to the moon", "Dark mode", "Search notes")
    spec = read("", *asked)
    assert tuple(feature.text for feature in spec.features) == asked
    assert [feature.text for feature in spec.unplaced] == ["Fly to the moon"]


def test_what_belongs_to_something_is_linked_to_it() -> None:
    spec = read("", "Manage plants", "Record waterings of each plant")
    relation = spec.entities[1].relations[0]
    assert (relation.kind, relation.target) == (RelationKind.MANY_TO_ONE, "Plant")
    said = Source(part="feature", index=1, text="Record waterings of each plant")
    assert relation.inferred_from == (said,)


def test_a_thing_without_known_fields_has_a_title_and_a_description() -> None:
    fields = read("", "Manage llamas").entities[0].fields
    assert [(f.name, f.type) for f in fields] == [
        ("title", FieldType.STRING),
        ("description", FieldType.TEXT),
    ]


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("Tasks have a due date.", ["title", "due date"]),
        ("Trainers have a bio and a photo.", ["name", "bio", "photo"]),
        ("Comments have a name and an email.", ["name", "email", "content"]),
        ("Rooms have a capacity.", ["name", "capacity"]),
        ("Tasks have a subject and a due date.", ["subject", "due date"]),
        ("Each measurement has a date and a weight.", ["date", "weight"]),
        ("Orders have a total.", ["total"]),
    ],
)
def test_a_known_thing_without_any_text_gets_its_usual_name(said: str, fields: list[str]) -> None:
    assert [field.name for field in read(said).entities[0].fields] == fields


@pytest.mark.parametrize(
    ("said", "deed", "fields"),
    [
        ("Members rate books with stars and a comment.", "Rating", ["stars", "comment"]),
        ("Guests can book a room with a start and an end date.", "Booking", ["start", "end date"]),
        ("Customers rent cars with a brand and a price.", "Car", ["brand", "price"]),
    ],
)
def test_what_is_said_of_a_deed_is_kept_of_the_deed(
    said: str, deed: str, fields: list[str]
) -> None:
    (found,) = [entity for entity in read(said).entities if entity.name == deed]
    assert [field.name for field in found.fields] == fields


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("A personal blog with posts and comments.", ["Post", "Comment"]),
        ("Authors write posts in blogs. Each blog has a name.", ["Post", "Blog"]),
        ("Support desk. Customers open tickets with a subject.", ["Ticket"]),
        ("People apply to adopt an animal.", ["Animal", "Adoption application"]),
    ],
)
def test_what_an_app_is_called_by_is_not_kept(said: str, found: list[str]) -> None:
    assert sorted(names(read(said))) == sorted(found)


def test_what_is_said_to_be_unique_is_unique() -> None:
    (field,) = read("Each ticket has a seat and a unique code.").entities[0].fields[1:]
    assert (field.name, field.unique) == ("code", True)


def test_several_pictures_and_documents_are_rows_with_a_picture_or_a_file() -> None:
    ticket, photo, attachment = read("Each ticket has a subject, photos and attachments.").entities
    assert [field.name for field in ticket.fields] == ["subject"]
    assert [r.target for e in (photo, attachment) for r in e.relations] == ["Ticket", "Ticket"]
    assert FieldType.IMAGE in {field.type for field in photo.fields}
    assert FieldType.FILE in {field.type for field in attachment.fields}


def test_notes_for_others_are_not_private_and_who_is_wanted_to_do_something_signs_in() -> None:
    lecture = read("Teachers create courses and upload lecture notes, students enrol in courses.")
    assert [e.owned for e in lecture.entities if e.name == "Lecture note"] == [False]
    bakery = read("I want customers to order cakes.")
    assert bakery.auth
    assert [role.name for role in bakery.roles] == ["Customer"]


def test_who_borrows_is_a_link_where_members_are_kept() -> None:
    member, *_, loan = read("Members borrow books.").entities
    assert loan.fields[0].name == "borrowed_on"
    assert read("Manage loans.").entities[0].fields[0].name == "borrower"
    assert {f.type for f in member.fields if f.name == "email"} == {FieldType.EMAIL}


def test_named_colours_become_the_theme() -> None:
    theme = read("Notes with a white background and navy components").theme
    assert (theme.background, theme.component) == ("#ffffff", "#000080")


def test_braces_and_markup_are_words_like_others() -> None:
    spec = read("{{ 7*7 }} <b>x</b> %s {0}", "Manage <script>alert(1)</script>", "Note CRUD")
    assert names(spec) == ["Note"]


def test_the_same_words_give_the_same_spec() -> None:
    words = ("Manage plants", "Record waterings of each plant", "Dashboard")
    assert read("My plants.", *words) == read("My plants.", *words)


def test_three_hundred_features_stay_within_bounds() -> None:
    spec = read("", *(f"Manage gadget {chr(97 + n % 26)}{chr(97 + n // 26)}s" for n in range(300)))
    assert len(spec.features) == 300
    assert len(spec.entities) <= 60


@pytest.mark.parametrize(
    "text",
    [
        "a " * 32_000,
        "manage " * 9_000,
        "x" * 64_000,
        "add and " * 8_000,
        ", and " * 10_000 + "CRUD",
        "a, b and c, " * 5_000,
        "x@" * 30_000,
        "can " * 8_000,
        "x-" * 16_000,
    ],
)
def test_long_texts_are_read_too(text: str) -> None:
    spec = read(text, "Note CRUD", "x" * 2000, "manage " + "y" * 1900)
    assert "Note" in names(spec)


def test_words_are_named_with_their_place() -> None:
    text = "Hello there! \n\nTask CRUD.  Then note CRUD."
    spec = read(text)
    places = [source for entity in spec.entities for source in entity.inferred_from]
    assert [text[s.start : s.start + len(s.text)] for s in places] == [s.text for s in places]
    assert [s.text for s in places] == ["Task CRUD.", "Then note CRUD."]


def test_what_is_unsure_is_named_among_the_proposals() -> None:
    spec = read("Keep notes. People can view gizmos and print gizmos.")
    (unsure,) = [entity for entity in spec.entities if entity.confidence < UNSURE_BELOW]
    assert unsure.name == "Gizmo"
    assert document_of(spec)["proposals"] == [
        {"entity": "Gizmo", "part": None, "confidence": unsure.confidence}
    ]


@pytest.mark.parametrize(
    "feature",
    [
        "Send an email when an order ships",
        "Pay orders online",
        "Notify me when an order is late",
        "Print orders",
    ],
)
def test_what_cannot_be_done_with_a_thing_is_not_planned_for_naming_it(feature: str) -> None:
    last = read("", "Manage orders", feature).features[-1]
    assert last.state is FeatureState.UNPLACED
    assert last.reason
    assert "cannot make this yet" in last.reason


def test_what_can_be_done_is_planned_and_what_cannot_is_named_beside_it() -> None:
    last = read("", "Manage orders", "Edit orders and print them as a PDF").features[-1]
    assert (last.state, last.entities) == (FeatureState.PLANNED, ("Order",))
    assert last.reason
    assert "printing and papers" in last.reason


@pytest.mark.parametrize(
    "text", ["Clients pick a service from our price list", "Manage the team", "Contacts"]
)
def test_a_word_that_pages_are_called_by_asks_for_no_page(text: str) -> None:
    spec = read("Manage services, teams and contacts.", text)
    assert all("pages" not in feature.capabilities for feature in spec.features)


def test_a_ticket_is_of_a_help_desk_or_of_an_event_by_what_is_said_around_it() -> None:
    def choices(text: str) -> tuple[str, ...]:
        (ticket,) = (entity for entity in read(text).entities if entity.name == "Ticket")
        return next(field.choices for field in ticket.fields if field.name == "status")

    assert "pending" in choices("Customers open tickets, agents answer them. Manage tickets.")
    assert "sold" in choices("Visitors browse concerts and buy tickets. Manage tickets.")


def test_marking_with_a_choice_of_a_status_needs_no_switch() -> None:
    (order,) = read("", "Manage orders", "Mark an order as shipped").entities
    assert [field.name for field in order.fields] == ["reference", "total", "status"]
