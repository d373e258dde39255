"""Links between entities as Django: foreign keys, one to one and many to many."""

from __future__ import annotations

from dataclasses import dataclass

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.fit import Node, assigned, called, lay_out
from generation.engines.builtin.stacks.shared.links import BaseLink, late_links
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames
from generation.engines.builtin.stacks.shared.words import field_words

APP = "core"


@dataclass(frozen=True)
class Link(BaseLink):
    """A link with everything the templates say about it; `back` is its name on the target."""

    back: str = "+"

    @property
    def field_class(self) -> str:
        """Return the model field's class."""
        if self.many:
            return "models.ManyToManyField"
        return "models.OneToOneField" if self.names.unique else "models.ForeignKey"

    @property
    def optional(self) -> bool:
        """Tell whether a row may have none."""
        return self.many or not self.names.required

    @property
    def verbose_name(self) -> str | None:
        """Return the label where Django would not make the same of the name."""
        plain = self.name.replace("_", " ")
        label = self.names.label
        return None if plain[:1].upper() + plain[1:] == label else label

    def field(self, *, in_model: bool) -> Node:
        """Return the field as it stands in the model, or in a migration."""
        target = f"{APP}.{self.target.class_name}"
        itself = in_model and self.to_itself
        arguments: list[Node] = ['"self"' if itself else py_str(target)]
        if not self.many:
            gone = "models.CASCADE" if self.names.required else "models.SET_NULL"
            arguments.append(f"on_delete={gone}")
        if self.many and self.to_itself and in_model:
            arguments.append("symmetrical=False")
        arguments.append(f"related_name={py_str(self.back)}")
        if not self.many and self.optional:
            arguments.append("null=True")
        arguments += ["blank=True"] if self.optional else []
        if self.verbose_name is not None:
            arguments.append(f"verbose_name={py_str(self.verbose_name)}")
        return called(self.field_class, arguments)

    @property
    def model_line(self) -> str:
        """Return the field in its model."""
        return lay_out(assigned(self.name, self.field(in_model=True)), indent=4)


@kept_for_same
def all_links(names: AppNames) -> dict[str, tuple[Link, ...]]:
    """Return every entity's links by its class name, each with a free name on its target."""
    late = late_links(names)
    taken = {e.class_name: _own_names(e) for e in names.entities}
    found = {}
    for entity in names.entities:
        links = []
        targets = [link.target for link in entity.links]
        for link in entity.links:
            target = names.of(link.target)
            plain = entity.module if link.unique else entity.table
            if targets.count(link.target) > 1 or link.target == entity.class_name:
                plain = field_words(f"{plain} by {link.attribute}")
            back = _free(plain, taken[link.target])
            taken[link.target].add(back)
            is_late = (entity.class_name, link.attribute) in late
            links.append(Link(entity, link, target, is_late, back))
        found[entity.class_name] = tuple(links)
    return found


def _own_names(entity: EntityNames) -> set[str]:
    links = [name for link in entity.links for name in (link.attribute, link.column)]
    return {*(field.python for field in entity.fields), *links, "owner", "objects", "id", "pk"}


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}{number}", number + 1
    return name


def links_of(entity: EntityNames, names: AppNames) -> tuple[Link, ...]:
    """Return an entity's links with their targets."""
    return all_links(names)[entity.class_name]
