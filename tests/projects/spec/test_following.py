"""Rows that whoever sees what they belong to sees: where that cannot be so, and how it is kept."""

from __future__ import annotations

import pytest

from projects.spec.check import faults_of
from projects.spec.edit import keep_following, only_with, remove_entity
from projects.spec.jdl import InvalidJdl, jdl_of, spec_from_jdl
from projects.spec.models import AppSpec, EntitySpec, RelationKind, RelationSpec
from tests.generation.engines.desk import OVERSEEN, REPLY, TICKET, desk, wide_desk

LINK = REPLY.relations[0]
NOBODYS = EntitySpec(name="Topic", plural="Topics", owned=False)


def faults(*entities: EntitySpec) -> list[str]:
    spec = AppSpec(name="Help desk", entities=entities)
    return [f["message"] for f in faults_of(spec) if f["field"] == "entities.0.follows"]


def changed(**changes: object) -> EntitySpec:
    return REPLY.model_copy(update=changes)


def linked(name: str, target: str, kind: RelationKind = LINK.kind, *, required: bool = True):
    return RelationSpec(kind=kind, name=name, target=target, required=required)


def test_rows_follow_what_they_belong_to() -> None:
    for spec in (desk(), wide_desk()):
        assert list(faults_of(spec)) == []
    assert faults(changed(relations=(LINK, linked("topic", "Topic"))), TICKET, NOBODYS) == []


@pytest.mark.parametrize(
    "relations",
    [
        (),
        (LINK.model_copy(update={"required": False}),),
        (linked("ticket", "Ticket", RelationKind.MANY_TO_MANY),),
        (linked("another", "Ticket"),),
        (linked("ticket", "Reply", required=True),),
        (linked("ticket", "Nothing"),),
    ],
)
def test_what_is_followed_is_needed_once(relations) -> None:
    (fault,) = faults(changed(relations=relations), TICKET)
    assert "Give “Reply” a required relation" in fault


@pytest.mark.parametrize("access", [{"owned": False}, {"managed": False}])
def test_rows_belong_to_their_makers_and_staff_sees_them(access) -> None:
    (fault,) = faults(changed(**access), TICKET)
    assert fault.endswith("Let each belong to its maker, and let staff see all.")


@pytest.mark.parametrize("access", [{"owned": False}, {"managed": False}])
def test_what_is_followed_is_its_makers_and_staffs(access) -> None:
    (fault,) = faults(REPLY, TICKET.model_copy(update=access))
    assert "“Reply” follows “Ticket”, which not just its maker and staff see." in fault


def test_what_is_followed_follows_nothing() -> None:
    mark = EntitySpec(
        name="Mark",
        plural="Marks",
        relations=(linked("reply", "Reply"),),
        follows="reply",
        **OVERSEEN,
    )
    (fault,) = faults(mark, REPLY, TICKET)
    assert "“Mark” follows “Reply”, which follows another itself." in fault


def test_rows_link_to_nothing_that_their_readers_may_not_see() -> None:
    order = EntitySpec(name="Order", plural="Orders", **OVERSEEN)
    both = changed(relations=(LINK, linked("order", "Order")))
    (fault,) = faults(both, TICKET, order)
    assert "links to a “Order” that they may not see" in fault
    (again,) = faults(changed(relations=(LINK, linked("other", "Ticket"))), TICKET)
    assert "links to a “Ticket” that they may not see" in again


def test_it_is_said_only_where_it_is_so() -> None:
    said = [entity.model_dump() for entity in desk().entities]
    assert ["follows" in entity for entity in said] == [False, True]


def test_a_relation_that_is_gone_is_not_followed() -> None:
    assert keep_following(changed(relations=())).follows is None
    assert keep_following(REPLY) == REPLY
    (reply,) = remove_entity(desk(), "Ticket").entities
    assert (reply.follows, reply.relations) == (None, ())
    unsure = changed(relations=(LINK.model_copy(update={"confidence": 0.5}),))
    assert only_with(unsure, frozenset()).follows is None
    assert only_with(unsure, frozenset({"ticket"})) == unsure


def test_a_model_says_it_with_an_annotation() -> None:
    text = jdl_of(desk())
    assert "@managed\n@follows(ticket)\nentity Reply" in text
    ticket, reply = spec_from_jdl("Help desk", text).entities
    assert (ticket.follows, reply.follows, reply.overseen) == (None, "ticket", True)


def test_a_model_that_says_what_cannot_be_names_the_line() -> None:
    text = "@follows(ticket)\nentity Reply\nentity Ticket"
    with pytest.raises(InvalidJdl, match="Line 2: Whoever sees what a “Reply” belongs to"):
        spec_from_jdl("Help desk", text)
    with pytest.raises(InvalidJdl, match=r"Line 2: @follows\(\) does not say which"):
        spec_from_jdl("Help desk", "entity Ticket\n@follows()\nentity Reply")
    assert [e.follows for e in spec_from_jdl("Desk", "@follows\nentity Reply").entities] == [None]
