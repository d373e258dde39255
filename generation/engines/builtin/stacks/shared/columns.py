"""Fields as every stack sees them: type, limits, choices, defaults and sample values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from generation.engines.builtin.stacks.shared.naming import EntityNames, FieldNames
from generation.engines.builtin.stacks.shared.values import (
    first_value,
    parsed_default,
    second_value,
)
from generation.engines.builtin.stacks.shared.words import class_words, module_words
from projects.spec.limits import LONGEST, LONGEST_LEAST, UNIQUE_ROOM, most_characters
from projects.spec.models import FieldType
from projects.spec.patterns import Written, written_as

LENGTHS = {FieldType.EMAIL: 254, FieldType.URL: 2000}
LONGEST_ENUM = 30
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
class BaseColumn:
    """One field of an entity, in Python."""

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
    def is_number(self) -> bool:
        """Tell whether the value is a number."""
        return self.type in (FieldType.INTEGER, FieldType.DECIMAL)

    @property
    def enum_class(self) -> str:
        """Return the name of the choices' class."""
        entity, own = self.entity.class_name, class_words(self.name)
        if len(entity) + len(own) <= LONGEST_ENUM:
            return f"{entity}{own}"
        return f"{entity[:14]}{own[:12]}{self.entity.fields.index(self.names) + 1}"

    @cached_property
    def members(self) -> tuple[tuple[str, str], ...]:
        """Return the choices as (member, value)."""
        taken: dict[str, str] = {}
        for value in dict.fromkeys(self.names.spec.choices):
            joined = module_words(value).upper() or "CHOICE"
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
        longest = LONGEST.get(self.type)
        if longest is None:
            return LENGTHS.get(self.type)
        most = most_characters(self.names.spec.model_copy(update={"type": self.type})) or longest
        # A design that no editor has seen may ask for more than there can be.
        return min(max(most, self.min_length), longest)

    @property
    def min_length(self) -> int:
        """Return the fewest characters a given text may have."""
        fewest = self.names.spec.min_length or 0 if self.type in LONGEST else 0
        return max(min(fewest, LONGEST_LEAST), 1 if self.names.spec.required else 0)

    @property
    def written(self) -> Written | None:
        """Return how a text is written, where a pattern says so."""
        return written_as(self.names.spec)

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
    def sampled_from(self) -> int:
        """Return the number that samples count from: 0 or more, where there is room for them."""
        low, high = self.bounds or (0, 0)
        base = max(low, 0) if high >= 0 else low
        return low if self.unique and high - base + 1 < UNIQUE_ROOM else base

    @property
    def refused_numbers(self) -> tuple[int, ...]:
        """Return the numbers just beyond the limits, for tests."""
        return () if self.bounds is None else (self.bounds[0] - 1, self.bounds[1] + 1)

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

    # Lists

    @property
    def filters(self) -> tuple[str, ...]:
        """Return what a list can be filtered by: the name alone, or with `__contains` and so on."""
        if self.type is FieldType.TEXT:
            return (f"{self.name}__contains",)
        names = [self.name]
        names += [f"{self.name}__contains"] if self.type in _SHORT_TEXT else []
        names += [f"{self.name}__in"] if self.type in _SHORT_TEXT or self.is_enum else []
        if self.type in _ORDERED:
            names += [f"{self.name}__{operator}" for operator in ("gt", "gte", "lt", "lte")]
        return tuple(names)

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
