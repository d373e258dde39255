"""From what sentences link to the relations of the things that are kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

import inflection

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.deeds import DEEDS, DONE_OUTRIGHT
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import fields_of
from generation.engines.builtin.understanding.relations import Linked
from generation.engines.builtin.understanding.usual import usual_wholes
from generation.engines.builtin.understanding.vocabulary import (
    CLASSIFIERS,
    COLLECTIONS,
    LABELS,
    PEOPLE,
    PERSONS,
    WHAT_THINGS_HAVE,
)
from projects.spec.models import FieldType, RelationKind, RelationSpec, Source

MOST_LINKS = 6
_BUYERS = frozenset({"customer", "shopper", "buyer", "visitor", "user"})
_BUYING = frozenset({"browse", "buy", "purchase", "order"})
SHORTEST_SOURCE = 300
NEAR = 7  # words
_AND = frozenset({"and", "or", "&", "/"})
SAID, IMPLIED, USUAL, TOGETHER = 0.9, 0.7, 0.6, 0.5
OFTEN = 3
MARKING = frozenset({"tag", "label", "category"})
REMARKS = frozenset({"comment", "review", "rating", "reply", "reaction", "like"})
OPINIONS = frozenset({"comment", "review", "rating", "feedback", "testimonial"})
# Where other things are, and whose they are.
PLACES = frozenset(
    {"shelter", "store", "shop", "warehouse", "hospital", "clinic", "school", "company", "branch"}
    | {"organisation", "venue", "building", "location", "site", "club", "restaurant", "hotel"}
)
# What a text of the same name says better than a link.
_VALUES = frozenset({"result", "position", "level", "grade", "score", "role", "type", "kind"})
# What belongs to others, and others never to it.
_PARTS_ONLY = REMARKS | DONE_OUTRIGHT | {"feedback", "expense", "income", "address"}
KEPT_FOR_LATER = frozenset({"favorite", "favourite"})


def relations_of(
    chosen: dict[str, Candidate],
    linked: Iterable[Linked],
    written_out: Collection[str] = (),
    told: Collection[str] = (),
) -> dict[str, list[RelationSpec]]:
    """Return the relations of every thing, by its noun; what is said goes before what is implied.

    A pair that several sentences link is linked once, save by relations of other names. "Authors
    have many books" and "books have many authors" together are a link of many to many.
    What is `written_out` with all that it has gets no link that is only usual; what is `told` has
    the fields that the words give it.
    """
    made: dict[str, list[RelationSpec]] = defaultdict(list)
    pairs: set[frozenset[str]] = set()
    for link in _settled(link for link in _known(linked, chosen) if not _is_done(link, chosen)):
        pairs.add(frozenset((link.one, link.other)))
        if len(made[link.one]) < MOST_LINKS:
            made[link.one].append(_relation(link, SAID))
    ways = (
        (_implied(chosen, made), IMPLIED),
        (_named_together(chosen), TOGETHER),
        (_usual(chosen, pairs, made, written_out), USUAL),
        (_sorting(chosen, pairs), USUAL),
        (_of_known_fields(chosen, told), USUAL),
    )
    for links, sure in ways:
        for link in links:
            pair = frozenset((link.one, link.other))
            if pair not in pairs and len(made[link.one]) < MOST_LINKS:
                pairs.add(pair)
                made[link.one].append(_relation(link, sure))
    for link in _said_about(chosen, pairs):
        made[link.one].append(_relation(link, IMPLIED))
        pairs.add(frozenset((link.one, link.other)))
    for link in _left_alone(chosen, pairs):
        made[link.one].append(_relation(link, TOGETHER))
    return made


def _usual(
    chosen: dict[str, Candidate],
    pairs: set[frozenset[str]],
    made: Mapping[str, list[RelationSpec]],
    written_out: Collection[str],
) -> Iterator[Linked]:
    """Yield the links that things of these kinds usually have, beside those already made.

    What belongs to a person or to a thing that is not the usual one belongs to no other.
    """
    for one, wholes in usual_wholes(chosen, _goods(chosen)):
        if one in OPINIONS and (made.get(one) or len(chosen.keys() - OPINIONS - PERSONS) > 1):
            continue  # of which of several things it is, nobody said
        linked = {noun for pair in pairs if one in pair for noun in pair - {one}}
        targets = {relation.target.lower() for relation in made.get(one, ())}
        others = targets - {noun for whole in wholes for noun in whole.nouns} - MARKING
        taken = {noun.rpartition(" ")[2] in PERSONS for noun in others}
        for whole in wholes:
            first = whole.nouns[0]
            is_person = first.rpartition(" ")[2] in PERSONS
            if one not in written_out and is_person not in taken and not linked & set(whole.nouns):
                kind = RelationKind.MANY_TO_MANY if whole.several else RelationKind.MANY_TO_ONE
                if _is_known_by(first, made.get(one, ()), made):
                    continue  # whose payment it is, its lease says
                if whole.several and any(noun.startswith(f"{one} ") for noun in chosen):
                    continue  # the items of an order are what points at products
                yield Linked(kind, one, first, chosen[one].sources[0])


def _of_known_fields(chosen: dict[str, Candidate], told: Collection[str]) -> Iterator[Linked]:
    """Yield links in place of usual texts that name a thing which is kept: a job's company."""
    for noun in [noun for noun in chosen if noun not in told]:
        for field in fields_of(noun)[0]:
            other = field.name.replace("_", " ")
            fits = field.type is FieldType.STRING and other not in _VALUES
            if fits and other in chosen and other != noun:
                yield Linked(RelationKind.MANY_TO_ONE, noun, other, chosen[noun].sources[0])


