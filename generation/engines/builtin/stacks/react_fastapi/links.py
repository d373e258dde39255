"""Links between entities as Python: columns, relationships, tables of pairs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from generation.engines.builtin.pyfit import call
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.shared.links import BaseLink, late_links
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames

LONGEST_TABLE = 50


@dataclass(frozen=True)
class Link(BaseLink):
    """A link with everything the templates say about it."""

    @property
    def on_delete(self) -> str:
        """Return what becomes of the row when the one it points at goes."""
        return "CASCADE" if self.names.required else "SET NULL"

    @property
    def _on_delete(self) -> str:
        return f'ondelete="{self.on_delete}"'

    # The model

    @property
    def column_line(self) -> str:
        """Return the mapped column of a to-one link."""
        late = ["use_alter=True"] if self.late else []
        target = py_str(f"{self.target.table}.id")
        key = f"ForeignKey({', '.join([target, self._on_delete, *late])})"
        annotation = "int" if self.names.required else "int | None"
        kind = "unique=True" if self.names.unique else "index=True"
        return call(f"{self.column}: Mapped[{annotation}] = mapped_column", [key, kind], indent=4)

    @property
    def relationship_line(self) -> str:
        """Return the relationship."""
        if self.many:
            return self._many_line
        annotation = self.target.class_name + ("" if self.names.required else " | None")
        arguments = [f"foreign_keys=[{self.column}]"]
        if self.to_itself:
            arguments.append(f"remote_side={py_str(f'{self.entity.class_name}.id')}")
            # A row that leads to itself is changed and deleted like others.
            arguments.append("post_update=True")
        return call(f"{self.name}: Mapped[{annotation}] = relationship", arguments, indent=4)

    @property
    def _many_line(self) -> str:
        arguments = [f"secondary={self.pairs}"]
        if self.to_itself:
            own = f"{self.entity.class_name}.id == {self.pairs}.c"
            arguments.append(f"primaryjoin={py_str(f'{own}.source_id')}")
            arguments.append(f"secondaryjoin={py_str(f'{own}.target_id')}")
        arguments.append(f"order_by={py_str(f'{self.target.class_name}.id')}")
        prefix = f"{self.name}: Mapped[list[{self.target.class_name}]] = relationship"
        return call(prefix, arguments, indent=4)

    @property
    def pairs(self) -> str:
        """Return the name of the table of pairs, no longer than PostgreSQL lets it be."""
        whole = f"{self.entity.table}_{self.name}"
        if len(whole) <= LONGEST_TABLE:
            return whole
        return f"{whole[: LONGEST_TABLE - 7]}_{hashlib.sha256(whole.encode()).hexdigest()[:6]}"

    def pair_line(self, side: str, prefix: str) -> str:
        """Return one column of the table of pairs, for a model or (with `sa.`) a migration."""
        table = self.entity.table if side == "source" else self.target.table
        key = f'{prefix}ForeignKey({py_str(f"{table}.id")}, ondelete="CASCADE")'
        arguments = [py_str(f"{side}_id"), key, "primary_key=True"]
        if prefix:
            arguments.insert(1, "sa.Integer()")
        indent = 8 if prefix else 4
        return call(f"{prefix}Column", arguments, ",", indent=indent)

    # The migration

    @property
    def migration_line(self) -> str:
        """Return the column in `op.create_table`."""
        arguments = [py_str(self.column), "sa.Integer()"]
        if not self.late:
            target = py_str(f"{self.target.table}.id")
            arguments.append(f"sa.ForeignKey({target}, {self._on_delete})")
        arguments.append(f"nullable={not self.names.required}")
        arguments.append("unique=True" if self.names.unique else "index=True")
        return call("sa.Column", arguments, ",", indent=8)

    # The schemas

    @property
    def create_line(self) -> str:
        """Return the field of a whole body."""
        if self.many:
            return f"    {self.column}: Ids = Field(default_factory=list)"
        return f"    {self.column}: Id" + ("" if self.names.required else " | None = None")

    @property
    def update_line(self) -> str:
        """Return the field of a partial body."""
        return f"    {self.column}: {'Ids' if self.many else 'Id'} | None = None"

    @property
    def read_lines(self) -> list[str]:
        """Return the fields of an answer: the id or ids, and what they are called."""
        if self.many:
            return [f"    {self.column}: list[int]", f"    {self.name}: list[Ref]"]
        null = "" if self.names.required else " | None"
        return [f"    {self.column}: int{null}", f"    {self.name}: Ref{null}"]


def links_of(entity: EntityNames, names: AppNames) -> tuple[Link, ...]:
    """Return an entity's links with their targets."""
    late = late_links(names)
    return tuple(
        Link(entity, link, names.of(link.target), (entity.class_name, link.attribute) in late)
        for link in entity.links
    )
