"""What is said of an entity's rows group by group: by a link, by a choice, or by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generation.engines.builtin.stacks.shared.capabilities import counted, planned
from generation.engines.builtin.stacks.shared.columns import BaseColumn
from generation.engines.builtin.stacks.shared.links import BaseLink
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.periods import PERIODS, PeriodCode
from generation.engines.builtin.stacks.shared.totals import Total
from projects.spec.breakdowns import DATES, ToOne, grouping_of, is_grounded, number_of
from projects.spec.models import AppSpec, BreakdownSpec, Measure, Period

Column = TypeVar("Column", bound=BaseColumn)
Link = TypeVar("Link", bound=BaseLink)
# The column of every table that tells when a row was made.
MADE = "created_at"


@dataclass(frozen=True)
class Breakdown(Generic[Column, Link]):
    """What groups an entity's rows, and the number of each group: of rows, where there is none.

    Rows that nothing of their own groups are grouped by the period in which they were made.
    """

    entity: EntityNames
    by: Column | Link | None
    total: Total[Column] | None = None
    per: Period = Period.MONTH

    @property
    def link(self) -> Link | None:
        """Return the link that groups rows, where one does."""
        return None if isinstance(self.by, BaseColumn) else self.by

    @property
    def choice(self) -> Column | None:
        """Return the choice that groups rows, where one does."""
        return self.by if isinstance(self.by, BaseColumn) and self.by.is_enum else None

    @property
    def date(self) -> Column | None:
        """Return the date whose periods group rows, where one does."""
        return self.by if isinstance(self.by, BaseColumn) and not self.by.is_enum else None

    @property
    def period(self) -> PeriodCode | None:
        """Return the period that groups rows by a date, or by when they were made."""
        return PERIODS[self.per] if self.date is not None or self.by is None else None

    @property
    def column(self) -> str:
        """Return the name of the column that groups rows."""
        if self.by is None:
            return MADE
        return self.by.name if isinstance(self.by, BaseColumn) else self.by.column

    @property
    def is_average(self) -> bool:
        """Tell whether the average of each group is said."""
        return self.total is not None and not self.total.is_sum

    @property
    def title(self) -> str:
        """Return its heading: "Total amount of expenses by category", "Visits per month"."""
        rows = self.entity.plural_label
        said = rows if self.total is None else f"{self.total.label} of {rows.lower()}"
        dates = [field for field in self.entity.fields if field.spec.type in DATES]
        if self.by is None:
            return f"{said} added per {self.per}" if dates else f"{said} per {self.per}"
        by = self.by.names.label.lower()
        if self.date is None:
            return f"{said} by {by}"
        return f"{said} per {self.per} ({by})" if len(dates) > 1 else f"{said} per {self.per}"


def broken_down(
    spec: AppSpec, entity: EntityNames, columns: Sequence[Column], links: Sequence[Link]
) -> tuple[Breakdown[Column, Link], ...]:
    """Return what is said of an entity's rows group by group, where breakdowns are asked for.

    Where there are some, its chart by a choice is one of them.
    """
    if not has_breakdowns(spec):
        return ()
    asked = [b for b in grounded(spec) if b.entity == entity.spec.name]
    found = [_breakdown(spec, b, entity, columns, links) for b in asked]
    choice = counted(spec, columns)
    found += [Breakdown(entity, choice)] if choice is not None else []
    return tuple(dict.fromkeys(found))


def has_breakdowns(spec: AppSpec) -> bool:
    """Tell whether something is said of rows group by group."""
    return any(True for _ in grounded(spec))


def grounded(spec: AppSpec) -> Iterable[BreakdownSpec]:
    """Yield the breakdowns that are asked for and can be made."""
    for feature in planned(spec):
        yield from (asked for asked in feature.breakdowns if is_grounded(spec, asked))


def _breakdown(
    spec: AppSpec,
    asked: BreakdownSpec,
    entity: EntityNames,
    columns: Sequence[Column],
    links: Sequence[Link],
) -> Breakdown[Column, Link]:
    total = None
    if asked.measure is not Measure.COUNT:
        number = number_of(entity.spec, asked.of)
        summed = next(c for c in columns if c.names.spec == number)
        total = Total(summed, asked.measure is Measure.TOTAL)
    by = grouping_of(spec.entities, entity.spec, asked.by)
    if by is None:
        return Breakdown(entity, None, total, asked.per)
    if isinstance(by, ToOne):
        return Breakdown(entity, next(k for k in links if k.names.identity == by.identity), total)
    column = next(c for c in columns if c.names.spec == by)
    per = Period.MONTH if column.is_enum else asked.per
    return Breakdown(entity, column, total, per)
