"""Which nouns become entities, once those that name the same thing are joined."""

from __future__ import annotations

import re
from collections import defaultdict

import inflection

from generation.engines.builtin.understanding.candidates import Candidate, is_known
from generation.engines.builtin.understanding.deeds import DONE_OUTRIGHT
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS
from generation.engines.builtin.understanding.ownership import RUNNING
from generation.engines.builtin.understanding.things import TIMES
from generation.engines.builtin.understanding.verbs import LOOKING, TAKING
from generation.engines.builtin.understanding.vocabulary import (
    GATHERING,
    GENERIC,
    HOLDING,
    NOT_THINGS,
    PEOPLE,
    PERHAPS_PEOPLE,
    PERSONS,
    SOFT,
    TWINS,
)

MOST_ENTITIES = 60
# What is the same thing as the request for it.
_REQUESTED = DONE_OUTRIGHT | {"viewing", "visit", "meeting", "tour"}
# What people do who use the app, and are no rows of it for that.
_BY_WHO_SIGNS_IN = TAKING | {
    *("open", "raise", "lodge", "enroll", "enrol"),
    *("see", "view", "read", "browse", "check", "track"),
}
LIKELY = 0.5
OWNING = 0.1  # of whom other things are, and who is named more than once


def chosen_of(
    candidates: dict[str, Candidate], *, least: float, long: bool
) -> dict[str, Candidate]:
    """Return the things to be kept, by noun; other names of a thing are joined with it."""
    for noun in list(candidates):
        if _only_signs_in(candidates[noun]):
            del candidates[noun]
    _join_generic_heads(candidates)
    _join_soft_heads(candidates)
    _join_other_names(candidates)
    _join_twins(candidates)
    _say_what_is_on_it(candidates)
    for noun in sorted(candidates, key=len, reverse=True):
        head = noun.rsplit(" ", maxsplit=1)[-1]
        whole = candidates.get(head)
        if head == noun or candidates[noun].declared:
            continue
        if whole is not None and whole.score >= LIKELY:
            part = candidates.pop(noun)
            whole.join(part)
            if part.sources and noun.removesuffix(f" {head}") in candidates:
                whole.belongs_to.setdefault(noun.removesuffix(f" {head}"), part.sources[0])
    _drop_owners_names(candidates, least)
    owners = _owners(candidates, least)
    sure = {
        noun: thing
        for noun, thing in candidates.items()
        if thing.score + (OWNING if noun in owners else 0) >= least
        and not (long and thing.is_stray)
    }
    if all(candidate.is_doubtful for candidate in sure.values()):
        return {}
    sure = {
        noun: thing
        for noun, thing in sure.items()
        if not (_only_holds(noun, thing, sure) or (len(sure) > 1 and _is_no_row(noun, thing)))
    }
    if "profile" in sure:
        sure = {noun: thing for noun, thing in sure.items() if not thing.is_doubtful}
    return dict(list(sure.items())[:MOST_ENTITIES])


def _owners(candidates: dict[str, Candidate], least: float) -> set[str]:
    """Return of whom things are that are kept, but for those who take or see things themselves."""
    sure = [thing for thing in candidates.values() if thing.score >= least]
    done = (pair for thing in candidates.values() for pair in thing.done)
    acting = {actor for actor, verb in done if verb in _BY_WHO_SIGNS_IN}
    return {owner for thing in sure for owner in thing.belongs_to} & PERSONS - RUNNING - acting


def _only_holds(noun: str, candidate: Candidate, among: dict[str, Candidate]) -> bool:
    """Tell whether a thing is where others stand: "a blog" of posts, where nobody has several."""
    many = re.compile(rf"\b{re.escape(inflection.pluralize(noun))}\b", re.IGNORECASE)
    several = any(many.search(source.text) for source in candidate.sources)
    held = HOLDING.get(noun, frozenset()) & among.keys()
    return bool(held) and not several and not candidate.declared


def _is_no_row(noun: str, thing: Candidate) -> bool:
    """Tell whether a thing is what others have, or what there is one of: "plan our wedding".

    A known thing is that too where nothing is done with it but looking: "a site for our club".
    """
    if thing.deed or noun in GATHERING:
        return thing.is_measured  # "my basket" is one for each who has one
    told = [source.text.lower() for source in thing.sources]
    ours = re.compile(rf"\b(?P<our>our|my) (?:[\w-]+ ){{0,3}}{noun}\b|\bthe {noun}\b")
    found = [ours.search(text) for text in told]
    is_one = all(found) and any(said and said["our"] for said in found)
    only_seen = {verb for _, verb in thing.done} <= LOOKING
    return thing.is_measured or (
        is_one and not thing.declared and (only_seen or not is_known(noun))
    )


