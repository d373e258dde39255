"""Which fields the words give to each thing, and which of them are links to others."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Set

from generation.engines.builtin.understanding.candidates import Candidate, Statements, noun_of
from generation.engines.builtin.understanding.capabilities import capabilities_in
from generation.engines.builtin.understanding.decisions import with_decisions
from generation.engines.builtin.understanding.deeds import DEEDS, DONE_OUTRIGHT, OF_DEEDS, SPOKEN
from generation.engines.builtin.understanding.fields import joined, titled
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.groupings import with_groupings
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import fields_of
from generation.engines.builtin.understanding.limits import NUMBERS
from generation.engines.builtin.understanding.lines import OF_LINES
from generation.engines.builtin.understanding.linking import REMARKS, named, short
from generation.engines.builtin.understanding.listings import MEASURED, Listing, names_of
from generation.engines.builtin.understanding.mentions import mentions_of
from generation.engines.builtin.understanding.recurring import is_logged_often, is_recurring
from generation.engines.builtin.understanding.relations import Linked, held
from generation.engines.builtin.understanding.sifting import with_sifted
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.uploads import (
    is_attached,
    what_is_put,
    with_its_own,
    with_paper,
    with_upload,
)
from generation.engines.builtin.understanding.verbs import LOOKING
from generation.engines.builtin.understanding.vocabulary import CONTAINERS, words
from generation.engines.builtin.understanding.weights import KEPT, SEEN
from projects.spec.models import FieldSpec, FieldType, RelationKind, RelationSpec, Source

# How something is done: "register for an event by entering their name and email".
_HOW = re.compile(r"\bby (?:entering|providing|specifying|giving|leaving) (?:[a-z]+ )?$")
_CLAUSE = re.compile(r"(?:each|every) ")
_STATES = frozenset({"status", "priority", "stage", "severity", "state"})
LONGEST_LINK = 2  # words
DEED_WORDS = 5  # "rate the newest books"
KNOWN = 0.9  # how sure the fields of a thing are that the lexicon knows
OF_A_PERSON = {"name", "email", "phone"}
# What is written of a thing and does not tell it from others.
_NAMES_NOTHING = words(
    "equipment location size colour color status type category unit currency phone position level"
)
_SUMS = words("fee price cost rate deposit total amount rent salary tip discount")
DATES = {FieldType.DATE, FieldType.DATETIME}
TEXTS = {FieldType.STRING, FieldType.EMAIL}


@dataclasses.dataclass
class Given:
    """The fields that the words give to things, and the things of which a list gives them."""

    fields: dict[str, tuple[FieldSpec, ...]] = dataclasses.field(default_factory=dict)
    listed: set[str] = dataclasses.field(default_factory=set)


def given_fields(chosen: dict[str, Candidate], statements: Statements) -> Given:
    """Return the fields that sentences and lists give to each thing, as they are said."""
    given = Given()
    for _, fact in statements.facts:
        noun = named(noun_of(fact), chosen)
        if noun is not None:
            given.fields.setdefault(noun, fact.fields)
    for source, listings in statements.listings.items():
        for listing in listings:
            about = _listed_for(listing, source, chosen)
            also = named(listing.also, chosen) if listing.also is not None else None
            for one in (about, also):
                for noun, fields in _by_lines(one, listing.fields, chosen):
                    given.fields[noun] = joined(given.fields.get(noun, ()), fields)
                    given.listed.add(noun)
    return given


def without_sums(chosen: dict[str, Candidate], given: Given) -> dict[str, Candidate]:
    """Return things without the sums that others have and that are only looked at.

    In "each visit has a reason and a fee; show the fees per month" no fee is a row of its own.
    """
    said = {
        f.name.lower() for noun, fields in given.fields.items() if noun in chosen for f in fields
    }
    return {noun: thing for noun, thing in chosen.items() if not _is_sum(noun, thing, said, given)}


def _is_sum(noun: str, thing: Candidate, said: Set[str], given: Given) -> bool:
    only_seen = {verb for _, verb in thing.done} <= LOOKING - {"pay", "issue", "charge"}
    return noun in _SUMS & said and noun not in given.fields and only_seen and not thing.deed


def _by_lines(
    about: str | None, fields: tuple[FieldSpec, ...], chosen: dict[str, Candidate]
) -> Iterator[tuple[str, tuple[FieldSpec, ...]]]:
    """Yield the fields of a thing, and apart those that its lines have, such as a quantity."""
    if about is None:
        return
    lines = next((n for n in (f"{about} item", f"{about} line") if n in chosen), None)
    of_lines = tuple(f for f in fields if lines and set(f.name.lower().split()) & OF_LINES)
    if rest := tuple(field for field in fields if field not in of_lines):
        yield about, rest
    if lines is not None and of_lines:
        yield lines, joined(of_lines, fields_of(lines)[0])


def said_fields(
    given: Given, chosen: dict[str, Candidate], sources: list[Source]
) -> dict[str, tuple[FieldSpec, ...]]:
    """Return what was given to each thing with its name, its switch, and what is put to it."""
    said = {noun: fields for noun, fields in given.fields.items() if noun in chosen}
    for noun, fields in said.items():
        whole = _completed(noun, fields, is_listed=noun in given.listed)
        said[noun] = with_its_own(noun, whole, fields_of(noun)[0])
    for source in sources:
        _date_what_is_logged(said, chosen, source)
        # What is checked off every day is never done for good.
        switched = "toggle" in capabilities_in(source.text) and not is_recurring(source.text)
        about = _about(source, chosen, SEEN) if switched else None
        if about is not None:
            said[about] = _with_switch(said.get(about) or fields_of(about)[0], source)
        _give_upload(said, chosen, source)
        with_decisions(said, chosen, source)
        with_groupings(said, chosen, source)
        with_sifted(said, chosen, source)
    for noun, thing in chosen.items():
        fields = said.get(noun) or fields_of(noun)[0]
        if (filed := with_paper(noun, thing, fields)) is not fields:
            said[noun] = filed
    return said


def _date_what_is_logged(
    said: dict[str, tuple[FieldSpec, ...]], chosen: dict[str, Candidate], source: Source
) -> None:
    """Give what is written down again and again a date, where it has none."""
    about = _about(source, chosen, KEPT) if is_logged_often(source.text) else None
    if about is None:
        return
    known = fields_of(about)[0]
    fields = said.get(about) or known
    if any(field.type in DATES for field in fields):
        return
    date = FieldSpec(name="date", type=FieldType.DATE, required=True, confidence=0.8)
    dated = next((field for field in known if field.type in DATES), date)
    dated = dated.model_copy(update={"inferred_from": (short(source),)})
    said[about] = joined(fields, (dated,))


def _give_upload(
    said: dict[str, tuple[FieldSpec, ...]], chosen: dict[str, Candidate], source: Source
) -> None:
    """Give a thing the picture or file that is put to it, where that is no thing itself."""
    what = what_is_put(source)
    if what is None or (named(what, chosen) and not is_attached(source)):
        return
    about = _about(source, {n: thing for n, thing in chosen.items() if n != what}, SEEN)
    if about is not None:
        said[about] = with_upload(said.get(about) or fields_of(about)[0], what, source)


def _completed(
    noun: str, fields: tuple[FieldSpec, ...], *, is_listed: bool
) -> tuple[FieldSpec, ...]:
    """Return what is said of a thing with its name, or with its text where only who says it is."""
    known, sure = fields_of(noun)
    naming = (f for f in fields if f.type in TEXTS and f.name.lower() not in _NAMES_NOTHING)
    nameless = sure >= KNOWN and next(naming, None) is None
    if len(fields) == 1 and sure >= KNOWN and _is_beside(fields[0]):
        return joined(known, fields)
    if is_listed and noun == "entry" and all(map(_is_measured, fields)):
        return joined(tuple(f for f in known if f.type in DATES), fields)
    if is_listed:
        fields = _dated(fields, known)
    if is_listed or (nameless and known[0].name in ("name", "title")):
        return titled(fields, known)
    if {field.name.lower() for field in fields} <= OF_A_PERSON:  # comments with a name and an email
        return joined(fields, tuple(f for f in known if f.type is FieldType.TEXT and f.required))
    return fields


def _is_beside(field: FieldSpec) -> bool:
    """Tell whether a field was told in a clause of its own: ", and each author has a website"."""
    return any(_CLAUSE.match(source.text) for source in field.inferred_from)


def _is_measured(field: FieldSpec) -> bool:
    return field.name.lower() in MEASURED or field.type in NUMBERS


def _dated(fields: tuple[FieldSpec, ...], known: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Return fields with the date that a thing of this kind always has, such as an inspection."""
    always = tuple(field for field in known if field.type in DATES and field.required)
    has_one = any(field.type in DATES for field in fields)
    return fields if has_one or len(always) != 1 else joined(fields, always)


