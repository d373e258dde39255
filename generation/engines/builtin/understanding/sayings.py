"""Sayings that tell of something kept without naming it as the object of a verb.

"Save favorite recipes" keeps favourites of recipes; "manage users" keeps what is known of users.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import inflection

from generation.engines.builtin.understanding.deeds import (
    BOOKED,
    DEEDS,
    DONE_OUTRIGHT,
    DONE_TO,
    NEVER_DONE_TO,
)
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.lines import lines_in
from generation.engines.builtin.understanding.mentions import Mention, object_before
from generation.engines.builtin.understanding.quantities import items_of
from generation.engines.builtin.understanding.recurring import recurring_in
from generation.engines.builtin.understanding.sentences import story_of
from generation.engines.builtin.understanding.states import states_in
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.times import OFTEN, without_times
from generation.engines.builtin.understanding.verbs import KEEPING, LOOKING
from generation.engines.builtin.understanding.vocabulary import (
    BODIES,
    CLASSIFIERS,
    LABELS,
    PERSONS,
    words,
)
from generation.engines.builtin.understanding.weights import DONE, KEPT, SEEN
from generation.engines.builtin.understanding.wording import without_pieces
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
# Who saves what is theirs alone keeps the thing and no mark of it.
_MYSELF = re.compile(r"\bI\b")
_USERS = re.compile(
    r"\b(?:manag|administ|suspend|bann?|block|deactivat)(?:e|es|er|ing|s)?\s+(?:the\s+|all\s+)?"
    r"(?:registered\s+)?(?:users\b|user\s+(?:info|data|records|accounts|details|profiles))"
    r"|\buser\s+(?:information|data|account|profile|role)?\s*(?:management|administration)\b"
    r"|\bmanag\w+(?:\s[\w-]+,?){1,6}\s(?:and|,)\s+(?:users\b|user\s+(?:information|accounts))",
    re.IGNORECASE,
)
_KIND_OF_APP = re.compile(
    r"(?<![\w-])(?P<noun>[\w-]{1,40}) (?P<what>sharing|booking|rental|management|trading|tracking|"
    r"review|streaming|search|browsing|ordering|reservation|display|planning|exchange|adoption|"
    r"auction|listing) "
    r"(?:web ?site|site|platform|system|app(?:lication)?|portal|tool|marketplace|community)\b",
    re.IGNORECASE,
)
# Whose app it is, and no row of it.
_PLACES = words(
    """
    school hospital clinic library restaurant hotel warehouse store company team club gym university
    bakery museum content page
    """
)
_BOOKED_BY = frozenset({"booking", "reservation"})
_BY_APPOINTMENT = words("clinic hospital practice salon barbershop")
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
    r"(?:(?P<may>can|may|could|should|must|will) (?:also )?be|are|get|(?:have|need) to be) "
    r"(?P<verb>[a-z]+ed|written|kept|taken|made|sent|paid|sold|bought|given|held|lent)\b",
    re.IGNORECASE,
)
# What is done again and again, said of what it is done to: "objects are lent to museums".
_LENT = frozenset({"lend", "borrow", "rent", "hire"})
_BASES = {
    "written": "write",
    "kept": "keep",
    "taken": "record",
    "made": "make",
    "sent": "send",
    "paid": "pay",
    "sold": "sell",
    "bought": "buy",
    "given": "send",
    "held": "schedule",
    "lent": "lend",
}
# "surveys with questions", where the parts are known things.
_WITH_PARTS = re.compile(
    r"\b(?:creat|mak|build|sav|manag|add|publish|writ|post|design|keep|stor|plan)\w*\s+"
    r"(?:[\w-]+\s+)?(?P<whole>[a-z]+s)\s+with\s+(?:(?:several|multiple|many|their)\s+)?"
    r"(?P<parts>[a-z]+s)(?:\s+and\s+(?P<more>[a-z]+(?: [a-z]+)?s))?\b"
    r"(?=\s*(?:[,.;(]|so\b|that\b|$))"
    # Not where more of a list follows.
    r"(?!\s*,\s*(?:and\s+)?[\w-]+(?: [\w-]+)?\s*(?:[,.;]|$|\s+and\b))",
    re.IGNORECASE,
)
# "Listeners can comment", "assign, comment and close", "candidates apply with a letter"
_WITHOUT_OBJECT = re.compile(
    r"(?:\b(?:can|may|to|could|and|where|who)|,)\s+(?:(?:[a-z]+s|people)\s+)?(?P<verb>comment|vote|apply|bid|donate|pledge)"
    r"(?: money| funds)?(?=\s*(?:[.,;]|and\b|with\b|once\b|to (?:adopt|join|volunteer|help)\b|$))",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:answers?|answering|fill(?:s|ing)? (?:in|out)|respond(?:s|ing)? to|tak(?:e|es|ing))\s+"
    r"(?:(?:the|a|their|each|these)\s+)?(?:them\b|surveys?\b|questionnaires?\b|polls?\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:survey|questionnaire|poll)s?\b", re.IGNORECASE)
_BODY_OFFERS = re.compile(
    rf"\b(?P<body>{'|'.join(sorted(inflection.pluralize(body) for body in BODIES))})\s+"
    r"(?:(?:can|may|also|should|must|will)\s+)*(?:post|list|publish|offer|advertis|upload)\w*\s+"
    r"(?:their\s+|new\s+)?(?P<noun>[a-z]+(?:\s[a-z]+)?s)\b",
    re.IGNORECASE,
)
# "Screenings show a movie in a hall": what begins in the plural, and what it is about.
_TAKES_PLACE = re.compile(
    r"^\s*(?P<noun>[a-z]+s)\s+(?:show|cover|use|need|require|involve|take place|happen|run)\s+"
    r"(?P<rest>(?:(?:in |at |on )?(?:an?|one|the)|every|each|once|twice|on|in|at)\s.*)$",
    re.IGNORECASE | re.DOTALL,
)
# "Staff post updates on orders": what is written, and not what is done to orders.
_UPDATES = re.compile(
    r"\b(?P<who>[a-z]+) (?:(?:can|may|will|should|then|also) ){0,3}"
    r"(?:post|add|write|share|leave)s? (?:status |progress |regular )?updates "
    r"(?:on|to) (?:(?:the|an?|each|every|their|all) )?(?P<noun>[a-z]+)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\b(?:an?|one) (?P<noun>[a-z]+)\b", re.IGNORECASE)
# "like and comment on photos": one thing that several things are done to.
_AND_COMMENT = re.compile(
    r"\b(?P<verb>like|rate|bookmark|favou?rite|share|save)(?:, [a-z]+,?)?(?: and|,|/) "
    r"comment(?:ing)? on (?:the |their |each other's |others' |other |these )?(?P<noun>[a-z]+)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\breport(?:s|ing)? (?:any |an? |the )?"
    r"(?P<what>damages?|defects?|faults?"
    r"|problem(?= with (?:an?|the|my|their) (?!photo|picture|image)))\b"
    r"(?: (?:to|on|of|in|at|for|with) (?:an? |the |their |my |our )?(?P<on>[a-z]+(?: [a-z]+)?))?",
    re.IGNORECASE,
)
# What is set to be told of something.
_TOLD_OF = re.compile(
    r"\b(?:set|create|manage)(?:s|ting)? (?:up )?(?:an? )?"
    r"(?P<what>(?:[a-z]+ )?(?:alert|reminder)s?) (?:for|on|about) "
    r"(?:an? |the |their |my |our )?(?P<on>[a-z]+)\b",
    re.IGNORECASE,
)
# What one has seen and read is kept by itself.
_HISTORY = re.compile(
    r"\b(?P<noun>(?:reading|viewing|browsing|listening|watch|play) history)\b", re.IGNORECASE
)
_TAKEN = re.compile(
    r", (?P<verb>book|reserve) (?P<what>(?:[a-z]+ )?[a-z]+s)(?=,| and\b|\.|$)", re.IGNORECASE
)
_WHO_DID = re.compile(
    r"\bwho (?:has |have |had )?(?P<verb>enrolled|registered|signed up|booked|applied|voted)"
    r"(?: (?:in|for|to|on))? (?:them|it)\b",
    re.IGNORECASE,
)
_CHECKED_IN = re.compile(rf"\b(?P<verb>check(?:s|ing)?[ -]in) {OFTEN}\b", re.IGNORECASE)
# "A simple list of my movies", "a database of plants and seeds"
_LIST_OF = re.compile(
    r"^\W*(?:please )?"
    r"(?:(?:i|we) (?:want|need) |(?:make|build|create|keep|develop|implement|design)(?: me| us)? )?"
    r"(?:an?|the|my|our) (?:[\w-]+ ){0,2}?"
    r"(?:list|collection|catalog(?:ue)?|database|register|overview|archive|library|directory|gallery"
    r"|calendar|map|index|showcase|guide) of "
    r"(?:(?:all|my|our|the) )*(?P<things>[\w' -]{3,60}?)"
    r"(?=[,.;:]|\s(?:with|that|which|i|we|in)\b|$)",
    re.IGNORECASE,
)
# "Guest lists" are of guests, who would be no row for being spoken of.
_PERSONS_LISTED = re.compile(
    r"\b(?P<who>guest|member|participant|attendee|student|volunteer|player|visitor|tenant|client|"
    r"customer|employee) (?:lists?|director(?:y|ies)|rosters?|database)\b",
    re.IGNORECASE,
)
# Sayings that tell of a thing by other words than its name.
_TELLS_OF = (
    (re.compile(r"\b(?:clock|punch)(?:ing|s)?[ -](?:in|out)\b", re.IGNORECASE), "attendance"),
    (re.compile(r"\bcustomer relationships? management\b", re.IGNORECASE), "customer"),
    (
        re.compile(r"\bwho (?:has |was )?(?:attended|present|came|showed up)\b", re.IGNORECASE),
        "attendance",
    ),
    (re.compile(r"\bpay(?:s|ing)? (?:their |the |my )?rent\b", re.IGNORECASE), "rent payment"),
    (
        re.compile(
            r"\bwho (?:has|have|had)(?: not|n['\u2019]t)?(?: already| yet)? paid\b"
            r"(?! (?:the|their))"
        ),
        "payment",
    ),
    (
        re.compile(
            r"\bmenu (?:of|\()[^.()]*s\b"
            r"|\b(?:edit|manag|updat|chang|maintain)\w* (?:the|our|their) menu\b"
            r"(?! (?:bar|items?|structure|pages?|entries))",
            re.IGNORECASE,
        ),
        "menu item",
    ),
    (re.compile(r"\bgives? (?:an? |the |their )?scores?\b", re.IGNORECASE), "score"),
    (
        re.compile(
            r"\b(?:customer|technical|online|live) support "
            r"(?:tool|system|chat|desk|feature|module)s?\b"
            r"|\bchat with (?:our |the )?(?:customer |technical )?(?:support|service)\b",
            re.IGNORECASE,
        ),
        "support ticket",
    ),
    (re.compile(r"\bdonation (?:web ?site|site|platform|app|portal)\b", re.IGNORECASE), "donation"),
    (re.compile(r"\bpersonal (?:records|bests)\b", re.IGNORECASE), "personal record"),
    (re.compile(r"\bwho attends\b", re.IGNORECASE), "attendance"),
    (re.compile(r"\bbidding (?:and|or|on|functions?|features?)\b", re.IGNORECASE), "bid"),
    (
        re.compile(r"\bcommunicate with (?:the |their |other )?(?:\w+ )?\w+s\b", re.IGNORECASE),
        "message",
    ),
    (
        re.compile(
            r"\b(?:inbound and outbound (?!records?\b)\w+|goods (?:receipt|issue)s?)\b",
            re.IGNORECASE,
        ),
        "stock movement",
    ),
)


def _is_asked_alone(source: Source) -> bool:
    """Tell whether a sentence is a feature or a user story: accounts in these are to sign in."""
    return source.part != "description" or story_of(source.text) is not None


def _base_of(done: str) -> str | None:
    """Return the base form of what is done: of "written", write."""
    return _BASES.get(done) or verb_of(done)


def _done_to(source: Source) -> Iterator[Mention]:
    """Yield what is done to things that begin a sentence: "desks and rooms can be reserved"."""
    found = _PASSIVE.match(source.text)
    verb = _base_of(found["verb"].lower()) if found is not None else None
    if found is None or verb not in KEEPING | LOOKING:
        return
    for item in items_of(found["things"]):
        if not item.is_plural or item.noun.rpartition(" ")[2] in PERSONS:
            continue
        yield Mention(item.noun, SEEN, source)
        if (
            verb in DEEDS
            and (found["may"] or verb in _LENT)
            and verb not in DONE_TO.keys() | NEVER_DONE_TO.keys()
        ):
            yield Mention(DEEDS[verb], DONE, source, belongs_to=item.noun, deed=True)


def _with_parts(source: Source) -> Iterator[Mention]:
    for found in _WITH_PARTS.finditer(source.text):
        whole = singular_of(found["whole"].lower())
        if whole in CLASSIFIERS | LABELS or thing_of((whole,)) is None:
            continue
        parts = [literal(found[n].lower().split()) for n in ("parts", "more") if found[n]]
        if all(part in FIELDS and thing_of(tuple(part.split())) for part in parts):
            yield from (Mention(part, SEEN, source, belongs_to=whole) for part in parts)


def _without_object(source: Source, text: str) -> Iterator[Mention]:
    for found in _WITHOUT_OBJECT.finditer(text):
        yield Mention(DEEDS[found["verb"].lower()], DONE, source, deed=True)
    if _ANSWERED.search(source.text) and _ASKED.search(source.text):
        yield Mention("response", DONE, source)


def without_deeds(text: str) -> str:
    """Put spaces in place of deeds without an object, which may be taken for nouns: "comment"."""
    for found in (*_WITHOUT_OBJECT.finditer(text), *_CHECKED_IN.finditer(text)):
        start, end = found.span("verb")
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _offered(source: Source) -> Iterator[Mention]:
    for found in _BODY_OFFERS.finditer(source.text):
        body = singular_of(found["body"].lower())
        noun = thing_of(tuple(found["noun"].lower().split()))
        if noun is not None:
            yield Mention(body, SEEN, source)
            yield Mention(noun, 0.0, source, belongs_to=body)


def _taking_place(source: Source) -> Iterator[Mention]:
    text = " ".join(without_times(source.text).split())
    found = _TAKES_PLACE.match(text)
    noun = thing_of((found["noun"].lower(),)) if found is not None else None
    if found is None or noun is None or noun in PERSONS:
        return
    yield Mention(noun, SEEN, source)
    for one in _ONE_OF.finditer(found["rest"]):
        other = thing_of((one["noun"].lower(),))
        if other is not None and other != noun:
            yield Mention(noun, 0.0, source, belongs_to=other)


def _done_together(source: Source) -> Iterator[Mention]:
    """Yield what is left of several things done to one: "like and comment on photos"."""
    for found in _AND_COMMENT.finditer(source.text):
        noun = thing_of((found["noun"].lower(),))
        for verb in (found["verb"].lower(), "comment") if noun is not None else ():
            if verb in DEEDS and (verb not in DONE_TO or noun in DONE_TO[verb]):
                yield Mention(DEEDS[verb], DONE, source, belongs_to=noun, deed=True)


def _listed_persons(source: Source) -> Iterator[Mention]:
    for found in _PERSONS_LISTED.finditer(source.text):
        yield Mention(found["who"].lower(), KEPT, source)


def _saved(source: Source) -> Iterator[Mention]:
    """Yield the favourites of what is saved or collected."""
    for found in _FAVOURITE.finditer(source.text):
        noun = singular_of(found["noun"].lower())
        deed = found["deed"].lower()
        if noun in FIELDS:
            yield Mention(noun, DONE, source)
        yield Mention(deed, DONE, source, belongs_to=noun, deed=True)
    for found in _COLLECTED.finditer(source.text) if _MYSELF.search(source.text) is None else ():
        noun = singular_of(found["noun"].lower())
        yield Mention("favorite", DONE, source, belongs_to=noun, deed=True)


def _reported(source: Source) -> Iterator[Mention]:
    """Yield the reports of what is broken, and what is set to be told of something."""
    text = without_pieces(source.text)
    for found in (*_REPORTED.finditer(text), *_TOLD_OF.finditer(text)):
        what = literal(found["what"].lower().split())
        noun = what if found.re is _TOLD_OF else f"{what} report"
        on = thing_of(tuple((found["on"] or "").lower().split()))
        yield Mention(noun, DONE, source, belongs_to=on, deed=True)


def _updates(source: Source) -> Iterator[Mention]:
    """Yield the updates that somebody writes on a thing."""
    for found in _UPDATES.finditer(source.text):
        noun, who = thing_of((found["noun"].lower(),)), singular_of(found["who"].lower())
        if noun is not None:
            verbs = ("write",)
            yield Mention("status update", DONE, source, noun, deed=True, verbs=verbs, actor=who)


def _with_states(source: Source) -> Iterator[Mention]:
    for told in states_in(source.text):
        yield Mention(told.noun, SEEN, source)


def _taken_in_a_list(source: Source) -> Iterator[Mention]:
    """Yield what is left of what is done in a list of things: "events, book guided tours"."""
    for found in _TAKEN.finditer(source.text):
        words_of_it = found["what"].lower().split()
        noun, whole = literal(words_of_it), literal([found["verb"].lower(), *words_of_it])
        if noun.rpartition(" ")[2] in BOOKED and whole not in FIELDS:
            yield Mention(noun, SEEN, source)
            deed = DEEDS[found["verb"].lower()]
            yield Mention(deed, DONE, source, belongs_to=noun, deed=True)


def _who_did(source: Source) -> Iterator[Mention]:
    """Yield what is left of what somebody did to what was spoken of: "see who enrolled in them"."""
    for found in _WHO_DID.finditer(source.text):
        verb = verb_of(found["verb"].lower().replace("signed up", "registered"))
        about = object_before(source.text[: found.start()])
        if verb is not None and verb in DEEDS:
            yield Mention(DEEDS[verb], DONE, source, belongs_to=about, deed=True)


def _called(source: Source) -> Iterator[Mention]:
    """Yield what an app is called by: a tour booking site has tours, a clinic's appointments."""
    for found in _KIND_OF_APP.finditer(source.text):
        noun, what = singular_of(found["noun"].lower()), found["what"].lower()
        if what == "booking" and noun in _BY_APPOINTMENT:
            yield Mention("appointment", DONE, source)
        elif noun in FIELDS and not (what == "management" and noun in _PLACES):
            yield Mention(noun, SEEN, source)
            if what in _BOOKED_BY and noun not in _PLACES | DONE_OUTRIGHT:
                yield Mention(what, SEEN, source)


def sayings_in(source: Source, text: str) -> Iterator[Mention]:
    """Yield what a sentence tells of by a saying; `text` is it without its lists of fields."""
    if (listed := _LIST_OF.match(source.text)) is not None:
        items = items_of(listed["things"])
        yield from (Mention(item.noun, KEPT, source) for item in items if item.is_plural)
    yield from _called(source)
    if _USERS.search(source.text) or _PERSONAL.search(source.text):
        yield Mention("user", KEPT, source)
    elif _ACCOUNTS.search(source.text) and not _is_asked_alone(source):
        yield Mention("user", SEEN, source)
    for told in (
        _listed_persons,
        _saved,
        _done_to,
        _with_parts,
        _offered,
        _taking_place,
        _done_together,
        _reported,
        _updates,
        _who_did,
        _taken_in_a_list,
        _with_states,
    ):
        yield from told(source)
    yield from _without_object(source, text)
    yield from recurring_in(source)
    yield from lines_in(source)
    for pattern, noun in _TELLS_OF:
        if pattern.search(source.text):
            yield Mention(noun, DONE, source)
    for found in _HISTORY.finditer(source.text):
        yield Mention(found["noun"].lower(), DONE, source)
