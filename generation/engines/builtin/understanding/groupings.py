"""What rows are filtered, sorted or charted by, where that is no field that they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import fields_of
from generation.engines.builtin.understanding.linking import named, short
from generation.engines.builtin.understanding.mentions import mentions_of
from generation.engines.builtin.understanding.vocabulary import PERSONS, words
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, FieldType, Source

CONFIDENCE = 0.8
_SIFTED = r"(?:filter(?:s|ed|ing|able)?|group(?:s|ed|ing)?|categori[sz]ed?|sort(?:s|ed|ing|able)?)"
_CHOICES = re.compile(
    rf"\b{_SIFTED}\b[^.;:()]{{0,60}}?\bby (?:the |their |its )?"
    r"(?P<name>[a-z]+(?: [a-z]+)?) ?\((?:e\.g\. ?)?(?P<choices>[^()]{3,200})\)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:filter|sort)(?:s|ed|ing|able)?\b(?:[^.;:()]{0,60}?)\bby (?P<list>[^.;:()]{2,100})",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\b(?:charts?|graphs?)\b[^.;:()]{0,60}?\b(?:per|by) (?P<list>[a-z]+)", re.IGNORECASE
)
PIECES = re.compile(r"\s*(?:,|/|\band/or\b|\band\b|\bor\b|&)\s*", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:the|their|its|an?|each|every|any|by|other|different|when|most)\s+")
ENDED = re.compile(
    r"\s(?:to|so|in|on|for|with|when|where|who|which|that|from|as|of|at|is|are|than|can|if)\b.*$"
)
# What is found or sorted by without a field of that name.
NO_FIELDS = words(
    """
    name title text keyword keywords word words user owner date time newest latest oldest recent id
    number amount price letter field fields column columns criteria criterion attribute attributes
    property properties default anything everything them it day week month year alphabet me myself
    creation order value values default type status popularity relevance distance rating map
    """
)
MOST_CHOICES = 12


def with_groupings(
    said: dict[str, tuple[FieldSpec, ...]], chosen: dict[str, Candidate], source: Source
) -> None:
    """Give a thing what its rows are filtered by, where its choices are said, in place."""
    for found in _CHOICES.finditer(source.text):
        name = found["name"].lower()
        choices = [piece for piece in PIECES.split(found["choices"].strip()) if piece]
        if (
            not 2 <= len(choices) <= MOST_CHOICES
            or named(name, chosen)
            or any(len(choice.split()) > 3 for choice in choices)
        ):
            continue
        noun = _about(source, chosen)
        if noun is None:
            continue
        fields = said.get(noun) or fields_of(noun)[0]
        if any(_singular(name) == _singular(field.name) for field in fields):
            continue
        made = FieldSpec(
            name=name,
            type=FieldType.ENUM,
            choices=tuple(dict.fromkeys(choices)),
            position=len(fields),
            inferred_from=(short(source),),
            confidence=CONFIDENCE,
        )
        said[noun] = (*fields, made)


def _about(source: Source, chosen: dict[str, Candidate]) -> str | None:
    """Return the thing that a sentence speaks of; where it names none, the only one there is."""
    nouns = [named(mention.noun, chosen) for mention in mentions_of(source)]
    things = [noun for noun in chosen if noun.rpartition(" ")[2] not in PERSONS]
    alone = things[0] if len(things) == 1 else None
    return next((noun for noun in nouns if noun is not None), alone)


def unknown_fields(text: str, spec: AppSpec, about: list[EntitySpec]) -> Iterator[str]:
    """Yield what rows are to be sifted or charted by and nothing has, as a reason."""
    entities = about or list(spec.entities)
    if not entities:
        return
    known = {word for entity in spec.entities for word in _names_of(entity)}
    missing = []
    for pattern in (_BY, _PER):
        for found in pattern.finditer(text.lower()):
            for piece in PIECES.split(ENDED.sub("", found["list"])):
                name = ARTICLE.sub("", piece.strip())
                parts = {singular_of(word) for word in re.findall(r"[a-z]+", name)}
                if parts and len(parts) <= 2 and not parts & (known | NO_FIELDS):
                    missing.append(name)
    if missing:
        yield f"No field says this: {', '.join(dict.fromkeys(missing))}."


def _names_of(entity: EntitySpec) -> Iterator[str]:
    names = [entity.name]
    names += [part for r in entity.relations for part in (r.name, r.target, r.inverse_name or "")]
    yield from _words_of(names)
    yield from names_of(entity.fields)


def names_of(fields: Iterable[FieldSpec]) -> Iterator[str]:
    """Yield the words, in the singular, of fields and of what they may be."""
    yield from _words_of(name for field in fields for name in (field.name, *field.choices))


def _words_of(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (singular_of(word) for word in re.findall(r"[a-z]+", name.lower()))


def _singular(name: str) -> str:
    return " ".join(singular_of(word) for word in name.lower().replace("_", " ").split())
