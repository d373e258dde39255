"""What visitors are told first of an app whose first page nobody wrote."""

from __future__ import annotations

import re

from generation.engines.builtin.understanding.contact import is_contact_fact
from generation.engines.builtin.understanding.inboxes import forms_in
from generation.engines.builtin.understanding.pages import is_for_the_maker, plain
from generation.engines.builtin.understanding.sentences import split, story_of
from generation.engines.builtin.understanding.theme import is_about_looks

LONGEST = 240  # characters
# A paragraph ends at an empty line, a heading or a list.
_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•#]|\d{1,3}[.)]))")
# What is kept of a thing: "books with title, author and year".
_ITEM = r"(?:(?!\bwith\b|\band\b)[^,.:;()])+"
_KEPT = re.compile(rf",? with {_ITEM}(?:, {_ITEM})*,?\band {_ITEM}(?=[.,;:]|$)")
_PARTS = re.compile(
    r"\b(?:pages?|sections?|dashboards?|charts?|fields?|log[ -]?in|sign[ -]?(?:up|in)|admins?|"
    r"API|database|CRUD|CSV|must|should)\b",
    re.IGNORECASE,
)


def introduction(description: str) -> str:
    """Return what the first paragraph of a description says the app is for; nothing may be left.

    Its first sentence is there unless it is a user story. What only a maker is told (data, fields,
    pages, looks) is left out, and so is all that makes it longer than `LONGEST`.
    """
    first = _END.split(description.strip(), maxsplit=1)[0]
    told: list[str] = []
    for source in split(" ".join(first.split())):
        sentence = _KEPT.sub("", plain(source.text))
        if story_of(source.text) or (told and _is_told_to_makers(source.text)):
            continue
        if told and len(" ".join((*told, sentence))) > LONGEST:
            break
        told.append(sentence)
    return " ".join(told)


def _is_told_to_makers(text: str) -> bool:
    return bool(
        is_for_the_maker(text)
        or is_about_looks(text)
        or is_contact_fact(text)
        or forms_in(text)
        or _PARTS.search(text)
    )
