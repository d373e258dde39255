"""What is to be said of rows group by group: "spending per month", "visits by doctor"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.engines.builtin.understanding.capabilities import DOCUMENTS, PERIODS, out_of_reach
from generation.engines.builtin.understanding.features import lacking_of
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
    Source,
)
from projects.spec.numbers import adds_up, has_total

CONFIDENCE = 0.8
_NOUNS = r"(?P<what>(?:[a-z]+[ -]){0,5}?[a-z]+)"
_ARTICLE = r"(?:(?:the|a|an|each|every)[ ])?"
_BY = r"(?P<by>[a-z]+(?:[ _-][a-z]+){0,2})"
_SAID = re.compile(
    rf"{_NOUNS}[ ](?:are[ ]|is[ ])?"
    rf"(?P<how>per|by|grouped[ ]by|broken[ ]down[ ]by|(?:for|of|in)[ ](?:each|every)|each|every)[ ]"
    rf"{_ARTICLE}{_BY}",
)
_PERIODS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annual": "year",
}
_REPORT = (
    r"(?:reports?|overviews?|summar(?:y|ies)|totals?|charts?|graphs?|statistics|stats|trends?"
    r"|numbers?|counts?)[ ](?:of|for|on)[ ](?!each|every)(?:(?:the|my|our|all)[ ])?"
)
_OF_PERIOD = re.compile(
    rf"(?P<period>{'|'.join(_PERIODS)})[ ](?P<report>{_REPORT})?"
    r"(?P<what>[a-z]+(?:[ -][a-z]+){0,2})"
)
# What makes "by" speak of numbers, not of how rows are sorted or found.
_NUMBERS_ASKED = re.compile(
    r"\b(?:charts?|graphs?|plots?|statistics?|stats|analytics|reports?|overview|dashboard|summar(?:y|ies)"
    r"|breakdowns?|trends?|totals?|sums?|averages?|number of|counts?(?: of)?|how (?:many|much)"
    r"|spending|spent|sales|revenue|income|earnings)\b"
)
# What is done with rows themselves: "filter expenses by category", "sort by date".
_OF_ROWS = re.compile(
    r"\b(?:filter|sort|search|find|order|browse|organi[sz]e|categori[sz]e|look up|arrange|tag)\w*\b"
    r"(?:[ ][\w-]+){0,5}$"
)
# What is allowed or priced, not counted: "one vote per user", "at most 3 bookings per day".
_LIMIT = re.compile(
    r"\b(?:\d+|one|two|three|an?|single|max\w*|at most|only|up to|limit\w*|no more than)"
    r"(?: [\w-]+)?\s*$"
)
# Where numbers are shown, "visits per doctor" is one; "store visits per patient" is a link.
_SHOWN = re.compile(r"\b(?:shows?|see|sees|display\w*|compare\w*|view|monitor\w*)\b")
_SHORT = 5  # words
_LONGEST = 400  # characters of a clause in which something is asked
_COUNTS = words("number count many")
_AVERAGES = words("average mean")
_DONE = words("spent earned paid raised worked logged sold donated")
_TOTALS = words("total sum much")
# What money is called where nothing of the app is: of which rows it may be said.
_MONEY = {
    "spending": words("expense purchase bill transaction payment cost"),
    "revenue": words("sale order invoice payment booking income transaction"),
    "earning": words("sale order invoice payment booking income transaction"),
    "turnover": words("sale order invoice"),
    "sale": words("sale order invoice"),
    "income": words("income payment invoice transaction"),
    "cost": words("expense purchase bill repair cost"),
    "expense": words("expense purchase bill transaction"),
}
# Rows that are sums of money themselves: of these people mean the sum.
_SUMS = words("expense sale income donation payment purchase contribution bill cost fee earning")
_NOT_WHEN = words("birth birthday born due deadline expiry expires end ends until")
_CLAUSES = re.compile(r"[,;.:()!?]| and (?!the )| as well as | plus | or ")
_UNITS = words("day week month quarter year")


@dataclass(frozen=True)
class Phrase:
    """What rows or number may be meant, best first, and by what: a period, or another word."""

    whats: tuple[tuple[str, ...], ...]
    by: str
    text: str
    # Whether rows themselves are counted, or only a number of theirs is meant.
    counts_rows: bool
    # Whether words such as "chart" leave no doubt that numbers are meant.
    is_sure: bool


@dataclass(frozen=True)
class Said:
    """What is counted, or which number of which rows."""

    entity: EntitySpec
    measure: Measure
    number: FieldSpec | None = None


def with_breakdowns(spec: AppSpec, sources: Sequence[Source]) -> AppSpec:
    """Return the spec with the breakdowns that its sentences ask for, and those not made named."""
    for source in sources:
        phrases = [] if source.text.startswith("#") else list(_phrases_in(source.text))
        read = [(phrase, _breakdown(phrase, spec, source)) for phrase in phrases]
        made = tuple(dict.fromkeys(found for _, found in read if isinstance(found, BreakdownSpec)))
        left = list(dict.fromkeys(phrase.text for phrase, found in read if found is None))
        if made or left:
            spec = _with(spec, source, made, left)
    return spec


def _phrases_in(text: str) -> Iterator[Phrase]:
    """Yield what is asked group by group in a sentence."""
    plain = re.sub(r"\s+", " ", text.lower())
    asked = _NUMBERS_ASKED.search(plain) is not None
    shown = asked or _SHOWN.search(plain) is not None or len(plain.split()) <= _SHORT
    for clause in (part for part in _CLAUSES.split(plain) if len(part) <= _LONGEST):
        for found in _SAID.finditer(clause):
            what, how = tuple(found["what"].split()), found["how"]
            before = clause[: found.start("how")].rstrip()
            if _LIMIT.search(before.rpartition(" ")[0]) or _OF_ROWS.search(before):
                continue
            if how in ("each", "every") and "how " not in before:
                continue
            if asked or how == "per":
                text = " ".join([*what[-2:], how, found["by"].split()[0]])
                yield Phrase((what,), found["by"], text, counts_rows=shown, is_sure=asked)
        for found in _OF_PERIOD.finditer(clause):
            told, nouns = (found["report"] or "").split(), found["what"].split()
            if not told and not (shown and singular_of(nouns[0]) in {*_MONEY, "total"}):
                continue
            whats = tuple((*told, *nouns[:n]) for n in range(len(nouns), 0, -1))
            unit, text = _PERIODS[found["period"]], " ".join([found["period"], *nouns[:1]])
            yield Phrase(whats, unit, text, counts_rows=bool(told), is_sure=True)


def _breakdown(phrase: Phrase, spec: AppSpec, source: Source) -> BreakdownSpec | bool | None:
    """Return what a phrase asks for; None where it cannot be made, False where it asks nothing."""
    for said in (said for what in phrase.whats for said in _said_of(what, spec.entities)):
        if said.number is None and not phrase.counts_rows:
            continue
        by = _grouping(phrase.by, said.entity, spec)
        if by is not None:
            return BreakdownSpec(
                entity=said.entity.name,
                by=by,
                measure=said.measure,
                of=said.number.name if said.number else None,
                inferred_from=(short(source),),
                confidence=CONFIDENCE,
            )
        if phrase.by in _UNITS or (phrase.is_sure and _keeps(said.entity, phrase.by)):
            return None
    return False


def _keeps(entity: EntitySpec, name: str) -> bool:
    """Tell whether an entity has a field of that name, be it one that groups no rows."""
    first = _singular(name.split(maxsplit=1)[0])
    return any(first == _singular(field.name) for field in entity.fields)


def _grouping(by: str, entity: EntitySpec, spec: AppSpec) -> str | None:
    """Return the field or the link of an entity that is meant by what groups its rows."""
    if by.split(maxsplit=1)[0] == "month":
        dates = [field for field in entity.fields if field.type in DATES]
        meant = [f for f in dates if not _NOT_WHEN & set(re.split(r"[ _]", f.name.lower()))]
        return next((field.name for field in (*meant, *dates)), None)
    links = list(links_to_one(spec.entities, entity))
    for length in range(len(by.split()), 0, -1):
        words_of = " ".join(by.replace("_", " ").split()[:length])
        noun = _singular(words_of)
        for link in links:
            if noun in (_singular(link.name), _singular(link.target)):
                return link.name
        for field in entity.fields:
            if noun == _singular(field.name) and field.type is FieldType.ENUM and groups(field):
                return field.name
    return None


def _said_of(what: tuple[str, ...], entities: tuple[EntitySpec, ...]) -> Iterator[Said]:
    """Yield what may be meant by the words before "per": rows, one of their numbers, or money."""
    what = what[:-1] if what[-1] in _DONE and what[:-1] else what
    for start in range(max(len(what) - 3, 0), len(what)):
        noun, before = _singular(" ".join(what[start:])), set(what[:start])
        named = {singular_of(word) for word in before}
        entities = tuple(sorted(entities, key=lambda e: e.name.lower() not in named))
        for entity in entities:
            if noun in (_singular(entity.name), _singular(entity.plural)):
                yield _of_rows(entity, noun, before)
        for entity in entities:
            for field in entity.fields:
                if has_total(field) and noun == _singular(field.name):
                    yield _of_number(entity, field, before)
        for entity in entities:
            if _singular(entity.name).split()[-1] in _MONEY.get(noun, ()):
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
        there = FeatureSpec(text=source.text, state=FeatureState.UNPLACED)
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
    return all(one.measure is Measure.COUNT and choices[one.entity] == one.by for one in made)