def _goods(chosen: Mapping[str, Candidate]) -> str | None:
    """Return the one thing that customers are said to browse or buy: the plants of a shop."""
    sold = [
        noun
        for noun, thing in chosen.items()
        if not thing.deed
        and noun not in COLLECTIONS
        and any(actor in _BUYERS and verb in _BUYING for actor, verb in thing.done)
    ]
    return sold[0] if len(sold) == 1 else None


def _is_known_by(
    whole: str, relations: Iterable[RelationSpec], made: Mapping[str, list[RelationSpec]]
) -> bool:
    """Tell whether something that a thing belongs to belongs to a whole itself."""
    return any(
        further.target.lower() == whole and further.kind is RelationKind.MANY_TO_ONE
        for relation in relations
        if _head(relation.target.lower()) not in PERSONS
        for further in made.get(relation.target.lower(), ())
    )


def _sorting(chosen: dict[str, Candidate], pairs: set[frozenset[str]]) -> Iterator[Linked]:
    """Yield a link to what sorts others and is linked to nothing, from the thing most told of."""
    for noun in [noun for noun in chosen if noun in MARKING and chosen[noun].sources]:
        if any(noun in pair for pair in pairs):
            continue
        never = PERSONS | PEOPLE | MARKING | REMARKS
        things = [n for n in chosen if n.rpartition(" ")[2] not in never]
        said = max((len(chosen[n].weights) for n in things), default=0)
        most = [n for n in things if len(chosen[n].weights) == said]
        if len(most) == 1:
            several = noun in LABELS
            kind = RelationKind.MANY_TO_MANY if several else RelationKind.MANY_TO_ONE
            yield Linked(kind, most[0], noun, chosen[noun].sources[0])


def _said_about(chosen: dict[str, Candidate], pairs: set[frozenset[str]]) -> Iterator[Linked]:
    """Yield a link from a comment or a review to what it is about, where no words say so.

    That is the thing named with it in one sentence, else the only thing there is.
    """
    marks = REMARKS | KEPT_FOR_LATER | _notes_on(chosen)
    done = frozenset(DEEDS.values())
    things = [noun for noun in chosen if noun not in marks | PERSONS | PEOPLE | done]
    for noun in [noun for noun in chosen if noun in marks]:
        if any(noun in pair for pair in pairs):
            continue
        sources = chosen[noun].sources
        near = [thing for thing in things if set(chosen[thing].sources) & set(sources)]
        about = near or (things if len(things) == 1 else [])
        if about and sources:
            needed = noun != "note"
            yield Linked(RelationKind.MANY_TO_ONE, noun, about[0], sources[0], required=needed)


def _notes_on(chosen: dict[str, Candidate]) -> set[str]:
    """Return the notes that are only added to what is kept: "rate movies, add notes"."""
    note = chosen.get("note")
    added = note is not None and {verb for _, verb in note.done} == {"add"}
    return {"note"} if added else set()


