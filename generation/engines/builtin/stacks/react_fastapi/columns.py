"""Fields as Python: types, columns, schema lines, filters and sample values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from generation.engines.builtin.pyfit import call
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.react_fastapi.naming import EntityNames, FieldNames
from generation.engines.builtin.stacks.react_fastapi.values import (
    first_value,
    parsed_default,
    second_value,
)
from generation.engines.builtin.stacks.react_fastapi.words import class_words, words_of
from projects.spec.models import FieldType

STRING_LENGTH = 200
TEXT_LENGTH = 20_000
LENGTHS = {FieldType.EMAIL: 254, FieldType.URL: 2000}
LARGEST_INTEGER = 2_147_483_647
LARGEST_DECIMAL = 9_999_999_999

_PYTHON = {
    FieldType.STRING: "str",
    FieldType.TEXT: "str",
    FieldType.INTEGER: "int",
    FieldType.DECIMAL: "Decimal",
    FieldType.BOOLEAN: "bool",
    FieldType.DATE: "dt.date",
    FieldType.DATETIME: "dt.datetime",
    FieldType.EMAIL: "str",
    FieldType.URL: "str",
}
_ORDERED = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.DATE, FieldType.DATETIME)
_SHORT_TEXT = (FieldType.STRING, FieldType.EMAIL, FieldType.URL)


@dataclass(frozen=True)
class Column:
    """One field of an entity, with everything the templates say about it."""

    entity: EntityNames
    names: FieldNames

    @property
    def name(self) -> str:
        """Return the attribute's name."""
        return self.names.python

    @property
    def type(self) -> FieldType:
        """Return the field's type; a choice without choices is a short text."""
        kind = self.names.spec.type
        if kind is FieldType.ENUM and not self.names.spec.choices:
            return FieldType.STRING
        return kind

    @property
    def nullable(self) -> bool:
        """Tell whether the value may be null."""
        return self.names.nullable

    @property
    def unique(self) -> bool:
        """Tell whether no two rows (of one owner) may have the same value."""
        kinds = (FieldType.BOOLEAN, FieldType.TEXT, FieldType.ENUM)
        return self.names.spec.unique and self.type not in kinds

    @property
    def is_enum(self) -> bool:
        """Tell whether the value is one of a few."""
        return self.type is FieldType.ENUM

    @property
    def enum_class(self) -> str:
        """Return the name of the choices' class."""
        return f"{self.entity.class_name}{class_words(self.name)}"

    @cached_property
    def members(self) -> tuple[tuple[str, str], ...]:
        """Return the choices as (member, value)."""
        taken: dict[str, str] = {}
        for value in dict.fromkeys(self.names.spec.choices):
            joined = "_".join(words_of(value)).upper()[:40] or "CHOICE"
            first = joined if joined[0].isalpha() else f"CHOICE_{joined}"
            name, number = first, 2
            while name in taken:
                name, number = f"{first}_{number}", number + 1
            taken[name] = value
        return tuple(taken.items())

    @property
    def python_type(self) -> str:
        """Return the type without null."""
        return self.enum_class if self.is_enum else _PYTHON[self.type]

    @property
    def annotation(self) -> str:
        """Return the type with null where it is allowed."""
        return f"{self.python_type} | None" if self.nullable else self.python_type

    @property
    def max_length(self) -> int | None:
        """Return the most characters a text may have."""
        spec = self.names.spec
        if self.type is FieldType.STRING:
            return spec.max_length or STRING_LENGTH
        if self.type is FieldType.TEXT:
            return spec.max_length or TEXT_LENGTH
        return LENGTHS.get(self.type)

    @property
    def min_length(self) -> int:
        """Return the fewest characters a given text may have."""
        fewest = self.names.spec.min_length or 0
        return max(fewest, 1 if self.names.spec.required else 0)

    @property
    def bounds(self) -> tuple[int, int] | None:
        """Return the least and the greatest number."""
        spec = self.names.spec
        largest = {FieldType.INTEGER: LARGEST_INTEGER, FieldType.DECIMAL: LARGEST_DECIMAL}
        most = largest.get(self.type)
        if most is None:
            return None
        low = -most if spec.minimum is None else max(spec.minimum, -most)
        return low, most if spec.maximum is None else max(low, min(spec.maximum, most))

    @property
    def default(self) -> str | None:
        """Return the default as a Python expression, where there is one."""
        if self.is_enum:
            chosen = (self.names.spec.default or "").casefold()
            found = next((m for m, v in self.members if v.casefold() == chosen), None)
            if found is None and self.names.spec.default is not None:
                found = self.members[0][0]
            return None if found is None else f"{self.enum_class}.{found}"
        return parsed_default(self.type, self.names.spec.default, self.bounds)

    # The table

    @property
    def sql_type(self) -> str:
        """Return the column's type in a model; its members are those of `sqlalchemy`."""
        if self.is_enum:
            return self._enum_type
        plain = {
            FieldType.TEXT: "Text",
            FieldType.INTEGER: "",
            FieldType.BOOLEAN: "",
            FieldType.DATE: "",
            FieldType.DATETIME: "UtcDateTime",
            FieldType.DECIMAL: "Exact",
        }
        return plain.get(self.type, f"String({self.max_length})")

    @property
    def _enum_type(self) -> str:
        return f"choice({self.enum_class}, {py_str(self.name)}, {self.enum_length})"

    @property
    def enum_length(self) -> int:
        """Return the width of a choice's column."""
        return max(50, *(len(value) for _, value in self.members))

    @property
    def model_line(self) -> str:
        """Return the mapped column."""
        arguments = [self.sql_type] if self.sql_type else []
        if self.default is not None:
            arguments.append(f"default={self.default}")
        if self.unique and not self.entity.owned:
            arguments.append("unique=True")
        prefix = f"{self.name}: Mapped[{self.annotation}]"
        if not arguments:
            return f"    {prefix}"
        return call(f"{prefix} = mapped_column", arguments, indent=4)

    @property
    def migration_type(self) -> str:
        """Return the column's type in a migration."""
        if self.is_enum:
            values = [py_str(value) for _, value in self.members]
            more = ["native_enum=False", "create_constraint=True"]
            name = f"name={py_str(self.name)}"
            return f"sa.Enum({', '.join([*values, name, *more, f'length={self.enum_length}'])})"
        kinds = {
            FieldType.TEXT: "sa.Text()",
            FieldType.INTEGER: "sa.Integer()",
            FieldType.BOOLEAN: "sa.Boolean()",
            FieldType.DATE: "sa.Date()",
            FieldType.DATETIME: "sa.DateTime(timezone=True)",
            FieldType.DECIMAL: "sa.Numeric(12, 2)",
        }
        return kinds.get(self.type, f"sa.String({self.max_length})")

    @property
    def migration_line(self) -> str:
        """Return the column in `op.create_table`."""
        arguments = [py_str(self.name), self.migration_type, f"nullable={self.nullable}"]
        if self.unique and not self.entity.owned:
            arguments.append("unique=True")
        if self.is_enum:
            return _enum_column(self, arguments)
        return call("sa.Column", arguments, ",", indent=8)

    # The schemas

    @property
    def schema_type(self) -> str:
        """Return the type in a request body."""
        special = {FieldType.EMAIL: "Email", FieldType.URL: "WebAddress"}
        return special.get(self.type, self.python_type)

    @property
    def constraints(self) -> list[str]:
        """Return the arguments of `Field` that hold the value in its limits."""
        if self.bounds is not None:
            low, high = self.bounds
            more = ["max_digits=12", "decimal_places=2"] if self.type is FieldType.DECIMAL else []
            return [f"ge={_number(low)}", f"le={_number(high)}", *more]
        if self.max_length is None:
            return []
        least = [f"min_length={self.min_length}"] if self.min_length else []
        return [*least, f"max_length={self.max_length}"]

    @property
    def create_line(self) -> str:
        """Return the field of a whole body."""
        default = self.default
        if default is None:
            default = None if self.names.required else "None"
        if self.type is FieldType.BOOLEAN and default in (None, "None"):
            default = "False"
        return self._schema_line(default, null=self.nullable)

    @property
    def update_line(self) -> str:
        """Return the field of a partial body."""
        return self._schema_line("None", null=True)

    def _schema_line(self, default: str | None, *, null: bool) -> str:
        prefix = f"{self.name}: {self.schema_type}{' | None' if null else ''}"
        constraints = self.constraints
        if not constraints:
            return f"    {prefix}" + (f" = {default}" if default is not None else "")
        given = [] if default is None else [f"default={default}"]
        return call(f"{prefix} = Field", [*given, *constraints], indent=4)

    @property
    def read_line(self) -> str:
        """Return the field of an answer."""
        return f"    {self.name}: {self.annotation}"

    # Lists

    @property
    def filter_lines(self) -> list[str]:
        """Return the query parameters that filter by the field."""
        kind = "Whole" if self.type is FieldType.INTEGER else self.python_type
        if self.type is FieldType.TEXT:
            return [f"    {self.name}__contains: str | None = None"]
        lines = [f"    {self.name}: {kind} | None = None"]
        if self.type in _SHORT_TEXT:
            lines.append(f"    {self.name}__contains: str | None = None")
        if self.type in _SHORT_TEXT or self.is_enum:
            lines.append(f"    {self.name}__in: list[{kind}] | None = None")
        if self.type in _ORDERED:
            lines += [f"    {self.name}__{op}: {kind} | None = None" for op in ("gte", "lte")]
        return lines

    @property
    def sortable(self) -> bool:
        """Tell whether a list can be sorted by the field."""
        return self.type is not FieldType.TEXT

    # Tests

    @property
    def first(self) -> str:
        """Return a valid value as JSON in Python; `{number}` makes it one of many."""
        return first_value(self)

    @property
    def second(self) -> str | None:
        """Return another valid value; None where there is only one."""
        return second_value(self)


def _number(value: int) -> str:
    return f"{value:_}" if abs(value) >= 10_000 else str(value)


def _enum_column(column: Column, arguments: list[str]) -> str:
    """Break a choice's column as the formatter does where it is too long for a line."""
    whole = call("sa.Column", arguments, ",", indent=8)
    if "\n" not in whole:
        return whole
    inner = [py_str(value) for _, value in column.members]
    inner += [
        f"name={py_str(column.name)}",
        "native_enum=False",
        "create_constraint=True",
        f"length={column.enum_length}",
    ]
    kind = call("sa.Enum", inner, ",", indent=12)
    rest = "".join(f"            {argument},\n" for argument in arguments[2:])
    joined = " " * 12 + ", ".join(arguments)
    if len(joined) <= 100:
        return whole
    return f"        sa.Column(\n            {arguments[0]},\n{kind}\n{rest}        ),"


def columns_of(entity: EntityNames) -> tuple[Column, ...]:
    """Return an entity's fields."""
    return tuple(Column(entity, names) for names in entity.fields)
