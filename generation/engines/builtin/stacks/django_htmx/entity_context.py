"""What the templates of one entity are filled with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from generation.engines.builtin.pyfit import import_line
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.breakdowns import (
    breakdown_imports,
    breakdowns_line,
)
from generation.engines.builtin.stacks.django_htmx.columns import Column, columns_of
from generation.engines.builtin.stacks.django_htmx.facts import uses_of
from generation.engines.builtin.stacks.django_htmx.fit import (
    Node,
    assigned,
    called,
    entry,
    flat,
    keyword,
    lay_out,
    listed,
    table_of,
    tuple_of,
)
from generation.engines.builtin.stacks.django_htmx.links import Link, links_of
from generation.engines.builtin.stacks.django_htmx.migrations import as_common_noun, verbose_names
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.django_htmx.uploads import upload_columns, uploads_line
from generation.engines.builtin.stacks.shared.breakdowns import broken_down, has_breakdowns
from generation.engines.builtin.stacks.shared.capabilities import (
    counted,
    toggled,
    totalled,
    wants,
)
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames
from generation.engines.builtin.stacks.shared.totals import Total
from generation.engines.builtin.stacks.shared.trials import (
    demotes,
    other_number,
    total_trials,
    trials_of,
)
from generation.engines.builtin.stacks.shared.uploads import uploads_of
from projects.spec.models import AppSpec, FieldType

LIST_COLUMNS = 5
_VALIDATORS = ("MaxLength", "MaxValue", "MinLength", "MinValue", "Regex")
_COUNTS = {True: "Sum", False: "Avg"}
_WIDGETS = {FieldType.DATE: "DateInput", FieldType.DATETIME: "DateTimeInput"}


def entity_context(spec: AppSpec, entity: EntityNames) -> dict[str, Any]:
    """Return one entity's words, and what each of its modules says."""
    columns, links = columns_of(entity), links_of(entity, names_of(spec))
    shown = _in_list(entity, columns)
    switch, totals = toggled(spec, columns), totalled(spec, columns)
    shown += [switch] if switch is not None and switch not in shown else []
    asked = broken_down(spec, entity, columns, links)
    gone = names_of(spec).dependents_of(entity)
    dependents = [as_common_noun(other.plural_label) for other in gone]
    return {
        "entity": _words(entity),
        "columns": columns,
        "links": links,
        "uploads": uploads_of(entity),
        "hint": next((c for c in columns if c.names == entity.told_by), None),
        "hint_is_day": entity.told_by_day,
        "excerpt": next((c for c in columns if c.names == entity.excerpt_field), None),
        "fact": next((fact.python for fact in entity.facts), None),
        "uniques": [column for column in columns if column.unique],
        "enums": [
            (column, [lay_out(_member(*m), indent=4) for m in column.members])
            for column in columns
            if column.is_enum
        ],
        "model": _model(entity, columns, links, totals),
        "form": _form(columns, links),
        "views": [
            *_views(entity, columns, links, shown),
            *([_line("dependents", _names(dependents))] if dependents else []),
            *_asked(spec, columns, links),
            *([breakdowns_line(asked)] if asked else []),
        ],
        "breakdown_lines": breakdown_imports(entity, asked) if asked else {},
        "dependents": dependents,
        "outlives": _outlives(entity, names_of(spec)),
        "toggled": toggled(spec, columns),
        "numbers": sum(column.is_number for column in shown),
        "totalled": total_trials(totals),
        "choice": next((c for c in columns if c.is_enum), None),
        "api": _api(entity, columns, links) | _permissions(spec, entity),
        "admin": _admin(entity, columns, links, shown),
        "test": trials_of(columns, links),
        "bytes_behind": [
            (link.name, upload.content)
            for link in links
            if not link.optional
            for upload in uploads_of(link.target)
        ],
        "demotes": entity.authored or demotes(entity, links),
        "other_number": other_number(entity),
        "judged": _judged(entity, links),
        "followed": next((link for link in links if link.name == entity.follows), None),
        "samples_import": _samples_import(entity, links),
        "sorted_by": _sorted_by(shown),
    }


