"""Sentences that say what the entries of a history, a log or a record tell.

"Job history entries record the start date an employee spent in a job within a department".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generation.engines.builtin.understanding.fields import Listed, field_from, pieces_of
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.relations import Linked
from generation.engines.builtin.understanding.things import thing_of
from projects.spec.models import FieldSpec, RelationKind, Source

LONGEST = 600
_TELLS = re.compile(
    r"^\W*(?:(?:each|every|an?|the|all) )?"
    r"(?P<noun>(?:[\w-]+ ){1,3}(?:history|histories|logs?|records?))"
    r"(?: (?:entry|entries|records?|rows?))?,? (?:(?:should|must|will|also) )*"
    r"(?:records?|stores?|tracks?|documents?|holds?|captures?|keeps?|notes?|describes?|contains?|"
    r"shows?|has|have|includes?|represents?|states?|lists?) (?P<list>.+)$",
    re.IGNORECASE | re.DOTALL,
)
# Where the name of a field ends: "the end date an employee spent", "the language for a worker".
_CUT = re.compile(
    r"\s+(?:an?|for|of|in|within|that|when|which|during|on|at|by|with|who|while)\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_ONE = re.compile(r"\b(?:an?|one|each|every|which|what) (?P<noun>[a-z][\w-]+)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:an?|the|its|their|both|and)\s+)+", re.IGNORECASE)


def told_by(source: Source) -> Listed | None:
    """Return the fields of the entries that a sentence tells of."""
    found = _TELLS.match(source.text[:LONGEST].rstrip(" ."))
    if found is None:
        return None
    fields = tuple(_fields(found["list"], source))
    return Listed(_noun_of(found), fields, each=True) if fields else None


def _noun_of(found: re.Match[str]) -> str:
    words = found["noun"].lower().split()
    whole = " ".join([*words[:-1], singular_of(words[-1])])
    return thing_of(tuple(words)) or whole if whole.endswith(" record") else whole


def _fields(text: str, source: Source) -> Iterator[FieldSpec]:
    names: set[str] = set()
    for piece in pieces_of(text):
        name = _CUT.sub("", _ARTICLE.sub("", piece.strip()))
        article = _ONE.match(piece.strip())
        other = thing_of((article["noun"].lower(),)) if article is not None else None
        field = field_from(name, source) if name and other is None else None
        if field is not None and field.name.lower() not in names:
            names.add(field.name.lower())
            yield field.model_copy(update={"position": len(names) - 1})


def told_links(source: Source) -> Iterator[Linked]:
    """Yield the links of such entries to what they tell of."""
    found = _TELLS.match(source.text[:LONGEST])
    if found is None or told_by(source) is None:
        return
    for one in _ONE.finditer(found["list"]):
        other = thing_of(tuple(kept([one["noun"].lower()])))
        if other is not None and other != _noun_of(found):
            yield Linked(RelationKind.MANY_TO_ONE, _noun_of(found), other, source, firm=False)
