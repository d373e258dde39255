"""A text in the words of others: sayings said plainly before a sentence is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import inflection

from generation.engines.builtin.understanding.clauses import in_clauses
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.sentences import LONGEST_SENTENCE
from generation.engines.builtin.understanding.times import without_times
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import PERSONS, words

_QUOTED = re.compile(r"[\"“][^\"“”\n]{1,80}[\"”]|\([^()\n]{1,200},[^()\n]{1,200}\)")
# "A page listing books" has them; "functions for listing books" are what is done.
_CONTAINING = re.compile(
    r"(?<=[a-z])(?<! for)(?<! by)(?<! of)(?<! and)(?<! or)(?<! as)(?<! like)(?<! are)(?<! is) "
    r"(?:listing|containing) (?=(?:the |all )?[a-z]+s\b)"
)
_SIFTED_BY = re.compile(
    r"(?P<what>\b(?:search|filter|sort|find|browse|look up)(?:es|s|ing)?\s+(?:[\w-]+\s+){0,3})"
    r"by\s+(?P<keys>(?:[\w-]+(?: [\w-]+)?,\s*)*?[\w-]+(?: [\w-]+)?,?\s+(?:and|or)\s+[\w-]+)",
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(r"\bsubscribe(?:s|d)? to (?:the |our |a )?newsletters?\b", re.IGNORECASE)
_EXAMPLE = re.compile(
    r"\be\.g\.,? [^,;()\n]*"
    r"(?:,(?! (?:an?|the|and|or|then|so) )(?: [\w'-]+){1,3}(?=[,;.\n]|$| and ))*"
    r"|,? \bfor (?:instance|example)\b[^.;()\n]*",
    re.IGNORECASE,
)
_EACH_OTHER = re.compile(r"\b(?:each other|one another)(?P<whose>['\u2019]s)?", re.IGNORECASE)
_LATER = re.compile(r" afterwards?\b", re.IGNORECASE)
# "One of our five boats" is a boat of several.
_ONE_OF = re.compile(
    r"\bone of (?=(?:the|our|my|their|its|these|those|your) )(?!the (?:best|most|first)\b)",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\b(?:pieces? of|pairs? of) (?=[a-z])", re.IGNORECASE)
_FORMING = re.compile(
    r"\bform(?:s|ing)? (?=(?:an? |the |their |new |own )*(?:teams?|groups?|clubs?|bands?)\b)",
    re.IGNORECASE,
)
_BROKEN_DOWN = re.compile(
    r"\bbreak(?:s|ing)? (?:it|them|this|(?:the |an? |each )?[a-z]+) down (?:by|into) ",
    re.IGNORECASE,
)
# How many there are of something is a figure, and no thing.
# "Our list keeps getting lost" keeps nothing.
_KEEPS_ON = re.compile(r"\bkeeps? (?=(?:on )?(?:getting|being|going|growing|coming|having)\b)")
# "Native and target languages" are two kinds of languages.
_KINDS_OF = re.compile(
    r"\b(?P<first>native|source|home|indoor|outdoor|incoming|outgoing|old|used|local|private) and "
    r"(?P<second>[a-z]+) (?P<head>[a-z]+s)\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b(?:number|amount)s? of [a-z]+s\b", re.IGNORECASE)
_HAND_IN = re.compile(r"\bhand(?:s|ed|ing)? in (?=[a-z])", re.IGNORECASE)
_HOMES = re.compile(r"\bfind (?:[a-z]+ )?homes? for\b", re.IGNORECASE)
_SIGN_UP = re.compile(r"\bsign(?:s|ed|ing)?[ -]up for\b", re.IGNORECASE)
# What a page is for and an app keeps none of.
_PURPOSE = re.compile(
    r"\b(?:for |designed for )?(?:lead|traffic|brand awareness) generation\b", re.IGNORECASE
)
# "A band's site" is the band's, and keeps no bands.
_SITE_OF = re.compile(
    r"\b(?:an?|the|our|my) [\w-]+['\u2019]s "
    r"(?=(?:[a-z]+ )?(?:web ?site|site|app|portal|blog|page)\b)",
    re.IGNORECASE,
)
# Who checks something out borrows it; an order or a cart is paid.
_CHECK_OUT = re.compile(
    r"\bcheck(?P<s>s|ing|ed|) out (?=(?:an? |the )?[a-z]+)(?!(?:an? |the |my |their )?"
    r"(?:carts?|baskets?|orders?|rooms?|guests?|bags?|albums?|songs?|posts?|listings?|events?|sites?|"
    r"videos?|with|using|via|from|of|on|in|and|our|this|what|which|who|how|new|latest|more)\b)",
    re.IGNORECASE,
)
# "They create shifts and volunteers sign up for them": for the shifts.
_FOR_THEM = re.compile(
    r"(?P<lead>\b(?:create|post|publish|list|add|upload|share|organi[sz]e|offer|schedule|manage|"
    r"plan|announce|open|raise|submit|report|find|see|browse|discover|search|look for)s? "
    r"(?P<things>[a-z]+s)(?: with [a-z ]{1,30}?)?(?:,? (?:and|which|so(?: that)?|that|where)|,) "
    r"(?:[a-z-]+ ){0,4}?(?:(?:sign up|register|apply|vote) for|(?:apply|subscribe|reply) to|"
    r"(?:bid|vote|comment) on|enroll? in|book|hire|rent|reserve|rate) )"
    r"(?:and [a-z]+ )?them\b(?! with)",
    re.IGNORECASE,
)
# Who may do something once they have signed in: nobody is said to register them.
_SIGNED_IN = re.compile(
    r"\b(?:registered|authenticated|verified|(?:logged|signed)[- ]in) "
    r"(?=\w+s (?:can|may|could|should|must|will|are able)\b)",
    re.IGNORECASE,
)
# Who signs in to do something does it.
_SIGNS_IN_TO = re.compile(
    r"\b(?:signs?[ -]up|signs?[ -]in|logs?[ -]in|registers?) to (?=(?P<verb>[a-z]+) )",
    re.IGNORECASE,
)
_SIGNING_IN = re.compile(
    r"\b(?:log|sign|logs|signs|logging|signing)[ -]?in (?:with|using|via|through) [^.;,\n]{2,60}",
    re.IGNORECASE,
)
_PAYING = re.compile(
    r"\b(?:multiple |various |several |different |online )*payment (?:method|option|gateway)s?\b",
    re.IGNORECASE,
)
_SHARED_HEAD = re.compile(
    r"\b(?P<first>[\w-]+) and (?P<second>[\w-]+) "
    r"(?P<head>records?|information|details|management)\b",
    re.IGNORECASE,
)

# "A museum website showing exhibitions" has them; nothing is called so.
_SHOWING = re.compile(
    r"\b(web ?site|site|app|application|platform|portal|page) "
    r"(?:showing|displaying|presenting|featuring|listing)(?= [a-z])",
    re.IGNORECASE,
)
# "The shelter lists pets": what one does, said as what all of them do.
_DOES = (
    r"(?P<does>lists|uploads|posts|publishes|adds|creates|sells|offers|manages|writes|sends|books|"
    r"orders|tracks|keeps|enters|records|assigns|approves|confirms) (?=(?:[a-z]+ )?[a-z]+s\b)"
)
_ONE_DOES = re.compile(rf"\b(?:the|our) (?P<who>[a-z]+) {_DOES}", re.IGNORECASE)
_DOER = re.compile(rf"^[a-z]+ {_DOES}", re.IGNORECASE)
# Who logs hours or time keeps entries of it.
_HOURS = re.compile(
    r"\b(?P<does>log|track|record|register|enter)(?P<ing>s|ging|ing)? "
    r"(?:(?:my|their|the|your|working|worked|work|billable) )*(?:hours|time)\b"
    r"(?= (?:on|for|to|against)\b|[.,;]|$)",
    re.IGNORECASE,
)
# "Staff reply to tickets" writes replies to what somebody has sent, as "staff replies to" them.
_ANSWERING = re.compile(
    r"(?P<before>(?:(?P<staff>(?:^|(?<=[,;:] )|(?<=\band ))\W{0,3})(?:(?:the|our|your) )?"
    r"(?:staff|support(?: (?:team|staff|desk))?|help ?desk)"
    r"|\b(?:the|our|each|an?) (?P<one>[a-z]+)|\b[\w-]+) )"
    r"(?:(?P<verb>reply|replies|comments?|responds?) (?P<to>to|on)"
    r"|(?<!\bto )(?P<direct>answers?)(?![^.;]{1,80} (?:with|by)\b)) "
    r"(?=(?:[\w'\u2019-]+ ){0,3}?(?:ticket|issue|case)s?\b"
    r"|(?<!respond to )(?<!responds to )(?:[\w'\u2019-]+ ){0,3}?"
    r"(?:request|application|claim|complaint|order|appointment|incident|repair)s?\b)",
    re.IGNORECASE,
)
_SENDING = re.compile(
    r"\bsend(?P<s>s?) messages (?:on|about|regarding) (?=(?:[\w'\u2019-]+ ){0,3}?"
    r"(?:ticket|issue|case|request|application|claim|complaint|order|appointment)s?\b)",
    re.IGNORECASE,
)
_ANSWERS = {"reply": "replies", "comment": "comments", "respond": "responses", "answer": "answers"}
_NAMING = words("a an the each every one their my your his her our new first last")
# "A list of members would be great", "I'd love a map": what is wished for is to be kept.
_GREAT = r"(?:great|nice|lovely|good|helpful|handy|useful|cool|awesome|perfect|ideal|wonderful)"
_WISHED = re.compile(
    rf"^\W*(?:(?:and|also|maybe) )?(?!it\b|that\b|this\b|which\b|what\b)(?P<what>[^.;:]{{3,120}}?) "
    rf"would (?:also |all )?be (?:really |very |so )?{_GREAT}\b(?: too| as well)?",
    re.IGNORECASE,
)
_LONGED_FOR = re.compile(
    r"\b(?:i|we)(?:['\u2019]d| would) (?:also |really )?(?:love|like|appreciate) "
    r"(?!to\b|you\b|it\b)",
    re.IGNORECASE,
)
# What somebody may not do tells of nothing that they do: "customers cannot edit products".
FORBIDDEN = re.compile(
    r"\b(?:(?:can|could|may|must|should|do|does|will|are|is|but|and)(?: ?not|n['\u2019]?t)|"
    r"can['\u2019]t|never)(?: (?:be )?(?:able|allowed) to)?(?: ever| also| even)? "
    r"(?P<verb>edit|change|delete|remove|modify|update|manage|see|view|read|access|browse)\b"
    r"(?! (?:only|just|by|more|less|twice|once)\b)",
    re.IGNORECASE,
)
# Who writes a review gives stars with it.
_RATED = re.compile(
    r"\bratings?(?: and | & |/)(?=(?:\w+ )?reviews?\b)"
    r"|(?<=\breview)(?P<s>s?)(?: and | & |/)ratings?\b",
    re.IGNORECASE,
)
_NOTING = re.compile(r"\btak(?P<e>e|es|ing) notes\b", re.IGNORECASE)
MOST_FORBIDDEN, MOST_BEFORE = 20, 60
_START_PAGE = re.compile(
    r"\b(?:start|home|landing|front|main|index)(?:ing)? pages?\b", re.IGNORECASE
)


def forbidden_in(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield what a text forbids, as far as anybody reads it, with the words right before it."""
    for found in islice(FORBIDDEN.finditer(text), MOST_FORBIDDEN):
        yield text[max(0, found.start() - MOST_BEFORE) : found.start()], found


