"""Migrations that bring the database of an app in use up to a changed spec.

Data is kept where it can be: what is renamed is renamed there too, texts stay texts, whole numbers
become decimals. A field that becomes required is filled first; one whose type changes otherwise is
made anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.engines.base import Version
from generation.engines.builtin.drafts import Draft, create_file
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.columns import Column
from generation.engines.builtin.stacks.django_htmx.fit import (
    Bracketed,
    Node,
    called,
    flat,
    keyword,
    table_of,
)
from generation.engines.builtin.stacks.django_htmx.links import Link
from generation.engines.builtin.stacks.django_htmx.migrations import (
    FOLDER,
    REFUSE_DUPLICATES,
    SETTLE,
    Migration,
    create_model,
    model_options,
    verbose_names,
)
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.django_htmx.renames import moved, same_models
from generation.engines.builtin.stacks.django_htmx.state import (
    OWNER,
    State,
    Table,
    state_of,
    table_name,
)
from generation.engines.builtin.stacks.shared.fillers import filler_of, quoted
from projects.spec.identity import same_parts
from projects.spec.models import AppSpec, FieldType

PEOPLE = "accounts_user"
WIDENS = {(FieldType.INTEGER, FieldType.DECIMAL)}
# The owner of an authored row in a migration; apps from before rows outlived have a cascade.
_OUTLIVES = re.compile(r"settings\.AUTH_USER_MODEL,\s+on_delete=models\.SET_NULL")
_NAME = re.compile(rf"^{FOLDER}/((\d{{4}})_\w+)\.py$")


def is_migration(path: str) -> bool:
    """Tell whether a file is one of the migrations of `core`."""
    return _NAME.match(path) is not None


def plan_changes(previous: Version, spec: AppSpec) -> list[Draft]:
    """Draft the migration from the version before to the spec, if there is a difference."""
    old = state_of(previous.spec, outlives=_outlives(previous))
    new = state_of(spec)
    operations = (*_operations(old, new), *_first_staff(previous.spec, spec))
    if not operations:
        return []
    numbers = [found for path in previous.files if (found := _NAME.match(path))]
    last = max(numbers, key=lambda found: int(found[2]), default=None)
    migration = Migration(
        slug="changes",
        title="What has changed since the version before.",
        operations=operations,
        number=int(last[2]) + 1 if last else 1,
        parent=last[1] if last else None,
        needs_user=any(
            "AUTH_USER_MODEL" in flat(node) or PEOPLE in flat(node) for node in operations
        ),
    )
    return [create_file("migration", migration.file_path, {"migration": migration.as_variables()})]


def _outlives(previous: Version) -> bool:
    """Tell whether authored rows outlive their author in the migrations of the version before."""
    return any(is_migration(p) and _OUTLIVES.search(t) for p, t in previous.files.items())


def _first_staff(old: AppSpec, new: AppSpec) -> Iterator[Node]:
    """Yield what makes the first person staff, where nobody is and staff gets something to do."""
    if names_of(new).staffed and not names_of(old).staffed:
        nobody = f'NOT EXISTS (SELECT 1 FROM "{PEOPLE}" WHERE "is_staff")'  # noqa: S608 - a name
        first = f'id = (SELECT MIN(id) FROM "{PEOPLE}")'  # noqa: S608 - a name
        statement = f'UPDATE "{PEOPLE}" SET "is_staff" = TRUE WHERE {first} AND {nobody}'  # noqa: S608
        yield called("migrations.RunSQL", [py_str(statement), "migrations.RunSQL.noop"])


@dataclass(frozen=True)
class _Change:
    """A field as it was and as it will be; None where it was not or will not be."""

    table: Table
    name: str
    old: Column | Link | None
    new: Column | Link | None

    @property
    def is_new(self) -> bool:
        """Tell whether the field is made, or made anew."""
        return self.old is None or _must_be_replaced(self.old, self.new)


def _operations(old: State, new: State) -> Iterator[Node]:
    """Yield the operations that lead from one state of the models to another."""
    yield from _refusals(old, new)
    before = moved(old, new)
    yield from before.operations
    gone = [table for name, table in before.state.items() if name not in before.stay]
    fresh = [table for name, table in new.items() if name not in before.stay]
    stay = [(before.state[name], table) for name, table in new.items() if name in before.stay]
    yield from _take_away(stay, gone)
    there = set(before.stay)
    later: list[_Change] = []
    for table in fresh:
        there.add(table.name)
        now = [link for link in table.links if link.target.class_name in there]
        yield create_model(table.entity, now)
        later += [_Change(table, link.name, None, link) for link in table.links if link not in now]
    changes = [*later, *(change for was, now in stay for change in _changes(was, now))]
    yield from _bring(changes)
    for was, table in stay:
        yield from _rules(was, table, before.left[table.name])
    yield from (called("migrations.DeleteModel", [f"name={py_str(t.name)}"]) for t in gone[::-1])


def _refusals(old: State, new: State) -> Iterator[Node]:
    """Yield what stops where a field is to be unique of all that was for each owner alone."""
    for was, now in same_models(old, new).items():
        table, twin = old[was], new[now]
        for name, other in same_parts(table.identities, twin.identities).items():
            before, after = table.fields[name], twin.fields[other]
            if not isinstance(before, Column) or not isinstance(after, Column):
                continue
            widens = before.unique and before.entity.owned and after.unique
            if widens and not after.entity.owned and not _must_be_replaced(before, after):
                yield called(REFUSE_DUPLICATES, [py_str(table_name(table.entity)), py_str(name)])


def _take_away(stay: Sequence[tuple[Table, Table]], gone: Sequence[Table]) -> Iterator[Node]:
    """Yield what removes fields, also those between tables that go."""
    for was, now in stay:
        for change in _changes(was, now):
            if change.old is not None and (change.new is None or change.is_new):
                yield _remove(was, change.name)
        if was.owner is not None and now.owner is None:
            yield _remove(was, OWNER)
    for table in gone:
        yield from (_remove(table, link.name) for link in table.links)


def _changes(was: Table, now: Table) -> list[_Change]:
    names = dict.fromkeys([*was.fields, *now.fields])
    found = [_Change(now, name, was.fields.get(name), now.fields.get(name)) for name in names]
    return [change for change in found if _text(change.old) != _text(change.new)]


def _text(field: Column | Link | None) -> str:
    return "" if field is None else flat(field.field(in_model=False))


def _must_be_replaced(old: Column | Link, new: Column | Link | None) -> bool:
    if isinstance(old, Column) and isinstance(new, Column):
        same = old.type == new.type or (old.is_text and new.is_text)
        return not same and (old.type, new.type) not in WIDENS
    if isinstance(old, Link) and isinstance(new, Link):
        same_target = old.target.class_name == new.target.class_name
        return not (same_target and old.many == new.many)
    return True


def _bring(changes: Sequence[_Change]) -> Iterator[Node]:
    """Yield what adds and alters fields: empty at first, then filled, then with their rules."""
    filled: list[Node] = []
    final: list[Node] = []
    for change in changes:
        if change.new is None:
            continue
        node = change.new.field(in_model=False)
        fills = _must_fill(change, change.new)
        if change.is_new:
            yield _field("AddField", change, _empty(node) if fills else node)
        else:
            filled += _adapted(change)
        filled += [_fill(change, change.new)] if fills else []
        final += [_field("AlterField", change, node)] if fills or not change.is_new else []
    yield from filled
    if filled:
        yield SETTLE
    yield from final


def _must_fill(change: _Change, new: Column | Link) -> bool:
    """Tell whether rows that are there may lack a value that the field needs."""
    old = None if change.is_new else change.old
    if isinstance(new, Link):
        return not new.optional and (not isinstance(old, Link) or old.optional)
    if new.null:
        return False
    if not isinstance(old, Column):
        return new.default is None and not (new.is_text and new.nullable)
    return old.null or (old.is_text and old.nullable and not new.nullable)


def _empty(node: Node) -> Node:
    """Return a field as it is before it is filled: without its rules, and null where it was not."""
    if isinstance(node, str):
        return node
    left_out = ("null=", "unique=", "validators=")
    kept = [item for item in node.items if not flat(item).startswith(left_out)]
    opening = node.opening.replace("OneToOneField", "ForeignKey")
    return Bracketed(opening, (*kept, "null=True"), node.closing)


def _fill(change: _Change, new: Column | Link) -> Node:
    if isinstance(new, Link):
        first = f'(SELECT MIN(id) FROM "{table_name(new.target)}")'  # noqa: S608 - identifiers
        return _update(change.table, new.column, first, f'"{new.column}" IS NULL')
    empty = f'"{new.name}" IS NULL'
    if new.is_text and not new.nullable:
        empty += f" OR \"{new.name}\" = ''"
    value = "''" if new.is_text and new.nullable else filler_of(new)
    return _update(change.table, new.name, value, empty)


def _adapted(change: _Change) -> Iterator[Node]:
    """Yield what makes the values that are there fit the rules to come."""
    old, new = change.old, change.new
    if not isinstance(old, Column) or not isinstance(new, Column):
        return
    name = f'"{new.name}"'
    if new.is_enum and old.members != new.members:
        allowed = ["''"] if new.nullable else []
        allowed += [quoted(value) for _, value in new.members]
        value = "''" if new.nullable else filler_of(new)
        yield _update(change.table, new.name, value, f"{name} NOT IN ({', '.join(allowed)})")
    elif new.max_length and not new.is_enum and new.max_length < (old.max_length or 0):
        short = f"substr({name}, 1, {new.max_length})"
        yield _update(change.table, new.name, short, f"length({name}) > {new.max_length}")


def _update(table: Table, column: str, value: str, where: str) -> Node:
    # Every part is a name or a literal that the stack has made safe; nothing is executed here.
    statement = f'UPDATE "{table_name(table.entity)}" SET "{column}" = {value} WHERE {where}'  # noqa: S608
    arguments = [py_str(statement.replace("\\:", ":")), "migrations.RunSQL.noop"]
    return called("migrations.RunSQL", arguments)


def _field(operation: str, change: _Change, node: Node) -> Node:
    return called(
        f"migrations.{operation}",
        [
            f"model_name={py_str(change.table.key)}",
            f"name={py_str(change.name)}",
            keyword("field", node),
        ],
    )


def _remove(table: Table, name: str) -> Node:
    arguments = [f"model_name={py_str(table.key)}", f"name={py_str(name)}"]
    return called("migrations.RemoveField", arguments)


def _rules(was: Table, now: Table, left: frozenset[str]) -> Iterator[Node]:
    """Yield what gives a table its owner, its constraints and its words."""
    yield from _owner(was, now)
    for constraint in now.constraints:
        if flat(constraint.node) not in left:
            added = keyword("constraint", constraint.node)
            arguments = [f"model_name={py_str(now.key)}", added]
            yield called("migrations.AddConstraint", arguments)
    if verbose_names(was.entity) != verbose_names(now.entity):
        yield called(
            "migrations.AlterModelOptions",
            [f"name={py_str(now.key)}", keyword("options", table_of(model_options(now.entity)))],
        )


def _owner(was: Table, now: Table) -> Iterator[Node]:
    """Yield what says whose rows are: those that are nobody's and must not be, the first person's.

    Authored rows that nobody made stay nobody's: staff alone changes them.
    """
    if now.owner is None or was.owner == now.owner:
        return
    change = _Change(now, OWNER, None, None)
    nobodys = now.entity.authored
    if was.owner is None:
        yield _field("AddField", change, now.owner if nobodys else _empty(now.owner))
    if not nobodys:
        first = f'(SELECT MIN(id) FROM "{PEOPLE}")'  # noqa: S608 - a name
        yield _update(now, f"{OWNER}_id", first, f'"{OWNER}_id" IS NULL')
        yield SETTLE
    if was.owner is not None or not nobodys:
        yield _field("AlterField", change, now.owner)
