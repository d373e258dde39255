"""What an edited part of a design is of the one before, whatever it is called."""

from __future__ import annotations

import pytest

from projects.spec.check import InvalidDesign, load_design
from projects.spec.edit import put_entity
from projects.spec.identity import renamed_entities, with_all_identities, with_identities
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, RelationKind, RelationSpec


def entity(name: str, identity: str | None = None, *fields: FieldSpec) -> EntitySpec:
    return EntitySpec(name=name, plural=f"{name}s", identity=identity, fields=fields)


def spec(*entities: EntitySpec) -> AppSpec:
    return AppSpec(name="App", entities=entities)


def known(before: AppSpec, after: AppSpec) -> list[tuple[str, str | None]]:
    return [(one.name, one.identity) for one in with_identities(before, after).entities]


NOTE = spec(entity("Note"))
MEMO = spec(entity("Memo", "Note"))


def test_nothing_is_said_of_what_was_never_renamed():
    assert with_identities(NOTE, with_all_identities(NOTE)) == NOTE
    assert "identity" not in NOTE.model_dump_json()


def test_a_part_without_an_identity_is_the_one_that_had_its_name():
    assert known(MEMO, spec(entity("Memo"))) == [("Memo", "Note")]
    assert known(NOTE, spec(entity("Memo"))) == [("Memo", None)]


def test_a_part_may_say_the_name_that_it_had_last():
    assert known(MEMO, spec(entity("Jotting", "Memo"))) == [("Jotting", "Note")]


def test_renamed_back_it_still_says_what_it_is():
    assert known(MEMO, spec(entity("Note", "Note"))) == [("Note", "Note")]


def test_a_new_part_under_a_taken_name_gets_an_identity_of_its_own():
    after = spec(entity("Memo", "Note"), entity("Note"))
    assert known(NOTE, after) == [("Memo", "Note"), ("Note", "Note 2")]
    assert known(MEMO, spec(entity("Note"))) == [("Note", "Note 2")]


def test_a_copy_is_not_the_same():
    after = spec(entity("Copy", "Note"), entity("Note", "Note"))
    assert known(NOTE, after) == [("Copy", None), ("Note", None)]


def test_an_identity_is_kept_only_where_it_can_be():
    field = FieldSpec(name="title", identity="a\x00b")
    raw = spec(entity("Memo", "\x00", field)).model_dump(mode="json")
    with pytest.raises(InvalidDesign) as refused:
        load_design(raw)
    assert [fault["field"] for fault in refused.value.errors] == [
        "entities.0.identity",
        "entities.0.fields.0.identity",
    ]


def test_two_that_change_their_names_are_told_apart():
    before = spec(entity("Note"), entity("Memo"))
    after = spec(entity("Memo", "Note"), entity("Note", "Memo"))
    assert with_identities(before, after) == after
    assert renamed_entities(before, after) == {"Note": "Memo", "Memo": "Note"}


def test_fields_are_known_within_a_renamed_entity():
    before = spec(entity("Note", None, FieldSpec(name="title")))
    after = spec(entity("Memo", "Note", FieldSpec(name="title"), FieldSpec(name="text")))
    assert with_identities(before, after) == after


def test_an_entity_that_leads_to_itself_does_so_under_its_new_name():
    parent = RelationSpec(kind=RelationKind.MANY_TO_ONE, name="parent", target="Note")
    note = entity("Note").model_copy(update={"relations": (parent,)})
    renamed = put_entity(spec(note), note.model_copy(update={"name": "Memo"}), replacing="Note")
    (memo,) = renamed.entities
    assert (memo.name, memo.identity, memo.relations[0].target) == ("Memo", "Note", "Memo")
