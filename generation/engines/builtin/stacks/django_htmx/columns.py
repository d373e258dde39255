"""Fields as Django: model fields, constraints and how forms and tests see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.fit import (
    Node,
    called,
    constraint_name,
    keyword,
    listed,
    pair,
)
from generation.engines.builtin.stacks.shared.columns import LENGTHS, BaseColumn
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.written import raw, refusal, wanted
from projects.spec.models import FieldType

_FIELDS = {
    FieldType.STRING: "CharField",
    FieldType.TEXT: "TextField",
    FieldType.INTEGER: "IntegerField",
    FieldType.DECIMAL: "DecimalField",
    FieldType.BOOLEAN: "BooleanField",
    FieldType.DATE: "DateField",
    FieldType.DATETIME: "DateTimeField",
    FieldType.EMAIL: "EmailField",
    FieldType.URL: "URLField",
    FieldType.ENUM: "CharField",
}
_TEXT = (FieldType.STRING, FieldType.TEXT, FieldType.EMAIL, FieldType.URL, FieldType.ENUM)


@dataclass(frozen=True)
class Column(BaseColumn):
    """One field of an entity, with everything the templates say about it."""

    @property
    def is_text(self) -> bool:
        """Tell whether an empty value is an empty text."""
        return self.type in _TEXT

    @property
    def null(self) -> bool:
        """Tell whether the database may hold null: a text is empty instead, unless unique."""
        return self.nullable and (not self.is_text or self.unique)

    @property
    def blank(self) -> bool:
        """Tell whether a form may leave it empty."""
        return self.nullable or self.type is FieldType.BOOLEAN

    @property
    def verbose_name(self) -> str | None:
        """Return the label where Django would not make the same of the name."""
        plain = self.name.replace("_", " ")
        label = self.names.label
        return None if plain[:1].upper() + plain[1:] == label else label

    @property
    def field_class(self) -> str:
        """Return the model field's class."""
        return f"models.{_FIELDS[self.type]}"

    @property
    def validators(self) -> list[Node]:
        """Return the validators that hold the value in its limits."""
        found: list[Node] = []
        if self.type is FieldType.TEXT:
            found.append(f"MaxLengthValidator({_number(self.max_length or 0)})")
        if self.max_length is not None and self.names.spec.min_length and self.min_length > 1:
            found.append(f"MinLengthValidator({_number(self.min_length)})")
        if self.written is not None:
            # Django fills values into messages: a percent sign of its own stands twice.
            message = refusal(self.written).replace("%", "%%")
            pattern = rf"^{self.written.pattern.grouped}\Z"
            found.append(called("RegexValidator", [raw(pattern), py_str(message)]))
        low, high = self.given_bounds
        found += [] if low is None else [f"MinValueValidator({_number(low)})"]
        found += [] if high is None else [f"MaxValueValidator({_number(high)})"]
        return found

    @property
    def help_text(self) -> str | None:
        """Return what forms say beside the field; the admin takes it as HTML."""
        if self.written is None or any(mark in self.written.example for mark in "<>&"):
            return None
        return wanted(self.written)

    @property
    def given_bounds(self) -> tuple[int | None, int | None]:
        """Return the least and the greatest number where the spec gives them."""
        bounds, spec = self.bounds, self.names.spec
        if bounds is None:
            return None, None
        return (
            None if spec.minimum is None else bounds[0],
            None if spec.maximum is None else bounds[1],
        )

    def field(self, *, in_model: bool) -> Node:
        """Return the field as it stands in the model, or in a migration."""
        found: list[Node] = [] if self.verbose_name is None else [py_str(self.verbose_name)]
        found += self._size
        if self.is_enum:
            pairs = [pair(py_str(value), py_str(value)) for _, value in self.members]
            choices: Node = f"{self.enum_class}.choices" if in_model else listed(pairs)
            found.append(keyword("choices", choices))
        found += ["unique=True"] if self.unique and not self.entity.owned else []
        found += ["null=True"] if self.null else []
        found += ["blank=True"] if self.nullable else []
        default = self.default if in_model else self.stored_default
        found += [f"default={default}"] if default is not None else []
        found += [f"help_text={py_str(self.help_text)}"] if self.help_text else []
        if self.validators:
            found.append(keyword("validators", listed(self.validators)))
        return called(self.field_class, found)

    @property
    def stored_default(self) -> str | None:
        """Return the default without the names of the model's module."""
        default = self.default
        if not self.is_enum or default is None:
            return default
        chosen = default.rpartition(".")[2]
        return next(py_str(value) for member, value in self.members if member == chosen)

    @property
    def _size(self) -> list[str]:
        if self.type is FieldType.DECIMAL:
            return ["max_digits=12", "decimal_places=2"]
        if self.is_enum:
            return [f"max_length={max(50, *(len(value) for _, value in self.members))}"]
        if self.type in (FieldType.STRING, FieldType.URL):
            return [f"max_length={self.max_length}"]
        return [] if LENGTHS.get(self.type) in (None, 254) else [f"max_length={self.max_length}"]

    @property
    def refused_numbers(self) -> tuple[int, ...]:
        """Return numbers just beyond the limits; a database's own differ, and are left out."""
        if self.type is not FieldType.INTEGER:
            return super().refused_numbers
        low, high = self.given_bounds
        beyond = [] if low is None else [low - 1]
        return (*beyond, *([] if high is None else [high + 1]))

    def constraints(self, *, in_model: bool) -> dict[str, Node]:
        """Return the constraints of the table that hold the value, by name."""
        found: dict[str, Node] = {}
        if self.unique and self.entity.owned:
            name = constraint_name(self.entity.table, self.name, "unique")
            fields = keyword("fields", listed(['"owner"', py_str(self.name)]))
            found[name] = called("models.UniqueConstraint", [fields, f"name={py_str(name)}"])
        if self.is_enum:
            known = keyword(f"{self.name}__in", self._known(in_model=in_model))
            found |= self._check("known", [known])
        low, high = self.given_bounds
        limits: list[Node] = [] if low is None else [f"{self.name}__gte={_number(low)}"]
        limits += [] if high is None else [f"{self.name}__lte={_number(high)}"]
        return found | (self._check("limits", limits) if limits else {})

    def _known(self, *, in_model: bool) -> Node:
        empty = ['""'] if self.nullable else []
        if not in_model:
            return listed([*empty, *(py_str(value) for _, value in self.members)])
        values = f"{self.enum_class}.values"
        return listed([*empty, f"*{values}"]) if empty else values

    def _check(self, what: str, conditions: Sequence[Node]) -> dict[str, Node]:
        name = constraint_name(self.entity.table, self.name, what)
        condition = keyword("condition", called("models.Q", conditions))
        return {name: called("models.CheckConstraint", [condition, f"name={py_str(name)}"])}


def _number(value: int) -> str:
    return f"{value:_}" if abs(value) >= 10_000 else str(value)


def columns_of(entity: EntityNames) -> tuple[Column, ...]:
    """Return an entity's fields."""
    return tuple(Column(entity, names) for names in entity.fields)
