"""From sentences to mentions: which things a text speaks of, how strongly, and how they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from generation.engines.builtin.understanding.deeds import (
    ATTENDED,
    DEED_NOUNS,
    DEEDS,
    DONE_OUTRIGHT,
    DONE_TO,
    NEVER_DONE_TO,
    OPINING,
    SPOKEN,
)
from generation.engines.builtin.understanding.grammar import Phrase, phrases_of
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.sentences import (
    Story,
    story_of,
    words_of,
)
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.verbs import (
    ALSO_NOUNS,
    MADE,
    SIFTING,
    TAKING_PART,
    TELLING,
    VERBS,
)
from generation.engines.builtin.understanding.vocabulary import (
    BELONGING,
    CLASSIFIERS,
    GROUPS,
    HANDED_IN,
    LABELS,
    MEETINGS,
    NOT_THINGS,
    PEOPLE,
    PERSONS,
    SEVERAL,
)
from generation.engines.builtin.understanding.weights import (
    BEHIND,
    BESIDE,
    DONE,
    KEPT,
    SEEN,
    is_of_an_app,
    is_put_into,
    weight_of,
)
from generation.engines.builtin.understanding.wording import in_plain_words
from projects.spec.models import Source

# Where somebody else begins to act: "editors write articles, readers can bookmark them".
_NEXT_ACTOR = re.compile(
    r",\s+(?=(?:and )?(?:an? |the )?(?:[a-z]+ )?[a-z]+s? (?:can|may|must|should|will|could)\b"
    r"|(?:an?|the) (?P<who>[a-z]+) [a-z]+s\b)",
    re.IGNORECASE,
)
_ACTORS = PERSONS | {"supervisor", "editor", "admin"}
# What is itself taken: an appointment booking books nothing else.
_TAKEN = frozenset({"appointment", "ticket", "visit", "slot"})
# How somebody makes a list of things, which they do not make by that.
_COLLECTING = frozenset({"keep", "write", "create", "make", "build"})
# How somebody hands something in, and what that is about: "submit a request for a tour".
_SENDING = frozenset({"submit", "send", "request", "raise", "lodge", "leave"})
_ABOUT = frozenset({"for", "about", "on", "to", "regarding"})
# How a thing is bound to another, to which nothing is done by that: "assign a dataset to themes".
_BINDING = frozenset({"assign", "attach", "link", "connect", "tie"})
_TROUBLES = frozenset({"problem", "issue", "defect", "fault", "trouble", "complaint"})
_HANDING = frozenset({"submit", "send", "review", "approve", "accept", "reject"})
# How what is kept is told of what it is of: "services of elevators", "incidents involving a car".
_DRAWING = frozenset({"of", "for", "involving", "concerning", "affecting", "against"})
_SAYING = OPINING - {"vote"}
# What is done to "them" is done to what was spoken of before.
_TO_IT = re.compile(
    r"\b(rate|grade|upvote|comment|reply|message|bookmark|reserve|rent|borrow|vote)s?"
    r"(?: on| to| for)? "
    r"(?:them|it|one)\b"
    r"(?! (?!for |online\b|now\b|and\b|or\b|so\b|by\b|when\b)\w)",
    re.IGNORECASE,
)
# What begins as a verb may and is what is spoken of: "reference samples are kept in a box".
_IS_SAID_OF = re.compile(
    r"\s*[a-z]+ [a-z]+s (?:are|have|belong|can|must|should|may) ", re.IGNORECASE
)
# What is done, and to nothing named, is done to what was spoken of before: "readers comment."
_TO_NOTHING = re.compile(
    r"\b(?P<who>[a-z]+)(?: (?:can|may))? "
    r"(?P<verb>comment|vote|bid|rate|apply|donate|enroll|enrol|chat|order)"
    r"(?=\s*(?:[.;,]|$|and (?:we|I|staff)\b))",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A thing in the singular, the weight of the evidence for it, and the words it stands in.

    `belongs_to` is the thing it is attached to by the words ("photos of campers", "a camper's
    photos"), which is kept where the thing itself is if it `draws` it ("services of elevators"); a
    `deed` is a thing made of a verb ("rate answers" keeps ratings of answers). `verbs` are what is
    done with it, and `actor` who does it, where that is said; `wished` for is what a user story is
    about.
    """

    noun: str
    weight: float
    source: Source
    belongs_to: str | None = None
    deed: bool = False
    draws: bool = False
    verbs: tuple[str, ...] = ()
    several: bool = False
    actor: str = ""
    wished: bool = False


