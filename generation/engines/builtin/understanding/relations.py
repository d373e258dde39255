"""Sentences that say how things belong together.

"Each post belongs to one blog", "posts and tags are linked many-to-many", "an author has many
books", "a user can have several orders", "comments on posts".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.mentions import thing_of
from generation.engines.builtin.understanding.sentences import words_of
from projects.spec.models import RelationKind, Source

_NOUN = r"[\w' -]{2,60}?"
_MANY = r"(?:many|several|multiple|one or more|zero or more|any number of|a list of)"
_IS = r"(?:belongs?|is assigned|is linked|is attached)"
_HAS = r"(?:has|have|can have|may have|contains?|owns?)"
_ONE = r"(?:one|a|an|exactly one|a single|its|their|the)"
# A kind, whether its two things change places, and the words between them.
_WAYS = (
    (
        RelationKind.MANY_TO_MANY,
        False,
        "and",
        "are (?:linked |related |connected )?many[- ]to[- ]many",
    ),
    (RelationKind.ONE_TO_ONE, False, "and", "are (?:linked |related )?one[- ]to[- ]one"),
    (RelationKind.MANY_TO_MANY, False, rf"(?:{_IS}|can belong) to {_MANY}", ""),
    (RelationKind.MANY_TO_ONE, False, rf"{_IS} to (?:(?:exactly )?{_ONE} )?", ""),
    (RelationKind.MANY_TO_ONE, True, rf"{_HAS} {_MANY}", ""),
    (RelationKind.ONE_TO_ONE, False, "(?:has|have) exactly one", ""),
)
_START = r"^\s*(?:each |every |an? |the |all )?"
_NOTE = r"(?:\s*\((?P<note>[^()]{0,80})\))?"
_CALLED = r"(?:\s+(?:as|called|named) (?P<name>[\w -]{2,40}))?"
_COMPILED = tuple(
    (
        kind,
        turned,
        re.compile(
            rf"{_START}(?P<one>{_NOUN}) {between}\s*(?P<other>{_NOUN})"
            rf"{f' {after}' if after else ''}{_NOTE}{_CALLED}\s*[.;,]?\s*$",
            re.IGNORECASE,
        ),
    )
    for kind, turned, between, after in _WAYS
)


@dataclass(frozen=True)
class Linked:
    """Two things, in the singular, and how rows of the first point at rows of the second."""

    kind: RelationKind
    one: str
    other: str
    source: Source
    required: bool = False
    name: str | None = None


def links_in(source: Source) -> Iterator[Linked]:
    """Yield what a sentence links."""
    text = source.text[:300]
    for part in re.split(r"[.;]\s+", text):
        for kind, turned, pattern in _COMPILED:
            found = pattern.match(part)
            if found is None:
                continue
            one, other = _thing(found["one"]), _thing(found["other"])
            if one is None or other is None:
                break
            if turned:
                one, other = other, one
            required = "required" in (found["note"] or "").lower()
            yield Linked(kind, one, other, source, required, found["name"])
            break


def _thing(text: str) -> str | None:
    words = [word.text for word in words_of(text) if not word.is_mark]
    return thing_of(tuple(kept(words)))
