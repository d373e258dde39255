"""What the words keep from whoever sent what it is about: comments that only agents see.

In doubt it is kept from them: what somebody misses can be shown later, what was shown stays known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.oversight import is_staff
from generation.engines.builtin.understanding.patterns import pattern
from generation.engines.builtin.understanding.vocabulary import PERSONS, PREPOSITIONS, words
from projects.spec.models import Source

_HIDDEN = (
    r"\b(?:internal(?:ly)?|private(?:ly)?|confidential(?:ly)?|secret(?:ly)?|hid(?:e|es|den|ing)|"
    r"conceal(?:s|ed)?|invisibl[ey]|unseen|eyes only|behind the scenes|"
    r"(?:for|to|amongst?|between) (?:each other|one another|themselves|self)|"
    r"for their own (?:use|eyes|reference)|"
    r"(?:within|inside|in|stays? with) the (?:staff|team|crew|company|office|department|support)|"
    r"(?:not|never|only|just|solely|exclusively|n['\u2019]t)(?: \w+)? for|"
    r"(?:staff|admins?|agents?|team)[ -]only)\b"
)
_NEGATED = (
    r"\b(?:not|cannot|cant|dont|doesnt|never|nobody|none|no|neither|nor|without|(?<!read[ -])only|"
    r"just|solely|exclusively|alone|except|other than|unless|away)\b|n['\u2019]t\b"
)
_SEEING = (
    r"\b(?:s(?:ee|aw|ight)\w*|read(?:s|ing|able)?|view\w*|visib\w+|show\w*|display\w*|appear\w*|"
    r"eyes?|look\w*|access\w*|gets?|receiv\w+|know\w*|shar(?:e|es|ed|ing)|public\w*|"
    r"find\w*|learn\w*|notice\w*)\b"
)
_SEE = r"(?:see|read|view|check|get|receive|access|know|learn)s?"
# What is shown is of whoever sees it: "customers only see the replies to their own tickets".
_THEIRS = (
    rf"\b(?P<who>[\w-]{{1,40}}) (?:can |may |should |will )?"
    rf"(?:only (?:be able to )?{_SEE}|{_SEE} only) "
    r"(?:(?:the )?(?:\w+ and )?\w+ (?:to|of|on|for) )?their (?:own )?\w+(?: and (?:the )?\w+)?\b"
)
_FOR = (
    r"\b(?:for|amongst?|between|(?:visible|shown|available|accessible|open|known) to|"
    r"(?:seen|read|viewed) by|shared with|inform|tell)(?P<who>(?: [\w'\u2019-]+){1,6})"
)
_WHO_SEES = (
    rf"\b(?:that|which|where|so)(?P<who>(?: [\w'\u2019-]+){{1,5}}?)(?: can| may| will)? {_SEE}\b"
)
_THEM = r"\b(?:they|them|it|this|these|those|what)\b"
_STOPS = PREPOSITIONS | words("who whom when that which to only alone if while because so then")
_ANYBODY = words("everybody everyone whoever sender")
_COLLEAGUES = words("other lead peer boss coworker supervisor management crew department")


def is_kept_back(thing: Candidate, makers: Collection[str], sources: Iterable[Source]) -> bool:
    """Tell whether sentences about a thing keep it from the makers of what it is about."""
    about = _about(thing, sources)
    return any(_keeps_back(text, _named(thing), makers) for text in about)


def _about(thing: Candidate, sources: Iterable[Source]) -> Iterator[str]:
    """Yield the sentences that name a thing, or speak of it as of "them" right after."""
    its = {source.text for source in thing.sources}
    goes_on = False
    for text in (source.text for source in sources):
        named = text in its or _named(thing).search(text) is not None
        goes_on = named or (goes_on and pattern(_THEM).search(text) is not None)
        if goes_on:
            yield text


def _named(thing: Candidate) -> re.Pattern[str]:
    heads = {noun.rpartition(" ")[2] for noun in (thing.noun, *thing.also)}
    known = "|".join(re.escape(stem) for head in sorted(heads) for stem in (head, head[:-1]))
    return re.compile(rf"\b(?:{known})(?:y|e|s|es|ies|ed|ied|ing)?\b", re.IGNORECASE)


def _keeps_back(text: str, named: re.Pattern[str], makers: Collection[str]) -> bool:
    if pattern(_HIDDEN).search(text):
        return True
    if _negates_seeing(text) and not _shows_theirs(text, named):
        return True
    found = named.search(text)
    told = text[found.end() :] if found else text
    whom = (match["who"] for rule in (_FOR, _WHO_SEES) for match in pattern(rule).finditer(told))
    return any(_leaves_out(who, makers) for who in whom)


def _negates_seeing(text: str) -> bool:
    return bool(pattern(_NEGATED).search(text) and pattern(_SEEING).search(text))


def _shows_theirs(text: str, named: re.Pattern[str]) -> bool:
    """Tell whether nothing is kept back but what is of others: "only their own tickets"."""
    found = pattern(_THEIRS).search(text)
    if found is None or is_staff(singular_of(found["who"].lower())):
        return False
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return not _negates_seeing(rest) and bool(named.search(found.group()) or not named.search(rest))


def _leaves_out(who: str, makers: Collection[str]) -> bool:
    """Tell whether something is for somebody, and not for those who sent what it is about."""
    said = re.sub(r"['\u2019]s?\b", "", who.lower()).split()
    heard = {singular_of(word) for word in takewhile(lambda word: word not in _STOPS, said)}
    if heard & (_ANYBODY | set(makers)):
        return False
    return any(is_staff(word) or word in PERSONS | _COLLEAGUES for word in heard)
