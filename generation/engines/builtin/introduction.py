"""What visitors are told first of an app whose first page nobody wrote."""

from __future__ import annotations

import re

from generation.engines.builtin.understanding.contact import is_contact_fact
from generation.engines.builtin.understanding.inboxes import forms_in
from generation.engines.builtin.understanding.parts import is_bare
from generation.engines.builtin.understanding.sentences import split
from generation.engines.builtin.understanding.slogans import is_slogan
from generation.engines.builtin.understanding.telling import (
    is_about_people,
    is_for_the_maker,
    is_of_parts,
    is_story,
    is_wanted,
    plain,
    without_things,
)
from generation.engines.builtin.understanding.theme import is_about_looks

LONGEST = 240  # characters
# A paragraph ends at an empty line, a heading or a list.
_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•#]|\d{1,3}[.)]))")
_PARTS = re.compile(
    r"\b(?:pages?|sections?|dashboards?|charts?|fields?|log[ -]?in|sign[ -]?(?:up|in)|admins?|"
    r"API|database|CRUD|CSV|must|should)\b",
    re.IGNORECASE,
)


def introduction(description: str) -> str:
    """Return what the first paragraph of a description says the app is for; nothing may be left.

    Its first sentence is there unless it only says what people do or what pages show. What only a
    maker is told (data, fields, pages, looks) is left out, and so is all that makes it longer than
    `LONGEST`.
    """
    first = _END.split(description.strip(), maxsplit=1)[0]
    told: list[str] = []
    for number, source in enumerate(split(" ".join(first.split()))):
        text = without_things(source.text)
        sentence = plain(text)
        if _says_nothing(text, sentence) or (number and _is_told_to_makers(source.text)):
            continue
        if told and not told[-1].endswith((".", "!", "?")):
            sentence = f"{told.pop()}; {text}"
        if told and len(" ".join((*told, sentence))) > LONGEST:
            break
        told.append(sentence)
    return " ".join(told)


def _says_nothing(text: str, said: str) -> bool:
    """Tell whether not even the first sentence says what an app is for."""
    asks = is_about_people(said) or is_of_parts(text) or is_wanted(text) or is_bare(text)
    return asks or is_story(text) or is_slogan(text)


def _is_told_to_makers(text: str) -> bool:
    return bool(
        is_for_the_maker(text)
        or is_about_looks(text)
        or is_contact_fact(text)
        or forms_in(text)
        or _PARTS.search(text)
    )
