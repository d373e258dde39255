"""What is to be said of rows group by group: "spending per month", "visits by doctor"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generation.engines.builtin.understanding.capabilities import DOCUMENTS, PERIODS, out_of_reach
from generation.engines.builtin.understanding.features import lacking_of
from generation.engines.builtin.understanding.groups import MONEY, Phrase, phrases_in
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.linking import short
from generation.engines.builtin.understanding.pages import unwritten
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.breakdowns import DATES, groups, links_to_one
from projects.spec.models import (
    AppSpec,
    BreakdownSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    Measure,
    Period,
    Source,
)
from projects.spec.numbers import adds_up, has_total

CONFIDENCE = 0.8
_COUNTS = words("number count many")
_AVERAGES = words("average mean")
_DONE = words(
    "spent earned paid raised worked logged sold donated ordered placed returned completed "
    "finished closed due are were joined created added entered made received submitted booked "
    "registered came"
)
_DOING = re.compile(rf"(?: (?:{'|'.join(sorted(_DONE))}|c[ao]mes? in|signed up))+$")
_TOTALS = words("total sum much")
# Rows that are sums of money themselves: of these people mean the sum.
_SUMS = words("expense sale income donation payment purchase contribution bill cost fee earning")
# What a date tells other than when something was made or began.
_NOT_WHEN = words(
    "birth birthday born due deadline expiry expires expiration end ends ended until return "
    "returned finish finished completed completion closed last next renewal reminder warranty"
)
# What is said of rows whose making is not what is meant.
_NOT_MADE = _NOT_WHEN | words(
    "paid unpaid available free open overdue active inactive pending upcoming cancelled remaining"
)
# What is said where their making is meant, and not a date of theirs.
_MADE = words("created creation added entered")
_NO_NAMES = words("at date day in moment of on the time when")
_UNITS = words("day week month quarter year")


class By(NamedTuple):
    """What groups rows: a field or a link; when they were made, where it has no name."""

    name: str | None
    per: Period = Period.MONTH


class Said(NamedTuple):
    """What is counted, or which number of which rows."""

    entity: EntitySpec
    measure: Measure
    number: FieldSpec | None = None
    # Whether rows are named, be it that a number of theirs is meant: "expenses per month".
    are_rows: bool = False


def with_breakdowns(spec: AppSpec, sources: Sequence[Source]) -> AppSpec:
    """Return the spec with the breakdowns that its sentences ask for, and those not made named."""
    for source in sources:
        made: list[BreakdownSpec] = []
        left: list[str] = []
        for phrases in [] if source.text.startswith("#") else phrases_in(source.text):
            read = [(phrase, _breakdown(phrase, spec, source)) for phrase in phrases]
            if not phrases[0].is_sure and all(one is False for p, one in read if not p.is_bare):
                continue
            made += [found for _, found in read if isinstance(found, BreakdownSpec)]
            left += _left_of(read)
        if made or left:
            spec = _with(spec, source, tuple(dict.fromkeys(made)), list(dict.fromkeys(left)))
    return spec


def _left_of(read: list[tuple[Phrase, BreakdownSpec | bool | None]]) -> list[str]:
    """Return what cannot be made of what is asked of the same rows."""
    made = [phrase for phrase, found in read if isinstance(found, BreakdownSpec)]
    is_by = any(phrase.how == "by" for phrase in made)
    left = [
        phrase.text
        for phrase, found in read
        if found is None
        or (found is False and made and phrase.names_groups and (is_by or phrase.how != "by"))
    ]
    if any(phrase.crosses for phrase in made[1:]):
        *others, last = (phrase.by.split(maxsplit=1)[0] for phrase in made[1:])
        left.append(f"{', '.join([made[0].text, *others])} and {last} at once")
    return left


def _breakdown(phrase: Phrase, spec: AppSpec, source: Source) -> BreakdownSpec | bool | None:
    """Return what a phrase asks for; None where it cannot be made, False where it asks nothing."""
    whats = map(_without_doing, phrase.whats)
    for said in (said for what in whats for said in _said_of(what, spec.entities)):
        if said.number is None and not phrase.counts_rows:
            continue
        by = _grouping(phrase, said, spec)
        if by is not None:
            return BreakdownSpec(
                entity=said.entity.name,
                by=by.name,
                per=by.per,
                measure=said.measure,
                of=said.number.name if said.number else None,
                inferred_from=(short(source),),
                confidence=CONFIDENCE,
            )
        if phrase.by.split()[0] in _UNITS:
            return None
        is_meant = phrase.is_sure and (not phrase.is_bare or phrase.how.endswith("by"))
        if is_meant and _keeps(said.entity, phrase.by):
            return None
    return False


def _keeps(entity: EntitySpec, name: str) -> bool:
    """Tell whether an entity has a field of that name, be it one that groups no rows."""
    first = _singular(name.split(maxsplit=1)[0])
    return any(first == _singular(field.name) for field in entity.fields)


def _grouping(phrase: Phrase, said: Said, spec: AppSpec) -> By | None:
    """Return the field or the link of an entity that is meant by what groups its rows."""
    by, entity = phrase.by.replace("_", " ").split(), said.entity
    if by[0] in set(Period):
        date = _date_of(entity, phrase.words)
        # A number of each period may be one that a row has: "the rent per month", not "costs".
        are_several = any(singular_of(what[-1]) != what[-1] for what in phrase.whats if what)
        is_counted = said.are_rows or phrase.is_sure or are_several
        is_found = date is not None or (is_counted and not phrase.words & _NOT_MADE)
        return By(date, Period(by[0])) if is_found else None
    links = list(links_to_one(spec.entities, entity))
    for length in range(len(by), len(by) - 1 if phrase.is_bare else 0, -1):
        noun = _singular(" ".join(by[:length]))
        for link in links:
            if noun in (_singular(link.name), _singular(link.target)):
                return By(link.name)
        for field in entity.fields:
            if noun == _singular(field.name) and field.type is FieldType.ENUM and groups(field):
                return By(field.name)
    return None


def _date_of(entity: EntitySpec, said: frozenset[str]) -> str | None:
    """Return the date by which rows are counted: one that is said, or that of their making.

    The date of an end, such as that of a loan's return, is meant only where it is said.
    Where there is none, or their creation is said, that is not among their dates.
    """
    dates = {f.name: _words_of(f.name) for f in entity.fields if f.type in DATES and groups(f)}
    if said & _MADE:
        return next((name for name, parts in dates.items() if parts & _MADE), None)
    found = [
        name
        for name, parts in dates.items()
        if _are_said((parts & _NOT_WHEN) or (parts - _NO_NAMES), said)
    ]
    found += [name for name, parts in dates.items() if not parts & _NOT_WHEN]
    return next(iter(found), None)


def _are_said(parts: set[str], said: frozenset[str]) -> bool:
    return any(word.startswith(part.removesuffix("ed")) for part in parts for word in said)


def _words_of(name: str) -> set[str]:
    return set(re.split(r"[ _-]", name.lower()))


def _without_doing(what: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_DOING.sub("", " ".join(what)).split())


def _said_of(what: tuple[str, ...], entities: tuple[EntitySpec, ...]) -> Iterator[Said]:
    """Yield what may be meant by the words before "per": rows, one of their numbers, or money."""
    for start in range(max(len(what) - 3, 0), len(what)):
        noun, before = _singular(" ".join(what[start:])), set(what[:start])
        named = {singular_of(word) for word in before}
        entities = tuple(sorted(entities, key=lambda e: e.name.lower() not in named))
        for entity in entities:
            if noun in (_singular(entity.name), _singular(entity.plural)):
                yield _of_rows(entity, noun, before)._replace(are_rows=True)
        for entity in entities:
            for field in entity.fields:
                if has_total(field) and noun == _singular(field.name):
                    yield _of_number(entity, field, before)
        for entity in entities:
            if _singular(entity.name).split()[-1] in MONEY.get(noun, ()):
                yield from _of_amount(entity, before)
    paid = [entity for entity in entities if _amount_of(entity) is not None]
    if what == ("totals",) and len(paid) == 1:
        yield from _of_amount(paid[0], set(what))


def _of_amount(entity: EntitySpec, before: set[str]) -> Iterator[Said]:
    amount = _amount_of(entity)
    if amount is not None:
        yield _of_number(entity, amount, before)


def _of_rows(entity: EntitySpec, noun: str, before: set[str]) -> Said:
    amount = _amount_of(entity)
    if amount is None or before & _COUNTS:
        return Said(entity, Measure.COUNT)
    if before & (_TOTALS | _AVERAGES) or noun.rsplit(maxsplit=1)[-1] in _SUMS:
        return _of_number(entity, amount, before)
    return Said(entity, Measure.COUNT)


def _of_number(entity: EntitySpec, number: FieldSpec, before: set[str]) -> Said:
    is_sum = adds_up(number.name) or bool(before & _TOTALS)
    is_average = bool(before & _AVERAGES) or not is_sum
    return Said(entity, Measure.AVERAGE if is_average else Measure.TOTAL, number)


def _amount_of(entity: EntitySpec) -> FieldSpec | None:
    """Return the number of rows that is summed up, money before anything else."""
    numbers = [field for field in entity.fields if has_total(field) and adds_up(field.name)]
    money = [field for field in numbers if field.type is FieldType.DECIMAL]
    return next(iter([*money, *numbers]), None)


def _singular(name: str) -> str:
    *first, last = name.lower().replace("_", " ").split() or [""]
    return " ".join([*first, singular_of(last)])


def _with(
    spec: AppSpec, source: Source, made: tuple[BreakdownSpec, ...], left: list[str]
) -> AppSpec:
    """Return the spec with a sentence's breakdowns in the feature that it is, or in a new one."""
    there = next((f for f in spec.features if f.text == source.text), None)
    if there and "chart" in there.capabilities and made and _are_charts(spec, made) and not left:
        return spec
    unable = [what for what in out_of_reach(source.text) if there and what in (there.reason or "")]
    if made:
        unable = [what for what in unable if what not in (PERIODS, DOCUMENTS)]
    unable += [] if PERIODS in unable else left
    reason = lacking_of(unable, unwritten(source.text, spec.pages))
    if there is None:
        there = FeatureSpec(
            text=source.text, state=FeatureState.UNPLACED, inferred_from=(short(source),)
        )
    kept = tuple(name for name in there.capabilities if not (made and name == "chart"))
    names = dict.fromkeys([*there.entities, *(one.entity for one in made)])
    feature = there.model_copy(
        update={
            "state": FeatureState.PLANNED if made else there.state,
            "entities": tuple(names),
            "capabilities": (*kept, *(["breakdown"] if made else [])),
            "breakdowns": made,
            "reason": reason,
        }
    )
    features = [feature if f.text == source.text else f for f in spec.features]
    features += [] if feature in features else [feature]
    return spec.model_copy(
        update={"features": tuple(features), "dashboard": spec.dashboard or bool(made)}
    )


def _are_charts(spec: AppSpec, made: tuple[BreakdownSpec, ...]) -> bool:
    """Tell whether charts, which count rows by their first choice, are all that is asked for."""
    choices = {
        e.name: next((f.name for f in e.fields if f.type is FieldType.ENUM and groups(f)), None)
        for e in spec.entities
    }
    return all(
        one.measure is Measure.COUNT and one.by is not None and choices[one.entity] == one.by
        for one in made
    )
