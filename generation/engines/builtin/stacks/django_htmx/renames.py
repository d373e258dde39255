"""What is renamed between two versions of the models, and the old ones under their new names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.columns import Column
from generation.engines.builtin.stacks.django_htmx.fit import Node, called, flat
from generation.engines.builtin.stacks.django_htmx.links import Link
from generation.engines.builtin.stacks.django_htmx.migrations import RENAME_INDEXES
from generation.engines.builtin.stacks.django_htmx.state import (
    Constraint,
    State,
    Table,
    table_of_class,
)
from generation.engines.builtin.stacks.shared.renames import Renames, renames_of
from projects.spec.identity import identity_of, same_parts


@dataclass(frozen=True)
class Moved:
    """The old models under their new names; the new version has those of `stay` too.

    `left` are the constraints that they have after the `operations`.
    """

    state: State
    stay: frozenset[str]
    left: Mapping[str, frozenset[str]]
    operations: tuple[Node, ...]


def same_models(old: State, new: State) -> Mapping[str, str]:
    """Tell which model of one version is which of another."""
    return same_parts(
        *({name: identity_of(t.entity.spec) for name, t in one.items()} for one in (old, new))
    )


def moved(old: State, new: State) -> Moved:
    """Give models and fields the names that they have in another version."""
    same = same_models(old, new)
    models = renames_of(same, old, new)
    state: State = {}
    left: dict[str, frozenset[str]] = {}
    first: list[Node] = []
    then = list(_rename_models(old, models))
    for was, table in old.items():
        twin = new[same[was]] if was in same else None
        fields = renames_of(
            same_parts(table.identities, twin.identities) if twin else {},
            table.fields,
            twin.fields if twin else (),
        )
        gone = [c for c in table.constraints if _goes(c, twin, fields, aside=was in models.aside)]
        first += [_remove_constraint(table, constraint) for constraint in gone]
        now = _moved(table, fields, models)
        then += _rename_fields(table, now, fields)
        state[now.name] = now
        left[now.name] = frozenset(flat(c.node) for c in table.constraints if c not in gone)
    return Moved(state, frozenset(same.values()), left, (*first, *then))


def _goes(constraint: Constraint, twin: Table | None, fields: Renames, *, aside: bool) -> bool:
    """Tell whether a constraint is in the way, or is not in the new version as it is."""
    if twin is None:
        return aside
    kept = {flat(other.node) for other in twin.constraints}
    return fields.final[constraint.field] != constraint.field or flat(constraint.node) not in kept


def _moved(table: Table, fields: Renames, models: Renames) -> Table:
    entity = replace(table.entity, class_name=models.final[table.name])
    found = {fields.final[n]: _retargeted(field, models) for n, field in table.fields.items()}
    return replace(table, entity=entity, fields=found)


def _retargeted(field: Column | Link, models: Renames) -> Column | Link:
    """Return a field as it is once models have their new names: all but what it leads to stays."""
    if isinstance(field, Column):
        return field
    name = models.final[field.target.class_name]
    return replace(field, target=replace(field.target, class_name=name))


def _remove_constraint(table: Table, constraint: Constraint) -> Node:
    arguments = [f"model_name={py_str(table.key)}", f"name={py_str(constraint.name)}"]
    return called("migrations.RemoveConstraint", arguments)


def _rename_models(old: State, models: Renames) -> Iterator[Node]:
    tables = dict(old)
    for was, now in models.steps:
        tables[now] = tables.pop(was)
        yield called(
            "migrations.RenameModel", [f"old_name={py_str(was)}", f"new_name={py_str(now)}"]
        )
        before, after = table_of_class(was), table_of_class(now)
        pairs = [f"{after}_{name}" for name, f in tables[now].fields.items() if _is_many(f)]
        yield from (_rename_indexes(table, before, after) for table in (after, *pairs))


def _rename_fields(table: Table, now: Table, fields: Renames) -> Iterator[Node]:
    known, own = dict(table.fields), table_of_class(now.name)
    for old_name, new_name in fields.steps:
        field = known[new_name] = known.pop(old_name)
        names = [f"old_name={py_str(old_name)}", f"new_name={py_str(new_name)}"]
        yield called("migrations.RenameField", [f"model_name={py_str(now.key)}", *names])
        before, after = f"{own}_{old_name}", f"{own}_{new_name}"
        if _is_many(field):
            yield _rename_indexes(after, before, after)
        elif isinstance(field, Link):
            yield _rename_indexes(own, f"{before}_id", f"{after}_id")
        elif field.unique and not field.entity.owned:
            yield _rename_indexes(own, before, after)


def _is_many(field: Column | Link) -> bool:
    return isinstance(field, Link) and field.many


def _rename_indexes(table: str, before: str, after: str) -> Node:
    return called(RENAME_INDEXES, [py_str(table), py_str(before), py_str(after)])