def _words(entity: EntityNames) -> dict[str, Any]:
    """Return the names, and phrases made of identifiers alone, which are safe in docstrings."""
    # A module's name may be another, as "owner_item": a row has an owner already.
    one, many = _in_words(entity.class_name), entity.table.replace("_", " ")
    a_noun = f"{'an' if one[0] in 'aeiou' else 'a'} {one}"
    return {
        **{item.name: getattr(entity, item.name) for item in fields(entity) if item.name != "spec"},
        **verbose_names(entity),
        "doc": a_noun[:1].upper() + a_noun[1:],
        "doc_plural": many[:1].upper() + many[1:],
        "a_noun": a_noun,
        "nouns": many,
    }


def _in_words(class_name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", class_name).lower()


def _member(name: str, value: str) -> Node:
    pair = [py_str(value), py_str(value)]
    flat_pair = f"{name} = {', '.join(pair)}"
    return flat_pair if len(flat_pair) <= 96 else assigned(name, tuple_of(pair))


def _line(name: str, value: Node, indent: int = 4) -> str:
    return lay_out(assigned(name, value), indent=indent)


def _names(names: Sequence[str]) -> Node:
    return tuple_of([py_str(name) for name in names])


def _model(
    entity: EntityNames,
    columns: Sequence[Column],
    links: Sequence[Link],
    totals: Sequence[Total[Column]],
) -> dict[str, Any]:
    nodes = [node for column in columns for node in column.constraints(in_model=True).values()]
    kept = (*columns, *upload_columns(entity))
    fields = [column.field(in_model=True) for column in kept]
    code = " ".join(flat(node) for node in fields)
    standard = ["import datetime as dt"] if "dt." in code else []
    standard += ["from decimal import Decimal"] if "Decimal(" in code else []
    validators = [f"{name}Validator" for name in _VALIDATORS if f"{name}Validator(" in code]
    base = "OwnedRow" if entity.owned else "Row"
    base = "OverseenRow" if entity.overseen else base
    base = "FollowingRow" if entity.follows else base
    base = "AuthoredRow" if entity.authored else base
    imports = [*standard, *([""] if standard else [])]
    imports += [import_line("django.core.validators", validators)] if validators else []
    imports += ["from django.db import models"] if kept or links else []
    counts = [_COUNTS[total.is_sum] for total in totals]
    imports += [import_line("django.db.models", counts)] if totals else []
    imports += ["from django.urls import reverse", ""]
    called = ["called"] if entity.told_by is not None else []
    called += ["excerpt_of"] if entity.excerpt_field is not None else []
    imports.append(import_line("core.models.base", [base, *called]))
    imports += ["from core.totals import Total"] if totals else []
    return {
        "base": base,
        "imports": "\n".join(imports),
        "lines": [
            *(lay_out(assigned(c.name, f), indent=4) for c, f in zip(kept, fields, strict=True)),
            *(link.model_line for link in links),
            *([lay_out(uploads_line(entity), indent=4)] if entity.uploads else []),
            *(["    PUBLIC = True"] if entity.public else []),
            *([_line("SEEN_BY", py_str(f"{entity.follows}__owner"))] if entity.follows else []),
            *([_line("TOTALS", tuple_of([_total(total) for total in totals]))] if totals else []),
        ],
        "constraints": _line("constraints", listed(nodes), 8) if nodes else "",
        "label": _label(entity),
    }


def _total(total: Total[Column]) -> Node:
    value = f"{_COUNTS[total.is_sum]}({py_str(total.column.name)})"
    words = [py_str(total.key), py_str(total.label)]
    return called("Total", [*words, value, f"places={total.places}"])


def _label(entity: EntityNames) -> str:
    field = entity.label_field
    fallback = f'f"{entity.class_name} {{self.pk}}"'
    if entity.told_by is not None:
        return f"called({fallback}, self.{entity.told_by.python})"
    if field is None:
        return fallback
    value = f"self.{field.python}"
    return f"{value} or {fallback}" if field.nullable else value


def _form(columns: Sequence[Column], links: Sequence[Link]) -> dict[str, Any]:
    names = [*(column.name for column in columns), *(link.name for link in links)]
    widgets = [
        entry(py_str(column.name), f"{_WIDGETS[column.type]}()")
        for column in columns
        if column.type in _WIDGETS
    ]
    urls = [
        entry(py_str(column.name), "WebAddressField")
        for column in columns
        if column.type is FieldType.URL
    ]
    base = {"RowForm", *(_WIDGETS[c.type] for c in columns if c.type in _WIDGETS)}
    base |= {"WebAddressField"} if urls else set()
    return {
        "base_import": import_line("core.forms.base", base),
        "fields": _line("fields", _names(names), 8),
        "widgets": _line("widgets", table_of(widgets), 8) if widgets else "",
        "classes": _line("field_classes", table_of(urls), 8) if urls else "",
    }


def _in_list(entity: EntityNames, columns: Sequence[Column]) -> list[Column]:
    """Return the fields shown in the list, first the one that a row is called by."""
    label = entity.name_field
    shown = [c for c in columns[:LIST_COLUMNS] if c.type is not FieldType.TEXT]
    named = [c for c in columns if label is not None and c.name == label.python]
    return [*named, *(c for c in shown if c not in named)]


def _judged(entity: EntityNames, links: Sequence[Link]) -> Link | None:
    """Return the first link of what staff sees of all to what it sees of all, too."""
    judged = entity.overseen and not entity.follows
    return next((link for link in links if judged and link.target.overseen), None)


def _outlives(entity: EntityNames, names: AppNames) -> bool:
    """Tell whether a row requires nothing that goes with the account of who made it."""
    needed = [names.of(link.target) for link in entity.links if link.required and not link.many]
    return not any(one.owned or not _outlives(one, names) for one in needed)


def _samples_import(entity: EntityNames, links: Sequence[Link]) -> str:
    """Return what the tests of the pages need of the samples; they follow one link or two."""
    followed = [*links[:1], *filter(None, [_judged(entity, links)])]
    followed += [link for link in links if link.name == entity.follows]
    others = {f"sample_{link.target.module}" for link in followed if not link.to_itself}
    return import_line("tests.samples", ["as_form", "create", *others])


def _sorted_by(shown: Sequence[Column]) -> str:
    sortable = [column.name for column in shown if column.sortable]
    if not sortable:
        return ""
    return flat(listed([py_str(sortable[0]), py_str(f"-{sortable[0]}")]))


def _views(
    entity: EntityNames, columns: Sequence[Column], links: Sequence[Link], shown: Sequence[Column]
) -> list[str]:
    """Return the attributes of an entity's pages that are not empty."""
    to_one = [link.name for link in links if not link.many]
    to_many = [link.name for link in links if link.many]
    uploads = uploads_of(entity)
    pictures = [upload.name for upload in uploads if upload.is_picture]
    searched = [field.python for field in entity.search_fields]
    marks = {"overseen": entity.overseen, "managed": entity.managed, "inbox": entity.inbox}
    lines = [f"    {name} = True" for name, said in marks.items() if said]
    lines += ["    numbered = True"] if entity.name_field is None else []
    offered = entity.public and not entity.managed
    lines += [_line("one_label", py_str(entity.one))] if offered else []
    found = {
        "columns": [*(column.name for column in shown), *pictures, *to_one],
        "details": [
            *(column.name for column in columns),
            *(upload.name for upload in uploads),
            *(link.name for link in links),
        ],
        "facts": [*(fact.python for fact in entity.facts), *to_one] if links else [],
        "of_staff": [field.python for field in entity.of_staff],
        "searched": searched,
        "select_related": to_one,
        "prefetch_related": to_many,
    }
    return lines + [_line(name, _names(names)) for name, names in found.items() if names]


def _asked(spec: AppSpec, columns: Sequence[Column], links: Sequence[Link]) -> list[str]:
    """Return the attributes that the app's features ask for."""
    lines = []
    choice, switch = counted(spec, columns), toggled(spec, columns)
    if choice is not None and not has_breakdowns(spec):
        pair = tuple_of([py_str(choice.name), py_str(choice.names.label)])
        lines.append(_line("counted", tuple_of([pair])))
    if wants(spec, "filter"):
        kinds = [c.name for c in columns if c.is_enum or c.type is FieldType.BOOLEAN]
        names = [*kinds, *(link.name for link in links)]
        lines += [_line("filtered", _names(names))] if names else []
    if switch is not None:
        lines.append(f"    toggled = {py_str(switch.name)}")
    return lines


def _api(entity: EntityNames, columns: Sequence[Column], links: Sequence[Link]) -> dict[str, Any]:
    keys = [link.column for link in links]
    owner = ["owner"] if entity.overseen else []
    fields = ["id", *owner, *(c.name for c in columns), *keys, "created_at", "updated_at"]
    to_one = [link for link in links if not link.many]
    filters = [name for column in columns for name in column.filters]
    filters += [link.column for link in to_one]
    sorts = [c.name for c in columns if c.sortable]
    lines = {
        "searched": [field.python for field in entity.search_fields],
        "filters": filters,
        "linked": [link.column for link in links if link.many],
        "sorts": [*sorts, "created_at", "updated_at"],
        "of_staff": [field.python for field in entity.of_staff],
        "select_related": [link.name for link in to_one],
        "prefetch_related": [link.name for link in links if link.many],
    }
    models = {entity.class_name, *(link.target.class_name for link in links)}
    views = "KeepsUploads" if entity.uploads else "RowViews"
    base = ["RowSerializer", views, *(["RowKey"] if links else [])]
    permission = "AnybodySends" if entity.inbox else "StaffWrites"
    base += [permission] if entity.managed else []
    base += ["AuthorWrites"] if entity.makers_change else []
    base += ["Sparingly"] if entity.inbox else []
    return {
        "base_import": import_line("core.api.base", base),
        "models_import": import_line("core.models", models),
        "links": [_line(link.column, _key(link)) for link in links],
        "fields": _line("fields", _names(fields), 8),
        "lines": [_line(name, _names(names)) for name, names in lines.items() if names],
    }


def _permissions(spec: AppSpec, entity: EntityNames) -> dict[str, str]:
    """Return who may call an entity's API, where that differs from everybody who signs in."""
    reads = "IsAuthenticatedOrReadOnly" if entity.public else "IsAuthenticated"
    apart = uses_of(spec)["shown_by_staff"] and entity.managed and not entity.inbox
    named = [reads] if entity.public or entity.makers_change or apart else []
    wanted = [*named, *(["StaffWrites"] if entity.managed else [])]
    wanted += ["AuthorWrites"] if entity.makers_change else []
    return {
        "permissions": _line("permission_classes", tuple_of(wanted)) if wanted else "",
        "permission_import": import_line("rest_framework.permissions", named) if named else "",
    }


def _key(link: Link) -> Node:
    arguments: list[Node] = [keyword("source", py_str(link.name))]
    arguments.append(f"queryset={link.target.class_name}.objects.all()")
    arguments += ["many=True"] if link.many else []
    if link.optional:
        arguments.append("required=False")
        arguments += [] if link.many else ["allow_null=True"]
    return called("RowKey", arguments)


def _admin(
    entity: EntityNames, columns: Sequence[Column], links: Sequence[Link], shown: Sequence[Column]
) -> list[str]:
    label = entity.name_field
    own = [c.name for c in shown if label is None or c.name != label.python]
    to_one = [link.name for link in links if not link.many]
    owner = ["owner"] if entity.has_owner else []
    found = {
        "list_display": ["__str__", *own, *owner, *to_one, "created_at"],
        "search_fields": [field.python for field in entity.search_fields],
        "list_filter": [c.name for c in columns if c.is_enum or c.type is FieldType.BOOLEAN],
        "list_select_related": [*owner, *to_one],
    }
    return [_line(name, _names(names)) for name, names in found.items() if names]
