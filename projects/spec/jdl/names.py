"""Names as identifiers of JDL, and read as words again."""

from __future__ import annotations

import re
import unicodedata


def words(name: str) -> str:
    """Return a JDL name as words: `orderItem` is "Order item"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+", " ", name).strip()
    parts = spaced.split()
    lowered = [parts[0], *(p if p.isupper() and len(p) > 1 else p.lower() for p in parts[1:])]
    joined = " ".join(lowered)
    return joined[:1].upper() + joined[1:]


def small_words(name: str) -> str:
    """Return the name of a field or a relation as words: `addedAt` is "added at"."""
    return words(name).lower()


class Identifiers:
    """Identifiers of one scope, no two the same whatever their case."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}

    def upper(self, name: str, instead: str) -> str:
        """Keep and return `OrderItem` for "Order item"; `instead` for what has no Latin letter."""
        return self._keep(_upper(name) or instead)

    def lower(self, name: str, instead: str) -> str:
        """Keep and return `orderItem` for "Order item"."""
        found = _upper(name) or instead
        return self._keep(found[:1].lower() + found[1:])

    def constant(self, choice: str) -> str:
        """Keep and return `IN_STOCK` for "in stock"."""
        joined = "_".join(_parts(choice)).upper() or "CHOICE"
        return self._keep(joined if joined[0].isalpha() else f"X_{joined}", "_")

    def _keep(self, name: str, between: str = "") -> str:
        free, number = name, 2
        while free.casefold() in self._taken:
            free, number = f"{name}{between}{number}", number + 1
        self._taken.add(free.casefold())
        return free


def _parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.findall(r"[A-Za-z0-9]+", plain)


def _upper(name: str) -> str:
    joined = "".join(part[:1].upper() + part[1:] for part in _parts(name))
    return joined if joined[:1].isalpha() or not joined else f"X{joined}"
