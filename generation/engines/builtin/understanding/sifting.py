"""Fields that rows are looked through by, which nothing else names: "browse wines by grape"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.fields import field_from
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.groupings import (
    ARTICLE,
    ENDED,
    NO_FIELDS,
    PIECES,
    names_of,
)
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import fields_of
from generation.engines.builtin.understanding.linking import named, short
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS
from generation.engines.builtin.understanding.vocabulary import PERSONS, words
from projects.spec.models import FieldSpec, Source

MOST_IN_A_NAME = 2  # words
_SIFTED = re.compile(
    r"\b(?:filter|sort|search|browse|find|group)(?:s|es|ed|ing)?\s+(?:for\s+|through\s+)?"
    r"(?:(?:the|all|our|their|my|available)\s+)?(?P<thing>[a-z-]+(?: [a-z-]+){0,2}?)\s+"
    r"by (?P<list>[^.;:()]{2,100})",
    re.IGNORECASE,
)
# What a field says in other words.
_SAME = {
    "brand": words("make manufacturer producer"),
    "age": words("born birth birthday"),
    "price": words("cost rate fee fare amount"),
    "year": words("date released published built vintage"),
    "language": words("native target"),
}
_NO_KEYS = NO_FIELDS - {"price"}
_RANGE = re.compile(r"\s(?:ranges?|levels?)$")


def with_sifted(
    said: dict[str, tuple[FieldSpec, ...]], chosen: dict[str, Candidate], source: Source
) -> None:
    """Give things the fields that a sentence looks them through by, in place."""
    for found in _SIFTED.finditer(source.text):
        thing = thing_of(tuple(kept(found["thing"].lower().split())), frozenset(chosen))
        noun = named(thing, chosen) if thing is not None else None
        if noun is None or noun.rpartition(" ")[2] in PERSONS:
            continue
        fields = said.get(noun) or fields_of(noun)[0]
        for name in _keys_in(found["list"]):
            made = field_from(name, short(source))
            if made is None or named(literal(name.split()), chosen) or _is_there(name, fields):
                continue
            fields = (*fields, made.model_copy(update={"position": len(fields)}))
            said[noun] = fields


def _is_there(name: str, fields: tuple[FieldSpec, ...]) -> bool:
    """Tell whether a field, or what it may be, goes by a part of a name."""
    parts = {singular_of(word) for word in name.split()}
    own = {*names_of(fields)}
    return bool(parts & own) or any(own & _SAME.get(part, frozenset()) for part in parts)


def _keys_in(listed: str) -> Iterator[str]:
    """Yield what rows are looked through by: of "the grape, their region", grape and region."""
    for piece in PIECES.split(ENDED.sub("", listed.lower())):
        name = _RANGE.sub("", ARTICLE.sub("", piece.strip())).strip()
        said = name.split()
        if not said or len(said) > MOST_IN_A_NAME or not re.fullmatch(r"[a-z][a-z -]+", name):
            return
        verb = verb_of(said[0])
        if said[0].endswith("ing") or (verb is not None and (verb not in ALSO_NOUNS or said[1:])):
            return
        if not {singular_of(word) for word in said} & _NO_KEYS:
            yield name
