"""The letters and the corners that a text asks for."""

from __future__ import annotations

import re

_SERIF = "georgia|garamond|merriweather|playfair(?: display)?|lora|baskerville|times(?: new roman)?"
_SANS = (
    "inter|roboto|open sans|lato|montserrat|poppins|nunito|arial|helvetica|verdana|sora|"
    "source sans|raleway|ubuntu"
)
_MONO = "courier(?: new)?|jetbrains mono|fira code|ibm plex mono|consolas|menlo"
_LETTERS = r"(?:fonts?|typefaces?|typography|lettering|letters|headings?|headlines?|texts?|titles)"
_FAMILIES: dict[str, re.Pattern[str]] = {
    family: re.compile(rf"\b(?:{said})\b", re.IGNORECASE)
    for family, said in {
        "mono": rf"mono(?:spaced?)? {_LETTERS}|typewriter {_LETTERS}",
        "sans": rf"sans[- ]?serif(?: {_LETTERS})?",
        "serif": rf"(?<!sans[- ])(?<!sans)serif {_LETTERS}|serifs",
    }.items()
}
_NAMED: dict[str, re.Pattern[str]] = {
    family: re.compile(
        rf"\b(?:{_LETTERS}(?:\W+(?:is|should be|like|such as|similar to|use|called))*\W+|use |in )"
        rf"(?P<name>{names})\b|\b(?P<other>{names}) (?:{_LETTERS}|for (?:the )?"
        rf"(?:headings?|texts?|body|titles?))\b",
        re.IGNORECASE,
    )
    for family, names in {"serif": _SERIF, "sans": _SANS, "mono": _MONO}.items()
}
# A name that nobody here knows: "font Sora".
_OTHER = re.compile(
    r"\b(?:[Ff]onts?|[Tt]ypefaces?)(?: like| such as|:)? (?P<name>[A-Z][a-z]\w+(?: [A-Z]\w+)?)"
)
_SHARP = re.compile(r"\b(?:sharp|square|hard|no rounded) (?:corners|edges)\b", re.IGNORECASE)
_ROUND = re.compile(r"\b(?:rounded|round|soft) (?:corners|edges|buttons|cards)\b", re.IGNORECASE)


def font_in(sentence: str) -> str | None:
    """Return serif, sans or mono, where a sentence asks for such letters."""
    for family, said in _FAMILIES.items():
        if said.search(sentence):
            return family
    return next((family for family, said in _NAMED.items() if said.search(sentence)), None)


def typeface_in(sentence: str) -> str | None:
    """Return the typeface that a sentence names, as it is written there."""
    for said in (*_NAMED.values(), _OTHER):
        found = said.search(sentence)
        if found is not None:
            return next(name for name in found.groupdict().values() if name)
    return None


def corners_in(sentence: str) -> str | None:
    """Return rounded or sharp, where a sentence says how corners are."""
    if _SHARP.search(sentence):
        return "sharp"
    return "rounded" if _ROUND.search(sentence) else None
