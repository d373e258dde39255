"""What is its maker's own and seen by staff too: a clinic's appointments, the orders of a shop.

People book, order, apply or report, and staff confirms, processes or sees what they have made. What
is known of people and kept by staff alone, such as patients and their prescriptions, is read so
too: nobody sees it but the one of the staff who wrote it down, and all the staff.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import takewhile

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import sense_of
from generation.engines.builtin.understanding.ownership import (
    MADE_BY_ONE,
    MAKING,
    STAFF,
    is_of_one_house,
    is_of_one_person,
    is_open_site,
    is_private,
    registered_things,
    reported_things,
)
from generation.engines.builtin.understanding.staff import speaks_of_others
from generation.engines.builtin.understanding.verbs import KEEPING
from generation.engines.builtin.understanding.vocabulary import PREPOSITIONS, words
from projects.spec.models import FieldSpec, RelationKind, RelationSpec, RoleSpec, Source

_ASKED_FOR = words("quote quotation estimate claim complaint incident leave")
# What is reported to a team whose members all work on it.
_OF_TEAMS = words("bug task")
_REPORTING = words("report submit raise lodge request")
# Who works where people come, and where: "the clinic confirms appointments".
_PLACES = words(
    """
    clinic shop store restaurant hotel school library company office bakery salon garage gym bank
    hospital committee council landlord kitchen support support-team helpdesk team reception
    """
)
_WORKERS = rf"(?:{'|'.join(sorted(STAFF | _PLACES))})s?"
_WORKING = (
    r"(?:confirm|approv|reject|declin|accept|cancel|process|manag|handl|see|view|review|resolv|"
    r"clos|answer|updat|assign|fulfil|ship|deliver|prepar|check|overse|respond|decid|triag)"
    r"(?:e|es|s|ing|l|ls|ed|led|d)?"
)
_AT_WORK = re.compile(
    rf"\b{_WORKERS}\b[^,.;]{{0,30}}?\b{_WORKING}\b(?: (?:or|and) {_WORKING}\b)*"
    r"(?P<what>(?: [\w'-]+){1,3})",
    re.IGNORECASE,
)
_WORKED_ON = re.compile(
    rf"(?<![\w'-])(?P<what>[\w'-]+) (?:is|are|must be|have to be|has to be|get|gets) (?:then )?"
    rf"{_WORKING} by (?:the |an? |our )?{_WORKERS}\b",
    re.IGNORECASE,
)
# What whoever speaks does: "I confirm orders". Not what somebody in a user story does.
_I_WORK = re.compile(
    r"\b(?:I|we) (?:then |can |will |must |have to )?"
    r"(?:confirm|approve|accept|reject|decline|process|handle|answer|fulfil|ship|deliver|decide on)"
    r"(?P<what>(?: [\w'-]+){1,3})"
)
_AS_ONE = re.compile(r"\W*as an? ", re.IGNORECASE)
_STATUS = words("status state stage")
# What people make of a thing and nobody has to carry out.
_NO_ORDERS = words("like follow vote attempt response submission")
_PRONOUNS = frozenset({"them", "it", "their", "its", "these"})
# What is known of a person and nobody else is to read, whoever else signs in.
_SENSITIVE = words(
    "billing patient child prescription diagnosis payslip salary vaccination allergy "
    "complaint grievance"
)
_RECORDS = re.compile(
    r"\b(?:medical|health|patient|treatment|disciplinary) (?:record|history|file|form|report|note)"
    r"|\b(?:driving|driver'?s?) licen[cs]e|\bpassport|^(?:academic )?transcript$|\btuition\b"
    r"|^(?:\w+ )?address$|\bloyalty (?:point|card|account)"
)
# What is written to somebody, and not only of them.
ANSWERS = words("reply answer response comment message update feedback remark")
# Of whom staff keeps a list where they use the app themselves.
_KEPT_BY_STAFF = words(
    "customer client employee student pupil tenant resident applicant candidate donor member user"
)
# Who uses a site: no address book of them is meant for the others.
_USING = words(
    """
    runner reader subscriber participant attendee entrant competitor rider passenger shopper buyer
    traveler traveller tourist backer voter swimmer hiker cyclist commuter claimant policyholder
    borrower renter patron diner trainee cadet apprentice intern parishioner pensioner refugee
    walker angler boater
    """
)
_OF_CLIENTS = words("grade invoice bill fine")
_BILLS = words("invoice bill billing payment payslip statement")
_LOOKING = words("see view check monitor track review analyse analyze export")
# What nobody sends who expects no answer, whoever is said to give one.
_ANSWERED_BY_STAFF = frozenset(
    {"support ticket", "support request", "leave request", "vacation request"}
)
# Who uploads for others.
_FOR_ALL = words("admin administrator manager staff editor librarian")
# What is a paper of a person, where that person uploads it.
_PAPERS = words(
    """
    prescription licence license certificate transcript contract invoice receipt passport letter
    statement proof permit resume cv
    """
)


def overseen_things(
    chosen: Mapping[str, Candidate],
    relations: Mapping[str, list[RelationSpec]],
    sources: Sequence[Source],
    roles: Collection[RoleSpec],
    owned: Collection[str],
) -> set[str]:
    """Return the nouns whose rows are their makers' own and seen by staff.

    What links to such a thing is seen by staff too, but for what is private, and what it links to
    where that is owned.
    """
    text = " ".join(source.text for source in sources)
    if is_of_one_person(text):
        return set()
    links = list(stored_links(relations, {noun.lower(): noun for noun in chosen}))
    worked_on = {*_worked_on(sources), *_answered(chosen, links)}
    others = speaks_of_others(text, roles) or is_open_site(text)
    overseen = {
        noun
        for noun, thing in chosen.items()
        if _is_made_for_staff(thing, worked_on, others=others)
        or _is_handed_in(thing)
        or (is_open_site(text) and _is_of_clients(thing))
        or (noun not in owned and _is_of_staff_alone(thing, worked_on, others=others))
    }
    overseen |= {noun for noun in chosen if others and _is_said_to_be_hidden(noun, text)}
    # What people book of what staff looks after, or of a house: somebody there has to see it.
    kept = {noun for noun, thing in chosen.items() if _is_kept_by_staff(thing)}
    booked = {holder for holder, target in links if target in kept}
    booked |= chosen.keys() if is_of_one_house(text, chosen) else set()
    overseen |= {noun for noun in booked if _is_for_staff(noun, owned)}
    overseen |= {noun for noun in reported_things(chosen, text) if noun in owned}
    overseen |= {noun for noun in owned if sense_of(noun, text) in _ANSWERED_BY_STAFF}
    overseen |= registered_things(chosen) & set(owned)
    while True:
        holders = {holder for holder, target in links if target in overseen}
        targets = {target for holder, target in links if holder in overseen}
        fresh = {noun for noun in holders if not is_private(noun)} | (targets & set(owned))
        if fresh <= overseen:
            return overseen
        overseen |= fresh


def with_beginning(field: FieldSpec) -> FieldSpec:
    """Let a status begin with its first choice: staff alone says what becomes of a row."""
    is_status = bool(_STATUS & set(field.name.lower().split()))
    if not (is_status and field.choices and field.default is None):
        return field
    return field.model_copy(update={"default": field.choices[0]})


def _worked_on(sources: Sequence[Source]) -> Iterator[str]:
    """Yield the words of what staff is said to work on; of "them" the words before."""
    last = ""
    for source in sources:
        yield from (singular_of(m["what"].lower()) for m in _WORKED_ON.finditer(source.text))
        mine = [] if _AS_ONE.match(source.text) else _I_WORK.finditer(source.text)
        for match in (*_AT_WORK.finditer(source.text), *mine):
            found = match["what"].lower().split()
            if found[0] in _PRONOUNS:
                before = f"{last} {source.text[: match.start()]}"
                yield from map(singular_of, re.findall(r"[\w-]+", before.lower()))
            yield from map(singular_of, takewhile(lambda word: word not in PREPOSITIONS, found))
        last = source.text


def _answered(chosen: Mapping[str, Candidate], links: Collection[tuple[str, str]]) -> Iterator[str]:
    """Yield the heads of what staff writes answers to: "managers comment on claims"."""
    for holder, target in links:
        if set(holder.split()) & ANSWERS and any(is_staff(who) for who, _ in chosen[holder].done):
            yield target.rpartition(" ")[2]


def _is_made_for_staff(thing: Candidate, worked_on: Set[str], *, others: bool) -> bool:
    """Tell whether people make the thing, and staff works on it."""
    if is_private(thing.noun):
        return False
    head = thing.noun.rpartition(" ")[2]
    makers = {actor for actor, verb in thing.done if actor and verb in MAKING}
    workers = {actor for actor, _ in thing.done if is_staff(actor)} - makers
    is_reported = any(actor and verb in _REPORTING for actor, verb in thing.done)
    is_reported = is_reported and head not in _OF_TEAMS
    if head in MADE_BY_ONE | _ASKED_FOR:
        return (others or bool(makers)) and bool(workers or {head, "everything"} & worked_on)
    only_staff_beside = {actor for actor, _ in thing.done} <= makers | workers
    return is_reported and only_staff_beside and bool(workers or head in worked_on)


def _is_of_staff_alone(thing: Candidate, worked_on: Collection[str], *, others: bool) -> bool:
    """Tell whether the thing says what others are not to read of somebody, and staff keeps it."""
    if is_sensitive(thing.noun):
        return True
    head = thing.noun.rpartition(" ")[2]
    kept = _is_kept_by_staff(thing)
    return others and (kept or head in worked_on) and head in _KEPT_BY_STAFF | _OF_CLIENTS


def _is_handed_in(thing: Candidate) -> bool:
    """Tell whether papers are somebody's who uploads, renews or applies for them."""
    return thing.noun.rpartition(" ")[2] in _PAPERS and any(
        actor and actor not in _FOR_ALL and verb in {"upload", "renew", "apply"}
        for actor, verb in thing.done
    )


