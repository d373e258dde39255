"""The verbs that say what belongs to what: "each hive stands at one apiary"."""

from __future__ import annotations

import re

from generation.engines.builtin.understanding.fieldtypes import type_of
from generation.engines.builtin.understanding.inflections import verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.patterns import pattern
from generation.engines.builtin.understanding.verbs import PARTICIPLES
from generation.engines.builtin.understanding.vocabulary import (
    ATTRIBUTES,
    PEOPLE,
    PERHAPS_PEOPLE,
    PERSONS,
    WHAT_THINGS_HAVE,
)
from generation.engines.builtin.understanding.weights import OUTSIDERS
from projects.spec.models import FieldType

_MAY = r"(?:(?:can|may|might|must|should|will|could)\s+(?:also\s+|only\s+|each\s+|both\s+)?)?"
BE = r"(?:is|are|be|being|was|were)(?:\s+(?:always|usually|also|only))?"
_DONE = rf"{PARTICIPLES}(?: (?:down|out|up|off|over|back))?"
# How a link is said, by who points at whom: the subject has it, or the subject belongs to it.
_HAS = (
    r"(?:has|have|having|contains?|includes?|consists? of|comprises?|owns?|holds?|"
    r"with(?= (?:many|several|multiple|one or more|\w+s)\b)|made up of|made of|composed of|"
    r"consisting of|(?:divided|split|broken down) into|"
    r"(?<!and )(?<!, )gets?|turns? into|"
    rf"{BE}\s+(?:(?:made up|made|composed) of|(?:split|divided|broken down) into)|becomes?)"
)
# What does these has what is done: a museum houses collections, suppliers deliver parts.
_GIVES = (
    r"(?:houses?|employs?|produces?|publish(?:es)?|suppl(?:y|ies)|delivers?|operates?|"
    r"manufactures?|maintains?|gathers?|bundles?)"
)
# What does these points at what is done: a policy covers a vehicle.
_ABOUT = (
    r"(?:concerns?|covers?|involves?|regards?|affects?|targets?|requires?|represents?|uses?|"
    r"(?<!as )involving|concerning|regarding|affecting)"
)
# Where things stand, work or come from.
_WHERE = (
    r"(?:(?:sits?|stands?|lies?|lives?|works?|hangs?|runs?|resides?|takes? place|happens?|comes?|"
    r"travels?|rests?|grows?|studies|study|stays?|plays?|departs?|arrives?|ends?|goes|counts?)"
    r" (?:in|at|on|to|for|from(?! one)|under|into|within|out of|"
    r"towards))"
)
_STANDS = rf"{_WHERE}(?= (?:(?:exactly |only )?(?:an?|one|each|every|the) |(?:\w+ )?\w+s\b))"
_SHOWN = (
    r"(?!show|display|list|sort|filter|export|print|redirect|notif|group|search|view|present|"
    r"highlight|visuali|track|based|interested|need|used|allow|suppos|requir|expect|inclu)"
)
_PUT = rf"(?:\w+ly )?{_SHOWN}{_DONE} (?:in|at|on|to|from|under|into|against|within|of|with)"
_BELONGS = (
    rf"(?:(?:belongs?|belonging|refers?|points?|relates?|reports?) to|references?|depends? on|"
    rf"{BE}\s+(?:part of|for|in|at|on|by|"
    rf"associated with|{_PUT}|{_SHOWN}{_DONE} (?:by|per|for each|for every))|"
    r"each (?:assigned|linked|connected|tied) to|"
    rf"{_STANDS}|{_ABOUT}|"
    rf"(?<=s ){_SHOWN}{_DONE} (?:in|of|at|by|to|for|from|on|under|against|per)"
    r"(?= (?:(?:an?|each|every|one|the)\b|[a-z]+s\b)))"
)
_DOES = (
    r"\w+(?: (?:up )?(?:in|for|at|to|on))?"
    r"(?= (?:many|several|multiple|one or more|zero or more|any number of)\b)"
)
VERB = re.compile(
    rf"\b{_MAY}(?:(?P<has>{_HAS}|{_GIVES})|(?P<belongs>{_BELONGS})|(?P<does>{_DOES}))(?!\w)",
    re.IGNORECASE,
)
# Of two things that these verbs bind, the one is kept where the other is.
_DRAWING = (
    rf"\b(?:{_WHERE}|{BE} {_PUT}|made up of|composed of|consists? of|comprises?|"
    rf"divided into|split into|belongs? to|references?|involv|concern|{_GIVES}|\w+ by|"
    rf"{_DONE} (?:in|under|against|from|per|for each|for every))(?!\w)"
)
_PLACE = rf"\b(?:{_WHERE}|{BE} (?:in|on|at|under|{_PUT}))$(?<! to)(?<! with)"
_MADE_OF = re.compile(r"\b(?:made up|composed|consists?) of|\bcomprises?|\b(?:divided|split) into")


def draws(verb: str) -> bool:
    """Tell whether a verb says of two things that each is kept where the other is."""
    return pattern(_DRAWING).search(verb) is not None


def is_of_place(verb: str) -> bool:
    """Tell whether each of several stands in one of others: "bottles are stored in racks"."""
    return pattern(_PLACE).search(verb) is not None


def is_made_of(verb: str) -> bool:
    """Tell whether a verb says of what parts something is made."""
    return _MADE_OF.search(verb) is not None


def may_be_drawn(noun: str) -> bool:
    """Tell whether a thing may be kept since what it is bound to is.

    Neither who uses the app, nor what is measured of others, nor a word for what is done.
    """
    head = noun.rpartition(" ")[2]
    if noun in PEOPLE | PERHAPS_PEOPLE or head in ATTRIBUTES:
        return False
    if head in PERSONS:
        return head in OUTSIDERS
    if head in WHAT_THINGS_HAVE and (head not in FIELDS or type_of(head) is not FieldType.STRING):
        return False
    known = noun in FIELDS or head in FIELDS
    return known or not any(verb_of(word) or word.endswith("ing") for word in noun.split())
