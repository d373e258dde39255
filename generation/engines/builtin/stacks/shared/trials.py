"""What the generated tests of an entity try: values that change, are refused, found, sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from generation.engines.builtin.pyfit import import_line
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.shared.breakdowns import Breakdown
from generation.engines.builtin.stacks.shared.columns import BaseColumn
from generation.engines.builtin.stacks.shared.links import BaseLink
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames
from generation.engines.builtin.stacks.shared.periods import periods_facts
from generation.engines.builtin.stacks.shared.totals import Total
from generation.engines.builtin.stacks.shared.words import NameKeeper
from generation.engines.builtin.stacks.shared.written import refusal
from projects.spec.models import FieldType

_RISING = (
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.BOOLEAN,
    FieldType.DATE,
    FieldType.DATETIME,
    FieldType.ENUM,
)
_NOT_OF_TYPE = {
    FieldType.INTEGER: '"not a number"',
    FieldType.DECIMAL: '"1.001"',
    FieldType.BOOLEAN: '"not a yes or no"',
    FieldType.DATE: '"not a date"',
    FieldType.DATETIME: '"not a time"',
    FieldType.ENUM: '"no such choice"',
    FieldType.EMAIL: '"not an address"',
    FieldType.URL: '"javascript:alert(1)"',
    FieldType.STRING: '"nul \\x00 inside"',
    FieldType.TEXT: '"nul \\x00 inside"',
}
# Of the right kind, and yet none that a database keeps.
_BEYOND = {FieldType.DATETIME: '"9999-12-31T23:59:59-14:00"'}
# What the end of a filter's name is asked with, that no row can answer.
_UNANSWERABLE = {
    FieldType.INTEGER: ("", '"1" * 20'),
    FieldType.DECIMAL: ("__gt", '"1e999999999"'),
    FieldType.DATETIME: ("__lt", '"0001-01-01T00:00:00+14:00"'),
    FieldType.STRING: ("__in", _NOT_OF_TYPE[FieldType.STRING]),
    FieldType.TEXT: ("__contains", _NOT_OF_TYPE[FieldType.TEXT]),
}
_SEARCHED = "Zebra"
LONGEST_NAME = 60
# What two rows have of a number, above the least it may be.
_SUMMED_UP = {
    FieldType.INTEGER: (Decimal(1), Decimal(4)),
    FieldType.DECIMAL: (Decimal("1.25"), Decimal("4.50")),
}


class TotalTrial(NamedTuple):
    """A number of two rows, as JSON in Python, and what a list says of one of them and of both."""

    name: str
    key: str
    label: str
    nullable: bool
    less: str
    more: str
    of_less: str
    of_both: str
    shown_less: str
    shown_both: str

    @property
    def is_fixed(self) -> bool:
        """Tell whether the number can be only one."""
        return self.less == self.more


class BreakdownTrial(NamedTuple):
    """Arguments that give a row less, more or nothing to count, and what groups of such have."""

    breakdown: Breakdown[Any, Any]
    words: str
    less: list[str]
    more: list[str]
    none: list[str]
    of_less: str
    of_both: str
    shown_less: str
    shown_both: str
    shown_none: str
    # Whether what the rows link to cannot be made without more such rows, which link to nothing.
    makes_more: bool

    @property
    def both_come_first(self) -> bool:
        """Tell whether a group of both is the greater one; of negative numbers it is not."""
        return Decimal(self.of_both) >= Decimal(self.of_less)

    @property
    def by(self) -> str:
        """Return the key that groups rows."""
        return self.breakdown.column

    @property
    def is_made(self) -> bool:
        """Tell whether rows are grouped by when they were made."""
        return self.breakdown.by is None

    def at(self, moment: str) -> list[str]:
        """Return the argument that dates a row, of a variable; none where its making does."""
        if self.breakdown.date is None:
            return []
        is_day = self.breakdown.date.type is FieldType.DATE
        return [f"{self.by}=str({moment}.date())" if is_day else f"{self.by}={moment}.isoformat()"]


def trials_of(columns: Sequence[BaseColumn], links: Sequence[BaseLink]) -> dict[str, Any]:
    """Return what the tests of an entity are filled with."""
    changed = [column for column in columns if column.second is not None]
    others = {f"sample_{link.target.module}" for link in links if not link.to_itself}
    return {
        "samples_import": import_line("tests.samples", ["create", *others]),
        "changed": changed[0] if changed else None,
        "all_changed": changed,
        "needed": next((c for c in columns if c.names.required), None),
        "refused": [trial for column in columns for trial in _refused(column)],
        "written": [trial for column in columns for trial in _written_otherwise(column)],
        "filters": [trial for column in changed for trial in _filters(column)],
        "limits": [
            (column.name, column.second)
            for column in changed
            if f"{column.name}__lt" in column.filters and not _is_ambiguous(column)
        ],
        "rising": [
            (c.name, c.second) for c in changed if c.type in _RISING and not _is_ambiguous(c)
        ],
        "unanswerable": [trial for column in columns for trial in _unanswerable(column)],
        "of_staff": [(c.name, value) for c in columns for value in _said_later(c)],
        "search": next((c.name for c in columns if _is_searchable(c)), None),
    }


def _said_later(column: BaseColumn) -> list[str]:
    """Return a value, as Python, that staff alone gives a row which somebody has sent."""
    if column.names not in column.entity.of_staff:
        return []
    if not column.is_enum:
        return [str(column.default != "True")]
    first = f"{column.enum_class}.{{}}"
    others = [value for name, value in column.members if column.default != first.format(name)]
    return [py_str(value) for value in others[:1]]


def _refused(column: BaseColumn) -> list[tuple[str, str]]:
    trials = [(column.name, _NOT_OF_TYPE[column.type])]
    if column.type in _BEYOND:
        trials.append((column.name, _BEYOND[column.type]))
    if column.max_length is not None:
        trials.append((column.name, f'"x" * {column.max_length + 1}'))
    trials += [(column.name, str(number)) for number in column.refused_numbers]
    if column.names.required and column.min_length and column.max_length is not None:
        trials.append((column.name, '""'))
    return trials


def _written_otherwise(column: BaseColumn) -> list[tuple[str, str, str]]:
    """Return a text of a good length that a pattern refuses, and what is said of it."""
    written = column.written
    if written is None or written.mismatch is None:
        return []
    return [(column.name, py_str(written.mismatch), py_str(refusal(written)))]


def _unanswerable(column: BaseColumn) -> list[tuple[str, str]]:
    end, value = _UNANSWERABLE.get(column.type, ("", ""))
    query = f"{column.name}{end}"
    return [(query, value)] if value and query in column.filters else []


def _is_ambiguous(column: BaseColumn) -> bool:
    """Tell whether the twelfth sample of a number is also its greatest value."""
    if column.bounds is None:
        return False
    return column.bounds[1] - column.sampled_from == 12


def _filters(column: BaseColumn) -> list[tuple[str, str, str, str]]:
    if _is_ambiguous(column) or column.second is None:
        return []
    name, value = column.name, column.second
    return [
        (name, value, query, "2" if query.endswith("__lte") else "1")
        for query in column.filters
        if not query.endswith(("__lt", "__gt"))
    ]


def _is_searchable(column: BaseColumn) -> bool:
    if column.type not in (FieldType.STRING, FieldType.TEXT) or column.written is not None:
        return False
    return column.min_length <= len(_SEARCHED) <= (column.max_length or 0)


def other_number(entity: EntityNames) -> str:
    """Return what makes the sample of a second person's row another one, where it must be.

    Rows that a row needs may be shared by all and unique, so that two people cannot make the same.
    """
    return ", 2" if any(link.required for link in entity.links) else ""


def breakdown_trials(
    breakdowns: Sequence[Breakdown[Any, Any]], names: AppNames
) -> list[BreakdownTrial]:
    """Return what the tests of breakdowns are filled with."""
    words = NameKeeper(frozenset(), "_")
    return [_breakdown_trial(one, words.keep(_slug(one.title)), names) for one in breakdowns]


def breakdowns_facts(breakdowns: Sequence[Breakdown[Any, Any]], names: AppNames) -> dict[str, Any]:
    """Return which kinds of breakdowns there are, of what, and how they are tried."""
    averages = [one for one in breakdowns if one.is_average]
    entities = list(dict.fromkeys(one.entity for one in breakdowns))
    targets = [one.link.target for one in breakdowns if one.link is not None]
    samples = {f"sample_{entity.module}" for entity in (*entities, *targets)}
    return {
        **periods_facts({one.per for one in breakdowns if one.period is not None}),
        "made": any(one.by is None for one in breakdowns),
        "links": bool(targets),
        "choices": any(one.choice for one in breakdowns),
        "date_averages": any(one.period for one in averages),
        "link_averages": any(one.link for one in averages),
        "choice_averages": any(one.choice for one in averages),
        "entities": entities,
        "trials": breakdown_trials(breakdowns, names),
        "samples_import": import_line("tests.samples", ["create", *samples]),
    }


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:LONGEST_NAME] or "groups"


def _breakdown_trial(breakdown: Breakdown[Any, Any], words: str, names: AppNames) -> BreakdownTrial:
    link, total = breakdown.link, breakdown.total
    makes_more = link is not None and link.target in names.dependents_of(breakdown.entity)
    if total is None:
        return BreakdownTrial(breakdown, words, [], [], [], "1", "2", "1", "2", "0", makes_more)
    trial = _total_trial(total)
    return BreakdownTrial(
        breakdown,
        words,
        less=[f"{trial.name}={trial.less}"],
        more=[f"{trial.name}={trial.more}"],
        none=[f"{trial.name}=None"] if trial.nullable else [],
        of_less=trial.of_less.strip('"'),
        of_both=trial.of_both.strip('"'),
        shown_less=trial.shown_less,
        shown_both=trial.shown_both,
        shown_none=f"{_rounded(Decimal(), total.places)}",
        makes_more=makes_more,
    )


def total_trials(totals: Sequence[Total[Any]]) -> list[TotalTrial]:
    """Return what the tests of the totals of a list are filled with."""
    return [_total_trial(total) for total in totals]


def _total_trial(total: Total[Any]) -> TotalTrial:
    column, decimals = total.column, 2 if total.column.type is FieldType.DECIMAL else 0
    low, high = column.bounds
    base = max(low, 0) if high >= 0 else low
    less, more = (base + min(step, Decimal(high - base)) for step in _SUMMED_UP[column.type])
    both = less + more if total.is_sum else (less + more) / 2
    return TotalTrial(
        name=column.name,
        key=total.key,
        label=total.label,
        nullable=column.nullable,
        less=_json(less, decimals),
        more=_json(more, decimals),
        of_less=_json(less, total.places),
        of_both=_json(both, total.places),
        shown_less=f"{_rounded(less, total.places):,}",
        shown_both=f"{_rounded(both, total.places):,}",
    )


def _json(value: Decimal, places: int) -> str:
    """Write a number as JSON in Python: a whole one as such, another as a text."""
    return f'"{_rounded(value, places)}"' if places else str(int(value))


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def demotes(entity: EntityNames, links: Sequence[BaseLink]) -> bool:
    """Tell whether the tests need somebody who was staff: to make what staff alone makes."""
    to_overseen = any(link.target.overseen for link in links)
    return entity.overseen or (to_overseen and not entity.managed)
