"""What visitors send without an account and staff alone reads: messages, sign-ups, enquiries.

Only where the words say it: a form by its name ("contact form"), or what visitors do ("guests can
RSVP"). What is linked to things that visitors do not read is left as it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.deeds import DEEDS
from generation.engines.builtin.understanding.domains import fields_from
from generation.engines.builtin.understanding.fields import merged
from generation.engines.builtin.understanding.linking import short
from generation.engines.builtin.understanding.ownership import is_of_one_house
from generation.engines.builtin.understanding.verbs import KEEPING
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.models import EntitySpec, PageKind, PageSpec, RelationKind, Source

_ANYBODY = r"(?:visitors?|guests?|anybody|anyone|everybody|everyone|people|customers?|clients?)"
_CAN = rf"\b{_ANYBODY} (?:[\w' ]{{1,40}} and )?(?:(?:can|may|should|could|to|able|also|be) )*"


class Form(NamedTuple):
    """A form that visitors send: what is sent, its usual fields, and the words that ask for it.

    `nouns` are what the same thing may be called where it is read as a thing that is kept.
    """

    name: str
    plural: str
    fields: str
    nouns: frozenset[str]
    asked: re.Pattern[str]

    def is_called(self, noun: str) -> bool:
        """Tell whether a noun is another name for what the form sends, or for the form."""
        if noun == self.name.lower() or self.asked.fullmatch(noun):
            return True
        return noun.rpartition(" ")[2] in self.nouns


def _form(name: str, plural: str, fields: str, nouns: str, *asked: str) -> Form:
    either = re.compile("|".join(asked), re.IGNORECASE)
    return Form(name, plural, fields, words(nouns), either)


_REACHED = "name! email!:email phone message!:text status:new|answered"
FORMS = (
    _form(
        "Message",
        "Messages",
        "name! email!:email message!:text status:new|answered",
        "message",
        r"\bcontact(?:[- ]us)? forms?\b",
        rf"{_CAN}(?:send|leave|write) (?:us|me) an? message\b",
        rf"{_CAN}contact (?:us|me)\b(?! (?:by|at|on|through|via|over)\b)",
    ),
    _form(
        "Enquiry",
        "Enquiries",
        _REACHED,
        "enquiry inquiry",
        r"\b(?:enquiry|inquiry) forms?\b",
        rf"{_CAN}(?:send|submit|make) (?:an? )?(?:enquir|inquir)(?:y|ies)\b",
    ),
    _form(
        "Feedback",
        "Feedback",
        "name email:email message!:text",
        "feedback",
        r"\bfeedback forms?\b",
        rf"{_CAN}(?:send|leave|give|submit) (?:us |me )?feedback\b",
    ),
    _form(
        "Quote request",
        "Quote requests",
        _REACHED,
        "quote quotation",
        r"\b(?:quote|quotation)(?: request)? forms?\b",
        rf"{_CAN}(?:request|ask for) an? (?:free |price )?(?:quote|quotation)\b",
    ),
    _form(
        "RSVP",
        "RSVPs",
        "name! email:email guests:int attending:bool message:text",
        "rsvp",
        r"\bRSVP forms?\b|(?<!guests )(?<!guest )\bwith (?:an? |online )?RSVPs?\b",
        rf"{_CAN}RSVP\b(?! (?:to|for) (?:an?|each|every|\w+s)\b)",
    ),
    _form(
        "Appointment request",
        "Appointment requests",
        "name! email!:email phone preferred_on:date message:text status:new|confirmed|declined",
        "appointment",
        r"\b(?:appointment|booking)(?: request)? forms?\b",
    ),
    _form(
        "Registration",
        "Registrations",
        "name! email!:email phone message:text status:new|confirmed|cancelled",
        "registration",
        r"\bregistration forms?\b",
        r"\b(?:conference|workshop|event|course|camp|race|marathon|tournament|festival|retreat) "
        r"(?:web ?)?(?:site|page) with [^.;]{0,120}?(?<!user )\bregistration\b(?! (?:and|or) log)",
    ),
    _form(
        "Application",
        "Applications",
        _REACHED.replace("new|answered", "new|invited|declined"),
        "application",
        r"\bapplication forms?\b",
    ),
    _form(
        "Newsletter sign-up",
        "Newsletter sign-ups",
        # Not unique: a refusal would tell anybody who is on the list.
        "email!:email",
        "newsletter subscriber subscription",
        r"\bnewsletter (?:sign[- ]?up|subscription|form)s?\b",
        rf"{_CAN}(?:subscribe|sign up) (?:to|for) (?:the|our|my|a) newsletter\b",
    ),
)
# What visitors are said to do with a thing of these names that the words describe themselves.
_SENT = words(
    """
    message enquiry inquiry feedback request application complaint referral reservation booking
    registration submission lead rsvp
    """
)
_SENDING = words("send submit request make leave fill")
_WHEN_MADE = re.compile(r"ed_on$")
# What a house is asked for by whoever comes by: "a restaurant site with table reservations".
_TAKEN = words("reservation booking appointment enquiry inquiry rsvp pre-order preorder")
# What tells who sent something.
_OF_SENDERS = words("name email phone telephone contact")
_VISITORS = words("visitor guest anybody anyone everybody everyone public")
# "As a customer, I want to …": who has an account there.
_WITH_ACCOUNT = re.compile(r"^as an? (?!visitor|guest)", re.IGNORECASE)
_CONTACT = "/contact"
_OF_CONTACT = frozenset({"Message", "Enquiry", "Feedback", "Quote request"})


def forms_in(text: str) -> list[Form]:
    """Return the forms that a text asks for."""
    if _WITH_ACCOUNT.match(text):
        return []
    return [form for form in FORMS if form.asked.search(text)]


def inboxes_of(
    entities: Iterable[EntitySpec], chosen: Mapping[str, Candidate], sources: Iterable[Source]
) -> tuple[tuple[EntitySpec, ...], tuple[EntitySpec, ...]]:
    """Return what visitors send, and what else is kept.

    What they send is a thing that is kept already, or one that only its form is named for.
    """
    kept = {entity.name.lower(): entity for entity in entities}
    linked = {relation.target.lower() for entity in kept.values() for relation in entity.relations}
    shown = {entity.name: entity for entity in kept.values() if entity.public}
    free = {n: e for n, e in kept.items() if n not in linked and _is_of_shown(e, shown)}
    bound = kept.keys() - free.keys()
    asked: dict[str, list[Source]] = {}
    for source in sources:
        for form in forms_in(source.text):
            asked.setdefault(form.name, []).append(source)
    found = []
    for form in FORMS:
        same = [noun for noun in kept if form.is_called(noun)]
        if form.name in asked and all(noun in free for noun in same):
            found.append(_entity(form, asked[form.name], [free.pop(noun) for noun in same]))
    sent = {noun for noun in free if noun in chosen and _is_sent(chosen[noun], chosen, sources)}
    found += [_closed(free.pop(noun)) for noun in sorted(sent)]
    others = (entity for noun, entity in kept.items() if noun in bound or noun in free)
    return tuple(_linked(entity, shown) for entity in found), tuple(others)


def _is_of_shown(entity: EntitySpec, shown: Mapping[str, EntitySpec]) -> bool:
    """Tell whether a thing is about nothing, or about one row each of what visitors read."""
    one = RelationKind.MANY_TO_ONE
    return all(link.kind is one and link.target in shown for link in entity.relations)


def _linked(entity: EntitySpec, shown: Mapping[str, EntitySpec]) -> EntitySpec:
    """Return what is sent; it goes with what it is about only where staff alone deletes that."""
    links = tuple(
        link.model_copy(update={"required": link.required and shown[link.target].managed})
        for link in entity.relations
    )
    return entity.model_copy(update={"relations": links})


def with_forms(pages: Sequence[PageSpec], inboxes: Iterable[EntitySpec]) -> Iterator[PageSpec]:
    """Yield the pages, the contact page and the first page each with a form where there is one."""
    waiting = [inbox.name for inbox in inboxes]
    contact = next((name for name in waiting if name in _OF_CONTACT), None)
    if contact and any(page.path == _CONTACT for page in pages):
        waiting.remove(contact)
    for page in pages:
        shown = contact if page.path == _CONTACT else None
        if page.kind is PageKind.HOME and waiting:
            shown = waiting.pop(0)
        yield page.model_copy(update={"entity": shown})


def _is_sent(thing: Candidate, chosen: Mapping[str, Candidate], sources: Iterable[Source]) -> bool:
    """Tell whether visitors are said to send a thing of a kind that nobody else reads.

    Or to do what leaves such a thing, as who registers for an event. Not where they look at theirs.
    """
    head = thing.noun.rpartition(" ")[2]
    text = " ".join(source.text for source in sources)
    if _is_asked_for(thing) and is_of_one_house(text, {thing.noun: thing}):
        return True
    theirs = re.compile(rf"\b(?:their|my)(?: own)? (?:[\w-]+ )?{re.escape(head)}", re.IGNORECASE)
    if any(theirs.search(source.text) for source in sources):
        return False
    verbs = {verb for actor, verb in thing.done if actor.lower() in _VISITORS}
    if "request" in verbs or (head in _SENT and verbs & _SENDING):
        return True
    of_others = (chosen[other].done for other in thing.belongs_to if other in chosen)
    passing = _VISITORS - {"guest"}  # whoever stays at a hotel has an account there
    done = {verb for pairs in of_others for actor, verb in pairs if actor.lower() in passing}
    return thing.deed and head in _SENT and thing.noun in {DEEDS.get(verb) for verb in done}


def takes_requests(text: str, chosen: Mapping[str, Candidate]) -> bool:
    """Tell whether a site of one house takes reservations and the like from whoever comes by."""
    asked = any(_is_asked_for(thing) for thing in chosen.values()) or bool(forms_in(text))
    return asked and is_of_one_house(text, chosen)


def _is_asked_for(thing: Candidate) -> bool:
    kept = any(actor or verb in KEEPING for actor, verb in thing.done)
    head = thing.noun.rpartition(" ")[2]
    return (head in _TAKEN or (thing.deed and head == "application")) and not kept


def _closed(entity: EntitySpec) -> EntitySpec:
    """Return a thing as visitors send it, who say in it who they are."""
    closed = {"owned": False, "managed": False, "authored": False, "public": False, "inbox": True}
    # When it was made is known: nobody fills that in.
    fields = tuple(f for f in entity.fields if f.inferred_from or not _WHEN_MADE.search(f.name))
    if not any(_OF_SENDERS & set(field.name.lower().split()) for field in fields):
        # Beside the links there may be one of a name.
        taken = {link.name.lower() for link in entity.relations}
        usual = (field for field in fields_from("name! email!:email") if field.name not in taken)
        fields = (*usual, *fields)
    fields = tuple(f.model_copy(update={"position": n}) for n, f in enumerate(fields))
    return entity.model_copy(update={**closed, "fields": fields})


def _entity(form: Form, sources: list[Source], kept: list[EntitySpec]) -> EntitySpec:
    """Return what a form sends: the fields that the words name, or else the usual ones.

    `kept` is the same thing as far as it is kept already.
    """
    said = [field for entity in kept for field in entity.fields if field.inferred_from]
    words_of = tuple(dict.fromkeys(short(source) for source in sources))[:20]
    usual = fields_from(form.fields)
    fields = merged(usual, tuple(said))
    named = {field.name for field in fields}
    # What became of it is said by staff, whatever visitors fill in.
    more = [field for field in usual if field.choices and field.name not in named]
    fields += tuple(f.model_copy(update={"position": len(fields) + n}) for n, f in enumerate(more))
    return EntitySpec(
        name=form.name,
        plural=form.plural,
        owned=False,
        inbox=True,
        fields=fields,
        relations=tuple(link for entity in kept for link in entity.relations),
        inferred_from=words_of,
        confidence=0.7,
    )
