"""How strongly a phrase says that its thing is kept, by its place in a clause."""

from __future__ import annotations

from generation.engines.builtin.understanding.deeds import DEED_NOUNS
from generation.engines.builtin.understanding.grammar import Phrase
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.things import is_a_list, thing_of
from generation.engines.builtin.understanding.verbs import KEEPING, LOOKING, TAKING
from generation.engines.builtin.understanding.vocabulary import (
    BELONGING,
    CLASSIFIERS,
    COLLECTIONS,
    CONTAINERS,
    FACILITIES,
    GATHERED_IN,
    GATHERING,
    LABELS,
    MAKING,
    MEETINGS,
    NOT_THINGS,
    OF_A_SITE,
    PERSONS,
    RECORDS,
    SEVERAL_PERSONS,
    SHOWING,
    SHOWN_OF,
    WHAT_THINGS_HAVE,
)

KEPT, DONE, WANTED, SEEN, SORTING, ACTED, BESIDE = 1.0, 0.7, 0.66, 0.55, 0.5, 0.45, 0.3
NAMED, BEHIND = 0.2, 0.15
# Where things are kept or take place, in the plural: "concerts at venues".
PLACED = frozenset(
    {"venue", "room", "section", "warehouse", "location", "branch", "hall", "building", "shelf"}
    | {"freezer", "box", "garden", "station", "center", "centre", "clinic", "studio", "park"}
)

# Who is given something to do is kept: "assign a driver to a pickup".
NAMING = frozenset({"assign", "appoint", "hire"})
# How things come to where they are kept.
PUTTING = frozenset({"put", "store", "place", "stow", "hang"})
PLANNING = frozenset({"schedule", "plan", "allocate", "position"})
# Whom an app is for: "a website for busy households".
_AUDIENCES = frozenset(
    {"household", "family", "business", "enterprise", "community", "neighbourhood", "neighborhood"}
    | {"startup", "couple", "village", "town", "organisation", "organization"}
)
# Who has things without using the app.
OUTSIDERS = frozenset(
    {"supplier", "vendor", "manufacturer", "publisher", "producer", "contractor", "carrier"}
    | {"sponsor", "donor", "breeder", "author", "artist", "composer", "landlord", "shipper"}
    | {"subcontractor", "distributor", "importer", "wholesaler"}
)
# What is done to what there is a stock of, from either side.
_STOCKED = frozenset({"sell", "offer", "browse", "find"})
# How people look at others, who are kept then: "customers view groomers".
_SHOWN_BY = frozenset({"view", "search"})
# What says how things are rather than what is done.
OF_THINGS = frozenset({"be", "have", "belong", "contain", "include"})


def weight_of(phrase: Phrase) -> float:
    """Return how strongly the place of a phrase says that its thing is kept."""
    head = singular_of(phrase.words[-1])
    if phrase.near and not _is_container(phrase.near) and _is_related(phrase, head):
        return SORTING
    weight = _as_compound(phrase, head) if len(phrase.words) > 1 else None
    if weight is None and phrase.near:
        weight = _beside(phrase, head)
    if weight is None:
        weight = _of_verbs(phrase.verbs)
        if head in PERSONS and not phrase.preposition and NAMING & set(phrase.verbs):
            return DONE
        if weight == SEEN and _is_taken(phrase, head):
            weight = WANTED
        if weight == BESIDE and "need" in phrase.verbs and head in FIELDS:
            return SEEN if not phrase.preposition and phrase.words[-1] == head else weight
        done = weight == BESIDE and phrase.subject and not OF_THINGS & set(phrase.verbs)
        weight = ACTED if done and singular_of(phrase.subject[-1]) in PERSONS else weight
    return weight


def is_put_into(phrase: Phrase, head: str) -> bool:
    """Tell whether things are stored in it: "store a sample in a box"."""
    several = head != phrase.words[-1]
    verbs = PUTTING | PLANNING if several else PUTTING
    if not (verbs & set(phrase.verbs) and phrase.preposition in {"in", "into", "on"}):
        return False
    gathers = head in GATHERED_IN | COLLECTIONS or (head in WHAT_THINGS_HAVE and not several)
    return bool(phrase.near) and not gathers


