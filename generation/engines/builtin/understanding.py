"""Words to AppSpec by rules: simple wordings are placed, the rest is named as not done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import inflection

from generation.engines.builtin.colours import theme_of
from generation.engines.builtin.lexicon import FIELDS, SAME_AS, fields_of
from generation.engines.builtin.phrases import NOT_THINGS, PEOPLE, find_nouns, singular
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    RelationKind,
    RelationSpec,
    Source,
)
from projects.spec.request import AppRequest

MOST_ENTITIES = 40
SOURCE_LENGTH = 300
_AUTH = re.compile(
    r"\b(log[ -]?ins?|log[ -]?out|sign[ -]?ups?|sign[ -]?in|sign[ -]?out|auth|authentication|"
    r"authori[sz]ation|register|registration|(?:user )?accounts?)\b",
    re.IGNORECASE,
)
_OWNERSHIP = re.compile(
    r"\b(my|by user|per user|each user|every user|own|private|personal|users?)\b", re.IGNORECASE
)
_CAPABILITIES = (
    ("dashboard", re.compile(r"\b(dashboard|overview|statistics|home screen)\b", re.IGNORECASE)),
    ("search", re.compile(r"\b(search|searching|full[ -]text)\b", re.IGNORECASE)),
    ("filter", re.compile(r"\bfilter(s|ing)?\b", re.IGNORECASE)),
    ("sort", re.compile(r"\b(sort|sorting|order by)\b", re.IGNORECASE)),
    ("pagination", re.compile(r"\b(pagination|paging|page through)\b", re.IGNORECASE)),
    ("dark mode", re.compile(r"\b(dark|light)[ -](mode|theme)\b", re.IGNORECASE)),
    (
        "responsive",
        re.compile(r"\b(responsive|mobile[ -]friendly|works on (phones|mobile))\b", re.IGNORECASE),
    ),
    ("api", re.compile(r"\b(REST(ful)? API|JSON API)\b", re.IGNORECASE)),
)
_NEEDS_ENTITY = frozenset({"search", "filter", "sort", "pagination", "api"})
_UNKNOWN = "These words are not understood yet."
_TOO_MANY = f"An app can keep at most {MOST_ENTITIES} kinds of things."


@dataclass
class _Entity:
    noun: str
    sources: list[Source] = field(default_factory=list)
    belongs_to: dict[str, Source] = field(default_factory=dict)


@dataclass
class _Reader:
    """Gathers what the sentences speak of."""

    entities: dict[str, _Entity] = field(default_factory=dict)
    capabilities: set[str] = field(default_factory=set)

    def read(self, source: Source, *, bare: bool) -> tuple[list[str], list[str]]:
        """Place one sentence; return the nouns and the capabilities that answer it."""
        text = source.text
        capabilities = [name for name, words in _CAPABILITIES if words.search(text)]
        if _AUTH.search(text):
            capabilities.insert(0, "auth")
        nouns = [] if "dark mode" in capabilities else self._nouns(source, bare=bare)
        if any(noun in PEOPLE for noun in nouns) and "auth" not in capabilities:
            capabilities.insert(0, "auth")
        nouns = [noun for noun in nouns if noun not in PEOPLE]
        self.capabilities.update(capabilities)
        return nouns, capabilities

    def _nouns(self, source: Source, *, bare: bool) -> list[str]:
        placed, text = [], source.text
        for item in find_nouns(text):
            noun = _known_noun(item.noun)
            known = noun in FIELDS or noun in self.entities
            if _AUTH.search(noun) or not (item.strong or known):
                continue
            placed.append(noun)
            if noun not in PEOPLE and self._keep(noun, source):
                self._belongs(noun, item.belongs_to, source)
        whole = singular(text) if bare and not placed else None
        if whole is not None and _known_noun(whole) in FIELDS | self.entities:
            placed.append(_known_noun(whole))
            self._keep(placed[0], source)
        return placed

    def _keep(self, noun: str, source: Source) -> bool:
        if noun not in self.entities and len(self.entities) >= MOST_ENTITIES:
            return False
        self.entities.setdefault(noun, _Entity(noun)).sources.append(_short(source))
        return True

    def _belongs(self, noun: str, owner: str | None, source: Source) -> None:
        if owner and owner not in PEOPLE and owner != noun:
            self.entities[noun].belongs_to.setdefault(_known_noun(owner), _short(source))


def understand(request: AppRequest) -> AppSpec:
    """Read a request; the same words always give the same spec."""
    reader = _Reader()
    for sentence in _sentences(request.description):
        reader.read(sentence, bare=False)
    answers = [
        (text, *reader.read(Source(part="feature", index=number, text=text), bare=True))
        for number, text in enumerate(request.features)
    ]
    everything = " ".join([request.description, *request.features])
    auth = "auth" in reader.capabilities or bool(_OWNERSHIP.search(everything))
    entities = tuple(_entity(item, reader) for item in reader.entities.values())
    return AppSpec(
        name=request.project_name,
        description=request.description,
        entities=entities,
        theme=theme_of(everything),
        features=tuple(_feature(*answer, reader=reader) for answer in answers),
        auth=auth,
        dashboard="dashboard" in reader.capabilities,
    )


def _sentences(text: str) -> Iterator[Source]:
    ends = [(gap.start(), gap.end()) for gap in re.finditer(r"(?<=[.!?])\s+|\n+", text)]
    start = 0
    for end, following in [*ends, (len(text), len(text))]:
        words = text[start:end].strip()
        if words:
            yield Source(part="description", start=text.index(words, start), text=words)
        start = following


def _short(source: Source) -> Source:
    return source.model_copy(update={"text": source.text[:SOURCE_LENGTH]})


def _known_noun(noun: str) -> str:
    return SAME_AS.get(noun, noun) if noun not in FIELDS else noun


def _name(noun: str) -> str:
    return noun[:1].upper() + noun[1:80]


def _entity(item: _Entity, reader: _Reader) -> EntitySpec:
    fields, confidence = fields_of(item.noun)
    plural = inflection.pluralize(item.noun)
    relations = tuple(
        RelationSpec(
            kind=RelationKind.MANY_TO_ONE,
            name=owner,
            target=_name(owner),
            required=True,
            inverse_name=plural,
            inferred_from=(source,),
            confidence=0.7,
        )
        for owner, source in item.belongs_to.items()
        if owner in reader.entities and item.noun not in reader.entities[owner].belongs_to
    )
    return EntitySpec(
        name=_name(item.noun),
        plural=_name(plural),
        fields=fields,
        relations=relations,
        inferred_from=tuple(dict.fromkeys(item.sources)),
        confidence=confidence,
    )


def _feature(
    text: str, nouns: list[str], capabilities: list[str], *, reader: _Reader
) -> FeatureSpec:
    kept = [noun for noun in nouns if noun in reader.entities]
    usable = [c for c in capabilities if reader.entities or c not in _NEEDS_ENTITY]
    if kept or usable:
        return FeatureSpec(
            text=text,
            state=FeatureState.PLANNED,
            entities=tuple(_name(noun) for noun in kept),
            capabilities=tuple(usable),
        )
    reason = _TOO_MANY if nouns else _reason(text)
    return FeatureSpec(text=text, state=FeatureState.UNPLACED, reason=reason)


def _reason(text: str) -> str:
    words = {inflection.singularize(w) for w in re.findall(r"[a-z]+", text.lower())}
    named = sorted(words & NOT_THINGS)
    return f"The built-in engine cannot make this yet ({', '.join(named)})." if named else _UNKNOWN