def _left_alone(chosen: dict[str, Candidate], pairs: set[frozenset[str]]) -> Iterator[Linked]:
    """Yield a link of what is linked to nothing to what most is told of of what stands near it.

    Neither what stands beside it in a list, nor a person or what somebody does, and no remark on
    nobody knows what.
    """
    linked = {noun for pair in pairs for noun in pair}
    never = PERSONS | PEOPLE | CLASSIFIERS | REMARKS
    for noun in [noun for noun in chosen if noun not in linked and _head(noun) not in never]:
        thing = chosen[noun]
        near = {
            other: len(chosen[other].weights)
            for other in chosen
            if other != noun
            and not chosen[other].deed
            and _head(other) not in PERSONS | PEOPLE | CLASSIFIERS | LABELS | _PARTS_ONLY
            and any(_is_near(s.text, noun, other) for s in _shared(thing, chosen[other]))
        }
        most = max(near.values(), default=0)
        best = [other for other, count in near.items() if count == most]
        if len(best) == 1 and most > len(thing.weights):
            one, other = (best[0], noun) if _head(noun) in PLACES else (noun, best[0])
            yield Linked(RelationKind.MANY_TO_ONE, one, other, thing.sources[0])


def _head(noun: str) -> str:
    return noun.rpartition(" ")[2]


def _shared(one: Candidate, other: Candidate) -> list[Source]:
    """Return the sentences that speak of both things."""
    return [source for source in dict.fromkeys(one.sources) if source in other.sources]


def _is_near(text: str, one: str, other: str) -> bool:
    """Tell whether few words stand between two things, and more than "and": "pets and shelters"."""
    places = [re.search(rf"\b{re.escape(noun)}\w*", text, re.IGNORECASE) for noun in (one, other)]
    spans = sorted(found.span() for found in places if found is not None)
    if len(spans) < len(places):
        return False
    between = text[spans[0][1] : spans[1][0]]
    words = between.split()
    return len(words) <= NEAR and not re.search(r"[,;:]", between) and not set(words) <= _AND


def _named_together(chosen: dict[str, Candidate]) -> Iterator[Linked]:
    """Yield a link of two things that several user stories want something of at once."""
    stories: dict[Source, list[str]] = defaultdict(list)
    for noun, candidate in chosen.items():
        for source in dict.fromkeys(candidate.wished):
            stories[source].append(noun)
    seen: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for source, nouns in stories.items():
        for pair in combinations(nouns[:MOST_LINKS], 2):
            seen[pair].append(source)
    for (one, other), sources in seen.items():
        if len(sources) >= OFTEN:
            yield Linked(RelationKind.MANY_TO_MANY, one, other, sources[0], firm=False)


def named(noun: str | None, chosen: dict[str, Candidate]) -> str | None:
    """Return the name under which a thing is kept."""
    if not noun:
        return None
    first, _, last = noun.rpartition(" ")
    singular = f"{first} {singular_of(last)}".strip()
    if singular in chosen:
        return singular
    head = singular.rsplit(" ", maxsplit=1)[-1]
    if head in chosen:
        return head
    return next((name for name, thing in chosen.items() if singular in thing.also), None)


def name_of(noun: str) -> str:
    """Return a noun as an entity's name."""
    return noun[:1].upper() + noun[1:80]


def short(source: Source) -> Source:
    """Return the words of a source, without what is beyond the length that is kept."""
    return source.model_copy(update={"text": source.text[:SHORTEST_SOURCE]})


def _known(linked: Iterable[Linked], chosen: dict[str, Candidate]) -> Iterator[Linked]:
    """Yield the links between things that are kept, by the nouns they are kept under."""
    for link in linked:
        one, other = named(link.one, chosen), named(link.other, chosen)
        if one is None or other is None or (one == other and link.one != link.other):
            continue
        if link.kind is RelationKind.MANY_TO_ONE and not (link.firm or link.name):
            one, other = _sorted_by(one, other)
        name = None if link.name == other else link.name
        yield link._replace(one=one, other=other, name=name)


def _is_done(link: Linked, chosen: dict[str, Candidate]) -> bool:
    """Tell whether the words of a link leave a deed that links both: customers order cakes."""
    both = {link.one, link.other}
    return any(
        thing.deed
        and noun not in both
        and both <= {named(o, chosen) for o, s in thing.belongs_to.items() if s == link.source}
        for noun, thing in chosen.items()
    )


def _settled(links: Iterable[Linked]) -> Iterator[Linked]:
    """Yield each link once, where several sentences speak of the same two things."""
    plain: dict[frozenset[str], list[Linked]] = defaultdict(list)
    named_links: dict[tuple[str, str, str], Linked] = {}
    for link in links:
        if link.name is None:
            plain[frozenset((link.one, link.other))].append(link)
        else:
            named_links.setdefault((link.one, link.other, link.name), link)
    told = {(one, other, link.source) for (one, other, _), link in named_links.items()}
    for several in plain.values():
        left = [link for link in several if (link.one, link.other, link.source) not in told]
        if left:
            yield _one_of(left)
    yield from named_links.values()


