"""Sentences that list what somebody does, with a mark between the deeds.

Of "users can publish recipes with steps, comment on recipes, rate recipes" the deeds stand apart:
no comment is a part of a recipe.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generation.engines.builtin.understanding.grammar import WITH_ITS_WORD
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.sentences import without_app
from generation.engines.builtin.understanding.things import literal
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import MODALS, PREPOSITIONS, STOPS, words

_COMMA = re.compile(r",\s+(?:(?:and|or|then|also)\s+)*(?=(?P<piece>[^,;:.()]+))", re.IGNORECASE)
_ONE = words(
    "a an the their his her my our your its each every all any new other what which whether"
)
_LISTING = re.compile(r"\b(?:with|including|containing)\b", re.IGNORECASE)
_STATES = frozenset({"be", "have", "use"})


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
