"""Migrations of the app `core`: one for each entity, one for what links them afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.pyfit import import_line
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.fit import (
    Node,
    assigned,
    called,
    entry,
    flat,
    keyword,
    lay_out,
    listed,
    pair,
    table_of,
)
from generation.engines.builtin.stacks.django_htmx.links import Link, links_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.django_htmx.uploads import stored_columns
from generation.engines.builtin.stacks.shared.links import in_table_order
from generation.engines.builtin.stacks.shared.naming import EntityNames
from projects.spec.models import AppSpec

FOLDER = "core/migrations"
# Lets what was written be checked before tables change: PostgreSQL asks for it.
SETTLE = "migrations.RunPython(settle, migrations.RunPython.noop)"
# A function of the migration: Django renames tables and columns, and leaves their indexes' names.
RENAME_INDEXES = "rename_indexes"
# Another one, which stops where people share what is to be unique.
REFUSE_DUPLICATES = "refuse_duplicates"


@dataclass(frozen=True)
class Migration:
    """One migration: its place in the chain, and its operations as laid out lines."""

    slug: str
    title: str
    operations: tuple[Node, ...]
    number: int = 0
    parent: str | None = None
    needs_user: bool = False

    @property
    def name(self) -> str:
        """Return the name other migrations know it by."""
        return f"{self.number:04}_{self.slug}"

    @property
    def file_path(self) -> str:
        """Return where it is written."""
        return f"{FOLDER}/{self.name}.py"

    def as_variables(self) -> dict[str, Any]:
        """Return what the template of a migration is filled with, as plain values."""
        needs: list[Node] = []
        if self.parent is not None:
            needs.append(pair('"core"', py_str(self.parent)))
        if self.needs_user:
            needs.append("migrations.swappable_dependency(settings.AUTH_USER_MODEL)")
        return {
            "title": self.title,
            "imports": self.imports,
            "initial": self.parent is None,
            "dependencies": lay_out(assigned("dependencies", listed(needs)), indent=4),
            "operations": self.lines,
            "settles": SETTLE in self.operations,
            "renames_indexes": self.renames_indexes,
            "refuses_duplicates": self.refuses_duplicates,
        }

    @property
    def renames_indexes(self) -> bool:
        """Tell whether tables that have indexes get other names."""
        return self._calls(RENAME_INDEXES)

    @property
    def refuses_duplicates(self) -> bool:
        """Tell whether values become unique that people may share."""
        return self._calls(REFUSE_DUPLICATES)

    def _calls(self, function: str) -> bool:
        return any(flat(node).startswith(f"{function}(") for node in self.operations)

    @property
    def lines(self) -> str:
        """Return the operations as they stand in the file."""
        return "\n".join(lay_out(node, indent=8, suffix=",") for node in self.operations)

    @property
    def imports(self) -> str:
        """Return the imports its operations need, sorted."""
        code = "\n".join(flat(node) for node in self.operations)
        standard = ["import datetime as dt"] if "dt." in code else []
        if self.renames_indexes:
            standard.append("from collections.abc import Callable")
        standard += ["from decimal import Decimal"] if "Decimal(" in code else []
        standard += ["from os.path import commonprefix"] if self.renames_indexes else []
        names = [n for n in ("MaxLength", "MinLength", "MaxValue", "MinValue") if n in code]
        names += ["Regex"] if "RegexValidator(" in code else []
        validators = [f"{name}Validator" for name in names]
        django = ["from django.conf import settings"] if self.needs_user else []
        if self.refuses_duplicates:
            django.append("from django.core.management.base import CommandError")
        if validators:
            django.append(import_line("django.core.validators", validators))
        django.append(
            import_line("django.db", ["migrations", *(["models"] if "models." in code else [])])
        )
        if SETTLE in self.operations or self.renames_indexes or self.refuses_duplicates:
            django.append("from django.db.backends.base.schema import BaseDatabaseSchemaEditor")
        return "\n".join([*standard, *([""] if standard else []), *django])


@kept_for_same
def migrations_of(spec: AppSpec) -> tuple[Migration, ...]:
    """Return all migrations in their order."""
    names = names_of(spec)
    ordered = in_table_order(names)
    drafts, afterwards = [], []
    for place, entity in enumerate(ordered):
        known = {other.class_name for other in ordered[: place + 1]}
        links = links_of(entity, names)
        now = [link for link in links if link.target.class_name in known and not link.late]
        afterwards += [link for link in links if link not in now]
        drafts.append(_entity(entity, now))
    if afterwards:
        fields = tuple(_added(link) for link in afterwards)
        drafts.append(Migration("links", "What links the tables.", fields))
    chained: list[Migration] = []
    for number, draft in enumerate(drafts, start=1):
        parent = chained[-1].name if chained else None
        chained.append(replace(draft, number=number, parent=parent))
    return tuple(chained)


def create_model(entity: EntityNames, links: Sequence[Link]) -> Node:
    """Return the operation that makes an entity's table."""
    columns = stored_columns(entity)
    key = called(
        "models.BigAutoField",
        ["auto_created=True", "primary_key=True", "serialize=False", 'verbose_name="ID"'],
    )
    fields: list[Node] = [pair('"id"', key)]
    fields += [
        pair('"created_at"', "models.DateTimeField(auto_now_add=True)"),
        pair('"updated_at"', "models.DateTimeField(auto_now=True)"),
    ]
    fields += [pair(py_str(c.name), c.field(in_model=False)) for c in columns]
    fields += [pair(py_str(link.name), link.field(in_model=False)) for link in links]
    owner = owner_field(entity)
    if owner is not None:
        fields.append(pair('"owner"', owner))
    constraints = [node for c in columns for node in c.constraints(in_model=False).values()]
    options = model_options(entity)
    if constraints:
        options.append(entry('"constraints"', listed(constraints)))
    return called(
        "migrations.CreateModel",
        [
            f"name={py_str(entity.class_name)}",
            keyword("fields", listed(fields)),
            keyword("options", table_of(options)),
        ],
    )


