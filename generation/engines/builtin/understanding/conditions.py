"""What sentences ask of rows that no page of an app sees to, and why it is not made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.oversight import is_staff
from generation.engines.builtin.understanding.roles import ACTORS
from generation.engines.builtin.understanding.vocabulary import PEOPLE, PERSONS, words
from generation.engines.builtin.understanding.wording import forbidden_in
from projects.spec.models import AppSpec, EntitySpec

AMONG_ROWS = "Rows are not checked against each other."
BY_ITSELF = "Nothing happens by itself, at a time or when something else is done."
BY_WHAT_IT_SAYS = (
    "Whoever may change a row may always do so, whatever it says and whatever the day."
)
SHOWN_ALL_THE_SAME = "What waits to be decided on is shown like the rest."
BY_LINK = "Only who may see a row sees it: there are no links that let others in."

_NOT = r"(?:can ?not|can['\u2019]?t|may not|must not|mustn['\u2019]t|should not|shouldn['\u2019]t)"
_NEVER = rf"(?:{_NOT}|not|never|no|without|avoid\w*|prevent\w*|forbid\w*|disallow\w*)"
_TAKEN = r"(?:booked|reserved|taken|rented|lent|borrowed|assigned|scheduled|used)"
_WHEN = r"(?:once|after|when|while|if|unless|until|before|as long as)"
_CHANGED = r"(?:deleted|removed|edited|changed|modified|updated|cancelled|canceled|closed|reopened)"
_FIGURES = r"(?:stock|inventory|balance|quantity|availability|points|credits|seats|places)"
_NUMBER = r"(?:one|two|three|four|five|\d+)"
_LINK = r"(?:links?|urls?)"
_TIMES = r"(?:minutes?|hours?|days?|weeks?|months?)"
_UNIT = r"(?:night|day|morning|evening|week|month|hour)"
_LIMIT = r"(?:only|just|at most|no more than|up to|a maximum of|max(?:imum)?\.?)"
_DONE_ONCE = r"(?:vot|rat|review|book|appl|register|sign|enrol|answer)"
_GROWS = (
    r"(?:decreas|increas|go(?:es)? (?:up|down)|drop"
    r"|(?:is|are) (?:reduc|lower|rais|increas|decreas|adjust|deduct))"
)
_ENDED = r"(?:archived|deleted|removed|closed|cancelled)"
_BECOMES = r"(?:is|are|becomes?|go(?:es)?|can be|made)"
_SEEN = r"(?:shown|published|visible|public|live|seen|listed|displayed|online)"
# Each way of saying it on a line; `part` says that the rest of the clause may be made all the same.
_RULES: tuple[tuple[str, bool, str], ...] = (
    (
        AMONG_ROWS,
        False,
        rf"""
        {_NEVER} (?:[\w-]+ ){{0,4}}?(?:overlap\w*|clash\w*|collid\w*|conflict\w*)
        double[- ]?book\w*
        (?:{_NOT}|never) be {_TAKEN} (?:twice|at the same time|by (?:two|several|more than))
        """,
    ),
    (
        AMONG_ROWS,
        True,
        rf"""
        {_LIMIT} {_NUMBER} (?:[\w-]+ ){{1,3}}(?:per|for each|for every|at a time|at once)
        {_DONE_ONCE}\w* (?:[\w-]+ ){{0,3}}?(?:once|twice)\b
        one \w+ per (?:user|person|member|customer|poll|account|voter)
        """,
    ),
    (
        BY_WHAT_IT_SAYS,
        False,
        rf"""
        (?:{_NOT}|can no longer|may no longer|never|no longer) be {_CHANGED}
        (?:can|may|must|should) only be \w+ (?:{_WHEN}|(?:up to|within|during) )
        (?:can|may|must|should) be \w+ only (?:{_WHEN}|(?:up to|within|during) )
        """,
    ),
    (
        BY_WHAT_IT_SAYS,
        True,
        rf"""
        (?:up to|until|at least|no later than) \w+ {_TIMES} (?:before|in advance|ahead)
        (?:(?<=cancel )|(?<=return )|(?<=change )|(?<=delete ))(?:[\w-]+ ){{0,3}}within \w+ {_TIMES}
        """,
    ),
    (
        BY_ITSELF,
        False,
        rf"""
        automatically(?! (?:sav|stor|sort|log|creat|generat|assign|search|fill))
        (?:by|on) (?:itself|themselves|its own|their own)(?= *(?:[.,;]|$))
        (?:are|is|gets?) (?:\w+ )?\w+ed (?:every|each) {_UNIT}
        schedul\w+ (?:[\w-]+ ){{0,3}}?(?:for publication|to be (?:published|sent)|publishing)
        (?:expires?|(?:is|are|gets?) {_ENDED}) (?:after|within) \w+ {_TIMES}
        """,
    ),
    (
        BY_ITSELF,
        True,
        rf"""
        {_FIGURES} (?:[\w-]+ )?{_GROWS}\w*(?: (?:when|once|whenever|after|as soon as) [^,.;]+)?
        """,
    ),
    (
        SHOWN_ALL_THE_SAME,
        True,
        rf"""
        (?:before|until) (?:it|they|[\w -]{{3,30}}?) (?:{_BECOMES} ){{1,2}}{_SEEN}
        (?:before|until) (?:it|they|[\w -]{{3,30}}?) appears?
        (?:before|until) (?:publication|publishing|being (?:shown|published|displayed|listed))
        (?:show|shows|display|displays|list|lists|see) only (?:approved|confirmed|verified|accepted)
        only (?:approved|confirmed|verified|accepted) [\w-]+ (?:is|are|can be|may be|appear)
        """,
    ),
    (
        BY_LINK,
        True,
        rf"""
        shar\w* (?:[\w-]+ ){{0,5}}?(?:by|via|through|with|over|using) (?:an? )?(?:\w+ )?{_LINK}
        {_LINK} to share
        """,
    ),
)
_COMPILED = tuple(
    (
        reason,
        in_part,
        re.compile(rf"\b(?:{'|'.join(map(str.strip, ways.strip().splitlines()))})", re.IGNORECASE),
    )
    for reason, in_part, ways in _RULES
)
_DECIDING = re.compile(r"\b(?:approv|moderat|review|accept|confirm|verif|check)\w*", re.IGNORECASE)
_WHO = r"(?:the |an? |their |its |his |her )?(?P<who>(?:[\w-]+ ){0,2}?[\w-]+?)"
_MAY = r"(?:can|may|must|should|will|is|are)"
_ONLY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bonly {_WHO} {_MAY}(?: (?:be )?(?:able|allowed) to)? (?P<verb>\w+)",
        rf"\b(?:can|may|must|should) only be (?P<verb>\w+) by {_WHO}(?=\s*(?:[.,;]|$|and\b|or\b))",
        rf"\b(?:be )?(?P<verb>\w+(?:ed|en|n)) only by {_WHO}(?=\s*(?:[.,;]|$|and\b|or\b))",
    )
)
_CLAUSE = re.compile(r"[,;:.]\s|\s(?:and|but|so that)\s(?!(?:edit|delete|change|remove|close)\b)")
_READING = words("see view read access browse look watch find open")
_MAKERS = words("author owner creator maker poster writer uploader submitter")
_ANYBODY = words("user member customer account people person")
_STRANGERS = words("guest visitor")
_DECISIONS = words("approve reject accept decline confirm")


class Lack(NamedTuple):
    """Why something that a sentence asks for is not made, and where it asks that."""

    reason: str
    span: tuple[int, int]


def happens_by_itself(text: str) -> bool:
    """Tell whether a sentence asks for something that nobody has to do."""
    return any(reason is BY_ITSELF and rule.search(text) for reason, _, rule in _COMPILED)


def lacks_in(text: str, spec: AppSpec, entities: list[EntitySpec]) -> Iterator[Lack]:
    """Yield what a sentence asks of the rows of entities that no page sees to."""
    for reason, in_part, rule in _COMPILED:
        for found in rule.finditer(text):
            if _is_answered(reason, text, spec, entities):
                continue
            yield Lack(reason, found.span() if in_part else _clause_of(text, found.span()))
    for before, found in forbidden_in(text):
        who = _who_before(before)
        if who and not _is_kept_from(who, found["verb"].lower(), spec, entities):
            yield Lack(f"The app does not keep {who} from this.", _clause_of(text, found.span()))
    for pattern in _ONLY:
        for found in pattern.finditer(text):
            why = _reason_of_only(found["who"], found["verb"], spec, entities)
            if why is not None:
                yield Lack(why, _clause_of(text, found.span()))


def _is_answered(reason: str, text: str, spec: AppSpec, entities: list[EntitySpec]) -> bool:
    if reason is BY_LINK:
        return bool(entities) and (not spec.auth or all(entity.public for entity in entities))
    if reason is SHOWN_ALL_THE_SAME:
        return _DECIDING.search(text) is None
    return False


def _reason_of_only(who: str, verb: str, spec: AppSpec, entities: list[EntitySpec]) -> str | None:
    """Return why what only some may do is not kept to them; None where it is, or none is named."""
    who = who.lower()
    head = singular_of(who.split()[-1])
    if head not in ACTORS | PERSONS | PEOPLE | _MAKERS | _ANYBODY and not head.endswith(
        ("er", "or", "ee", "ist")
    ):
        return None
    if not entities:
        return None
    done = verb_of(verb.lower()) or verb.lower()
    if all(_is_kept_to(head, done, spec, entity) for entity in entities):
        return None
    return f"The app does not keep this to {who} alone."


def _who_before(text: str) -> str | None:
    """Return who is spoken of right before what they may not do; None for nobody."""
    words_before = text.lower().split()[-2:]
    for word in reversed(words_before):
        one = singular_of(word.strip(",.;:"))
        if one in ACTORS | PERSONS | PEOPLE | _ANYBODY:
            return word.strip(",.;:")
    return None


def _is_kept_from(who: str, verb: str, spec: AppSpec, entities: list[EntitySpec]) -> bool:
    """Tell whether somebody who is no staff cannot do with rows what a sentence forbids them."""
    if is_staff(singular_of(who)):
        return False
    if verb in _READING and singular_of(who) in _STRANGERS:
        return spec.auth and not any(entity.public for entity in entities)
    if verb in _READING:
        return spec.auth and all(entity.owned or entity.inbox for entity in entities)
    if singular_of(who) in _STRANGERS:
        return spec.auth
    others = [entity for entity in entities if entity.name.lower() != singular_of(who)]
    return spec.auth and all(
        entity.inbox or (entity.managed and not entity.owned) for entity in others
    )


def _is_kept_to(head: str, verb: str, spec: AppSpec, entity: EntitySpec) -> bool:
    """Tell whether an app keeps what is done with an entity's rows to somebody."""
    reads = verb in _READING
    if head in _MAKERS:
        return entity.owned or (entity.authored and not reads)
    if is_staff(head):
        if entity.inbox or (entity.owned and entity.managed and (reads or verb in _DECISIONS)):
            return True
        return entity.managed and not entity.owned and not reads
    if head in _ANYBODY:
        return spec.auth and not (reads and entity.public)
    return False


def _clause_of(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return where the clause that holds a span begins and ends."""
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, span[0])), default=0)
    following = _CLAUSE.search(text, span[1])
    return start, following.start() if following else len(text)
