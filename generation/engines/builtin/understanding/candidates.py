"""Nouns that may become entities, and the evidence for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from generation.engines.builtin.understanding.companions import companions_in
from generation.engines.builtin.understanding.declaratives import declared_in
from generation.engines.builtin.understanding.deeds import DONATED_TO
from generation.engines.builtin.understanding.drawing import drawn_with
from generation.engines.builtin.understanding.fields import Listed, has_fields
from generation.engines.builtin.understanding.fieldtypes import type_of
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.inventories import inventory_in
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS
from generation.engines.builtin.understanding.lines import line_of
from generation.engines.builtin.understanding.listings import (
    Listing,
    has_pictures,
    is_several,
    listings_of,
    without_lists,
)
from generation.engines.builtin.understanding.mentions import Mention, mentions_of
from generation.engines.builtin.understanding.nesting import beside_nested, nested_in
from generation.engines.builtin.understanding.records import told_by, told_links
from generation.engines.builtin.understanding.relations import Linked, links_in
from generation.engines.builtin.understanding.repeated import repeated_in
from generation.engines.builtin.understanding.sayings import sayings_in, without_deeds
from generation.engines.builtin.understanding.sentences import words_of
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.vocabulary import (
    HOLDING,
    NOT_THINGS,
    PEOPLE,
    PERHAPS_PEOPLE,
    PERSONS,
    SOFT,
    WHAT_THINGS_HAVE,
)
from generation.engines.builtin.understanding.weights import KEPT, NAMED, SEEN, SORTING, WANTED
from generation.engines.builtin.understanding.wording import as_all_do, without_doer
from projects.spec.models import FieldSpec, FieldType, RelationKind, Source

OF_ACCOUNTS = frozenset(
    {"name", "email", "email address", "password", "username", "role", "account", "user name"}
)
MOST_OF_A_WORD = 6
_PAID = frozenset({"deposit", "rate", "fee", "fine", "rent"})
_PARTS = FIELDS.keys() - NOT_THINGS - PEOPLE - WHAT_THINGS_HAVE
# "Officers reject them with a comment"
_WITH_REMARK = re.compile(
    r"\b(?:them|it) (?:with|by|and (?:leave|add|write)) (?:an? |the )?(?:\w+ )?"
    r"(?P<remark>comment|remark|reply|note|review|rating)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:them|it)\b", re.IGNORECASE)


@dataclass
class Candidate:
    """A noun that may become an entity, and the evidence for it."""

    noun: str
    weights: list[float] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    belongs_to: dict[str, Source] = field(default_factory=dict)
    deed: bool = False
    several: bool = False
    declared: bool = False
    also: set[str] = field(default_factory=set)
    done: set[tuple[str, str]] = field(default_factory=set)
    wished: list[Source] = field(default_factory=list)

    def take(self, mention: Mention) -> None:
        """Count a mention in."""
        if mention.weight:
            self.weights.append(mention.weight)
            self.sources.append(mention.source)
        self.deed = self.deed or mention.deed
        self.several = self.several or (mention.several and mention.weight >= WANTED)
        if mention.wished and mention.weight:
            self.wished.append(mention.source)
        self.done |= {(mention.actor, verb) for verb in mention.verbs}
        if mention.belongs_to:
            self.belongs_to.setdefault(mention.belongs_to, mention.source)

    def join(self, other: Candidate) -> None:
        """Take over the evidence for another name of the same thing."""
        self.weights += other.weights
        self.sources += other.sources
        self.belongs_to = {**other.belongs_to, **self.belongs_to}
        self.also |= {other.noun, *other.also}
        self.done |= other.done
        self.wished += other.wished

    @property
    def is_kept(self) -> bool:
        """Tell whether a sentence says outright that the thing is kept or what it has."""
        return self.declared or max(self.weights, default=0.0) >= 1.0

    @property
    def is_doubtful(self) -> bool:
        """Tell whether it is an account of which more may be kept than what one signs in with."""
        return self.noun in PEOPLE and max(self.weights, default=0.0) < 1.0

    @property
    def is_stray(self) -> bool:
        """Tell whether it is named only once and unknown: in a long text, a slip of the pen."""
        return len(self.weights) < 2 and not (self.declared or is_known(self.noun))

    @property
    def is_measured(self) -> bool:
        """Tell whether it is said once and is what other things have, such as a temperature.

        Several that are managed, such as regions, are things.
        """
        several = self.several and (_is_a_word(self.noun) or self._is_for_each())
        return not several and self.is_stray and self.noun in WHAT_THINGS_HAVE

    def _is_for_each(self) -> bool:
        """Tell whether several are taken for each of what has none: "deposits for keys"."""
        made = self.noun in _PAID and max(self.weights, default=0.0) >= KEPT
        return made and any(
            owner in FIELDS and self.noun not in {field.name for field in FIELDS[owner]()}
            for owner in self.belongs_to
        )

    @property
    def score(self) -> float:
        """How sure the reader is that the thing is kept, up to about 1.8."""
        if not self.weights:
            return 0.0
        known = 0.2 if is_known(self.noun) or _has_known_head(self.noun) else 0.0
        return max(self.weights) + 0.15 * min(len(self.weights) - 1, 4) + known


def _is_a_word(noun: str) -> bool:
    """Tell whether a field of this name is a short text, and no figure or date."""
    return {type_of(noun), type_of(f"{noun}s")} == {FieldType.STRING}


def _has_known_head(noun: str) -> bool:
    """Tell whether a noun is a kind of something known, and not of a person."""
    head = noun.rpartition(" ")[2]
    return head not in PERSONS and is_known(head)


def in_order(chosen: dict[str, Candidate], sources: list[Source]) -> dict[str, Candidate]:
    """Return things in the order in which the words first speak of them."""
    places = {source: number for number, source in enumerate(sources)}

    def place(noun: str) -> tuple[int, int]:
        return min(
            (
                (places.get(s, len(places)), _place_in(s.text.lower(), noun))
                for s in chosen[noun].sources
            ),
            default=(len(places), 0),
        )

    return {noun: chosen[noun] for noun in sorted(chosen, key=place)}


def _place_in(text: str, noun: str) -> int:
    at = text.find(noun[:MOST_OF_A_WORD])
    return at if at >= 0 else len(text)


def is_known(noun: str) -> bool:
    """Tell whether the lexicon has the thing."""
    return noun in FIELDS or noun in SAME_AS


class Statements(NamedTuple):
    """What sentences say outright: the fields of things, and how things belong together."""

    facts: list[tuple[Source, Listed]]
    listings: dict[Source, list[Listing]]
    linked: list[Linked]
    declared: frozenset[str]


def statements_in(sources: list[Source]) -> Statements:
    """Read what is said outright."""
    nested = nested_in(sources)
    within = {link.one for link in nested}
    facts = [
        (source, fact)
        for source in sources
        if (fact := told_by(source) or has_fields(source)) is not None
        and not _is_who_asks(fact.noun or "")
        and not all(is_several(f.name) or literal(f.name.split()) in within for f in fact.fields)
        and not _is_full_of(fact)
    ]
    stated = {source for source, _ in facts}
    listings = {source: listings_of(source) for source in sources if source not in stated}
    told = {noun for _, fact in facts if (noun := noun_of(fact)) is not None}
    declared = frozenset(told | within) | repeated_in(sources)
    links = [link for source in sources for link in links_in(source, declared)]
    linked = [*nested, *beside_nested(links, nested)]
    linked += [link for source in sources for link in told_links(source)]
    return Statements(facts, listings, linked, declared)


def _is_full_of(fact: Listed) -> bool:
    """Tell whether what stands in a thing without rows is named: "a blog with posts"."""
    held = HOLDING.get((fact.noun or "").rpartition(" ")[2], frozenset())
    return not fact.each and any(singular_of(field.name) in held for field in fact.fields)


def _is_who_asks(name: str) -> bool:
    """Tell whether somebody's own one thing is named: "our choir" has singers, and is no row."""
    words = name.lower().split()
    return words[:1] in (["our"], ["my"]) and singular_of(words[-1]) == words[-1]


