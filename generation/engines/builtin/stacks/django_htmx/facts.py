"""What every template of the stack is told about the app."""

from __future__ import annotations

from typing import Any

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.stacks.django_htmx.columns import columns_of
from generation.engines.builtin.stacks.django_htmx.content import content_facts
from generation.engines.builtin.stacks.django_htmx.links import links_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.django_htmx.styles import STYLESHEETS, classes_of
from generation.engines.builtin.stacks.shared.breakdowns import has_breakdowns
from generation.engines.builtin.stacks.shared.capabilities import (
    counted,
    has_dashboard,
    toggled,
    totalled,
    wants,
)
from generation.engines.builtin.stacks.shared.uploads import largest_body
from projects.spec.models import AppSpec, FieldType


def is_stored(spec: AppSpec) -> bool:
    """Tell whether the app has a database: whether it keeps rows or people."""
    return spec.auth or bool(spec.entities)


@kept_for_same
def uses_of(spec: AppSpec) -> dict[str, bool]:
    """Tell what the shared modules must offer, so that none holds code that nothing calls."""
    names = names_of(spec)
    columns = [column for entity in names.entities for column in columns_of(entity)]
    links = [link for entity in names.entities for link in links_of(entity, names)]
    kinds = {column.type for column in columns}
    return {
        "url": FieldType.URL in kinds,
        # Whether rows that have no name are called by their number and something else.
        "hints": any(entity.told_by for entity in names.entities),
        # Whether that is a day, and whether some are those of moments.
        "hint_days": any(entity.told_by_day for entity in names.entities),
        "hint_moments": any(
            told.spec.type is FieldType.DATETIME
            for told in (entity.told_by for entity in names.entities)
            if told is not None
        ),
        # Whether rows are called by the beginning of a long text.
        "excerpts": any(entity.excerpt_field for entity in names.entities),
        "choices": FieldType.ENUM in kinds,
        "date": FieldType.DATE in kinds,
        "datetime": FieldType.DATETIME in kinds,
        "owned": any(entity.owned for entity in names.entities),
        "owned_alone": any(entity.owned and not entity.overseen for entity in names.entities),
        # Whether there is staff, and whether it sees what others own or writes what others do not.
        "staffed": names.staffed,
        "overseen": any(entity.overseen for entity in names.entities),
        "staff_says": any(entity.overseen and entity.of_staff for entity in names.entities),
        "managed": any(entity.managed for entity in names.entities),
        "inbox": bool(names.inboxes),
        # Whether what anybody sends is about a row that visitors read.
        "sent_about": any(entity.links for entity in names.inboxes),
        # Whether there are rows that everybody reads and staff alone writes.
        "staff_writes": any(entity.managed and not entity.inbox for entity in names.entities),
        "public": bool(names.public),
        # Whether there are rows that all read, and their authors and staff alone change.
        "authored": any(entity.authored for entity in names.entities),
        # Whether there are rows that whoever sees what they belong to sees, and all that others
        # see and their makers and staff alone change.
        "follows": any(entity.follows for entity in names.entities),
        "makers_change": any(entity.makers_change for entity in names.entities),
        # Whether there are rows that others than who made them change.
        "others_write": any(e.overseen or e.authored for e in names.entities),
        # Whether it is kept of some rows who made them.
        "makers": any(entity.has_owner for entity in names.entities),
        # Whether staff alone writes what anybody reads.
        "shown_by_staff": any(entity.managed for entity in names.public),
        # Whether there are pages whose readers may not all write.
        "restricted": bool(names.public) or any(entity.managed for entity in names.entities),
        # Whether a form must know who fills it in.
        "person": spec.auth and (bool(links) or any(e.has_owner for e in names.entities)),
        "own_unique": any(c.unique and c.entity.owned for c in columns),
        "links": bool(links),
        "to_one": any(not link.many for link in links),
        # Whether a row may lead to others of its own kind, of which it is none itself.
        "to_itself": any(link.to_itself for link in links),
        # Whether rows go with what they cannot be without.
        "dependents": any(not link.optional for link in links),
        "to_many": any(link.many for link in links),
        # Whether lists say something of all their rows.
        "totals": any(totalled(spec, columns_of(entity)) for entity in names.entities),
        "uploads": any(entity.uploads for entity in names.entities),
        "patterns": any(column.written for column in columns),
    }


def facts_of(spec: AppSpec, styling: str) -> dict[str, Any]:
    """Return what all templates are filled with."""
    return {
        **_facts(spec),
        "styling": styling,
        "ui": classes_of(styling, has_breakdowns=has_breakdowns(spec)),
        "stylesheets": STYLESHEETS[styling],
    }


def _owners(uses: dict[str, bool]) -> dict[str, str]:
    """Return the classes of rows that know who made them, and of those that others change too.

    Then those of rows that others see, and their makers and staff alone change.
    """
    authored = ["AuthoredRow"] if uses["authored"] else []
    following = ["FollowingRow"] if uses["follows"] else []
    return {
        "made_rows": " | ".join([*authored, *(["OwnedRow"] if uses["owned"] else [])]),
        "others_rows": " | ".join([*authored, *(["OverseenRow"] if uses["overseen"] else [])]),
        "theirs": " | ".join([*authored, *following]),
        "seen_rows": " | ".join(["OverseenRow", *following]),
    }


def _permissions(uses: dict[str, bool]) -> list[str]:
    """Return what the API's own permissions are made of."""
    alone = uses["staff_writes"] and not uses["shown_by_staff"]
    needed = {
        "SAFE_METHODS": uses["staff_writes"] or uses["makers_change"],
        "BasePermission": uses["shown_by_staff"] or uses["makers_change"],
        "IsAuthenticated": uses["inbox"] or alone,
    }
    return [name for name, there in needed.items() if there]


@kept_for_same
def _facts(spec: AppSpec) -> dict[str, Any]:
    content = content_facts(spec)
    exports, uses = wants(spec, "export csv"), uses_of(spec)
    words = {"home": content["home"], "content": content["pages"], "health": not is_stored(spec)}
    return {
        "spec": spec,
        "auth": spec.auth,
        "dashboard": has_dashboard(spec),
        "content": content,
        "home_names": sorted(name for name, there in words.items() if there),
        "filters": wants(spec, "filter"),
        "exports": exports,
        **_owners(uses),
        "permission_imports": ", ".join(_permissions(uses)),
        "schema_imports": ", ".join(
            [
                *(["OpenApiParameter"] if uses["uploads"] else []),
                *(["extend_schema"] if exports or uses["uploads"] else []),
                *(["extend_schema_field"] if uses["links"] or uses["uploads"] else []),
            ]
        ),
        "toggles": any(toggled(spec, columns_of(e)) for e in names_of(spec).entities),
        "breakdowns": has_breakdowns(spec),
        "choice_charts": not has_breakdowns(spec)
        and any(counted(spec, columns_of(e)) for e in names_of(spec).entities),
        "stored": is_stored(spec),
        "entities": names_of(spec).entities,
        "uses": uses,
        "largest_body": largest_body(names_of(spec).entities),
    }
