"""Wishes in words become edits of a design; what is not understood is said and changes nothing."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from generation.engines.changing import EXAMPLES, read_wishes
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)
from projects.spec.request import TECH_STACKS
from tests.generation.engines.desk import desk

TITLE = FieldSpec(name="title", required=True)
NOTES = AppSpec(
    name="Notes",
    entities=(
        EntitySpec(name="Note", plural="Notes", fields=(TITLE,)),
        EntitySpec(name="Task", plural="Tasks", fields=(TITLE, FieldSpec(name="status"))),
        EntitySpec(
            name="Comment",
            plural="Comments",
            fields=(FieldSpec(name="text"),),
            relations=(RelationSpec(kind=RelationKind.MANY_TO_ONE, name="note", target="Note"),),
        ),
    ),
)


def read(words, spec=NOTES):
    return read_wishes(words, spec, "TailwindCSS")


def entity(words, name):
    return next((one for one in read(words).spec.entities if one.name == name), None)


@pytest.mark.parametrize("words", EXAMPLES)
@pytest.mark.parametrize("stack", TECH_STACKS)
def test_every_example_is_understood_and_can_be_built(words, stack):
    draft = read(words)
    assert draft.edits
    assert not draft.unknown
    assert render_spec(draft.spec, stack, draft.styling)


def test_a_field_has_the_type_that_its_name_suggests():
    fields = entity("add a due date and a priority (low, high) to tasks", "Task").fields
    assert [(field.name, field.type) for field in fields[2:]] == [
        ("due date", FieldType.DATE),
        ("priority", FieldType.ENUM),
    ]
    assert entity("Tasks have a cost.", "Task").fields[-1].type is FieldType.DECIMAL


def test_things_are_linked_as_they_belong():
    assert entity("notes can have tags", "Note").relations[0].kind is RelationKind.MANY_TO_MANY
    (link,) = entity("a note has several attachments", "Attachment").relations
    assert (link.kind, link.target, link.required) == (RelationKind.MANY_TO_ONE, "Note", True)
    (link,) = entity("tasks belong to a project", "Task").relations
    assert (link.kind, link.target) == (RelationKind.MANY_TO_ONE, "Project")
    assert entity("add a note to Task", "Task").relations[0].target == "Note"


def test_what_goes_goes_with_what_leads_to_it():
    assert entity("remove notes", "Note") is None
    assert entity("remove notes", "Comment").relations == ()
    assert [f.name for f in entity("drop the status from Task", "Task").fields] == ["title"]


def test_a_new_name_is_followed_everywhere():
    draft = read("rename notes to memos. Then rename memos to jottings")
    assert draft.spec.entities[0].identity == "Note"
    assert "in a database in use is kept" in draft.edits[0]
    assert draft.spec.entities[0].plural == "Jottings"
    assert draft.spec.entities[2].relations[0].target == "Jotting"
    fields = entity("rename the title of Task to name", "Task").fields
    assert [(field.name, field.identity) for field in fields] == [
        ("name", "title"),
        ("status", None),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "add search to Task",
        "add csv export",
        "add totals",
        "add a calendar",
        "add a priority field with low, medium and high to Task",
        "add comments to Note",
        "do not remove comments",
        "add due date",
        "add something nice",
        "rename notes to memos, and more",
    ],
)
def test_what_is_not_understood_is_not_guessed_at(words):
    draft = read(words)
    assert draft.edits == ()
    assert draft.unknown == (words,)


def test_a_field_is_found_without_its_thing_where_only_one_has_it():
    fields = entity("rename status to state", "Task").fields
    assert [(field.name, field.identity) for field in fields][1] == ("state", "status")
    assert entity("rename task status to state", "Task").fields[1].name == "state"
    assert entity("rename the task's title to name", "Task").fields[0].name == "name"
    assert [f.name for f in entity("remove the status field", "Task").fields] == ["title"]
    assert entity("status is required", "Task").fields[1].required
    assert read("remove the title").unknown, "more than one thing has a title"


@pytest.mark.parametrize("words", ["add orders", "add an order", "add a new table orders"])
def test_a_thing_is_one_whose_word_could_be_a_field_too(words):
    assert entity(words, "Order") is not None


def test_of_a_field_more_may_be_said_before_its_name():
    field = entity("add a unique code to Task", "Task").fields[-1]
    assert (field.name, field.unique) == ("code", True)
    assert entity("a task has one note", "Task").relations[-1].target == "Note"
    assert entity("rename notes to memos and tasks to jobs", "Job").identity == "Task"


def test_a_verb_is_not_said_twice():
    assert entity("remove comments and notes", "Note") is None
    draft = read("add a due date to Task and a budget to Note")
    assert len(draft.edits) == 2
    pages = read("add a contact page and an faq page").spec.pages
    assert [page.path for page in pages][-2:] == ["/contact", "/faq"]


def test_many_of_what_is_no_label_belong_to_one():
    (link,) = entity("a note can have many tasks", "Task").relations
    assert (link.kind, link.target) == (RelationKind.MANY_TO_ONE, "Note")


def test_a_new_part_under_a_name_that_was_renamed_away_is_another_one():
    spec = read("rename notes to memos. add notes with text").spec
    known = [(one.name, one.identity) for one in spec.entities]
    assert known[0] == ("Memo", "Note")
    assert known[-1] == ("Note", "Note 2")
    fields = entity("rename the title of Task to name. add a title to Task", "Task").fields
    assert [(field.name, field.identity) for field in fields] == [
        ("name", "title"),
        ("status", None),
        ("title", "title 2"),
    ]


@pytest.mark.parametrize(
    ("words", "check"),
    [
        ("make the status of Task required", lambda field: field.required),
        ("make status unique", lambda field: field.unique),
        ("the status of Task must be mandatory", lambda field: field.required),
    ],
)
def test_rules_of_a_field(words, check):
    assert check(entity(words, "Task").fields[1])


def test_the_app_as_a_whole():
    dark = read("make it dark with teal buttons").spec.theme
    assert (dark.background, dark.component, dark.mood) == ("#12151c", "#008080", "dark")
    assert read("use dark green buttons").spec.theme.background is None
    assert read("switch to Bootstrap").styling == "Bootstrap"
    assert read("add a page called Contact us").spec.pages[0].path == "/contact-us"
    assert read("add a dashboard").spec.dashboard
    assert not read("remove login").spec.auth
    assert not entity("users can share a note", "Note").owned
    assert entity("staff sees all notes", "Note").overseen
    assert (
        not read("make notes private", read("staff sees all notes").spec).spec.entities[0].managed
    )


@pytest.mark.parametrize(
    "words", ["visitors can read tasks", "let anyone see tasks", "make tasks public"]
)
def test_visitors_are_shown_a_thing_and_what_it_links_to(words):
    held = read("tasks belong to one note. users can share a note").spec
    spec = read(words, held).spec
    shown = {one.name: (one.public, one.authored, one.owned) for one in spec.entities}
    assert shown["Task"] == (True, True, False)
    assert shown["Note"] == (True, False, False)
    hidden = read("hide tasks from visitors", spec).spec
    assert [one.public for one in hidden.entities if one.name in ("Task", "Note")] == [True, False]


def test_nobody_is_shown_what_links_to_somebodys_own():
    assert read("visitors can read tasks", read("tasks belong to one note").spec).unknown


def test_users_change_only_their_own():
    task = entity("users can edit only their own tasks", "Task")
    assert (task.authored, task.owned, task.managed) == (True, False, False)


def test_rows_follow_what_is_renamed_and_nothing_that_is_gone():
    def follows(words):
        draft = read(words, desk())
        assert not draft.unknown
        return {one.name: one.follows for one in draft.spec.entities}["Reply"]

    assert follows("rename the ticket of reply to case") == "case"
    twice = "rename the ticket of reply to case. Rename the case of reply to matter"
    assert follows(twice) == "matter"
    assert follows("rename the content of reply to text") == "ticket"
    assert follows("remove the ticket from reply") is None
    assert follows("make replies private") is None
    assert follows("staff sees all replies") is None


@pytest.mark.parametrize(
    "words",
    [
        "whoever sees a ticket sees its replies",
        "let whoever sees a ticket read the replies",
        "Customers can see the replies to their tickets.",
    ],
)
@pytest.mark.parametrize("seen", [True, False])
def test_whoever_sees_what_rows_belong_to_sees_them(words, seen):
    link = desk().entities[1].relations[0].model_copy(update={"required": False})
    apart = tuple(
        one.model_copy(update={"managed": seen, "follows": None}) for one in desk().entities
    )
    reply = apart[1].model_copy(update={"relations": (link,)})
    draft = read(words, desk().model_copy(update={"entities": (apart[0], reply)}))
    assert draft.spec.entities == desk().entities
    assert not draft.unknown
    assert ("so does staff, which sees all Tickets too" in draft.edits[0]) is not seen
    assert read(words, draft.spec).unknown


@pytest.mark.parametrize(
    "words",
    [
        "nobody can see the replies to their tickets",
        "Let nobody see the replies to their tickets.",
        "never see the replies to their tickets",
        "not see the replies to their tickets",
        "let staff see the replies to their tickets",
        "agents see the replies to their tickets",
        "the support can see the replies to their tickets",
        "customers cannot see the replies to their tickets",
        "whoever sees a ticket never sees its replies",
        "whoever sees a ticket does not see its replies",
    ],
)
def test_what_is_not_to_be_seen_is_not_shown(words):
    apart = tuple(one.model_copy(update={"follows": None}) for one in desk().entities)
    draft = read(words, desk().model_copy(update={"entities": apart}))
    assert (draft.unknown, draft.spec.entities) == ((words.rstrip("."),), apart)


def test_nothing_is_seen_with_what_it_does_not_belong_to():
    for words in ("whoever sees a note sees its tasks", "whoever sees a task sees its suppliers"):
        assert read(words).unknown


def test_several_wishes_at_once():
    draft = read("Add a due date to Task and switch to Bootstrap; remove comments. Frob the quux!")
    assert len(draft.edits) == 3
    assert draft.unknown == ("Frob the quux",)


@pytest.mark.parametrize(
    "words",
    [
        "frobnicate",
        "add a due date to Unicorn",
        "add a title to Note",
        "remove unicorns",
        "rename unicorns to horses",
        "rename notes to tasks",
        "make title required",  # of which?
        "switch to TailwindCSS",
        "add notes",
        "make the header sticky",
        "remove the about page",
        "add a <script>alert(1)</script> to Note",
        "x" * 5_000,
        "add a " + "very " * 300 + "long field to Note",
    ],
)
def test_what_is_not_understood_changes_nothing_and_is_said(words):
    draft = read(words)
    assert draft.spec == NOTES
    assert not draft.edits
    assert draft.unknown
