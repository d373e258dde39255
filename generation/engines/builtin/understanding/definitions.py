"""Things that stand right before their fields: of "the staff manages animals (…)", the animals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import (
    BELONGING,
    CONTAINERS,
    MODALS,
    PERSONS,
    SOFT,
    STOPS,
)

_WHOSE = BELONGING - {"to"} | {"by", "between"}
_JOINING = frozenset({"register", "enrol", "enroll", "apply"})
KNOWN_WORDS = 2
_ONE = frozenset({"a", "an"})
_EACH = _ONE | {"each", "every"}
_LISTING = frozenset({"listing", "containing", "showing", "including", "having"})
_DETERMINERS = _ONE | {"the", "each", "every", "all", "their", "its", "my", "our", "some"}


# "An invoice is issued for every order, with a date and a total"
_DONE_TO = re.compile(
    r"(?:^|[.;:] )\W*(?:an? |each |every |the |all )?(?P<noun>[\w-]+(?: [\w-]+)?) "
    r"(?:is|are|(?:must|can|should|will) be) (?:\w+ly )?\w+(?:ed|en|de|ht|ld|nt|ut) "
    r"[^,;:.]{2,60}, (?:and )?with\s+(?:an? |the |its |their )*$",
    re.IGNORECASE,
)
# "20 boats, each with a name"
_EACH_OF = re.compile(
    r"\b(?P<noun>[a-z]+s)(?:\s\([^()]*\))?,? (?:and )?each (?:with|w/|having|has)\s+"
    r"(?:an? |the |its |their )*$",
    re.IGNORECASE,
)


def told_of(text: str) -> tuple[str, ...]:
    """Return the words of the thing that a list behind a text is of, though another is nearer."""
    found = _EACH_OF.search(text) or _DONE_TO.search(text)
    return tuple(found["noun"].lower().split()) if found is not None else ()


def defined(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of the thing that a list of fields right after these words is of.

    It is named in the plural or as one of several: "invoices", "a prescription". Before "visits of
    an animal" and "contacts belong to a company and" it is what comes first. Without such a thing
    there are no words.
    """
    if words and words[-1] == "and":
        words = words[: next((at for at, word in enumerate(words) if _ends(words, at)), 0)]
    prepositions = [at for at, word in enumerate(words) if word in _WHOSE and at]
    first = [at for at in prepositions[:1] if singular_of(words[at - 1]) not in CONTAINERS]
    for last in [*first, len(words)]:
        end = last
        while end > 1 and (words[end - 1] in STOPS | _JOINING or words[end - 1].endswith("ed")):
            end -= 1
        start = end
        while start and (not _ends(words, start - 1) or _is_known(words[start - 1 : end])):
            start -= 1
        phrase = tuple(kept(words[start:end]))
        head = singular_of(phrase[-1]) if phrase else ""
        if not phrase or (thing_of(phrase) is None and (head not in SOFT or head == phrase[-1])):
            continue
        if head != phrase[-1] or (start and words[start - 1] in _EACH and head not in SOFT):
            return phrase
    return ()


def _is_known(words: Sequence[str]) -> bool:
    """Tell whether words are the name of a thing that begins with a verb: "work orders"."""
    return len(words) == KNOWN_WORDS and literal(words) in FIELDS


def _ends(words: Sequence[str], at: int) -> bool:
    """Tell whether a word is none of the thing that stands behind it: a verb, "the", "and"."""
    word = words[at]
    if word in STOPS | _DETERMINERS | _LISTING:
        return True
    verb = verb_of(word)
    if verb is None:
        return False
    before = words[at - 1] if at else ""
    does = (
        before in MODALS
        or singular_of(before) in PERSONS
        or (word in VERBS and singular_of(before) != before)
    )
    return verb not in ALSO_NOUNS or does or (word in VERBS and at == 0)
