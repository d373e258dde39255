"""Faults of a design: where, and what to do; and the checks that every text of it goes through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from projects.spec.characters import (
    DESCRIPTION_BYTES,
    DIRECTION_MARKS,
    WHITE_SPACE,
    check_characters,
)
from projects.spec.messages import Faults, fault


def said(place: str, check: Callable[[str], object], text: str) -> Faults:
    """Yield what a check that raises says of a text."""
    try:
        check(text)
    except ValueError as error:
        yield fault(place, str(error))


def check_prose(text: str) -> None:
    """Raise `ValueError` at a text that cannot be kept or is too long."""
    check_characters(text, allowed=WHITE_SPACE | DIRECTION_MARKS)
    if len(text.encode()) > DESCRIPTION_BYTES:
        raise ValueError("Use at most 64 kB of text.")


def check_label(text: str) -> None:
    """Raise `ValueError` at a name that is none."""
    check_characters(text)
    if text != text.strip():
        raise ValueError(f"Take the spaces at the ends of “{text.strip()}” away.")
    if not any(character.isalnum() for character in text):
        raise ValueError(f"Use at least one letter or digit in “{text}”.")


def bounded(place: str, count: int, limit: int, what: str) -> Faults:
    """Yield a fault when there are more than `limit`."""
    if count > limit:
        yield fault(place, f"Use at most {limit} {what}; take some out.")


def same(name: str) -> str:
    """Return what two names share that would become one in code."""
    return re.sub(r"[\W_]+", " ", name).strip().casefold() or name


def twice(place: str, key: str, names: Iterable[str], alike: Callable[[str], str]) -> Faults:
    """Yield a fault for each name that is there before; `place` is that of the list."""
    first: dict[str, str] = {}
    for number, name in enumerate(names):
        before = first.get(alike(name))
        if before is not None:
            clash = "there twice" if before == name else f"too much like “{before}”"
            message = f"“{name}” is {clash}. Rename or remove one of the two."
            yield fault(f"{place}.{number}.{key}", message)
        first.setdefault(alike(name), name)


def no_entity(name: str) -> str:
    """Return what is said where an entity is named that is not there."""
    return f"There is no entity “{name}”. Choose one that is there, or add it."