def _one_of(several: list[Linked]) -> Linked:
    first = min(several, key=lambda link: not link.firm)
    many = [link for link in several if link.kind is RelationKind.MANY_TO_MANY]
    if many:
        return many[0]
    turned = [link for link in several if link.one != first.one and link.firm]
    if turned and first.firm and {first.kind, turned[0].kind} == {RelationKind.MANY_TO_ONE}:
        return first._replace(kind=RelationKind.MANY_TO_MANY, one=first.other, other=first.one)
    return first._replace(required=any(link.required for link in several))


def _implied(
    chosen: dict[str, Candidate], made: Mapping[str, list[RelationSpec]]
) -> Iterator[Linked]:
    """Yield the links that nouns imply by how they stand: "photos of campers"."""
    for noun, candidate in chosen.items():
        for owner, source in candidate.belongs_to.items():
            other = named(owner, chosen)
            if other is None or other == noun or _is_of_its_parts(noun, other, chosen):
                continue
            if candidate.deed and _is_of_its_object(noun, other, chosen, made):
                continue
            one, other = _turned(noun, other)
            head = other.rsplit(" ", maxsplit=1)[-1]
            holds = one.rpartition(" ")[2] in COLLECTIONS and not chosen[one].deed
            several = head in LABELS or (holds and one != "order")
            kind = RelationKind.MANY_TO_MANY if several else RelationKind.MANY_TO_ONE
            alone = candidate.deed and one == noun and _is_about_one(candidate, chosen)
            yield Linked(kind, one, other, source, required=alone)


def _is_about_one(deed: Candidate, chosen: dict[str, Candidate]) -> bool:
    """Tell whether a deed is done to things of one kind: who rates either rates not both."""
    things = {named(noun, chosen) for noun in deed.belongs_to} - {None}
    return len({noun for noun in things if noun and _head(noun) not in PERSONS | PEOPLE}) <= 1


def _is_of_its_parts(noun: str, other: str, chosen: dict[str, Candidate]) -> bool:
    """Tell whether the parts of a thing point at another: the items of an order at products."""
    return any(
        part.startswith(f"{noun} ")
        and {noun, other} <= {named(owner, chosen) for owner in thing.belongs_to}
        for part, thing in chosen.items()
    )


def _is_of_its_object(
    deed: str, other: str, chosen: dict[str, Candidate], made: Mapping[str, list[RelationSpec]]
) -> bool:
    """Tell whether what a deed is done to has the other already: one books a bed in a dorm.

    By another sentence, that is: who books a massage in a room chooses the room.
    """
    things = {named(owner, chosen) for owner in chosen[deed].belongs_to} - {None, deed, other}
    return any(
        noun is not None
        and (
            other in {named(owner, chosen) for owner in chosen[noun].belongs_to}
            or other in {relation.target.lower() for relation in made.get(noun, ())}
        )
        and not chosen[noun].deed
        and _head(noun) not in WHAT_THINGS_HAVE  # a seat is the flight's alone
        and _are_told_together(chosen[noun], chosen[other], chosen[deed])
        for noun in things
    )


def _are_told_together(one: Candidate, other: Candidate, deed: Candidate) -> bool:
    """Tell whether a sentence that is not told of a deed speaks of both of two things."""
    return not (set(one.sources) & set(other.sources)) <= set(deed.sources)


def _turned(noun: str, owner: str) -> tuple[str, str]:
    """Let a thing point at what sorts it: "categories of products" are what products have.

    What is said, kept or remembered of a thing points at it, whichever words stand first.
    """
    told = REMARKS | KEPT_FOR_LATER | {"history", "cart", "basket", "wishlist", "watchlist"}
    if owner.rpartition(" ")[2] in told and noun.rpartition(" ")[2] not in told:
        return owner, noun
    return _sorted_by(noun, owner, CLASSIFIERS | LABELS)


def _sorted_by(noun: str, owner: str, sorts: frozenset[str] = CLASSIFIERS) -> tuple[str, str]:
    turn = noun.rsplit(" ", maxsplit=1)[-1] in sorts and owner not in sorts
    return (owner, noun) if turn else (noun, owner)


def _relation(link: Linked, sure: float) -> RelationSpec:
    many = link.kind is RelationKind.MANY_TO_MANY
    return RelationSpec(
        kind=link.kind,
        name=link.name or (inflection.pluralize(link.other) if many else link.other),
        target=name_of(link.other),
        required=link.required and not many and link.one != link.other,
        inferred_from=(short(link.source),),
        confidence=sure,
    )
