"""Whether a sentence of a description asks for something to be made, or only tells something."""

from __future__ import annotations

import re
from itertools import pairwise

from generation.engines.builtin.understanding.capabilities import capabilities_in
from generation.engines.builtin.understanding.contact import is_contact_fact
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.pages import only_names_pages
from generation.engines.builtin.understanding.patterns import pattern
from generation.engines.builtin.understanding.refusals import is_heading
from generation.engines.builtin.understanding.theme import is_about_looks, is_about_shapes
from generation.engines.builtin.understanding.verbs import VERBS
from generation.engines.builtin.understanding.vocabulary import PEOPLE, PERSONS, words

_OPENING = r"^\W*(?:(?:please|kindly|just|also|then|and|[a-z]+ly)\s+)*"
_APP = (
    r"^(?:(?:i|we) )?(?:(?:would like|build|implement|create|make|develop|design|write|needs?|want)"
    r"(?: to (?:have|build))? )?(?:me |us )?(?:an?|the|my|our|some)? ?(?:[\w'-]+ ){0,6}?"
    r"(?:app|application|tool|system|platform|software|site|web ?site|board|web ?page|crm|desk|"
    r"portal|marketplace|forum|directory|hub|wiki|store|shop|tracker|planner|organi[sz]er)\b"
)
_WANTED = (
    r"\b(?:should|must|shall)\b"
    r"|\b(?:i|we|they|users?|people|it|that) (?:wants?|needs?|would like)\b"
    r"|\b(?:i|we|you|they|users?|people|every(?:one|body)|any(?:one|body)|some(?:one|body)|one|it)"
    r" can\b"
)
_OF_A_SITE = r"\b(?:pages?|sites?|web ?sites?|portfolio|brochure|blog|home ?page)\b"
_PARTS_OF_A_SITE = (
    r"\b(?:pages?|sites?|sections?|buttons?|banner|header|footer|heading|headline|text|texts|logos?|"
    r"slogan|links?|quotes?|gallery)\b"
)
# What tells of whoever asks, greets, or says what is not wanted or who alone sees it.
_TELLING = (
    r"^(?:we|our|i|i'm|my|since|dear|hi|hello|hey|thanks|thank|god|no|nothing|without|private|"
    r"is|what|why|how|goal|target)\b|\b(?:private|only (?:i|me))\b"
)
_SAID_OF_IT = r"\b(?:should|must|shall|can|has to|needs to)\b"
# What is done by showing it, or asks for nothing.
_SHOWING = words(
    """
    show display list include present introduce add use tell describe have be feature contain help
    provide call visit come contact welcome look mention say try style let land sit track work
    """
)
# What people ask a tool to do, that nobody does with rows.
_OF_TOOLS = words(
    "roll split guess spin flip toss draw paint sketch throw solve shake sing crop zoom swipe type"
)
_OWN = r"\b(?:private|only i|only me)\b"
FEWEST = 2  # words
_NEAR = 3  # words before which who does something stands


def is_of_a_site(description: str) -> bool:
    """Tell whether a description is of a site, whose pages say what they are given."""
    return pattern(_OF_A_SITE).search(description) is not None


def asks_beside_things(text: str) -> bool:
    """Tell whether a sentence that speaks of nothing kept asks for something else."""
    plain = pattern(_OPENING).sub("", text)
    if not _may_ask(text, plain):
        return False
    first = _first_of(plain)
    if pattern(_APP).match(plain) and not pattern(_SAID_OF_IT).search(plain):
        return False  # the app itself, which is made
    if pattern(_TELLING).search(plain) and not pattern(_WANTED).search(plain):
        return False
    is_asked = pattern(_WANTED).search(plain) is not None or _somebody_does(plain)
    is_base = first in _OF_TOOLS or (first in VERBS and verb_of(first) == first)
    return is_asked or (is_base and first not in _SHOWING)


def asks_where_nothing_is_kept(text: str, *, is_site: bool) -> bool:
    """Tell whether a sentence asks for more than pages that say it in its own words."""
    plain = pattern(_OPENING).sub("", text)
    if not _may_ask(text, plain) or pattern(_TELLING).search(plain):
        return False
    if not is_site:
        return True
    is_wanted = pattern(_WANTED).search(plain) is not None
    return is_wanted and not pattern(_PARTS_OF_A_SITE).search(plain)


def _may_ask(text: str, plain: str) -> bool:
    if len(plain.split()) < FEWEST or pattern(_OWN).search(text):
        return False
    if is_heading(text) or is_contact_fact(text) or only_names_pages(text):
        return False
    return not (is_about_looks(text) or is_about_shapes(text) or capabilities_in(text))


def _first_of(plain: str) -> str:
    return plain.split(maxsplit=1)[0].lower().strip(",:/.!")


def _somebody_does(plain: str) -> bool:
    """Tell whether people do something at the beginning: "Students see their progress"."""
    said = re.findall(r"[a-z'-]+", plain.lower())[: _NEAR + 1]
    return any(
        singular_of(who) in PERSONS | PEOPLE and verb_of(does) not in (None, "be", "have")
        for who, does in pairwise(said)
    )
