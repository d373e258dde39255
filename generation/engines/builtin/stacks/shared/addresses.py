"""The addresses of pages of words: each free, and a note on each that had to move."""

from __future__ import annotations

import re
from collections.abc import Iterable

from projects.spec.addresses import API, RESERVED

TAKEN = ("/", *RESERVED)


class Addresses:
    """Hands out addresses of pages, each once, and none at or below what is `taken` already.

    A page may stand below another page of words; what is below a list or a page of the app's own
    belongs to that.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._owned = {*taken} - {"/"}
        self._given: set[str] = set()

    def keep(self, wanted: str) -> str:
        """Return the wanted address, or one like it that is free, and keep it."""
        parts = [re.sub(r"[^a-z0-9_-]", "", part) for part in wanted.split("/")]
        path = "/" + "/".join(part for part in parts if part)
        path = "/page" if path == "/" or path.startswith(API) else path
        if any(path.startswith(f"{owned}/") for owned in self._owned):
            path = "/" + path[1:].replace("/", "-")
        first, number = path, 2
        while path in self._owned | self._given:
            path = f"{first}-page" if number == 2 else f"{first}-page{number}"
            number += 1
        self._given.add(path)
        return path


def note_of_move(name: str, wanted: str, path: str) -> str | None:
    """Return what to say of a page that is not where it was wanted; None where it is."""
    if path == "/" + wanted.strip("/"):
        return None
    return f"The page {name} is at {path}: it cannot be at {wanted}."