def candidates_of(sources: list[Source], said: Statements) -> dict[str, Candidate]:
    """Gather the evidence for every noun that the sentences speak of."""
    found: dict[str, Candidate] = {}

    def of(noun: str) -> Candidate:
        return found.setdefault(noun, Candidate(noun))

    stated = {source for source, _ in said.facts}
    about: str | None = None
    drawing: list[Mention] = []
    for source in sources:
        if source in stated:
            about = next((n for one, f in said.facts if one is source and (n := noun_of(f))), about)
            continue
        text = without_lists(source.text, said.listings[source])
        counted = inventory_in(as_all_do(text), said.declared)
        for noun in counted.nouns:
            of(noun).take(Mention(noun, counted.weight, source))
            of(noun).declared |= noun in PERHAPS_PEOPLE
        text = counted.rest
        every = mentions_of(source, said.declared, without_deeds(text))
        mentions = [mention for mention in every if mention.noun not in PEOPLE]
        about = next((m.noun for m in mentions if _is_spoken_of(m)), about)
        drawing += mentions
        for mention in [*_with_pronouns(mentions, about, text), *_bare(source)]:
            of(mention.noun).take(mention)
        told = _told_of(said.listings[source], source, about)
        said_so = [*declared_in(source, said.declared), *sayings_in(source, text)]
        for mention in [*told, *_of_what(said_so, mentions, about)]:
            of(mention.noun).take(mention)
            of(mention.noun).declared |= mention.noun in PEOPLE
            of(mention.noun).declared |= mention.noun in PERHAPS_PEOPLE and mention.weight >= KEPT
        for mention in companions_in(source, text):
            of(mention.noun).take(mention)
    for noun, weight, source in _declarations(said):
        of(noun).take(Mention(noun, weight, source))
        of(noun).declared |= weight > SORTING
    sure = [noun for noun, thing in found.items() if thing.score >= WANTED]
    for mention in drawn_with(sure, drawing, said.linked):
        of(mention.noun).take(mention)
    return found