def _is_of_clients(thing: Candidate) -> bool:
    """Tell whether a site keeps bills, or a list of those it works for, that nobody looks at."""
    head = thing.noun.rpartition(" ")[2]
    looked_at = any(actor == "owner" or (actor and not is_staff(actor)) for actor, _ in thing.done)
    listed = head in _KEPT_BY_STAFF | _USING
    return head in _BILLS or (listed and not looked_at)


def _is_said_to_be_hidden(noun: str, text: str) -> bool:
    """Tell whether a thing is kept from others in so many words: "internal comments"."""
    heads = f"{re.escape(noun.rpartition(' ')[2])}(?:e?s)?"
    hidden = (
        rf"\b(?:internal|confidential) (?:[\w-]+ )?{heads}\b"
        rf"|\b{heads} (?:that|which) (?:the )?\w+ (?:can |must |may |will )?"
        r"(?:never|not|cannot|can't|don't|do not) (?:see|read|view)\b"
    )
    return re.search(hidden, text, re.IGNORECASE) is not None


def is_sensitive(noun: str) -> bool:
    """Tell whether a thing says of somebody what nobody else is to read."""
    return bool(set(noun.split()) & _SENSITIVE) or _RECORDS.search(noun) is not None


def _is_kept_by_staff(thing: Candidate) -> bool:
    return any(is_staff(actor) and verb in KEEPING for actor, verb in thing.done)


