"""What staff alone writes and everybody who signs in reads: a library's books, a shop's products.

Only where the words say it: a librarian adds books and no reader does; products are managed in the
admin panel; customers browse and buy products. Never what people do themselves, such as orders,
bookings, reviews and comments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.ownership import (
    MADE_BY_ONE,
    PRIVATE,
    RUNNING,
    is_of_house,
    is_of_one_house,
    keepers_of,
)
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.models import RelationKind, RelationSpec, RoleSpec, Source

WRITING = words(
    """
    add create edit update modify manage maintain record write insert administer publish post upload
    import define configure change catalog catalogue
    """
)
# Where staff works; a sentence may speak of it as of somebody: "an admin panel to manage doctors".
_PLACES = words("panel area dashboard interface page section console backend office")
# What people say themselves, and accounts, which are nobody's rows to write.
SAID = words(
    """
    comment review rating reply answer question thread topic discussion testimonial petition bid
    vote like follow message user account member customer
    """
)
CATALOGUE = words("product category brand variant collection")
_CUSTOMERS = re.compile(r"\b(?:customers?|shoppers?|buyers?|visitors?)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:customers?|shoppers?|buyers?|visitors?|users?|members?|guests?|readers?|students?|"
    r"patients?|clients?|public)\b",
    re.IGNORECASE,
)
_BUYING = re.compile(
    r"\b(?:buy|purchases?|orders?|carts?|checkout|shop|store|e-?commerce)\b", re.IGNORECASE
)
_SELLERS = re.compile(
    r"\b(?:sellers?|vendors?|merchants?|suppliers? can|marketplaces?|auctions?|second[- ]hand|"
    r"classifieds?|sell (?:their|my|your)|list their)\b",
    re.IGNORECASE,
)
_PANEL = re.compile(
    r"\b(?:admin(?:istrat(?:ion|or))?(?:'s)? (?:panel|area|dashboard|interface|page|section|"
    r"console|backend)|back[- ]?office)\b",
    re.IGNORECASE,
)
_MANAGING = re.compile(
    r"\b(?:manag(?:e|es|ing)|add(?:s|ing)?|edit(?:s|ing)?|creat(?:e|es|ing)|updat(?:e|es|ing)|"
    r"maintain(?:s|ing)?|upload(?:s|ing)?)\b",
    re.IGNORECASE,
)
_HOLDS_ONE = (RelationKind.MANY_TO_ONE, RelationKind.ONE_TO_ONE)


def managed_things(
    chosen: Mapping[str, Candidate],
    relations: Mapping[str, list[RelationSpec]],
    sources: Iterable[Source],
    roles: Collection[RoleSpec],
    owned: set[str],
) -> set[str]:
    """Return the nouns whose rows staff alone writes; of those in `owned` there is none.

    What a house shows on its site is written by its staff, whoever else may sign in there.

    What such a thing needs is staff's too: with it the thing itself would be deleted.
    """
    text = " ".join(source.text for source in sources)
    open_ = {noun: thing for noun, thing in chosen.items() if noun not in owned}
    open_ = {noun: thing for noun, thing in open_.items() if not _is_of_people(thing)}
    actors = {role.name.lower() for role in roles}
    open_ = {noun: thing for noun, thing in open_.items() if noun.lower() not in actors}
    of_house = is_of_one_house(text, chosen)
    if not (speaks_of_others(text, roles) or of_house):
        return set()  # Everybody is staff.
    sold = set(CATALOGUE) if _is_shop(text) else set()
    managed = {
        noun
        for noun, thing in open_.items()
        if _staff_writes(thing)
        or noun.rpartition(" ")[2] in sold
        or (of_house and is_of_house(thing))
    }
    names = {noun.lower(): noun for noun in chosen}
    while managed:
        needed = [(n, names.get(target.lower())) for n, target in _needs(relations)]
        missing = {(n, other) for n, other in needed if n in managed and other not in managed}
        if not missing:
            break
        for noun, other in missing:
            if other in open_:
                managed.add(str(other))
            else:
                managed.discard(noun)
    return managed


def speaks_of_others(text: str, roles: Iterable[RoleSpec]) -> bool:
    """Tell whether somebody who is not staff is spoken of."""
    return _OTHERS.search(text) is not None or any(_is_other(role.name) for role in roles)


def _needs(relations: Mapping[str, list[RelationSpec]]) -> list[tuple[str, str]]:
    """Return each thing that needs a row of another, with that other."""
    found = []
    for noun, links in relations.items():
        for link in links:
            if link.required and link.kind in _HOLDS_ONE:
                found.append((noun, link.target))
            elif link.required and link.kind is RelationKind.ONE_TO_MANY:
                found.append((link.target.lower(), noun))
    return found


def _is_of_people(thing: Candidate) -> bool:
    """Tell whether people write the thing themselves, by what it is or by who writes it."""
    if set(thing.noun.split()) & (SAID | MADE_BY_ONE | PRIVATE) or thing.deed:
        return True
    return any(_is_other(actor) for actor in keepers_of(thing))


def _is_staff(actor: str) -> bool:
    return bool(set(actor.lower().split()) & RUNNING)


def _is_other(actor: str) -> bool:
    return not set(actor.lower().split()) & (RUNNING | _PLACES)


def _staff_writes(thing: Candidate) -> bool:
    """Tell whether staff is said to write the thing, or it is managed in the admin panel."""
    if any(_is_staff(actor) and verb in WRITING for actor, verb in thing.done):
        return True
    panels = [s.text for s in thing.sources if _PANEL.search(s.text)]
    return any(_MANAGING.search(text) for text in panels)


def _is_shop(text: str) -> bool:
    return bool(_CUSTOMERS.search(text) and _BUYING.search(text) and not _SELLERS.search(text))
