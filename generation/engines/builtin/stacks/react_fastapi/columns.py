"""Fields as Python: types, columns, schema lines, filters and sample values."""

from __future__ import annotations

from dataclasses import dataclass

from generation.engines.builtin.pyfit import call, fits
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.shared.columns import BaseColumn
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.words import class_words
from generation.engines.builtin.stacks.shared.written import raw
from projects.spec.models import FieldType


@dataclass(frozen=True)
class Column(BaseColumn):
    """One field of an entity, with everything the templates say about it."""

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
        if self.written is not None:
            return self.alias
        special = {FieldType.EMAIL: "Email", FieldType.URL: "WebAddress"}
        return special.get(self.type, self.python_type)

    @property
    def alias(self) -> str:
        """Return the schemas' name for a text with a pattern, which no import can have."""
        alike = [f for f in self.entity.fields if class_words(f.python) == class_words(self.name)]
        number = alike.index(self.names)
        return f"_{class_words(self.name)}{'_' * (number > 0)}{number or ''}"

    @property
    def alias_line(self) -> str | None:
        """Return what a text with a pattern is: its lengths, then how it is written."""
        if self.written is None:
            return None
        words = [raw(self.written.pattern.normal), py_str(self.written.example)]
        parts = ["str", f"Field({', '.join(self.constraints)})", f"Written({', '.join(words)})"]
        for line in (", ".join(parts), f"\n    {', '.join(parts)}\n"):
            whole = f"{self.alias} = Annotated[{line}]"
            if all(map(fits, whole.split("\n"))):
                return whole
        lines = ["    str,", f"    {parts[1]},", call("Written", words, ",", indent=4)]
        return "\n".join([f"{self.alias} = Annotated[", *lines, "]"])

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
        constraints = [] if self.written is not None else self.constraints
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
        bounded = {FieldType.INTEGER: "Whole", FieldType.DECIMAL: "Amount"}
        kind = bounded.get(self.type, self.python_type)
        types = {"contains": "str", "in": f"list[{kind}]"}
        return [
            f"    {name}: {types.get(name.removeprefix(self.name)[2:], kind)} | None = None"
            for name in self.filters
        ]


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