def owner_field(entity: EntityNames, *, outlives: bool = True) -> Node | None:
    """Return the field that says whose a row is; an authored one may be nobody's.

    Authored rows outlive the account of their author, save in apps from before this was so.
    """
    if not entity.has_owner:
        return None
    gone = "models.SET_NULL" if entity.authored and outlives else "models.CASCADE"
    arguments = ["settings.AUTH_USER_MODEL", f"on_delete={gone}", 'related_name="+"']
    arguments += ["null=True", "blank=True"] if entity.authored else []
    return called("models.ForeignKey", arguments)


def model_options(entity: EntityNames) -> list[Node]:
    """Return a model's options but its constraints."""
    options: list[Node] = [
        entry(py_str(name), py_str(value)) for name, value in verbose_names(entity).items()
    ]
    return [*options, entry('"ordering"', listed(['"-created_at"', '"-id"']))]


def verbose_names(entity: EntityNames) -> dict[str, str]:
    """Return what Django calls the rows, where it would not find the same words itself."""
    return {
        "verbose_name": as_common_noun(entity.label),
        "verbose_name_plural": as_common_noun(entity.plural_label),
    }


def as_common_noun(label: str) -> str:
    """Return a label without its capital, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _entity(entity: EntityNames, links: Sequence[Link]) -> Migration:
    return Migration(
        entity.table,
        f"The table of {entity.table.replace('_', ' ')}.",
        (create_model(entity, links),),
        needs_user=entity.has_owner,
    )


def _added(link: Link) -> Node:
    return called(
        "migrations.AddField",
        [
            f"model_name={py_str(link.entity.class_name.lower())}",
            f"name={py_str(link.name)}",
            keyword("field", link.field(in_model=False)),
        ],
    )