def mentions_of(
    source: Source, declared: frozenset[str] = frozenset(), text: str | None = None
) -> Iterator[Mention]:
    """Yield what a sentence speaks of, by its own words or by those of `text`."""
    text = in_plain_words(source.text if text is None else text)
    story = story_of(text)
    if story is not None:
        yield from _in_story(story, source, declared)
        return
    for found in _TO_IT.finditer(text):
        deed = DEEDS[found[1].lower()]
        yield Mention(deed, DONE, source, object_before(text[: found.start()]), deed=True)
    for found in _TO_NOTHING.finditer(text):
        who = found["who"].lower()
        if who == "and" or (singular_of(who) != who and singular_of(who) in PERSONS | PEOPLE):
            before = object_before(text[: found.start()])
            if before is not None:
                deed = DEEDS[found["verb"].lower()]
                yield Mention(deed, DONE, source, before, deed=True)
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    does = verb_of(first.strip(",:/"))
    base = first.strip(",:/") in VERBS or does not in ALSO_NOUNS or first.endswith("ing")
    imperative = (does is not None and base and not first.endswith("ed")) or "/" in first
    imperative = imperative and _IS_SAID_OF.match(text) is None
    for number, clause in enumerate(_by_actor(text)):
        phrases = phrases_of(clause, verb_first=imperative and number == 0)
        yield from _in_clause(phrases, source, declared)


def _by_actor(text: str) -> Iterator[str]:
    """Yield the parts of a text in each of which somebody else acts."""
    start = 0
    for found in _NEXT_ACTOR.finditer(text):
        if found["who"] is None or found["who"].lower() in _ACTORS:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def object_before(text: str) -> str | None:
    """Return what "it" means behind a text: "find a free parking space and reserve it".

    A person is meant only where nothing else is.
    """
    done_to = [
        thing_of(phrase.words)
        for phrase in reversed(phrases_of(text, verb_first=False))
        if phrase.words and phrase.verbs and not phrase.preposition
    ]
    things = [noun for noun in done_to if noun and noun.rpartition(" ")[2] not in PERSONS]
    if done_to and done_to[0] in PERSONS and things:
        return things[0]
    return None if not done_to or done_to[0] in PEOPLE else done_to[0]


def _in_story(story: Story, source: Source, declared: frozenset[str]) -> Iterator[Mention]:
    wished = phrases_of(story.wish, verb_first=True)
    acting = _head_of(story.actor.lower().split())
    yield from (m._replace(actor=acting, wished=True) for m in _in_clause(wished, source, declared))
    actor = thing_of(tuple(word.text for word in words_of(story.actor) if not word.is_mark))
    if actor is not None:
        yield from _made_by(actor, wished, source)
        for phrase in wished:
            for deed in _deeds(phrase, thing_of(phrase.words), source):
                yield Mention(deed.noun, 0.0, source, belongs_to=actor)
    for phrase in phrases_of(story.reason, verb_first=False):
        noun = thing_of(phrase.words)
        if noun is not None and VERBS & set(phrase.verbs):
            yield Mention(noun, BEHIND, source)