def without_pieces(text: str) -> str:
    """Return a text that speaks of equipment where it speaks of a piece of equipment."""
    return _PIECE.sub("", text)


def without_doer(words: str) -> str:
    """Return what is done to, of "shelter lists pets": the pets."""
    return _DOER.sub("", words)


def as_all_do(text: str) -> str:
    """Return a text in which shelters list pets where "the shelter lists" them."""
    return _ONE_DOES.sub(_all_do, _SHOWING.sub(r"\1 with", text))


@lru_cache(maxsize=512)
def in_plain_words(text: str) -> str:
    """Return a text with what it quotes left out, and some sayings in the words of others.

    "Book and member records" are book records and member records; one who signs up for something
    registers for it.
    """
    text = _SITE_OF.sub("a ", _PURPOSE.sub(" ", text))
    text = _LONGED_FOR.sub("keep ", _WISHED.sub(r"keep \g<what>", text))
    text = _FOR_THEM.sub(r"\g<lead>\g<things>", _CHECK_OUT.sub(r"borrow\g<s> ", text))
    text = _KEEPS_ON.sub("is ", _ONE_OF.sub("", text))
    text = _KINDS_OF.sub(r"\g<first> \g<head> and \g<second> \g<head>", text)
    text = _EACH_OTHER.sub(_them, _LATER.sub("", text[:LONGEST_SENTENCE]))
    text = _CONTAINING.sub(" with ", _QUOTED.sub(" ", without_times(text)))
    text = _SIFTED_BY.sub(_without_keys, _EXAMPLE.sub(" ", in_clauses(text)))
    text = _SIGNS_IN_TO.sub(_do_it, _NEWSLETTER.sub(" ", _SIGNED_IN.sub("", text)))
    text = _SIGNING_IN.sub("sign in", FORBIDDEN.sub("regarding", text))
    text = _NOTING.sub("write notes", text)
    text = _START_PAGE.sub("homepage", _RATED.sub(r"\g<s>", text))
    text = _SENDING.sub(r"write\g<s> messages for ", _SIGN_UP.sub("register for", text))
    text = _ANSWERING.sub(_write, text)
    text = _HOW_MANY.sub("size", _BROKEN_DOWN.sub("add ", text))
    text = _FORMING.sub("manage ", _PAYING.sub("payments", text))
    text = as_all_do(_HOURS.sub(r"\g<does> time entries", text))
    text = _HOMES.sub("help", without_pieces(_HAND_IN.sub("submit ", text)))
    return _SHARED_HEAD.sub(_spread, text)