def _listed_for(listing: Listing, source: Source, chosen: dict[str, Candidate]) -> str | None:
    """Return the thing that a list of fields is of: the one named beside it, or before it.

    In "book rooms with a start date" it is what is left of the deed: the booking.
    """
    if (deed := _deed_before(listing, source, chosen)) is not None:
        return deed
    for name in names_of(listing):
        noun = thing_of(tuple(kept(name)), frozenset(chosen))
        last = literal(name).split()[-1]
        if noun is not None and (last in noun or last in CONTAINERS) and named(noun, chosen):
            return named(noun, chosen)
    about = _about(source, chosen) or (next(iter(chosen)) if len(chosen) == 1 else None)
    if about in SPOKEN and all(field.name.lower() in _STATES for field in listing.fields):
        # "Reply to tickets and set the status" of the ticket.
        return next((other for other in chosen[about].belongs_to if other in chosen), about)
    return about


def _deed_before(listing: Listing, source: Source, chosen: dict[str, Candidate]) -> str | None:
    text = source.text[: listing.span[0]].lower()
    how = _HOW.search(text)
    of_deed = all(set(field.name.lower().split()) & OF_DEEDS for field in listing.fields)
    if how is None and not of_deed:
        return None
    done = text[: how.start()] if how is not None else text.rpartition(" with")[0]
    before = done.split()[-DEED_WORDS:]
    for at, word in enumerate(before):
        noun = named(literal([word]), chosen)
        if noun in DONE_OUTRIGHT and before[at + 1 :]:  # "appointments with a doctor"
            return noun
        done_to = named(literal(kept(before[at + 1 :])), chosen)
        if DEEDS.get(word) in chosen and done_to:
            return DEEDS[word]
    return None


