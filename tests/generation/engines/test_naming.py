"""Names that are safe everywhere, and each of them once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.shared.words import (
    class_words,
    field_words,
    in_words,
    plural_words,
)
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)
from tests.generation.engines.desk import REPLY, TICKET, wide_desk
from tests.generation.engines.specs import every_link, long_names, odd, reserved, torture


def spec_of(*names: str) -> AppSpec:
    return AppSpec(
        name="App", entities=tuple(EntitySpec(name=name, plural=f"{name}s") for name in names)
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Note", "Note"),
        ("blog post", "BlogPost"),
        ("BlogPost", "BlogPost"),
        ("due-date", "DueDate"),
        ("Café", "Cafe"),
        ("2nd thing", "The2ndThing"),
        ("日本", "Thing"),
        ("x" * 90, "X" + "x" * 29),
        ("a name that goes on and on and on and on", "ANameThatGoesOnAndOnAndOnAndOn"),
        ("the registration of a competitor", "TheRegistrationOfACompetitor"),
        ("the registration of each competitor", "TheRegistrationOfEach"),
    ],
)
def test_class_names(name: str, expected: str) -> None:
    assert class_words(name) == expected


def test_fields_tables_and_labels() -> None:
    assert field_words("Due date") == "due_date"
    assert field_words("dueDate") == "due_date"
    assert field_words("2nd") == "field_2nd"
    assert field_words("日本") == "field"
    assert plural_words("Blog posts") == "blog_posts"
    assert plural_words("2nds") == "the_2nds"
    assert plural_words("日本") == "things"
    assert in_words("due_date") == "Due date"
    assert in_words("dueDate") == "Due date"
    assert in_words("ISBN") == "ISBN"
    assert in_words("_") == "_"


@pytest.mark.parametrize("name", ["Page", "User", "Error", "Session", "Promise"])
def test_reserved_entity_names_are_changed_and_noted(name: str) -> None:
    names = names_of(spec_of(name))
    assert names.entities[0].class_name == f"{name}Item"
    assert names.notes == (f"The entity {name} is called {name}Item in the code.",)


def test_two_entities_never_share_a_name() -> None:
    entities = names_of(spec_of("Note", "note", "NOTE", "Notes")).entities
    for attribute in ("class_name", "module", "table", "plural_slug"):
        found = [str(getattr(entity, attribute)).lower() for entity in entities]
        assert len(set(found)) == len(found), attribute


@pytest.mark.parametrize("make", [torture, odd, long_names, every_link, reserved])
def test_every_identifier_is_one(make: Callable[[], AppSpec]) -> None:
    for entity in names_of(make()).entities:
        fields = [field.python for field in entity.fields]
        links = [name for link in entity.links for name in (link.attribute, link.column)]
        every = [*fields, *links]
        assert len(set(every)) == len(every)
        for name in (entity.class_name, entity.module, entity.table, *every):
            assert name.isidentifier()
            assert name.isascii()


def test_fields_of_one_name_are_kept_apart() -> None:
    fields = (FieldSpec(name="due date"), FieldSpec(name="due_date"), FieldSpec(name="class"))
    entity = EntitySpec(name="Note", plural="Notes", fields=fields)
    names = names_of(AppSpec(name="App", entities=(entity,)))
    assert [field.python for field in names.entities[0].fields] == [
        "due_date",
        "due_date2",
        "class_",
    ]
    assert len(names.notes) == 2


def test_a_link_to_many_is_turned_round() -> None:
    names = names_of(torture())
    stamp = names.of("EntryStampOfABorder")
    assert (stamp.links[0].attribute, stamp.links[0].target) == ("passport", "Passport")


def test_a_link_to_nothing_is_left_out() -> None:
    link = RelationSpec(kind=RelationKind.MANY_TO_ONE, name="x", target="Nobody")
    entity = EntitySpec(name="Note", plural="Notes", relations=(link,))
    assert names_of(AppSpec(name="App", entities=(entity,))).entities[0].links == ()


def test_links_that_go_round_are_not_all_needed() -> None:
    names = names_of(torture())
    needed = {
        entity.class_name: [link.target for link in entity.links if link.required]
        for entity in names.entities
    }
    assert needed["EntryStampOfABorder"] == ["PageItem"]
    assert needed["PageItem"] == []


def test_an_unknown_model_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        names_of(spec_of("Note")).of("Task")


def test_staff_alone_says_what_became_of_what_anybody_sends():
    choice, switch = FieldType.ENUM, FieldType.BOOLEAN
    fields = (
        FieldSpec(name="status", type=choice, choices=("new", "old"), default="new"),
        FieldSpec(name="state of health"),
        FieldSpec(name="payment state", type=choice, choices=("new", "old"), required=True),
        FieldSpec(name="already answered", type=switch),
        FieldSpec(name="attending", type=switch),
    )
    sent = EntitySpec(name="Letter", plural="Letters", owned=False, inbox=True, fields=fields)
    for inbox, of_staff in ((True, ["status", "already_answered"]), (False, [])):
        spec = AppSpec(name="Post", entities=(sent.model_copy(update={"inbox": inbox}),))
        names = names_of(spec)
        assert [field.python for field in names.entities[0].of_staff] == of_staff
        assert (names.staffed, len(names.inboxes)) == (inbox, int(inbox))
    assert names_of(AppSpec(name="Post", auth=False, entities=(sent,))).inboxes == ()
    seen = sent.model_copy(update={"inbox": False, "owned": True, "managed": True})
    (letter,) = names_of(AppSpec(name="Post", entities=(seen,))).entities
    assert [field.python for field in letter.of_staff] == ["status"]
    assert (letter.owned, letter.overseen, letter.managed) == (True, True, False)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ((FieldType.INTEGER, FieldType.ENUM, FieldType.DATETIME, FieldType.DATE), 2),
        ((FieldType.BOOLEAN, FieldType.DECIMAL, FieldType.ENUM, FieldType.TEXT), 2),
        ((FieldType.TEXT, FieldType.DECIMAL, FieldType.INTEGER), 1),
        ((FieldType.TEXT, FieldType.BOOLEAN), None),
        ((FieldType.DATE, FieldType.STRING), None),
    ],
)
def test_a_row_without_a_text_is_told_by_a_date_a_choice_or_a_number(kinds, told) -> None:
    fields = tuple(
        FieldSpec(name=f"field {place}", type=kind, choices=("a",) if kind == "enum" else ())
        for place, kind in enumerate(kinds)
    )
    loan = EntitySpec(name="Loan", plural="Loans", fields=fields)
    [names] = names_of(AppSpec(name="Library", entities=(loan,))).entities
    found = names.told_by
    assert (found and found.python) == (None if told is None else f"field_{told}")


@pytest.mark.parametrize(
    ("kinds", "needed", "excerpt"),
    [
        ((FieldType.TEXT,), (), 0),
        ((FieldType.TEXT, FieldType.TEXT, FieldType.DATE), (1,), 1),
        ((FieldType.INTEGER, FieldType.TEXT), (), 1),
        ((FieldType.DATE, FieldType.TEXT), (), None),
        ((FieldType.ENUM, FieldType.TEXT), (), None),
        ((FieldType.TEXT, FieldType.STRING), (0,), None),
        ((FieldType.BOOLEAN,), (), None),
    ],
)
def test_a_row_with_only_a_long_text_is_called_by_its_beginning(kinds, needed, excerpt) -> None:
    fields = tuple(
        FieldSpec(
            name=f"field {place}",
            type=kind,
            required=place in needed,
            choices=("a",) if kind == "enum" else (),
        )
        for place, kind in enumerate(kinds)
    )
    comment = EntitySpec(name="Comment", plural="Comments", fields=fields)
    [names] = names_of(AppSpec(name="Forum", entities=(comment,))).entities
    found = names.excerpt_field
    assert (found and found.python) == (None if excerpt is None else f"field_{excerpt}")


def test_what_is_authored_keeps_the_name_that_its_answers_have() -> None:
    fields = (FieldSpec(name="mine"),)
    review = EntitySpec(name="Review", plural="Reviews", owned=False, fields=fields)
    for authored, name in ((False, "mine"), (True, "mine2")):
        spec = AppSpec(name="Shop", entities=(review.model_copy(update={"authored": authored}),))
        [entity] = names_of(spec).entities
        assert [field.python for field in entity.fields] == [name]


def test_what_follows_another_keeps_the_name_that_its_answers_have_too() -> None:
    reply, ticket, survey, *_ = names_of(wide_desk()).entities
    assert [entity.follows for entity in (reply, ticket, survey)] == ["ticket", "", "about"]
    assert (reply.makers_change, ticket.makers_change) == (True, False)
    assert [field.python for field in reply.fields if field.spec.name == "mine"] == ["mine2"]
    shared = TICKET.model_copy(update={"owned": False, "managed": False})
    alone, _ = names_of(AppSpec(name="Desk", entities=(REPLY, shared))).entities
    assert (alone.follows, alone.overseen) == ("", True)


def test_with_a_row_goes_what_requires_it_and_what_requires_that() -> None:
    def needing(name: str, target: str, *, required: bool = True) -> EntitySpec:
        kind = RelationKind.MANY_TO_ONE
        link = RelationSpec(name="about", kind=kind, target=target, required=required)
        return EntitySpec(name=name, plural=f"{name}s", relations=(link,))

    entities = (
        needing("Vote", "Comment"),
        needing("Comment", "Post"),
        needing("Mark", "Post", required=False),
        EntitySpec(name="Post", plural="Posts"),
    )
    names = names_of(AppSpec(name="Blog", entities=entities))
    gone = {e.class_name: [g.class_name for g in names.dependents_of(e)] for e in names.entities}
    assert gone == {"Vote": [], "Comment": ["Vote"], "Mark": [], "Post": ["Vote", "Comment"]}