def _is_for_staff(noun: str, owned: Collection[str]) -> bool:
    # A quote that is owned is one that somebody asked for.
    return noun in owned and noun.rpartition(" ")[2] in {*MADE_BY_ONE - _NO_ORDERS, "quote"}


def is_made_by_people(thing: Candidate) -> bool:
    """Tell whether who uses the app makes the thing, and it is not what staff keeps of them."""
    head = thing.noun.rpartition(" ")[2]
    made = any(
        actor and not is_staff(actor) and verb in MAKING | _REPORTING for actor, verb in thing.done
    )
    return made or head in MADE_BY_ONE | _ASKED_FOR


def is_looked_at_by_staff(thing: Candidate) -> bool:
    """Tell whether staff is said to look at a thing, and nobody else to do anything with it."""
    done = [(is_staff(actor), verb in _LOOKING) for actor, verb in thing.done]
    return bool(done) and all(by_staff and looks for by_staff, looks in done)


def is_staff(actor: str) -> bool:
    """Tell whether somebody works where others come."""
    return bool(set(actor.lower().split()) & (STAFF | _PLACES))


def stored_links(
    relations: Mapping[str, list[RelationSpec]], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the noun of each thing whose rows hold a link, with that of the one they link to."""
    for noun, links in relations.items():
        for link in links:
            other = names.get(link.target.lower())
            if other is not None and link.kind is RelationKind.ONE_TO_MANY:
                yield other, noun
            elif other is not None:
                yield noun, other
