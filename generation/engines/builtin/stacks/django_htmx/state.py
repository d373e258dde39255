"""The models of an app as Django's migrations see them, so that two versions can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from generation.engines.builtin.stacks.django_htmx.columns import Column, columns_of
from generation.engines.builtin.stacks.django_htmx.fit import Node
from generation.engines.builtin.stacks.django_htmx.links import APP, Link, links_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.shared.links import in_table_order
from generation.engines.builtin.stacks.shared.naming import EntityNames
from projects.spec.models import AppSpec

OWNER = "owner"


@dataclass(frozen=True)
class Table:
    """A model: its own fields and links by name, and its constraints by name."""

    entity: EntityNames
    columns: tuple[Column, ...]
    links: tuple[Link, ...]

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self.entity.class_name

    @property
    def key(self) -> str:
        """Return the name that operations know the model by."""
        return self.name.lower()

    @property
    def owned(self) -> bool:
        """Tell whether each row has an owner."""
        return self.entity.owned

    @property
    def fields(self) -> dict[str, Column | Link]:
        """Return fields and links by name."""
        columns: dict[str, Column | Link] = {column.name: column for column in self.columns}
        return columns | {link.name: link for link in self.links}

    @property
    def constraints(self) -> dict[str, Node]:
        """Return the constraints by name."""
        found: dict[str, Node] = {}
        for column in self.columns:
            found |= column.constraints(in_model=False)
        return found


# Models by name, in the order in which they can be made.
State = dict[str, Table]


def state_of(spec: AppSpec) -> State:
    """Return the models that a spec asks for."""
    names = names_of(spec)
    return {
        entity.class_name: Table(entity, columns_of(entity), links_of(entity, names))
        for entity in in_table_order(names)
    }


def table_name(entity: EntityNames) -> str:
    """Return the name of a model's table."""
    return f"{APP}_{entity.class_name.lower()}"
