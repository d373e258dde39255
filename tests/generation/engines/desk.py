"""A help desk: people and staff write under a ticket, and whoever sees it sees what is written."""

from __future__ import annotations

from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)

OVERSEEN = {"owned": True, "managed": True}


def _link(name: str, target: str, kind: RelationKind = RelationKind.MANY_TO_ONE) -> RelationSpec:
    required = kind is not RelationKind.MANY_TO_MANY
    return RelationSpec(kind=kind, name=name, target=target, required=required)


TICKET = EntitySpec(
    name="Ticket",
    plural="Tickets",
    fields=(
        FieldSpec(name="subject", required=True),
        FieldSpec(name="status", type=FieldType.ENUM, choices=("open", "solved"), default="open"),
    ),
    **OVERSEEN,
)
REPLY = EntitySpec(
    name="Reply",
    plural="Replies",
    fields=(FieldSpec(name="content", type=FieldType.TEXT, required=True),),
    relations=(_link("ticket", "Ticket"),),
    follows="ticket",
    **OVERSEEN,
)


def desk() -> AppSpec:
    """Return a desk where customers open tickets, and they and staff write replies to them."""
    return AppSpec(name="Help desk", entities=(TICKET, REPLY))


def wide_desk() -> AppSpec:
    """Return a desk with all that rows under others may have, beside rows of every other kind."""
    types, text = FieldType, (FieldSpec(name="text", type=FieldType.TEXT, required=True),)
    features = FeatureSpec(
        text="Filter, export, switch and add up",
        state=FeatureState.PLANNED,
        capabilities=("filter", "export csv", "toggle", "totals"),
        entities=("Reply",),
    )
    more = (
        FieldSpec(name="code", unique=True),
        FieldSpec(name="mine"),
        FieldSpec(name="minutes", type=types.INTEGER, minimum=0),
        FieldSpec(name="stage", type=types.ENUM, choices=("draft", "sent"), default="draft"),
        FieldSpec(name="helpful", type=types.BOOLEAN),
        FieldSpec(name="screenshot", type=types.IMAGE),
    )
    reply = REPLY.model_copy(
        update={
            "fields": (*REPLY.fields, *more),
            "relations": (*REPLY.relations, _link("topics", "Topic", RelationKind.MANY_TO_MANY)),
        }
    )
    stars = FieldSpec(name="stars", type=types.INTEGER, required=True, minimum=1, maximum=5)
    return AppSpec(
        name="Wide desk",
        dashboard=True,
        features=(features,),
        entities=(
            reply,
            TICKET,
            EntitySpec(
                name="Survey",
                plural="Surveys",
                fields=(stars,),
                relations=(_link("about", "Ticket", RelationKind.ONE_TO_ONE),),
                follows="about",
                **OVERSEEN,
            ),
            EntitySpec(
                name="Flag",
                plural="Flags",
                fields=text,
                relations=(_link("reply", "Reply"),),
                **OVERSEEN,
            ),
            EntitySpec(
                name="Topic", plural="Topics", owned=False, public=True, authored=True, fields=text
            ),
            EntitySpec(name="Rule", plural="Rules", owned=False, managed=True, fields=text),
            EntitySpec(name="Draft", plural="Drafts", fields=text),
            EntitySpec(name="Letter", plural="Letters", owned=False, inbox=True, fields=text),
        ),
    )
