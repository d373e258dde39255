"""Nouns that may become entities: the evidence for each, and which of them are chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from generation.engines.builtin.understanding.fields import Listed
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS
from generation.engines.builtin.understanding.mentions import (
    Mention,
    literal,
    mentions_of,
    thing_of,
)
from generation.engines.builtin.understanding.relations import Linked
from generation.engines.builtin.understanding.sentences import words_of
from generation.engines.builtin.understanding.vocabulary import NOT_THINGS, PEOPLE, SOFT
from projects.spec.models import Source

MOST_ENTITIES = 60
LIKELY = 0.5


@dataclass
class Candidate:
    """A noun that may become an entity, and the evidence for it."""

    noun: str
    weights: list[float] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    belongs_to: dict[str, Source] = field(default_factory=dict)
    deed: bool = False
    declared: bool = False

    def take(self, mention: Mention) -> None:
        """Count a mention in."""
        if mention.weight:
            self.weights.append(mention.weight)
            self.sources.append(mention.source)
        self.deed = self.deed or mention.deed
        if mention.belongs_to:
            self.belongs_to.setdefault(mention.belongs_to, mention.source)

    def join(self, other: Candidate) -> None:
        """Take over the evidence for another name of the same thing."""
        self.weights += other.weights
        self.sources += other.sources
        self.belongs_to = {**other.belongs_to, **self.belongs_to}

    @property
    def is_stray(self) -> bool:
        """Tell whether it is named only once and unknown: in a long text, a slip of the pen."""
        return len(self.weights) < 2 and not (self.declared or is_known(self.noun))

    @property
    def score(self) -> float:
        """How sure the reader is that the thing is kept, up to about 1.8."""
        if not self.weights:
            return 0.0
        known = 0.2 if is_known(self.noun) else 0.0
        return max(self.weights) + 0.15 * min(len(self.weights) - 1, 4) + known


def is_known(noun: str) -> bool:
    """Tell whether the lexicon has the thing."""
    return noun in FIELDS or noun in SAME_AS


def candidates_of(
    sources: list[Source], facts: list[tuple[Source, Listed]], linked: list[Linked]
) -> dict[str, Candidate]:
    """Gather the evidence for every noun that the sentences speak of."""
    found: dict[str, Candidate] = {}

    def of(noun: str) -> Candidate:
        return found.setdefault(noun, Candidate(noun))

    stated = {source for source, _ in facts} | {link.source for link in linked if link.firm}
    declared = declared_in(facts)
    for source in sources:
        if source in stated:
            continue
        for mention in mentions_of(source, declared):
            of(mention.noun).take(mention)
        bare = bare_thing(source)
        if bare is not None and is_known(bare):
            of(bare).take(Mention(bare, 1.0, source))
    for noun, weight, source in _declarations(facts, linked):
        of(noun).take(Mention(noun, weight, source))
        of(noun).declared = True
    return found


def _declarations(
    facts: list[tuple[Source, Listed]], linked: list[Linked]
) -> Iterator[tuple[str, float, Source]]:
    """Yield the things that sentences give fields or links to, and how much that weighs."""
    for source, listed in facts:
        noun = noun_of(listed)
        if noun is not None:
            yield noun, 1.0, source
    for link in linked:
        if link.firm:
            yield link.one, 0.8, link.source
            yield link.other, 0.8, link.source


def declared_in(facts: list[tuple[Source, Listed]]) -> frozenset[str]:
    """Return the things that sentences give fields to."""
    return frozenset(noun for _, listed in facts if (noun := noun_of(listed)) is not None)


def noun_of(listed: Listed) -> str | None:
    """Return the thing that a list of fields is of."""
    words = kept([word.text for word in words_of(listed.noun or "") if not word.is_mark])
    return literal(words) if listed.each and words else thing_of(tuple(words))


def bare_thing(source: Source) -> str | None:
    """Return the thing that a feature names and nothing else: "Notes"."""
    if source.part != "feature" or len(source.text) > 60:
        return None
    words = [word.text for word in words_of(source.text) if not word.is_mark]
    return thing_of(tuple(kept(words))) if 1 <= len(words) <= 3 else None


def chosen_of(
    candidates: dict[str, Candidate], *, least: float, long: bool
) -> dict[str, Candidate]:
    """Return the things to be kept, by noun; other names of a thing are joined with it."""
    for person in PEOPLE:
        candidates.pop(person, None)
    _join_soft_heads(candidates)
    for noun in sorted(candidates, key=len, reverse=True):
        head = noun.rsplit(" ", maxsplit=1)[-1]
        whole = candidates.get(head)
        if head == noun or candidates[noun].declared:
            continue
        if whole is not None and whole.score >= LIKELY:
            whole.join(candidates.pop(noun))
    _drop_owners_names(candidates, least)
    sure = {n: c for n, c in candidates.items() if c.score >= least and not (long and c.is_stray)}
    return dict(list(sure.items())[:MOST_ENTITIES])


def _join_soft_heads(candidates: dict[str, Candidate]) -> None:
    """Make one thing of several kinds of it: consent forms and medical forms are forms."""
    kinds = defaultdict(list)
    for noun, candidate in candidates.items():
        head = noun.rsplit(" ", maxsplit=1)[-1]
        if head != noun and head in SOFT and not candidate.declared:
            kinds[head].append(noun)
    for head, nouns in kinds.items():
        if len(nouns) > 1:
            whole = candidates.setdefault(head, Candidate(head))
            for noun in nouns:
                whole.join(candidates.pop(noun))


def _drop_owners_names(candidates: dict[str, Candidate], least: float) -> None:
    """Call a "camp facility" a facility where camps are kept: it belongs to one."""
    for noun in list(candidates):
        first, _, head = noun.rpartition(" ")
        owner = candidates.get(first)
        if (
            candidates[noun].declared
            or owner is None
            or owner.score < least
            or head in NOT_THINGS | SOFT
        ):
            continue
        if head.endswith(("er", "or", "ist")) and not is_known(head):
            continue
        part = candidates.pop(noun)
        whole = candidates.setdefault(head, Candidate(head))
        whole.join(part)
        if part.sources:
            whole.belongs_to.setdefault(first, part.sources[0])
