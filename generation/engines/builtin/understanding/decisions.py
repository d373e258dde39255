"""Fields that hold what somebody decides of a thing: "managers approve bookings", "ban a seller".

A decision is one of a status's choices; a mark, such as archived, is a yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import dropwhile

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.capabilities import out_of_reach
from generation.engines.builtin.understanding.conditions import happens_by_itself
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import fields_of
from generation.engines.builtin.understanding.linking import named, short
from generation.engines.builtin.understanding.mentions import mentions_of
from generation.engines.builtin.understanding.states import states_in
from generation.engines.builtin.understanding.verbs import VERBS
from generation.engines.builtin.understanding.vocabulary import (
    PEOPLE,
    PERSONS,
    PREPOSITIONS,
    words,
)
from projects.spec.models import FieldSpec, FieldType, Source

CONFIDENCE = 0.8
_BEING = r"(?:is|are|be|gets?)(?: (?:then|first|also))?"
FIRST = "pending"
# What is decided, and the choices that say it in other words.
_POSITIVE = {"approve": "approved", "accept": "accepted", "confirm": "confirmed"}
_NEGATIVE = {"reject": "rejected", "decline": "declined"}
_YES, _NO = words("approved accepted confirmed"), words("rejected declined refused denied")
_NAMED_STATUS = words("status state stage")
# What a row is marked with, and what says so in other words.
MARKS: Mapping[str, frozenset[str]] = {
    "archive": words("archived active"),
    "ban": words("banned blocked suspended active"),
    "block": words("blocked banned suspended active"),
    "flag": words("flagged reported"),
    "hide": words("hidden visible published"),
    "lock": words("locked closed"),
    "pin": words("pinned featured"),
    "suspend": words("suspended banned blocked active inactive suspension"),
    "verify": words("verified confirmed verification"),
}
_CALLED = {"ban": "banned", "hide": "hidden", "pin": "pinned", "flag": "flagged"}
# What stands in other words in a choice or a field, by what is done.
SAID_AS: Mapping[str, frozenset[str]] = {
    **MARKS,
    **dict.fromkeys(_POSITIVE, _YES),
    **{verb: _NO | {"cancelled"} for verb in _NEGATIVE},
    "moderate": words("approved rejected hidden published"),
}


def with_decisions(
    said: dict[str, tuple[FieldSpec, ...]], chosen: dict[str, Candidate], source: Source
) -> None:
    """Give things the field that holds what a sentence says is decided of them, in place.

    What it says that they may be is one too.
    """
    _put_states(said, chosen, source)
    if happens_by_itself(source.text) or out_of_reach(source.text):
        return
    done = dict(_decided(source, chosen))
    for noun, verbs in done.items():
        fields = said.get(noun) or fields_of(noun)[0]
        deciding = [verb for verb in verbs if verb in _POSITIVE or verb in _NEGATIVE]
        if deciding and not all(is_said(verb, fields) for verb in deciding):
            fields = _with_status(fields, deciding, source)
        for verb in (verb for verb in verbs if verb in MARKS):
            if not is_said(verb, fields):
                fields = (*fields, _mark(verb, len(fields), source))
        if fields is not (said.get(noun) or fields_of(noun)[0]):
            said[noun] = fields


def _put_states(
    said: dict[str, tuple[FieldSpec, ...]], chosen: dict[str, Candidate], source: Source
) -> None:
    for told in states_in(source.text):
        noun = named(told.noun, chosen)
        if noun is None:
            continue
        fields = tuple(
            field
            for field in said.get(noun) or fields_of(noun)[0]
            if field.inferred_from
            or field.type is not FieldType.BOOLEAN
            or field.name not in told.choices
        )
        there = next((f for f in fields if _holds(told.field, f)), None)
        position = len(fields) if there is None else there.position
        state = _chosen(told.field, told.choices, position, source)
        if there is None:
            said[noun] = (*fields, state)
        elif not (there.inferred_from and there.choices):
            given = state.model_copy(update={"name": there.name})
            said[noun] = tuple(given if field is there else field for field in fields)


def _holds(name: str, field: FieldSpec) -> bool:
    """Tell whether a field is the one of this name: a status may be called state or stage."""
    own = set(_words_of(field.name))
    text = field.type in (FieldType.ENUM, FieldType.STRING)
    return text and bool(own & (_NAMED_STATUS if name == "status" else {name}))


def is_said(verb: str, fields: tuple[FieldSpec, ...]) -> bool:
    """Tell whether a choice, a yes or no or another field says that something was done."""
    there = {word for f in fields for name in (f.name, *f.choices) for word in _words_of(name)}
    stem = verb.removesuffix("e").removesuffix("y")
    return bool(SAID_AS.get(verb, frozenset()) & there) or any(
        len(stem) > 2 and word.startswith(stem) and word != verb for word in there
    )


def _words_of(name: str) -> list[str]:
    return name.lower().replace("_", " ").replace("-", " ").split()


def does(verb: str, text: str) -> bool:
    """Tell whether a text has a verb in one of its forms: a band bans nobody."""
    return re.search(_forms_of(verb), text, re.IGNORECASE) is not None


def _forms_of(verb: str) -> str:
    stem = verb.removesuffix("e")
    ended = rf"{stem}{stem[-1]}?(?:ed|ing|es)|{verb}s?"
    return rf"\b(?:{ended}{f'|{verb[:-1]}ie[ds]' if verb.endswith('y') else ''})\b"


def _decided(source: Source, chosen: dict[str, Candidate]) -> Iterator[tuple[str, list[str]]]:
    """Yield the things that something is decided of, with the verbs."""
    mentions = [(m, noun) for m in mentions_of(source) if (noun := named(m.noun, chosen))]
    found: dict[str, list[str]] = {}
    for verb in SAID_AS:
        if not does(verb, source.text):
            continue
        acted = [noun for m, noun in mentions if verb in m.verbs]
        nouns = list(dict.fromkeys([*acted, *(noun for _, noun in mentions)]))
        done = next((noun for noun in nouns if _is_done_to(verb, noun, source.text)), None)
        if done is None and _is_done_to_it(verb, source.text):
            done = next(
                (n for _, n in mentions if n.rpartition(" ")[2] not in PERSONS | PEOPLE), None
            )
        if done is not None:
            found.setdefault(done, []).append(verb)
    yield from found.items()


def _is_done_to(verb: str, noun: str, text: str) -> bool:
    """Tell whether a verb is done to a thing itself: not to the origin of a product."""
    head = re.escape(singular_of(noun.rpartition(" ")[2]))
    thing = rf"\b{head.removesuffix('y')}\w{{0,3}}"
    between = rf"(?P<between>(?: (?!(?:{'|'.join(PREPOSITIONS)})\b)[\w',-]+){{0,4}}?)"
    acted = rf"{_forms_of(verb)}{between} {thing}"
    suffered = (
        rf"{thing} (?:(?:can|must|may|should|has to|have to|needs? to) )?{_BEING} {_forms_of(verb)}"
    )
    if re.search(suffered, text, re.IGNORECASE):
        return True
    return any(
        not _does_more(found["between"].lower().replace(",", " , ").split())
        for found in re.finditer(acted, text, re.IGNORECASE)
    )


def _does_more(between: list[str]) -> bool:
    """Tell whether another verb follows an object: "approve hours, and send announcements"."""
    joined = dropwhile(lambda word: word in {"and", "or", ","} or word in VERBS, between)
    return any(word in VERBS for word in joined)


def _is_done_to_it(verb: str, text: str) -> bool:
    """Tell whether a verb is done to what was spoken of first: "approve or reject them"."""
    it = r"(?: (?:or|and) \w+)? (?:them|it|these|those)\b"
    return re.search(rf"{_forms_of(verb)}{it}", text, re.IGNORECASE) is not None


def _with_status(
    fields: tuple[FieldSpec, ...], verbs: list[str], source: Source
) -> tuple[FieldSpec, ...]:
    """Return fields with a status that can be what is decided.

    Choices that are usual get more; those that the words name stay as they are.
    """
    yes = [_POSITIVE[verb] for verb in verbs if verb in _POSITIVE] or ["approved"]
    no = [_NEGATIVE[verb] for verb in verbs if verb in _NEGATIVE] or ["rejected"]
    status = next((f for f in fields if _is_status(f)), None)
    if status is None:
        if any(set(_words_of(field.name)) & _NAMED_STATUS for field in fields):
            return fields
        return (*fields, _chosen("status", (FIRST, yes[0], no[0]), len(fields), source))
    if status.inferred_from:
        return fields
    more = [*([] if _YES & set(status.choices) else yes[:1])]
    more += [] if (_NO | {"cancelled"}) & set(status.choices) else no[:1]
    wider = status.model_copy(
        update={"choices": (*status.choices, *more), "inferred_from": (short(source),)}
    )
    return tuple(wider if field is status else field for field in fields)


def _is_status(field: FieldSpec) -> bool:
    named_so = bool(set(_words_of(field.name)) & _NAMED_STATUS)
    return named_so and field.type is FieldType.ENUM


def _chosen(name: str, choices: tuple[str, ...], position: int, source: Source) -> FieldSpec:
    return FieldSpec(
        name=name,
        type=FieldType.ENUM,
        required=True,
        choices=choices,
        default=choices[0] if name == "status" else None,
        position=position,
        inferred_from=(short(source),),
        confidence=CONFIDENCE,
    )


def _mark(verb: str, position: int, source: Source) -> FieldSpec:
    ended = f"{verb[:-1]}ied" if verb.endswith("y") else f"{verb.removesuffix('e')}ed"
    return FieldSpec(
        name=_CALLED.get(verb, ended),
        type=FieldType.BOOLEAN,
        default="false",
        position=position,
        inferred_from=(short(source),),
        confidence=CONFIDENCE,
    )