def _only_signs_in(candidate: Candidate) -> bool:
    """Tell whether somebody uses the app, and nothing more is kept of them than an account."""
    if candidate.noun in PEOPLE:
        return not candidate.declared
    return candidate.noun in PERHAPS_PEOPLE and not candidate.is_kept


def _join_generic_heads(candidates: dict[str, Candidate]) -> None:
    """Say the whole name where a short one could be of anything: "items" are order items."""
    for noun in [noun for noun in candidates if noun.endswith(" request")]:
        if noun in FIELDS and noun.removesuffix(" request") in candidates:
            candidates[noun].join(candidates.pop(noun.removesuffix(" request")))
        elif noun.removesuffix(" request") in _REQUESTED & candidates.keys():
            candidates[noun.removesuffix(" request")].join(candidates.pop(noun))
    for noun in [noun for noun in candidates if noun.endswith(" proposal")]:
        proposed = candidates.get(noun.removesuffix(" proposal"))
        if proposed is not None and {verb for _, verb in proposed.done} == {"propose"}:
            candidates[noun].join(candidates.pop(proposed.noun))  # "propose a trade for a card"
    known = {
        noun.rpartition(" ")[2]
        for noun, candidate in candidates.items()
        if " " in noun and (noun in FIELDS or candidate.declared)
    }
    for head in sorted((GENERIC | known) & set(candidates)):
        longer = [noun for noun in candidates if noun.endswith(f" {head}")]
        if len(longer) == 1 and not candidates[head].declared:
            candidates[longer[0]].join(candidates.pop(head))


def _join_other_names(candidates: dict[str, Candidate]) -> None:
    """Make one of what is called by several names: staff members are the staff.

    Of what is no person, a name that stands only once is another name.
    """
    called: dict[str, list[str]] = defaultdict(list)
    for noun, candidate in candidates.items():
        one = SAME_AS.get(noun, noun)
        once = noun in SAME_AS and len(candidate.weights) < 2
        if one in PERSONS or once or one == noun:
            called[one].append(noun)
    for nouns in called.values():
        first, *others = sorted(
            nouns, key=lambda noun: (not candidates[noun].declared, -candidates[noun].score)
        )
        for noun in others:
            if not candidates[noun].declared:
                candidates[first].join(candidates.pop(noun))


def _join_twins(candidates: dict[str, Candidate]) -> None:
    """Make one of two words for a thing: what is booked is the appointment, where both are said."""
    for noun, others in TWINS.items():
        twin = next((other for other in others if other in candidates), None)
        if noun not in candidates or twin is None or candidates[noun].declared:
            continue
        if candidates[twin].score >= LIKELY:
            candidates[twin].join(candidates.pop(noun))


def _say_what_is_on_it(candidates: dict[str, Candidate]) -> None:
    """Keep the items of a menu, one row each, where nobody speaks of several menus."""
    menu = candidates.get("menu")
    if menu is None or {"menu item", "dish"} & candidates.keys():
        return
    if not any("menus" in source.text.lower() for source in menu.sources):
        item = candidates.setdefault("menu item", Candidate("menu item", declared=menu.declared))
        item.join(candidates.pop("menu"))


def _join_soft_heads(candidates: dict[str, Candidate]) -> None:
    """Make one thing of several kinds of it: consent forms and medical forms are forms.

    So are the pickup branch and the return branch, where a branch is known.
    """
    kinds = defaultdict(list)
    for noun, candidate in candidates.items():
        head = noun.rsplit(" ", maxsplit=1)[-1]
        if head != noun and not candidate.declared and (head in SOFT or _is_a_kind(noun, head)):
            kinds[head].append(noun)
    for head, nouns in kinds.items():
        if len(nouns) > 1:
            whole = candidates.setdefault(head, Candidate(head))
            for noun in nouns:
                whole.join(candidates.pop(noun))


def _is_a_kind(noun: str, head: str) -> bool:
    """Tell whether a noun only says which of several known things: "pickup branch"."""
    return head in FIELDS and head not in PERSONS and not is_known(noun)


def _drop_owners_names(candidates: dict[str, Candidate], least: float) -> None:
    """Call a "camp facility" a facility where camps are kept: it belongs to one."""
    for noun in list(candidates):
        first, _, head = noun.rpartition(" ")
        owner = candidates.get(first)
        if (
            candidates[noun].declared
            or is_known(noun)
            or owner is None
            or owner.score < least
            or head in NOT_THINGS | SOFT | TIMES
        ):
            continue
        if head.endswith(("er", "or", "ist")) and not is_known(head):
            continue
        part = candidates.pop(noun)
        if head == "location":  # where branches are is where each of them is
            owner.join(part)
            continue
        whole = candidates.setdefault(head, Candidate(head))
        whole.join(part)
        if part.sources:
            whole.belongs_to.setdefault(first, part.sources[0])