def _is_taken(phrase: Phrase, head: str) -> bool:
    """Tell whether people order, sell or look for several of it: there is a stock of these."""
    several = head != phrase.words[-1] and not phrase.preposition
    shown = head in PERSONS and bool(_SHOWN_BY & set(phrase.verbs))
    return several and (shown or bool((TAKING | _STOCKED) & set(phrase.verbs)))


def _as_compound(phrase: Phrase, head: str) -> float | None:
    if head in MAKING and phrase.words[-1] not in SEVERAL_PERSONS:
        return KEPT
    if {head, phrase.words[-1]} & (SHOWING | DEED_NOUNS.keys()):
        return SEEN
    if _is_shown(phrase, head):
        return KEPT if set(phrase.verbs) & KEEPING and not phrase.preposition else SEEN
    return None


def _beside(phrase: Phrase, head: str) -> float | None:
    """Return the weight of what is said beside something else; None where that says nothing."""
    near = singular_of(phrase.near[-1])
    if phrase.preposition == "for" and is_of_an_app(phrase.near):
        if head in _AUDIENCES:
            return NAMED
        return SEEN if head != phrase.words[-1] and head not in PERSONS else NAMED
    if near in MAKING:
        return KEPT
    known = head != phrase.words[-1] or head in PERSONS | FIELDS.keys()
    if phrase.preposition == "to" and "assign" in phrase.verbs and known:
        return DONE
    if is_put_into(phrase, head) or (phrase.preposition == "from" and head in OUTSIDERS):
        return WANTED
    if phrase.preposition == "per" and head in FIELDS and {"report", *KEEPING} & set(phrase.verbs):
        return SEEN  # "report bugs per project"
    if near in FACILITIES and head in FIELDS:
        return SEEN
    gathers = head in GATHERING or is_a_list(phrase.words)
    if gathers and phrase.preposition in {"to", "in", "into", "on", "onto"}:
        return KEPT if {"add", "save", "put", "collect"} & set(phrase.verbs) else BESIDE
    if phrase.preposition and not _is_container(phrase.near):
        return BESIDE if phrase.preposition in BELONGING else NAMED
    return None


def _of_verbs(verbs: tuple[str, ...]) -> float:
    if set(verbs) & KEEPING:
        return KEPT
    if set(verbs) & LOOKING:
        return SEEN
    return BESIDE if verbs else NAMED


def _is_shown(phrase: Phrase, head: str) -> bool:
    """Tell whether a phrase is of what is shown of a thing: "course details", "a news section"."""
    before = singular_of(phrase.words[-2])
    return head in SHOWN_OF and before not in OF_A_SITE and (before in FIELDS or head in RECORDS)


def _is_related(phrase: Phrase, head: str) -> bool:
    """Tell whether a phrase names what sorts things, or a person things are of or for."""
    if phrase.preposition == "with" and head in PERSONS:
        return singular_of(phrase.near[-1]) in MEETINGS
    several = head != phrase.words[-1]
    if several and head in GATHERED_IN and phrase.preposition in {"in", "into", "to"}:
        return True
    if phrase.preposition in {"in", "into", "under", "with", "at"}:
        place = phrase.preposition in {"at", "in"} and head in PLACED
        return several and (head in CLASSIFIERS | LABELS or place)
    if phrase.preposition == "by":
        return head in CLASSIFIERS and bool({"group", "organize", "organise"} & set(phrase.verbs))
    if head not in PERSONS:
        return False
    return phrase.preposition == "of" or (
        phrase.preposition == "for"
        and thing_of(phrase.near) is not None
        and not is_of_an_app(phrase.near)
    )


def is_of_an_app(words: tuple[str, ...]) -> bool:
    """Tell whether words name the app itself: "a tracker", "a booking system"."""
    last = singular_of(words[-1])
    return last.endswith("ing") or last in NOT_THINGS | FACILITIES | MAKING


def _is_container(words: tuple[str, ...]) -> bool:
    return singular_of(words[-1]) in CONTAINERS or words[-1] == "track"
