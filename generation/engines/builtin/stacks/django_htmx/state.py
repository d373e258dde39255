"""The models of an app as Django's migrations see them, so that two versions can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.engines.builtin.stacks.django_htmx.columns import Column
from generation.engines.builtin.stacks.django_htmx.fit import Node
from generation.engines.builtin.stacks.django_htmx.links import APP, Link, links_of
from generation.engines.builtin.stacks.django_htmx.migrations import owner_field
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.django_htmx.uploads import UploadColumn, stored_columns
from generation.engines.builtin.stacks.shared.links import in_table_order
from generation.engines.builtin.stacks.shared.naming import EntityNames
from projects.spec.identity import Identity, identity_of
from projects.spec.models import AppSpec

OWNER = "owner"


@dataclass(frozen=True)
class Constraint:
    """A constraint of a table: its name, what makes it, and the field that it is about."""

    name: str
    node: Node
    field: str


@dataclass(frozen=True)
class Table:
    """A model: its own fields and links by name, and its constraints.

    Whether its authored rows outlive the account of their author is said by `outlives`.
    """

    entity: EntityNames
    fields: Mapping[str, Column | Link]
    constraints: tuple[Constraint, ...]
    outlives: bool = True

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self.entity.class_name

    @property
    def key(self) -> str:
        """Return the name that operations know the model by."""
        return self.name.lower()

    @property
    def owner(self) -> Node | None:
        """Return the field that says whose a row is, where there is one."""
        return owner_field(self.entity, outlives=self.outlives)

    @property
    def links(self) -> list[Link]:
        """Return the links."""
        return [field for field in self.fields.values() if isinstance(field, Link)]

    @property
    def identities(self) -> dict[str, Identity]:
        """Return what each field is known by."""
        return {name: _identity(field) for name, field in self.fields.items()}


def _identity(field: Column | Link) -> Identity:
    if isinstance(field, Link):
        return field.names.identity.within(Identity(("link",), "", is_said=False))
    if isinstance(field, UploadColumn):
        return field.identity
    return identity_of(field.names.spec).within(Identity(("field",), "", is_said=False))


# Models by name, in the order in which they can be made.
State = dict[str, Table]


def state_of(spec: AppSpec, *, outlives: bool = True) -> State:
    """Return the models that a spec asks for, or asked for in apps from before rows outlived."""
    names = names_of(spec)
    return {
        entity.class_name: _table(entity, links_of(entity, names), outlives=outlives)
        for entity in in_table_order(names)
    }


def _table(entity: EntityNames, links: Sequence[Link], *, outlives: bool) -> Table:
    columns = stored_columns(entity)
    fields: dict[str, Column | Link] = {column.name: column for column in columns}
    constraints = tuple(
        Constraint(name, node, column.name)
        for column in columns
        for name, node in column.constraints(in_model=False).items()
    )
    return Table(entity, fields | {link.name: link for link in links}, constraints, outlives)


def table_name(entity: EntityNames) -> str:
    """Return the name of a model's table."""
    return table_of_class(entity.class_name)


def table_of_class(name: str) -> str:
    """Return the name of the table of a model of that name."""
    return f"{APP}_{name.lower()}"
