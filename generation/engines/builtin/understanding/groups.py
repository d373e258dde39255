"""The words that ask for something group by group: "visits per doctor", "monthly spending"."""

from __future__ import annotations

import re
from typing import NamedTuple

from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.vocabulary import words

_NOUNS = r"(?P<what>(?:[a-z]+[ -]){0,5}?[a-z]+)"
_ARTICLE = r"(?:(?:the|a|an|each|every)[ ])?"
_EVERY = r"(?:(?:for|of|in)[ ])?(?:each|every)"
_HOW = rf"\b(?P<how>per|by|grouped[ ]by|broken[ ]down[ ]by|{_EVERY})[ ]"
_WORD = rf"(?!(?:per|by|{_EVERY})\b)[a-z]+"
_SAID = re.compile(
    rf"(?:\b(?!{_EVERY}\b){_NOUNS}[ ](?:are[ ]|is[ ])?)?"
    rf"{_HOW}{_ARTICLE}(?P<by>{_WORD}(?:[ _-]{_WORD}){{0,2}})"
)
# What goes on with a list of groups: the end of "by category and month".
_BARE = re.compile(
    rf"{_ARTICLE}(?P<by>{_WORD}(?:[ _-]{_WORD}){{0,2}}?)"
    r"(?:[ ](?:as|at|for|from|in|of|on|over|using|with)\b.*)?"
)
_UNITS_OF = {
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
    rf"(?P<period>{'|'.join(_UNITS_OF)})[ ](?P<report>{_REPORT})?"
    r"(?P<what>[a-z]+(?:[ -][a-z]+){0,2})"
)
# What makes "by" speak of numbers, not of how rows are sorted or found.
_NUMBERS_ASKED = re.compile(
    r"\b(?:charts?|graphs?|plots?|statistics?|stats|analytics|reports?|overview|dashboard|summar(?:y|ies)"
    r"|breakdowns?|trends?|totals?|sums?|averages?|number of|counts?(?: of)?|how (?:many|much)"
    r"|spending|spent|sales|revenue|income|earnings)\b"
)
# What is done with rows themselves: "filter expenses by category", "sort by date". An order, a
# tag or a search may be rows as well, and is where nobody does it: "orders by region".
_OF_ROWS = re.compile(
    r"(?:(?<!\bof )\b(?:filter|sort|find|look up|brows|organi[sz]|categori[sz]|arrang)"
    r"(?:e|es|s|ed|ing|able)?"
    r"|(?:^|\b(?:to|can|may|should|i|we|you|they|users|people|also|then) )(?:order|tag|search)"
    r"(?! (?:totals?|counts?|numbers?|values?|amounts?|statistics|stats|reports?|revenue|volume))"
    r"|\b(?:order|tagg|search)(?:ing|ed))\b"
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
_CLAUSES = re.compile(r"([,;.:()!?]| and (?!the )| as well as | plus | or )")
_ENDS = tuple(";.:()!?")
_EACH = words("each every")
# What leaves no doubt that rows of "each month" are counted: not "members pay each month".
_COUNTED = re.compile(
    r"\b(?:how (?:many|much)|new|total|(?:number|count|chart|graph|report|total)s? of)"
    r"(?: [\w-]+){1,4}$"
)
_OVER_TIME = re.compile(r"\b([a-z]+) over time\b")
# What "by" says of how something is done, not of groups.
_MEANS = words("default email mail phone post hand")
# What says nothing of what is counted, where it stands before that.
_NOT_TOLD = words("of the many report show see display view") | _UNITS_OF.keys()
# What money is called where nothing of the app is: of which rows it may be said.
MONEY = {
    "spending": words("expense purchase bill transaction payment cost"),
    "revenue": words("sale order invoice payment booking income transaction"),
    "earning": words("sale order invoice payment booking income transaction"),
    "turnover": words("sale order invoice"),
    "sale": words("sale order invoice"),
    "income": words("income payment invoice transaction"),
    "cost": words("expense purchase bill repair cost"),
    "expense": words("expense purchase bill transaction"),
}


class Phrase(NamedTuple):
    """What rows or number may be meant, best first, and by what: a period, or another word."""

    whats: tuple[tuple[str, ...], ...]
    by: str
    how: str
    text: str
    # Whether rows themselves are counted, or only a number of theirs is meant.
    counts_rows: bool
    # Whether words such as "chart" leave no doubt that numbers are meant.
    is_sure: bool
    # Whether it groups what the one before it groups already: "per doctor per month".
    crosses: bool = False
    # Whether it is but a noun at the end of a list, and may be something else.
    is_bare: bool = False

    @property
    def words(self) -> frozenset[str]:
        """Return all its words."""
        return frozenset((*self.whats[0], *self.by.split()))

    @property
    def names_groups(self) -> bool:
        """Tell whether it speaks of groups, also where nothing of that name is kept."""
        first = self.by.split()[0]
        return bool(self.how) and not (self.is_bare or first in _MEANS or first.endswith("ing"))

    def going_on(self, by: str, how: str, *, crosses: bool, is_bare: bool = False) -> Phrase:
        """Return a phrase of the same rows by something else."""
        text = _text_of(self.whats[0], how, by)
        return self._replace(by=by, how=how, text=text, crosses=crosses, is_bare=is_bare)


def phrases_in(text: str) -> list[list[Phrase]]:
    """Return what is asked group by group in a sentence: a list for what is of the same rows."""
    reading = _Reading(_OVER_TIME.sub(_monthly, re.sub(r"\s+", " ", text.lower())))
    return [phrases for phrases in reading.lists if phrases]


def _monthly(over_time: re.Match[str]) -> str:
    """Write "tickets over time" as "tickets by month"; "progress over time" stays."""
    noun = over_time[1]
    return f"{noun} by month" if _is_plural(noun) else over_time[0]


class _Reading:
    """What the clauses of a sentence ask; `going_on` is the list that the next may go on with."""

    def __init__(self, plain: str) -> None:
        self.asked = _NUMBERS_ASKED.search(plain) is not None
        is_short = len(plain.split()) <= _SHORT
        self.shown = self.asked or is_short or _SHOWN.search(plain) is not None
        self.lists: list[list[Phrase]] = []
        self.going_on: list[Phrase] = []
        first, *pieces = _CLAUSES.split(plain)
        for mark, clause in zip(["", *pieces[::2]], [first, *pieces[1::2]], strict=True):
            if mark in _ENDS or len(clause) > _LONGEST:
                self.going_on = []
            if len(clause) <= _LONGEST:
                self._read(clause.strip())

    def _read(self, clause: str) -> None:
        if not clause:
            return
        said = self._read_said(clause)
        if not (self._read_periods(clause, said) or said or self._read_bare(clause)):
            self.going_on = []

    def _read_said(self, clause: str) -> list[list[Phrase]]:
        """Read "visits per doctor", and "per month" after it; return the lists that this is in."""
        lists, end = [], 0
        for found in _SAID.finditer(clause):
            how, by = found["how"], found["by"]
            if found["what"] is not None:
                self.going_on = self._asked(clause, found)
                self.lists.append(self.going_on)
            elif self.going_on and how not in _EACH and not clause[end : found.start()].strip():
                self.going_on.append(self.going_on[0].going_on(by, how, crosses=end > 0))
            else:
                continue
            lists.append(self.going_on)
            end = found.end()
        return lists

    def _asked(self, clause: str, found: re.Match[str]) -> list[Phrase]:
        """Return what is asked for where rows are counted: not where they are found or limited."""
        what, how, by = tuple(found["what"].split()), found["how"], found["by"]
        before = clause[: found.start("how")].rstrip()
        # What is ordered per month was bought then, and is not sorted.
        sorted_so = before.removesuffix(" ordered") if how == "per" else before
        if _LIMIT.search(before.rpartition(" ")[0]) or _OF_ROWS.search(sorted_so):
            return []
        if how in _EACH:
            is_unit = found["by"].split(maxsplit=1)[0] in _UNITS_OF.values()
            if not (_COUNTED.search(before) if is_unit else self.asked and "how " in before):
                return []
        elif not (self.asked or how == "per"):
            return []
        return [Phrase((what,), by, how, _text_of(what, how, by), self.shown, self.asked)]

    def _read_periods(self, clause: str, said: list[list[Phrase]]) -> bool:
        """Read "monthly spending", and tell whether some of it is there."""
        is_there = False
        for found in _OF_PERIOD.finditer(clause):
            told, nouns = (found["report"] or "").split(), found["what"].split()
            if not told and not (self.shown and singular_of(nouns[0]) in {*MONEY, "total"}):
                continue
            is_there = True
            whats = tuple((*told, *nouns[:n]) for n in range(len(nouns), 0, -1))
            unit, text = _UNITS_OF[found["period"]], " ".join([found["period"], *nouns[:1]])
            phrase = Phrase(whats, unit, "", text, counts_rows=bool(told), is_sure=True)
            same = [one for one in said if one and found["period"] in one[0].whats[0]]
            if same:  # "monthly spending by category"
                same[0].append(phrase._replace(crosses=True))
            else:
                self.lists.append([phrase])
        return is_there

    def _read_bare(self, clause: str) -> bool:
        """Read "month" after "by category and", and tell whether that may be one of the list."""
        found = _BARE.fullmatch(clause) if self.going_on else None
        if found is None or _is_plural(found["by"]) != _is_plural(self.going_on[0].by):
            return False
        first, how = self.going_on[0], self.going_on[-1].how or self.going_on[0].how
        self.going_on.append(first.going_on(found["by"], how, crosses=True, is_bare=True))
        return True


def _text_of(what: tuple[str, ...], how: str, by: str) -> str:
    told = [word for word in what[-2:-1] if word not in _NOT_TOLD]
    return " ".join([*told, what[-1], how, by.split(maxsplit=1)[0]])


def _is_plural(name: str) -> bool:
    first = name.split(maxsplit=1)[0]
    return singular_of(first) != first