def _made_by(actor: str, phrases: Sequence[Phrase], source: Source) -> Iterator[Mention]:
    """Yield what somebody makes as belonging to them: the forms that a parent submits."""
    for phrase in phrases:
        noun = thing_of(phrase.words)
        if noun is None or noun == actor or phrase.preposition:
            continue
        if TAKING_PART & set(phrase.verbs) and noun.rpartition(" ")[2] not in GROUPS:
            yield Mention(actor, 0.0, source, belongs_to=noun)
        made = MADE & set(phrase.verbs)
        if "report" in made and noun.rpartition(" ")[2] in PERSONS:
            continue
        if made if noun.rpartition(" ")[2] in DONE_OUTRIGHT else made - set(DEEDS):
            yield Mention(noun, 0.0, source, belongs_to=actor)


def _done_by(phrase: Phrase, source: Source) -> Iterator[Mention]:
    """Yield what persons make or do as belonging to them: "members borrow books"."""
    person = thing_of(phrase.subject) if phrase.subject else None
    if person is None or not _is_somebody(person.rpartition(" ")[2]):
        return
    yield from _made_by(person, [phrase], source)
    for deed in _deeds(phrase, thing_of(phrase.words), source):
        yield Mention(deed.noun, 0.0, source, belongs_to=person)
        # Who only says something of what others put there needs no more than to sign in.
        if person in {"member", "patient", "tenant"} and not _SAYING & set(phrase.verbs):
            yield Mention(person, KEPT, source)


def _is_somebody(head: str) -> bool:
    """Tell whether a noun is a person's by its list or by its end: interpreters."""
    return head in PERSONS or (head.endswith(("er", "or", "ist")) and head not in FIELDS)


def _in_clause(
    phrases: Sequence[Phrase], source: Source, declared: frozenset[str]
) -> Iterator[Mention]:
    before: str | None = None
    for phrase in _without_profiles(phrases):
        owner = thing_of(phrase.owner) if phrase.owner else None
        if not phrase.words:  # whose it is, and no more: "a customer's."
            if owner is not None:
                yield Mention(owner, SEEN, source)
            continue
        yield from _done_by(phrase, source)
        if (doing := _doing(phrase)) is not None:
            yield Mention(doing, DONE, source, deed=True)
            continue
        noun = thing_of(phrase.words, declared) or _taken(phrase)
        if owner is not None:
            yield Mention(owner, SEEN if noun is None else BESIDE, source)
        if noun is None:
            known = singular_of(phrase.words[-1])  # "vote on an option"
            yield from _deeds(phrase, known if known in FIELDS else None, source)
            continue
        actor = _head_of(phrase.subject)
        near = _whole_of(phrase, declared) if _says_whose(phrase) else None
        verbs = _done_to(phrase, near)
        mention = Mention(noun, weight_of(phrase), source, owner, verbs=verbs, actor=actor)
        yield mention._replace(several=singular_of(phrase.words[-1]) != phrase.words[-1])
        if phrase.near == ("track",) and phrase.preposition == "by" and _says_whose(phrase):
            near = before
        before = noun
        if (whose := _before_a_compound(phrase, noun)) is not None:
            yield Mention(whose, SEEN, source)
            yield Mention(noun, 0.0, source, belongs_to=whose)
        if near is not None:
            parts = [(near, phrase.near), *((thing_of(w, declared), w) for w in phrase.beside)]
            yield from _attached(phrase, noun, parts, source)
        yield from _theirs(phrase, noun, source)
        yield from _deeds(phrase, noun, source)


def _whole_of(phrase: Phrase, declared: frozenset[str]) -> str | None:
    """Return the thing before a phrase, which a problem is too where it is one with a thing."""
    head = _head_of(phrase.near)
    return thing_of(phrase.near, declared) or (head if head in _TROUBLES else None)


