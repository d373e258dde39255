"""Sayings that tell of something kept without naming it as the object of a verb.

"Save favorite recipes" keeps favourites of recipes; "manage users" keeps what is known of users.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generation.engines.builtin.understanding.deeds import DEEDS, DONE_TO, NEVER_DONE_TO
from generation.engines.builtin.understanding.grammar import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.mentions import Mention
from generation.engines.builtin.understanding.quantities import items_of
from generation.engines.builtin.understanding.sentences import story_of
from generation.engines.builtin.understanding.vocabulary import KEEPING, LOOKING, PERSONS, words
from generation.engines.builtin.understanding.weights import DONE, KEPT, SEEN
from projects.spec.models import Source

_FAVOURITE = re.compile(
    r"\b(?:save|saving|collect|collecting|bookmark|bookmarking|store|keep|manage|view|mark|add)\s+"
    r"(?:their |my |your )?(?P<deed>favou?rite)\s+(?P<noun>[a-z-]+)",
    re.IGNORECASE,
)
_COLLECTED = re.compile(
    r"\b(?:collect|collecting|save|saving)\s+(?P<noun>articles|recipes|posts|products|jobs|stories|"
    r"books|courses|songs|videos|works|items|listings|properties|news)\b(?=[,.]| and | for | to )",
    re.IGNORECASE,
)
_USERS = re.compile(
    r"\b(?:manag|administ|suspend|bann?|block|deactivat)(?:e|es|er|ing|s)?\s+(?:the\s+|all\s+)?"
    r"(?:registered\s+)?(?:users\b|user\s+(?:info|data|records|accounts|details|profiles))"
    r"|\buser\s+(?:information|data|account|profile|role)?\s*(?:management|administration)\b"
    r"|\bmanag\w+(?:\s[\w-]+,?){1,6}\s(?:and|,)\s+(?:users\b|user\s+(?:information|accounts))",
    re.IGNORECASE,
)
_KIND_OF_APP = re.compile(
    r"\b(?P<noun>[\w-]+) (?P<what>sharing|booking|rental|management|trading|tracking|review|"
    r"streaming|search|browsing|ordering|reservation|display|planning|exchange|adoption|auction) "
    r"(?:web ?site|platform|system|app(?:lication)?|portal|tool|marketplace)\b",
    re.IGNORECASE,
)
# Whose app it is, and no row of it.
_PLACES = words(
    """
    school hospital clinic library restaurant hotel warehouse store company team club gym university
    bakery museum content page
    """
)
_PERSONAL = re.compile(
    r"\bpersonal cent(?:er|re)s?\b|\b(?:users?|their) personal information\b", re.IGNORECASE
)
# More than that people sign in: what they are registered with, or what is kept of them.
_ACCOUNTS = re.compile(
    r"\buser registration\b|\bregistration and log-?in\b"
    r"|\baccount (?:information|management|settings)\b|\b(?:user|their) profiles?\b"
    r"|\b(?:manag|updat|edit)\w* (?:their |the |my )?(?:user )?accounts?\b"
    r"|\bpermission (?:control|management)\b|\bsubscription (?:feature|function|plan)s?\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\s*(?P<things>[A-Za-z][\w ,'-]{2,60}?) "
    r"(?:(?P<may>can|may|could|should|must|will) (?:also )?be|are) (?P<verb>[a-z]+ed)\b",
    re.IGNORECASE,
)
_CLOCKED = re.compile(r"\b(?:clock|punch)(?:ing|s)?[ -](?:in|out)\b", re.IGNORECASE)


def _is_asked_alone(source: Source) -> bool:
    """Tell whether a sentence is a feature or a user story: accounts in these are to sign in."""
    return source.part != "description" or story_of(source.text) is not None


def _done_to(source: Source) -> Iterator[Mention]:
    """Yield what is done to things that begin a sentence: "desks and rooms can be reserved"."""
    found = _PASSIVE.match(source.text)
    verb = verb_of(found["verb"].lower()) if found is not None else None
    if found is None or verb not in KEEPING | LOOKING:
        return
    for item in items_of(found["things"]):
        if not item.is_plural or item.noun.rpartition(" ")[2] in PERSONS:
            continue
        yield Mention(item.noun, SEEN, source)
        if verb in DEEDS and found["may"] and verb not in DONE_TO.keys() | NEVER_DONE_TO.keys():
            yield Mention(DEEDS[verb], DONE, source, belongs_to=item.noun, deed=True)


def sayings_in(source: Source) -> Iterator[Mention]:
    """Yield what a sentence tells of by a saying."""
    for found in _FAVOURITE.finditer(source.text):
        noun = singular_of(found["noun"].lower())
        deed = found["deed"].lower()
        if noun in FIELDS:
            yield Mention(noun, DONE, source)
        yield Mention(deed, DONE, source, belongs_to=noun, deed=True)
    for found in _COLLECTED.finditer(source.text):
        noun = singular_of(found["noun"].lower())
        yield Mention("favorite", DONE, source, belongs_to=noun, deed=True)
    for found in _KIND_OF_APP.finditer(source.text):
        noun = singular_of(found["noun"].lower())
        if noun in FIELDS and not (found["what"].lower() == "management" and noun in _PLACES):
            yield Mention(noun, SEEN, source)
    if _USERS.search(source.text) or _PERSONAL.search(source.text):
        yield Mention("user", KEPT, source)
    elif _ACCOUNTS.search(source.text) and not _is_asked_alone(source):
        yield Mention("user", SEEN, source)
    yield from _done_to(source)
    if _CLOCKED.search(source.text):
        yield Mention("attendance", DONE, source)