def links_of_fields(
    said: Mapping[str, tuple[FieldSpec, ...]], chosen: Mapping[str, Candidate]
) -> Iterator[Linked]:
    """Yield a link for each field that is another thing of the app."""
    for noun, fields in said.items():
        for field in fields:
            other = literal(field.name.lower().split())
            if other not in chosen and _says_which(field):
                other = singular_of(field.name.lower().split()[-1])
            if other in chosen and other != noun and field.inferred_from:
                plural = singular_of(field.name.lower()) != field.name.lower()
                source = field.inferred_from[0]
                if other in REMARKS:  # a book with a review: the review is of the book
                    yield Linked(RelationKind.MANY_TO_ONE, other, noun, source, firm=False)
                    continue
                yield (
                    held(noun, other, source)
                    if plural
                    else Linked(
                        RelationKind.MANY_TO_ONE, noun, other, source, field.required, firm=False
                    )
                )


def _says_which(field: FieldSpec) -> bool:
    """Tell whether a field may be another thing by its last word: "assigned technician"."""
    about = field.name.lower().split()
    head = about[-1]
    alone = field.type is FieldType.STRING and not field.choices and singular_of(head) == head
    return len(about) == LONGEST_LINK and alone and about[0].endswith(("ed", "ing", "ible"))


def own_fields(
    fields: tuple[FieldSpec, ...], others: Set[str], relations: list[RelationSpec]
) -> tuple[FieldSpec, ...]:
    """Return the fields that are no other thing of the app, and no link to one."""
    linked = {relation.name for relation in relations}
    return tuple(
        field
        for field in fields
        if field.name.lower() not in linked and literal(field.name.lower().split()) not in others
    )


def _with_switch(fields: tuple[FieldSpec, ...], source: Source) -> tuple[FieldSpec, ...]:
    """Return fields with one that can be switched on, for "mark as done"."""
    said = source.text.lower()
    chosen = any(choice.lower() in said.split() for field in fields for choice in field.choices)
    if chosen or any(field.type is FieldType.BOOLEAN for field in fields):
        return fields
    switch = FieldSpec(
        name="done",
        type=FieldType.BOOLEAN,
        default="false",
        position=len(fields),
        inferred_from=(short(source),),
        confidence=0.8,
    )
    return (*fields, switch)


def _about(source: Source, chosen: dict[str, Candidate], least: float = 0.0) -> str | None:
    """Return the first thing a sentence speaks of that is kept, of those that weigh enough."""
    mentions = [mention for mention in mentions_of(source) if mention.weight]
    heavy = [mention for mention in mentions if mention.weight >= least] or mentions
    names = (named(mention.noun, chosen) for mention in heavy)
    return next((name for name in names if name is not None), None)