def _them(found: re.Match[str]) -> str:
    return "their" if found["whose"] else "them"


def _write(found: re.Match[str]) -> str:
    """Say that replies are written where somebody replies; "a reply to" is one already."""
    verb, one = (found["verb"] or found["direct"]).lower(), found["one"]
    base, lead = verb_of(verb) or verb, found["staff"]
    does = verb != base
    is_named = found["before"].split()[-1].lower() in _NAMING
    if is_named or (lead is None and does is not bool(one)):
        return found[0]
    who = found["before"] if lead is None or not does else f"{lead}staff "
    # "Requests" alone is what one does.
    the = "the " if found.string[found.end() :].lower().startswith("requests") else ""
    return f"{who}write{'s' if one else ''} {_ANSWERS[base]} {found['to'] or 'to'} {the}"


def _do_it(found: re.Match[str]) -> str:
    return "can " if found["verb"].lower() in VERBS else found[0]


def _all_do(found: re.Match[str]) -> str:
    who, does = found["who"].lower(), verb_of(found["does"].lower())
    return f"{inflection.pluralize(who)} {does} " if does and singular_of(who) == who else found[0]


def _without_keys(found: re.Match[str]) -> str:
    """Leave out by what things are searched: "title, author or ISBN" are no things of their own."""
    keys = re.split(r",\s*|\s+(?:and|or)\s+", found["keys"].lower())
    # "browse by course, save favourites and …"
    if any(" " in key and verb_of(key.split()[0]) is not None for key in keys):
        return found.group()
    # "browse by cuisine and members post their own"
    if any(singular_of(key) in PERSONS and singular_of(key) != key for key in keys):
        return found.group()
    # "filter by price and send an inquiry"
    sends = verb_of(keys[-1]) == keys[-1] and keys[-1] not in ALSO_NOUNS
    return f"{found['what']}and {keys[-1]}" if sends else found["what"]


def _spread(found: re.Match[str]) -> str:
    first, head = found["first"], found["head"]
    noun = singular_of(first.lower())
    if noun in FIELDS or f"{noun} {singular_of(head.lower())}" in FIELDS:
        return f"{first} {head} and {found['second']} {head}"
    return found.group()