def _without_profiles(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Yield phrases but for what is only known of the next: "the profiles of consultants"."""
    for phrase, following in zip_longest(phrases, phrases[1:]):
        of = following is not None and following.preposition == "of"
        if not (of and phrase.words in (("profile",), ("profiles",))):
            yield phrase


def _attached(
    phrase: Phrase, noun: str, parts: list[tuple[str | None, tuple[str, ...]]], source: Source
) -> Iterator[Mention]:
    """Yield what stands before a phrase as its parts, or it as theirs where they are put to it."""
    for part, said in parts:
        if part is not None and part != noun:
            one, whole = (noun, part) if _is_put_to(phrase, said) else (part, noun)
            several = singular_of(phrase.words[-1]) != phrase.words[-1]
            several = several or (noun in FIELDS and phrase.preposition not in {"of", "for"})
            drawn = several and whole == noun and phrase.preposition in _DRAWING
            yield Mention(one, 0.0, source, belongs_to=whole, draws=drawn)


def _is_put_to(phrase: Phrase, what: tuple[str, ...]) -> bool:
    """Tell whether one thing is assigned to others, each of which has one: a driver to a pickup."""
    head = singular_of(phrase.words[-1])
    assigned = {"assign", "appoint"} & set(phrase.verbs) and phrase.preposition in {"to", "for"}
    one = singular_of(what[-1]) == what[-1]
    return bool(assigned) and one and head not in PERSONS | CLASSIFIERS | LABELS | GROUPS


def _done_to(phrase: Phrase, near: str | None) -> tuple[str, ...]:
    """Return what is done to a thing: who keeps a watchlist of movies keeps no movies.

    Nor does who requests a test drive for a car request the car, or who assigns it to a road the
    road.
    """
    done_before: frozenset[str] = frozenset()
    if phrase.preposition == "of" and near is not None:
        done_before = _COLLECTING
    elif phrase.preposition in _ABOUT and phrase.near:
        done_before = _SENDING | (_BINDING if phrase.preposition == "to" else frozenset())
    if phrase.near and phrase.preposition:  # "report problems of animals"
        done_before |= {"report"}
    return tuple(verb for verb in phrase.verbs if verb not in done_before)


def _theirs(phrase: Phrase, noun: str, source: Source) -> Iterator[Mention]:
    """Yield what is somebody's as theirs: "doctors manage their time slots"."""
    if not phrase.theirs or phrase.preposition not in ("", "with"):
        return
    beside = bool(phrase.near)  # "clients and their projects", "car parks with their levels"
    whose = thing_of(phrase.near or phrase.subject)
    if whose is not None and whose != noun and whose not in PEOPLE:
        weight = SEEN if beside and noun in FIELDS else 0.0
        yield Mention(noun, weight, source, belongs_to=whose)


def _before_a_compound(phrase: Phrase, noun: str) -> str | None:
    """Return whose a thing is by the word before its name: "pet medical records"."""
    first, *more = noun.split()
    known = bool(more) and phrase.words[0] in FIELDS and phrase.words[1:2] == (first,)
    return phrase.words[0] if known else None


def _head_of(words: Sequence[str]) -> str:
    return singular_of(words[-1]) if words else ""


def _doing(phrase: Phrase) -> str | None:
    """Return what is left of what an app is for: of "functions for bidding", bids."""
    is_for = phrase.preposition == "for" and phrase.near and is_of_an_app(phrase.near)
    if not is_for or len(phrase.words) > 1 or not phrase.words[0].endswith("ing"):
        return None
    return DEEDS.get(verb_of(phrase.words[0]) or "")


def _taken(phrase: Phrase) -> str | None:
    """Return a thing that is one only in the plural, or where it is reserved: "reserve tables"."""
    head = singular_of(phrase.words[-1])
    if head != phrase.words[-1] and set(phrase.verbs) & SEVERAL.get(head, frozenset()):
        return " ".join([*phrase.words[:-1], head])
    if (
        head == "session"
        and len(phrase.words) == 1
        and {"log", "record", "track"} & set(phrase.verbs)
    ):
        return head
    is_handed_in = head in HANDED_IN and len(phrase.words) == 1 and _HANDING & set(phrase.verbs)
    return head if is_handed_in else None


def _says_whose(phrase: Phrase) -> bool:
    """Tell whether what stands before a phrase belongs to it: "photos of a camper"."""
    head = singular_of(phrase.words[-1])
    if phrase.preposition == "for" and phrase.near and is_of_an_app(phrase.near):
        return False
    if phrase.preposition == "with" and phrase.near:
        heads = (singular_of(phrase.near[-1]), head)
        of_one = heads[0] in _TROUBLES and head == phrase.words[-1]  # "problems with their unit"
        return of_one or heads[0] in MEETINGS or heads[1] in LABELS
    if is_put_into(phrase, head):
        return True
    if phrase.preposition == "by":
        made = bool(phrase.near) and singular_of(phrase.near[-1]) in DONE_OUTRIGHT
        return (made or head in CLASSIFIERS) and not set(phrase.verbs) & SIFTING
    if phrase.preposition == "to" and head in PERSONS and TELLING & set(phrase.verbs):
        return False
    return phrase.preposition in BELONGING


def _is_deed(verb: str, preposition: str, head: str) -> bool:
    """Tell whether doing this leaves something to keep: one applies for jobs and joins groups."""
    if (verb == "chat") != (preposition == "with"):
        return False
    if verb in DONE_TO:
        return head in DONE_TO[verb]
    if verb == "apply":
        return preposition in {"for", "to"}
    if verb == "register":
        return preposition == "for"
    if verb in {"enrol", "enroll"}:  # "learners enroll, take quizzes"
        return preposition in {"in", "on", "for", "to"} or head in PERSONS
    return verb != "join" or head in GROUPS


def _named_deed(phrase: Phrase, head: str) -> str | None:
    """Return the deed that stands as a noun behind what it is done to: "course enrollment"."""
    if len(phrase.words) < 2:
        return None
    deed, thing = DEED_NOUNS.get(phrase.words[-1]), singular_of(phrase.words[-2])
    if deed is None or thing in PEOPLE | PERSONS | NOT_THINGS | _TAKEN or not head:
        return None
    if deed == "rental" and thing not in FIELDS:
        return None
    return deed if deed != "registration" or thing in ATTENDED else None


def _deeds(phrase: Phrase, noun: str | None, source: Source) -> Iterator[Mention]:
    made = singular_of(phrase.near[-1]) if phrase.near else ""
    if made in DONE_OUTRIGHT and phrase.preposition in ("for", "of"):
        # "Request a booking for a room": the booking is what is left of it.
        if noun is not None and noun not in PEOPLE | PERSONS:
            yield Mention(noun, BESIDE, source)
            yield Mention(made, 0.0, source, belongs_to=noun)
        return
    asked = phrase.preposition == "about" and {"enquire", "inquire"} & set(phrase.verbs)
    if phrase.preposition not in ("", "in", "on", "for", "to", "with") and not asked:
        return
    head = noun.rpartition(" ")[2] if noun else ""
    if (named := _named_deed(phrase, head)) is not None:
        yield Mention(named, DONE, source, belongs_to=noun, deed=True)
    if noun in PEOPLE and not {"follow", "message", "chat"} & set(phrase.verbs):
        return
    last = singular_of(phrase.words[-1]) if phrase.words else head
    for verb in phrase.verbs:
        if not _is_deed(verb, phrase.preposition, head) or last in NEVER_DONE_TO.get(verb, ()):
            continue
        outright = head in DONE_OUTRIGHT and not (verb in OPINING and head in SPOKEN)
        if verb in DEEDS and DEEDS[verb] != noun and not outright:
            yield Mention(DEEDS[verb], DONE, source, belongs_to=noun, deed=True)
            if phrase.preposition == "on" and last != phrase.words[-1] and noun in FIELDS:
                yield Mention(noun, SEEN, source)  # what people bid on is kept too
