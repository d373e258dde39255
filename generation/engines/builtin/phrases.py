"""Finding nouns in a phrase: what is made, listed or tracked, and what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import inflection

_STRONG = (
    "create|add|edit|update|modify|delete|remove|manage|track|record|store|save|keep|log|"
    "organi[sz]e|write|maintain|crud|catalogu?e|register|enter|collect|plan|schedule"
)
_WEAK = "list|view|see|show|browse|read|search|filter|sort|find|display|look up|star|complete"
_VERB = rf"(?:{_STRONG}|{_WEAK})(?:s|ing)?"
_CHAIN = re.compile(
    rf"\b(?P<verbs>{_VERB}(?:\s*(?:/|,|&|\band\b|\bor\b)+\s*{_VERB})*)\s+"
    rf"(?P<rest>(?:(?!\b(?:and|or|then)\s+{_VERB}\b)[^.;:!?()])+)",
    re.IGNORECASE,
)
_STRONG_VERB = re.compile(rf"\b(?:{_STRONG})(?:s|ing)?\b", re.IGNORECASE)
_CRUD = re.compile(r"\s+CRUD\b", re.IGNORECASE)
_AFTER_CRUD = re.compile(
    r"\bCRUD\s+(?:operations?\s+|pages?\s+|screens?\s+)?(?:for|of|on)\s+(?P<rest>[^.;:!?()]+)",
    re.IGNORECASE,
)
_MANAGEMENT = re.compile(
    r"\s+(?:management|tracking|tracker|manager|catalogu?e|organi[sz]er|app)\b", re.IGNORECASE
)
_PHRASE_END = re.compile(r"[\w,&/' -]+$")
_LOOK_BACK = 120
_SPLIT = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b)\s*", re.IGNORECASE)
_STOP = frozenset(
    """
    by with in on for of from to when that which who where per as at using via into so if while
    because then is are was were be can should must will i we you they it them there than about
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_LINKS = frozenset({"for", "of", "per", "to", "on", "in", "about"})
_PLAIN = frozenset(
    """
    a an the my our their your his her its new all each every own existing multiple some many
    personal simple basic full complete daily weekly different various any several other user's
    users' old few more small own just
    """.split()  # noqa: SIM905
)
NOT_THINGS = frozenset(
    """
    page app application website site report chart graph pdf csv file button email mail
    notification reminder statistic stat progress mode theme setting preference password session
    data information detail status operation system feature thing way list time view history
    database interface api search filter dashboard export import backup day week month
    """.split()  # noqa: SIM905
)
PEOPLE = frozenset({"user", "account", "profile", "login", "member account", "user account"})


@dataclass(frozen=True)
class Found:
    """A singular, lower-case noun, whether the words ask to keep it, and what it belongs to."""

    noun: str
    strong: bool
    belongs_to: str | None = None


def find_nouns(text: str) -> list[Found]:
    """Return the things a phrase speaks of, in order, each once."""
    found: dict[str, Found] = {}
    for item in _all(text):
        held = found.get(item.noun)
        if held is None or (item.strong and not held.strong):
            found[item.noun] = item
    return list(found.values())


def _all(text: str) -> Iterator[Found]:
    for match in _CRUD.finditer(text):
        yield from _nouns(_phrase_before(text, match.start()), strong=True)
    for match in _AFTER_CRUD.finditer(text):
        yield from _nouns(match["rest"], strong=True)
    for match in _MANAGEMENT.finditer(text):
        yield from _nouns(_phrase_before(text, match.start()), strong=False)
    for match in _CHAIN.finditer(text):
        strong = _STRONG_VERB.search(match["verbs"]) is not None
        yield from _nouns(match["rest"], strong=strong)


def _phrase_before(text: str, end: int) -> str:
    """Return what stands before a place, after the last word that ends a phrase.

    "with user auth and note" gives "user auth and note". Only a few words are looked at, so that
    a text of any length takes time in proportion to it.
    """
    start = max(0, end - _LOOK_BACK)
    before = _PHRASE_END.search(text[start:end])
    parts = before.group().split() if before else []
    last = max((i for i, word in enumerate(parts) if word.lower() in _STOP), default=-1)
    return " ".join(parts[last + 1 :])


def _nouns(rest: str, *, strong: bool) -> Iterator[Found]:
    words = rest.split()
    stop = next((i for i, w in enumerate(words) if w.lower().strip(",") in _STOP), len(words))
    owner = _owner(words[stop:])
    for piece in _SPLIT.split(" ".join(words[:stop])):
        noun = singular(piece)
        if noun:
            yield Found(noun, strong, owner)


def _owner(words: list[str]) -> str | None:
    if not words or words[0].lower() not in _LINKS:
        return None
    kept: list[str] = []
    for word in words[1:]:
        if word.lower().strip(",") in _STOP or len(kept) == 3:
            break
        kept.append(word)
    return singular(_SPLIT.split(" ".join(kept))[0])


def singular(phrase: str) -> str | None:
    """Return a noun phrase in the singular without articles; None where it names no thing."""
    words = [w.strip("'\"").lower() for w in phrase.split()]
    kept = [w for w in words if w and w not in _PLAIN]
    if not 1 <= len(kept) <= 3 or not all(re.fullmatch(r"[^\W\d_][\w-]{0,29}", w) for w in kept):
        return None
    last = inflection.singularize(kept[-1])
    if last in NOT_THINGS or re.fullmatch(_VERB, kept[0]):
        return None
    return " ".join([*kept[:-1], last])
