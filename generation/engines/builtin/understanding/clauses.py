"""Sentences that list what somebody does, with a mark between the deeds.

Of "users can publish recipes with steps, comment on recipes, rate recipes" the deeds stand apart:
no comment is a part of a recipe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from generation.engines.builtin.understanding.grammar import WITH_ITS_WORD
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.sentences import without_app
from generation.engines.builtin.understanding.things import literal
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import MODALS, PREPOSITIONS, STOPS, words
from projects.spec.models import Source

LONGEST = 1000
_COMMA = re.compile(r",\s+(?:(?:and|or|then|also)\s+)*(?=(?P<piece>[^,;:.()]+))", re.IGNORECASE)
_ONE = words(
    "a an the their his her my our your its each every all any new other what which whether"
)
_LISTING = re.compile(r"\b(?:with|including|containing)\b", re.IGNORECASE)
_STATES = frozenset({"be", "have", "use"})


# A second statement behind a comma: "a player belongs to one team, matches have a date".
_HAS = r"(?:has|have|belongs? to|contains?|consists? of)"
_SECOND = re.compile(
    r",\s+(?:and\s+)?(?=(?:(?:(?:each|every|an?|the|all) )?[a-z]+"
    rf"(?: (?!and\b|or\b|pages?\b|screens?\b)[a-z]+)? {_HAS}"
    r"|(?:(?:the|all) )?[a-z]+s are [a-z]+ed|in (?:each|every) [a-z]+) )",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"(?:^|[:;,] )(?:[\w-]+ ){{1,4}}{_HAS} [^,()]*$", re.IGNORECASE)


# "Recipes have ingredients with amounts, steps, a prep time": the last two are the recipe's.
_HAS_PARTS = re.compile(
    r"^(?P<who>\W*(?:(?:each|every|an?|the|all) )?[a-z]+(?: [a-z]+)? (?:has|have)) "
    r"(?:[a-z]+ )?[a-z]+s with [a-z]+s(?: and [a-z]+s)?(?P<gap>, )(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ONE_OF_A_LIST = re.compile(r"(?:^|, )(?:and )?(?:an?|the) [a-z]", re.IGNORECASE)


def _by_owner(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield sources, of which those that say what parts have and what their whole has are two."""
    for source in sources:
        found = _HAS_PARTS.match(source.text[:LONGEST])
        if found is None or _ONE_OF_A_LIST.search(found["rest"]) is None:
            yield source
            continue
        at = found.start("rest")
        yield source.model_copy(update={"text": source.text[: found.start("gap")]})
        rest = f"{found['who']} {source.text[at:]}"
        yield source.model_copy(update={"text": rest, "start": source.start + at})


def apart(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield sources, of which those that state several things of what is kept are one for each."""
    for source in _by_owner(sources):
        begins = 0
        for found in _SECOND.finditer(source.text[:LONGEST]):
            text = source.text[begins : found.start()]
            if _FIRST.search(text) is None or text.count("(") != text.count(")"):
                continue
            yield source.model_copy(update={"text": text, "start": source.start + begins})
            begins = found.end()
        rest = source.text[begins:]
        yield source.model_copy(update={"text": rest, "start": source.start + begins})


@lru_cache(maxsize=512)
def in_clauses(text: str) -> str:
    """Return a text without the words for the app, with `;` before each of several deeds.

    Every word stays where it is.
    """
    text = without_app(text)
    commas = [found for found in _COMMA.finditer(text) if _begins(found["piece"])]
    sure = [found for found in commas if _is_sure(found["piece"].lower().split())]
    if not sure or not _does(text[: commas[0].start()]):
        return text
    for found in commas:
        start, end = found.span()
        if found in sure or (
            _is_done_to_several(found["piece"].lower().split())
            and not _ends_a_list(text[:start], found["piece"])
        ):
            text = f"{text[:start]};{' ' * (end - start - 1)}{text[end:]}"
    return text


def _ends_a_list(before: str, piece: str) -> bool:
    """Tell whether a list of what something has goes on: "with a title, show notes and a file"."""
    last = re.split(r"[;,]", before)[-1]
    return " and " in piece and _LISTING.search(last) is not None


def _begins(piece: str) -> bool:
    """Tell whether a piece of a list begins with a verb as it stands behind "to"."""
    pieces = piece.lower().split()
    return len(pieces) > 1 and pieces[0] in VERBS and pieces[0] not in _STATES


def _is_sure(piece: list[str]) -> bool:
    """Tell whether a piece can be nothing but a deed: "write a review", "comment on photos"."""
    verb, following = piece[0], piece[1]
    if verb not in ALSO_NOUNS:
        return following not in PREPOSITIONS - {"for", "to", "in", "from", "with", "on"}
    return following in _ONE or (verb, following) in WITH_ITS_WORD


def _is_done_to_several(piece: list[str]) -> bool:
    """Tell whether a verb that may be a noun stands before several things: "like posts"."""
    if literal(piece[:2]) in FIELDS:
        return False
    phrase = piece[1:]
    ends = [at for at, word in enumerate(phrase) if word in STOPS]
    phrase = phrase[: ends[0]] if ends else phrase
    return any(singular_of(word) != word for word in phrase)


def _does(before: str) -> bool:
    """Tell whether the words before the first deed say that one is done too."""
    said = before.lower().split()
    return bool(VERBS.intersection(said[:1]) or MODALS.intersection(said))