def _bare(source: Source) -> Iterator[Mention]:
    """Yield the known thing that a feature names and nothing else."""
    bare = bare_thing(source)
    if bare is not None and is_known(bare):
        yield Mention(bare, 1.0, source)


def _is_spoken_of(mention: Mention) -> bool:
    """Tell whether "them" may mean the thing: not a deed, and not a person who does something."""
    acts = mention.weight <= NAMED and mention.noun.rpartition(" ")[2] in PERSONS
    return bool(mention.weight) and not mention.deed and not acts


def _told_of(listings: list[Listing], source: Source, about: str | None) -> list[Mention]:
    """Return the things whose information stands in lists of fields of what is spoken of."""
    nouns = [noun for listing in listings for noun in listing.others if noun != about]
    links = [Mention(about, 0.0, source, belongs_to=noun) for noun in nouns if about]
    parts = [
        (noun, (thing_of(listing.words) if listing.firm else None) or about)
        for listing in listings
        for noun in listing.parts
        if not (about or "").endswith(noun) and noun not in listing.words
    ]
    return [
        *links,
        *(Mention(noun, SEEN, source) for noun in nouns),
        *(Mention(line_of(of or "", n), SEEN, source, belongs_to=of) for n, of in parts),
    ]


def _of_what(told: list[Mention], mentions: list[Mention], about: str | None) -> Iterator[Mention]:
    """Let a deed without an object be done to what is kept nearest: "listeners can comment"."""
    most = max(mentions, key=lambda mention: mention.weight, default=None)
    if most is not None and most.deed and most.belongs_to is not None:
        nearest: str | None = most.belongs_to  # "backers pledge to a campaign and comment"
    else:
        nearest = most.noun if most is not None and most.weight >= SEEN else about
    for mention in told:
        alone = mention.deed and mention.belongs_to is None and nearest != mention.noun
        alone = alone and (mention.noun != "donation" or nearest in DONATED_TO)
        yield mention._replace(belongs_to=nearest) if alone else mention


def _with_pronouns(mentions: list[Mention], about: str | None, text: str) -> list[Mention]:
    """Let a deed be done to what was spoken of before it is done to "them"."""
    if about is None or _PRONOUN.search(text) is None:
        return mentions
    remarked = {found["remark"].lower() for found in _WITH_REMARK.finditer(text)}
    return [
        m._replace(belongs_to=about)
        if (m.deed or m.noun in remarked) and m.belongs_to is None
        else m
        for m in mentions
    ]


def _declarations(said: Statements) -> Iterator[tuple[str, float, Source]]:
    """Yield the things that sentences give fields or links to, and how much that weighs."""
    for source, listed in said.facts:
        noun = noun_of(listed)
        if noun is not None and (noun not in PEOPLE or _says_more(listed.fields)):
            yield noun, 1.0, source
    for source, listings in said.listings.items():
        for listing in listings:
            if listing.also is not None:
                yield listing.also, 1.0, source
            words = kept(listing.words) if listing.firm else []
            soft = bool(words) and singular_of(words[-1]) in SOFT
            noun = thing_of(tuple(words)) or (literal(words) if soft else None)
            if noun is not None and (noun not in PEOPLE or _says_more(listing.fields)):
                yield noun, 1.0, source
    yield from _pictures(said)
    full = {source for source, fact in said.facts if any(f.name == "id" for f in fact.fields)}
    for link in said.linked:
        plain = link.name is None and link.kind is RelationKind.MANY_TO_ONE
        itself = SAME_AS.get(link.other) == link.one  # the subtasks of a to-do
        if plain and not (link.firm or itself) and link.one in _PARTS and link.source not in full:
            yield link.one, SORTING, link.source
        if link.firm:
            yield from ((n, 0.8, link.source) for n in (link.one, link.other) if n not in PEOPLE)


def _pictures(said: Statements) -> Iterator[tuple[str, float, Source]]:
    """Yield the pictures and papers of which a thing is said to have several.

    What is written out as a table is, with its id, has a column of that name.
    """
    for source, fact in said.facts:
        names = [told.name.lower() for told in fact.fields]
        if "id" not in names:
            yield from ((literal(n.split()), WANTED, source) for n in names if has_pictures(n))


def _says_more(fields: tuple[FieldSpec, ...]) -> bool:
    """Tell whether the fields of a user are more than what one signs in with."""
    return len([field for field in fields if field.name.lower() not in OF_ACCOUNTS]) > 1


def noun_of(listed: Listed) -> str | None:
    """Return the thing that a list of fields is of."""
    words = kept(
        [word.text for word in words_of(without_doer(listed.noun or "")) if not word.is_mark]
    )
    return literal(words) if listed.each and words else thing_of(tuple(words))


def bare_thing(source: Source) -> str | None:
    """Return the thing that a feature names and nothing else: "Notes"."""
    if source.part != "feature" or len(source.text) > 60:
        return None
    words = [word.text for word in words_of(source.text) if not word.is_mark]
    return thing_of(tuple(kept(words))) if 1 <= len(words) <= 3 else None
