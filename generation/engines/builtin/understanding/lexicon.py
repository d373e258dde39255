"""The fields that common things have; what is not listed gets a title and a description."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial

from generation.engines.builtin.understanding.domains import Fields, domain_fields
from generation.engines.builtin.understanding.vocabulary import PERSONS
from projects.spec.models import FieldSpec, FieldType

_Row = tuple[str, FieldType, Mapping[str, object]]
_SHORT = {"required": True, "max_length": 200}


def _fields(*rows: _Row) -> Fields:
    return cache(partial(_specs, rows))


def _specs(rows: tuple[_Row, ...]) -> tuple[FieldSpec, ...]:
    return tuple(
        FieldSpec.model_validate(
            {"name": name, "type": kind, "position": position, "confidence": 0.8, **more}
        )
        for position, (name, kind, more) in enumerate(rows)
    )


_S, _T, _I, _D = FieldType.STRING, FieldType.TEXT, FieldType.INTEGER, FieldType.DECIMAL
_B, _DATE, _WHEN = FieldType.BOOLEAN, FieldType.DATE, FieldType.DATETIME
_MAIL, _URL, _ENUM = FieldType.EMAIL, FieldType.URL, FieldType.ENUM


def _choices(*choices: str) -> dict[str, object]:
    return {"choices": choices, "default": choices[0], "required": True}


DEFAULT_FIELDS = _specs((("title", _S, _SHORT), ("description", _T, {})))

FIELDS: dict[str, Fields] = {
    "note": _fields(("title", _S, _SHORT), ("content", _T, {})),
    "task": _fields(
        ("title", _S, _SHORT),
        ("description", _T, {}),
        ("done", _B, {"default": "false"}),
        ("due_date", _DATE, {}),
        (
            "priority",
            _ENUM,
            {"choices": ("low", "medium", "high"), "default": "medium", "required": True},
        ),
    ),
    "plant": _fields(
        ("name", _S, _SHORT),
        ("species", _S, {}),
        ("location", _S, {}),
        ("watering_interval_days", _I, {"minimum": 1, "maximum": 365}),
        ("last_watered", _DATE, {}),
        ("notes", _T, {}),
    ),
    "watering": _fields(("watered_on", _DATE, {"required": True}), ("notes", _T, {})),
    "book": _fields(
        ("title", _S, _SHORT),
        ("author", _S, {}),
        ("isbn", _S, {"unique": True, "max_length": 20}),
        ("pages", _I, {"minimum": 1, "maximum": 100000}),
        ("status", _ENUM, _choices("to read", "reading", "finished")),
        ("rating", _I, {"minimum": 1, "maximum": 5}),
    ),
    "author": _fields(("name", _S, _SHORT), ("biography", _T, {}), ("website", _URL, {})),
    "loan": _fields(
        ("borrower", _S, _SHORT),
        ("borrowed_on", _DATE, {"required": True}),
        ("due_date", _DATE, {}),
        ("returned", _B, {"default": "false"}),
    ),
    "post": _fields(
        ("title", _S, _SHORT), ("content", _T, {"required": True}), ("published", _B, {})
    ),
    "article": _fields(
        ("title", _S, _SHORT), ("content", _T, {"required": True}), ("published", _B, {})
    ),
    "comment": _fields(
        ("content", _T, {"required": True}),
    ),
    "project": _fields(
        ("name", _S, _SHORT),
        ("description", _T, {}),
        ("status", _ENUM, _choices("planned", "active", "done")),
        ("due_date", _DATE, {}),
    ),
    "contact": _fields(
        ("name", _S, _SHORT),
        ("email", _MAIL, {}),
        ("phone", _S, {"max_length": 40}),
        ("company", _S, {}),
        ("notes", _T, {}),
    ),
    "customer": _fields(
        ("name", _S, _SHORT),
        ("email", _MAIL, {"unique": True}),
        ("phone", _S, {"max_length": 40}),
        ("address", _T, {}),
    ),
    "product": _fields(
        ("name", _S, _SHORT),
        ("description", _T, {}),
        ("price", _D, {"required": True, "minimum": 0}),
        ("stock", _I, {"minimum": 0, "default": "0"}),
        ("available", _B, {"default": "true"}),
    ),
    "order": _fields(
        ("reference", _S, {"required": True, "unique": True, "max_length": 60}),
        ("total", _D, {"minimum": 0}),
        ("status", _ENUM, _choices("open", "paid", "shipped", "cancelled")),
    ),
    "invoice": _fields(
        ("number", _S, {"required": True, "unique": True, "max_length": 60}),
        ("amount", _D, {"required": True, "minimum": 0}),
        ("issued_on", _DATE, {}),
        ("paid", _B, {"default": "false"}),
    ),
    "expense": _fields(
        ("description", _S, _SHORT),
        ("amount", _D, {"required": True, "minimum": 0}),
        ("spent_on", _DATE, {"required": True}),
        ("category", _S, {"max_length": 80}),
    ),
    "event": _fields(
        ("title", _S, _SHORT),
        ("description", _T, {}),
        ("starts_at", _WHEN, {"required": True}),
        ("ends_at", _WHEN, {}),
        ("location", _S, {}),
    ),
    "recipe": _fields(
        ("title", _S, _SHORT),
        ("ingredients", _T, {"required": True}),
        ("method", _T, {"required": True}),
        ("servings", _I, {"minimum": 1, "maximum": 100}),
    ),
    "bookmark": _fields(
        ("title", _S, _SHORT), ("address", _URL, {"required": True}), ("description", _T, {})
    ),
    "category": _fields(
        ("name", _S, {**_SHORT, "unique": True, "max_length": 80}), ("description", _T, {})
    ),
    "tag": _fields(("name", _S, {**_SHORT, "unique": True, "max_length": 80})),
    "employee": _fields(
        ("name", _S, _SHORT),
        ("email", _MAIL, {"unique": True}),
        ("position", _S, {}),
        ("hired_on", _DATE, {}),
    ),
    "student": _fields(
        ("name", _S, _SHORT), ("email", _MAIL, {"unique": True}), ("born_on", _DATE, {})
    ),
    "course": _fields(("title", _S, _SHORT), ("description", _T, {}), ("starts_on", _DATE, {})),
    "habit": _fields(
        ("name", _S, _SHORT),
        ("frequency", _ENUM, _choices("daily", "weekly", "monthly")),
        ("active", _B, {"default": "true"}),
    ),
    "goal": _fields(
        ("title", _S, _SHORT), ("description", _T, {}), ("due_date", _DATE, {}), ("reached", _B, {})
    ),
    "movie": _fields(
        ("title", _S, _SHORT),
        ("year", _I, {"minimum": 1880, "maximum": 2200}),
        ("rating", _I, {"minimum": 1, "maximum": 5}),
        ("watched", _B, {"default": "false"}),
    ),
}

FIELDS = domain_fields() | FIELDS
# What has the fields of another thing and is none wherever it stands: "the site" is the app.
_LIKE = {"site": "location"}

SAME_AS = {
    "answer option": "poll option",
    "basket": "cart",
    "workout program": "workout plan",
    "todo": "task",
    "order line": "order item",
    "order position": "order item",
    "invoice line": "line item",
    "quote line": "line item",
    "quote item": "line item",
    "receipt line": "line item",
    "receipt item": "line item",
    "bill item": "bill line",
    "invoice item": "line item",
    "to-do": "task",
    "chore": "task",
    "memo": "note",
    "blog post": "post",
    "client": "customer",
    "meeting": "event",
    "film": "movie",
    "link": "bookmark",
    "item": "product",
    "kid": "child",
    "worker": "employee",
    "staff": "employee",
    "staff member": "employee",
    "organization": "organisation",
    "enrollment": "enrolment",
    "favorite": "favourite",
    "picture": "photo",
    "image": "photo",
    "counselor": "teacher",
    "instructor": "teacher",
    "tutor": "teacher",
    "pupil": "student",
    "guardian": "parent",
    "drug": "medicine",
    "medication": "medicine",
    "vet": "doctor",
    "veterinarian": "doctor",
    "physician": "doctor",
    "organiser": "organizer",
    "attraction": "landmark",
    "story point": "score",
    "repair job": "repair",
    "estate": "property",
    "real estate": "property",
    "discount code": "discount",
    "promo code": "coupon",
    "coupon code": "coupon",
    "house": "property",
    "home": "property",
    "flat": "apartment",
    "truck": "vehicle",
    "bus": "vehicle",
    "shop": "store",
    "merchant": "vendor",
    "lecture": "lesson",
    "lecturer": "teacher",
    "professor": "teacher",
    "learner": "student",
    "medication log": "dose",
    "spending": "expense",
    "cost": "expense",
    "earning": "income",
    "to-do item": "task",
    "todo item": "task",
    "assignment submission": "submission",
    "job posting": "job listing",
    "job post": "job listing",
    "vacancy": "job listing",
    "opening": "job listing",
    "accomplishment": "achievement",
    "life experience": "experience",
    "job application": "application",
    "ticket sale": "sale",
    "journal log": "journal entry",
    "music track": "song",
    "piece": "artwork",
    "painting": "artwork",
    "inspection report": "inspection",
    "sighting": "observation",
    "houseplant": "plant",
    "clothing item": "product",
}


# Words for two things, the other of them, and the words that tell of it.
_SUPPORT = (
    r"support|help ?desk|service desk|issue|agents?|complaint|resolved?|priority|bug|"
    r"tickets?(?: \w+){0,3} assign|assign\w*(?: \w+){0,3} tickets?"
)
SENSES = {
    "ticket": ("support ticket", _SUPPORT),
    "option": ("poll option", r"polls?|vot(?:e|es|ing)|surveys?|questionnaires?"),
    "room": ("chat room", r"chat (?:app|site|tool|platform|rooms?)|chatting|team chat|messenger"),
    "guide": ("tour guide", r"tours?|guided"),
    "quote": ("book quote", r"books?|reading|poems?"),
    "donation": ("blood donation", r"blood"),
    "transfer": ("patient transfer", r"patients?|wards?|hospitals?"),
    "message": ("chat message", r"chat|messenger|messaging app|channels?"),
    "plant": ("product", r"shop|store|sells?|selling|customers?"),
    "car": ("rental car", r"rent(?:al|als|ed|ing|s)?|hir(?:e|es|ing)|booking|bookings"),
    "issue": ("magazine issue", r"magazines?|newsletters?|subscribers?|journals?"),
    "game": ("match", r"chess|leagues?|football|basketball|hockey|handball"),
    "opportunity": ("volunteer opportunity", r"volunteer(?:s|ing)?|charit(?:y|ies)"),
    "candidate": ("election candidate", r"elections?|ballots?|vot(?:e|es|ers|ing)"),
    "card": ("flashcard", r"flash ?cards?|spaced repetition"),
    "book": ("library book", r"borrow\w*|loans?|lend\w*|librarians?"),
    "album": ("photo album", r"photos?|photographs?|photographers?|pictures?|images?"),
    "class": ("gym class", r"gym|fitness|yoga|pilates|studio|trainers?|workout"),
}


def sense_of(noun: str, text: str) -> str:
    """Return the name of what a noun means in a text: a ticket of a help desk is no event's."""
    other, words = SENSES.get(noun, (noun, ""))
    return other if words and re.search(rf"\b(?:{words})\b", text, re.IGNORECASE) else noun


def fields_of(noun: str, *, is_person: bool = False) -> tuple[tuple[FieldSpec, ...], float]:
    """Return the fields of a singular, lower-case noun, and how sure the choice is."""
    last = noun.rsplit(" ", maxsplit=1)[-1]
    for name in (noun, SAME_AS.get(noun, ""), last, SAME_AS.get(last, ""), _LIKE.get(last, "")):
        if name in FIELDS:
            return FIELDS[name](), 0.9
    person = is_person or last in PERSONS
    return (FIELDS["guest"](), 0.7) if person else (DEFAULT_FIELDS, 0.6)
