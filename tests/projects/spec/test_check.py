"""What an edited design must hold, and the words that say how to mend it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from projects.spec.check import check_design, faults_of, load_design
from projects.spec.circles import circles_in, without_circles
from projects.spec.models import (
    AppSpec,
    BreakdownSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    PageKind,
    PageSpec,
    RelationKind,
    RelationSpec,
)
from projects.spec.request import InvalidRequest
from tests.projects.spec.strategies import app_specs

T = FieldType


def told(spec: AppSpec) -> dict[str, str]:
    return {fault["field"]: fault["message"] for fault in faults_of(spec)}


def with_field(**values) -> AppSpec:
    field = FieldSpec(**{"name": "size", **values})
    return AppSpec(name="App", entities=(EntitySpec(name="Box", plural="Boxes", fields=(field,)),))


def linked(*links: tuple[str, str, RelationKind, bool]) -> AppSpec:
    """Return entities A, B and C with required or optional links between them."""
    entities = [
        EntitySpec(
            name=name,
            plural=f"{name}s",
            relations=tuple(
                RelationSpec(kind=kind, name=f"to {target} {at}", target=target, required=required)
                for at, (holder, target, kind, required) in enumerate(links)
                if holder == name
            ),
        )
        for name in "ABC"
    ]
    return AppSpec(name="App", entities=tuple(entities))


@pytest.mark.parametrize(
    ("field", "place", "words"),
    [
        ({"name": " size "}, "name", "spaces at the ends of “size”"),
        ({"name": "?!"}, "name", "letter or digit"),
        ({"name": "a\0b"}, "name", "control characters"),
        ({"type": T.ENUM}, "choices", "Give the choices of “size”"),
        ({"choices": ("a",)}, "choices", "Only a choice has choices"),
        ({"type": T.ENUM, "choices": ("a", "a")}, "choices", "are the same"),
        ({"type": T.ENUM, "choices": ("a", " ")}, "choices", "1 to 100 characters"),
        (
            {"type": T.ENUM, "choices": ("a", "A")},
            "choices",
            "“size” are “a” and “A”. Take one out.",
        ),
        ({"type": T.ENUM, "choices": ("a b", "a  b")}, "choices", "are “a b” and “a  b”"),
        ({"type": T.ENUM, "choices": ("a", "b ")}, "choices", "spaces at the ends of “b”"),
        ({"type": T.ENUM, "choices": tuple(map(str, range(101)))}, "choices", "at most 100"),
        ({"type": T.ENUM, "choices": ("a",), "default": "b"}, "default", "“b” is not one of"),
        ({"min_length": 5, "max_length": 4}, "min_length", "at least 5 and at most 4"),
        ({"min_length": 300}, "min_length", "at most 200 characters. Say how many"),
        (
            {"max_length": 999_999_999_999},
            "max_length",
            "at most 10000 characters. Lower its limit",
        ),
        ({"type": T.TEXT, "max_length": 100_001}, "max_length", "at most 100000 characters"),
        ({"type": T.TEXT, "min_length": 2001}, "min_length", "more than 2000"),
        ({"max_length": 1, "unique": True}, "max_length", "more than one character"),
        ({"type": T.EMAIL, "max_length": 3}, "max_length", "Only a text has such a limit"),
        ({"type": T.INTEGER, "min_length": 3}, "min_length", "Only a text has such a limit"),
        ({"minimum": 3}, "minimum", "Only a number has such a limit"),
        (
            {"type": T.INTEGER, "minimum": 3, "maximum": 3, "unique": True},
            "minimum",
            "leave room for 20 numbers",
        ),
        (
            {"type": T.DECIMAL, "minimum": 2**31 - 19, "unique": True},
            "minimum",
            "leave room for 20 numbers",
        ),
        ({"default": "x" * 201}, "default", "at most 200 characters as"),
        ({"default": "x", "min_length": 2}, "default", "at least 2 characters as"),
        ({"type": T.INTEGER, "minimum": 5, "maximum": 4}, "minimum", "at least 5 and at most 4"),
        ({"type": T.INTEGER, "maximum": 2**40}, "minimum", "between"),
        ({"type": T.INTEGER, "default": "1.5"}, "default", "whole number"),
        ({"type": T.INTEGER, "default": "3", "minimum": 4}, "default", "4 or more"),
        ({"type": T.DECIMAL, "default": "9", "maximum": 4}, "default", "4 or less"),
        ({"type": T.DECIMAL, "default": "NaN"}, "default", "Give a number"),
        ({"type": T.BOOLEAN, "default": "maybe"}, "default", "“yes” or “no”"),
        ({"type": T.DATE, "default": "soon"}, "default", "2026-01-31"),
        ({"type": T.DATETIME, "default": "soon"}, "default", "2026-01-31T09:30"),
        ({"type": T.EMAIL, "default": "me"}, "default", "ada@example.org"),
        ({"type": T.URL, "default": "me"}, "default", "https://"),
        ({"default": "abcd", "max_length": 3}, "default", "at most 3"),
        ({"pattern": "[A-Z]{3}", "default": "abc"}, "default", "like ABC."),
        ({"pattern": "a", "type": T.INTEGER}, "pattern", "Only a text of one line"),
        ({"pattern": "a(?=b)"}, "pattern", "“size” cannot be used. It looks ahead"),
        ({"pattern": "(a+)+"}, "pattern", "which is slow"),
        ({"pattern": "a+", "max_length": 256}, "pattern", "at most 255 characters"),
        ({"pattern": "[A-Z]{3}", "min_length": 4}, "pattern", "No value of “size” fits"),
        ({"pattern": " a"}, "pattern", "No value of “size” fits"),
        ({"pattern": ""}, "pattern", "No value of “size” fits"),
        ({"pattern": "a", "unique": True}, "pattern", "only one value fits"),
        ({"pattern": "[a-s]", "unique": True}, "pattern", "only 19 values fit"),
        ({"type": T.IMAGE, "required": True}, "required", "cannot be required"),
        ({"type": T.FILE, "unique": True}, "unique", "cannot be unique"),
        ({"type": T.FILE, "default": "a.pdf"}, "default", "has no default"),
    ],
)
def test_a_field_that_cannot_be_is_named_with_what_to_do(field, place, words):
    faults = told(with_field(**field))
    assert list(faults) == [f"entities.0.fields.0.{place}"]
    assert words in faults[f"entities.0.fields.0.{place}"]


@pytest.mark.parametrize(
    "field",
    [
        {"type": T.ENUM, "choices": ("a", "b"), "default": "b"},
        {"type": T.INTEGER, "default": "-4", "minimum": -4, "maximum": -4},
        {"type": T.DECIMAL, "default": "1.5"},
        {"type": T.BOOLEAN, "default": "Yes"},
        {"type": T.DATE, "default": "2024-02-29"},
        {"type": T.DATETIME, "default": "2024-02-29T10:30"},
        {"type": T.EMAIL, "default": "ada@example.org"},
        {"type": T.URL, "default": "https://example.org"},
        {"min_length": 300, "max_length": 300},
        {"max_length": 10_000},
        {"type": T.TEXT, "min_length": 2000, "max_length": 100_000},
        {"type": T.INTEGER, "minimum": -19, "maximum": 0, "unique": True},
        {"type": T.IMAGE},
        {"type": T.FILE},
        {"pattern": "^[A-Z]{3}$", "default": "NOW"},
        {"pattern": "[a-t]", "unique": True},
        {"pattern": r"\w+", "min_length": 255, "max_length": 255, "unique": True},
        {"name": "日本", "min_length": 3, "max_length": 3},
    ],
)
def test_a_field_that_can_be_is_fine(field):
    check_design(with_field(**field))


@pytest.mark.parametrize("other", ["First name", "first_name", "FIRST-NAME"])
def test_names_that_would_become_one_are_told_apart(other):
    fields = (FieldSpec(name="first name"), FieldSpec(name=other))
    entity = EntitySpec(name="Person", plural="People", fields=fields)
    (message,) = told(AppSpec(name="App", entities=(entity,))).values()
    assert message == (f"“{other}” is too much like “first name”. Rename or remove one of the two.")


def test_a_relation_called_as_a_field_is_refused():
    entity = EntitySpec(
        name="Note",
        plural="Notes",
        fields=(FieldSpec(name="parent"),),
        relations=(RelationSpec(kind=RelationKind.MANY_TO_ONE, name="parent", target="Note"),),
    )
    faults = told(AppSpec(name="App", entities=(entity,)))
    assert "is a field of “Note” too" in faults["entities.0.relations.0.name"]


ONE, OWN, MANY = RelationKind.MANY_TO_ONE, RelationKind.ONE_TO_ONE, RelationKind.MANY_TO_MANY
SEVERAL = RelationKind.ONE_TO_MANY
SECONDS = 5  # of processor time; below 1 is taken


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ([("A", "A", ONE, True)], "“A” needs “A”"),
        ([("A", "B", ONE, True), ("B", "A", OWN, True)], "“A” needs “B” needs “A”"),
        (
            [("A", "B", ONE, True), ("B", "C", ONE, True), ("C", "B", ONE, True)],
            "“B” needs “C” needs “B”",
        ),
        ([("A", "B", SEVERAL, True), ("B", "A", SEVERAL, True)], "“A” needs “B” needs “A”"),
        ([("A", "B", ONE, True), ("A", "B", SEVERAL, True)], "“A” needs “B” needs “A”"),
        ([("A", "A", SEVERAL, True)], "“A” needs “A”"),
    ],
)
def test_a_circle_of_required_links_is_refused(links, words):
    (message,) = told(linked(*links)).values()
    assert message.startswith(f"{words}: no first one could ever be made.")


@pytest.mark.parametrize(
    "links",
    [
        [("A", "B", ONE, True), ("B", "A", ONE, False)],
        [("A", "B", MANY, True), ("B", "A", MANY, True)],
        [("A", "B", ONE, True), ("B", "A", SEVERAL, True)],
        [("A", "B", ONE, True), ("A", "C", ONE, True), ("B", "C", ONE, True)],
    ],
)
def test_links_that_leave_a_way_in_are_fine(links):
    check_design(linked(*links))


ONE_FIELD = (FieldSpec(name="name", required=True),)
SHELF = EntitySpec(name="Shelf", plural="Shelves", owned=False, fields=ONE_FIELD)


def told_of(*entities):
    return told(AppSpec(name="Library", entities=entities))


def managed(**changes):
    links = (RelationSpec(kind=ONE, name="shelf", target="Shelf", **changes),)
    return EntitySpec(name="Book", plural="Books", owned=False, managed=True, relations=links)


def test_rows_that_staff_writes_are_fine_where_people_sign_in():
    assert told(AppSpec(name="Library", entities=(managed(), SHELF))) == {}


def test_rows_belong_to_their_maker_and_staff_sees_all():
    both = managed(required=True).model_copy(update={"owned": True})
    assert told(AppSpec(name="Library", entities=(both, SHELF))) == {}
    faults = told(AppSpec(name="Library", auth=False, entities=(both, SHELF)))
    assert faults["entities.0.managed"].startswith("Staff sees all “Book”, and nobody signs in")


@pytest.mark.parametrize("kind", [ONE, RelationKind.MANY_TO_MANY, RelationKind.ONE_TO_MANY])
def test_staff_sees_what_the_rows_that_it_sees_link_to(kind):
    both = managed().model_copy(update={"owned": True})
    shelf = SHELF.model_copy(update={"owned": True})
    holder, target = (shelf, both) if kind is RelationKind.ONE_TO_MANY else (both, shelf)
    link = RelationSpec(kind=kind, name="other", target=target.name)
    holder = holder.model_copy(update={"relations": (link,)})
    target = target.model_copy(update={"relations": ()})
    faults = told(AppSpec(name="Library", entities=(holder, target)))
    assert len(faults) == 1
    assert "Let staff see every “Shelf” too" in next(iter(faults.values()))
    seen = {one.name: one.model_copy(update={"managed": True}) for one in (holder, target)}
    assert told(AppSpec(name="Library", entities=tuple(seen.values()))) == {}


def test_what_everybody_sees_names_nothing_that_is_its_makers_and_staffs():
    shelf = SHELF.model_copy(update={"owned": True, "managed": True})
    faults = told(AppSpec(name="Library", entities=(managed(), shelf)))
    assert faults["entities.0.owned"].startswith("Everybody sees “Book”, which links to a “Shelf”")
    both = managed().model_copy(update={"owned": True})
    assert told(AppSpec(name="Library", entities=(both, shelf))) == {}


def test_what_staff_alone_writes_is_not_deleted_with_what_people_own():
    shelf = SHELF.model_copy(update={"owned": True, "managed": True})
    faults = told(AppSpec(name="Library", entities=(managed(required=True), shelf)))
    assert "Let staff alone write “Shelf” too" in faults["entities.0.managed"]


def test_staff_needs_people_who_sign_in():
    faults = told(AppSpec(name="Library", auth=False, entities=(managed(), SHELF)))
    assert faults["entities.0.managed"].startswith("Staff alone writes “Book”, and nobody signs in")


def test_what_staff_writes_is_not_deleted_with_what_others_write():
    needing = managed(required=True)
    faults = told(AppSpec(name="Library", entities=(needing, SHELF)))
    assert list(faults) == ["entities.0.managed"]
    assert "Let staff alone write “Shelf” too" in faults["entities.0.managed"]
    of_staff = SHELF.model_copy(update={"managed": True})
    assert told(AppSpec(name="Library", entities=(needing, of_staff))) == {}


def test_what_staff_writes_is_not_deleted_with_what_others_write_the_other_way_round():
    many = RelationSpec(kind=RelationKind.ONE_TO_MANY, name="books", target="Book", required=True)
    shelf = SHELF.model_copy(update={"relations": (many,)})
    book = managed().model_copy(update={"relations": ()})
    faults = told(AppSpec(name="Library", entities=(book, shelf)))
    assert list(faults) == ["entities.0.managed"]


MESSAGE = EntitySpec(name="Message", plural="Messages", owned=False, inbox=True, fields=ONE_FIELD)


def test_what_anybody_sends_is_fine_where_people_sign_in():
    assert told(AppSpec(name="Library", entities=(MESSAGE, SHELF))) == {}
    assert told(AppSpec(name="Library", auth=False, entities=(MESSAGE,))) == {
        "entities.0.inbox": (
            "Anybody sends “Message”, staff reads it, and nobody signs in. Let people sign in."
        )
    }


@pytest.mark.parametrize("other", ["owned", "managed", "inbox"])
def test_what_its_author_changes_is_nothing_else(other):
    shelf = SHELF.model_copy(update={"authored": True, other: True})
    assert "Everybody reads and adds “Shelf”" in told_of(shelf)["entities.0.authored"]
    assert told_of(SHELF.model_copy(update={"authored": True})) == {}


@pytest.mark.parametrize("flag", ["authored", "public"])
def test_who_reads_or_changes_asks_for_sign_in(flag):
    shelf = SHELF.model_copy(update={flag: True})
    faults = told(AppSpec(name="Library", auth=False, entities=(shelf,)))
    assert "obody signs in" in faults[f"entities.0.{flag}"]


@pytest.mark.parametrize("other", ["owned", "inbox"])
def test_visitors_do_not_read_what_not_everybody_reads(other):
    shelf = SHELF.model_copy(update={"public": True, other: True})
    assert told_of(shelf)["entities.0.public"].endswith("reads “Shelf”, so visitors cannot.")


def test_visitors_read_what_is_linked_to_too():
    book = managed().model_copy(update={"public": True})
    faults = told(AppSpec(name="Library", entities=(book, SHELF)))
    assert "Let visitors read “Shelf” too" in faults["entities.0.public"]
    shelf = SHELF.model_copy(update={"public": True})
    assert told(AppSpec(name="Library", entities=(book, shelf))) == {}


@pytest.mark.parametrize("other", ["owned", "managed"])
def test_what_anybody_sends_is_read_by_staff_and_nobody_else(other):
    both = MESSAGE.model_copy(update={other: True})
    faults = told(AppSpec(name="Library", entities=(both,)))
    assert faults["entities.0.inbox"] == "Anybody sends “Message”, so only staff can read it."


@pytest.mark.parametrize(("holder", "target"), [("Message", "Shelf"), ("Shelf", "Message")])
def test_what_anybody_sends_links_to_nothing_hidden_and_nothing_to_it(holder, target):
    link = RelationSpec(kind=ONE, name="other", target=target)
    entities = tuple(
        entity.model_copy(update={"relations": (link,) if entity.name == holder else ()})
        for entity in (MESSAGE, SHELF)
    )
    faults = told(AppSpec(name="Library", entities=entities))
    assert [place.partition("s.")[2][2:] for place in faults] == ["relations.0.target"]
    assert "Whoever sends “Message” sees no more than visitors do" in next(iter(faults.values()))


@pytest.mark.parametrize(("managed", "required"), [(True, True), (False, False)])
def test_what_anybody_sends_is_about_one_row_that_visitors_read(managed, required):
    access = {"public": True, "managed": managed, "authored": not managed}
    link = RelationSpec(kind=ONE, name="shelf", target="Shelf", required=required)
    message = MESSAGE.model_copy(update={"relations": (link,)})
    shelf = SHELF.model_copy(update=access)
    assert told(AppSpec(name="Library", entities=(message, shelf))) == {}
    several = link.model_copy(update={"kind": RelationKind.MANY_TO_MANY, "required": False})
    message = message.model_copy(update={"relations": (several,)})
    assert "entities.0.relations.0.target" in told(
        AppSpec(name="Library", entities=(message, shelf))
    )


def test_what_anybody_sends_does_not_go_with_what_others_delete():
    link = RelationSpec(kind=ONE, name="shelf", target="Shelf", required=True)
    message = MESSAGE.model_copy(update={"relations": (link,)})
    shelf = SHELF.model_copy(update={"public": True, "authored": True})
    faults = told(AppSpec(name="Library", entities=(message, shelf)))
    assert "Each “Message” needs a “Shelf” and is deleted with it" in faults["entities.0.managed"]


def test_the_greatest_design_is_searched_for_circles_soon():
    """Each of 300 needs the 20 behind it, in a ring: many circles, and many links in none."""
    entities = tuple(
        EntitySpec(
            name=f"E{n}",
            plural=f"E{n}s",
            relations=tuple(
                RelationSpec(kind=ONE, name=f"r{k}", target=f"E{(n + k) % 300}", required=True)
                for k in range(1, 21)
            ),
        )
        for n in range(300)
    )
    began = time.process_time()
    found = list(circles_in(AppSpec(name="App", entities=entities)))
    assert len(found) == sum(range(1, 21))
    assert time.process_time() - began < SECONDS


def test_what_closes_circles_is_made_optional_and_nothing_else():
    spec = without_circles(
        linked(("A", "B", ONE, True), ("B", "C", ONE, True), ("C", "A", ONE, True))
    )
    assert [r.required for e in spec.entities for r in e.relations] == [True, True, False]
    assert list(circles_in(spec)) == []
    assert without_circles(spec) is spec


def test_a_long_chain_of_required_links_is_walked_without_recursion():
    entities = tuple(
        EntitySpec(
            name=f"E{n}",
            plural=f"E{n}s",
            relations=(
                RelationSpec(kind=ONE, name="next", target=f"E{(n + 1) % 300}", required=True),
            ),
        )
        for n in range(300)
    )
    (fault,) = faults_of(AppSpec(name="App", entities=entities))
    assert fault["field"] == "entities.299.relations.0.required"
    assert fault["message"].count(" needs ") == 300


def test_pages_have_paths_of_their_own_and_entities_that_are_there():
    pages = (
        PageSpec(name="A", path="/a", kind=PageKind.CONTENT),
        PageSpec(name="B", path="/a", kind=PageKind.CONTENT),
        PageSpec(name="C", path="/c", kind=PageKind.LIST),
        PageSpec(name="D", path="/d", kind=PageKind.FORM, entity="Ghost"),
    )
    assert told(AppSpec(name="App", pages=pages)) == {
        "pages.1.path": "“/a” is there twice. Rename or remove one of the two.",
        "pages.2.entity": "Say which entity “C” shows.",
        "pages.3.entity": "There is no entity “Ghost”. Choose one that is there, or add it.",
    }


@pytest.mark.parametrize(
    "path", ["/login", "/login/help", "/logout", "/admin", "/static/x", "/api", "/api/x", "/apiary"]
)
def test_a_page_of_words_is_not_where_the_app_has_its_own(path):
    page = PageSpec(name="Help", path=path, kind=PageKind.CONTENT)
    words = f"The app has {path} for itself. Give “Help” another path."
    assert told(AppSpec(name="App", pages=(page,))) == {"pages.0.path": words}
    check_design(AppSpec(name="App", pages=(page.model_copy(update={"path": "/loginhelp"}),)))


@pytest.mark.parametrize("kind", [PageKind.HOME, PageKind.CONTENT])
def test_an_app_has_one_first_page(kind):
    home = PageSpec(name="Start", path="/start", kind=PageKind.HOME)
    other = PageSpec(name="Welcome", path="/", kind=kind)
    faults = told(AppSpec(name="App", pages=(home, other)))
    assert list(faults) == ["pages.1.kind"]
    assert "“Welcome” and “Start” are both the first page. Make one" in faults["pages.1.kind"]
    check_design(AppSpec(name="App", pages=(home,)))


def test_two_entities_have_two_plurals():
    ox, cow = (
        EntitySpec(name=name, plural=plural)
        for name, plural in (("Ox", "Cattle"), ("Cow", "cattle"))
    )
    words = "“cattle” is too much like “Cattle”. Rename or remove one of the two."
    assert told(AppSpec(name="Farm", entities=(ox, cow))) == {"entities.1.plural": words}


def test_a_feature_names_entities_that_are_there():
    feature = FeatureSpec(text="x", state=FeatureState.PLANNED, entities=("Ghost",))
    assert list(told(AppSpec(name="App", features=(feature,)))) == ["features.0.entities"]


def test_breakdowns_are_few_of_what_is_there_and_in_plain_characters():
    asked = (
        BreakdownSpec(entity="Ghost", by="day\x00"),
        *[BreakdownSpec(entity="A", by="b")] * 50,
    )
    feature = FeatureSpec(text="x", state=FeatureState.PLANNED, breakdowns=asked)
    spec = AppSpec(name="App", entities=(EntitySpec(name="A", plural="As"),), features=(feature,))
    places = [fault["field"] for fault in faults_of(spec)]
    assert places == ["features.0.breakdowns", "features.0", "features.0.entities"]


def test_a_breakdown_says_what_groups_rows_or_that_their_making_does():
    kept = EntitySpec(name="A", plural="As")
    feature = FeatureSpec(
        text="x",
        state=FeatureState.PLANNED,
        breakdowns=(BreakdownSpec(entity="A", by=None),),
    )
    spec = AppSpec(name="App", entities=(kept,), features=(feature,))
    design = spec.model_dump(mode="json")
    assert load_design(design) == spec
    design["features"][0]["breakdowns"] = [{"entity": "A", "by": None, "per": "decade"}]
    with pytest.raises(InvalidRequest):
        load_design(design)
    for wrong in ({}, {"by": ""}, {"by": 7}):
        design["features"][0]["breakdowns"] = [{"entity": "A", **wrong}]
        with pytest.raises(InvalidRequest) as refused:
            load_design(design)
        assert [fault["field"] for fault in refused.value.errors] == ["features.0.breakdowns.0.by"]


@settings(max_examples=60, deadline=None)
@given(spec=app_specs)
def test_any_spec_is_either_fine_or_refused_with_words(spec):
    faults = list(faults_of(spec))
    assert all(fault["field"] and fault["message"].endswith(".") for fault in faults)
    if faults:
        with pytest.raises(InvalidRequest) as refused:
            load_design(spec.model_dump(mode="json"))
        assert refused.value.errors == faults
    else:
        assert load_design(spec.model_dump(mode="json")) == spec
