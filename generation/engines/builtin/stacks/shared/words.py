"""Turning a person's words into identifiers, and keeping them apart."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

# Identifiers longer than this would make lines of code that no formatter can break.
LONGEST = 30


def words_of(text: str) -> list[str]:
    """Split a name into lower-case ASCII words: `dueDate`, `Due date` and `due-date` alike."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", plain)
    return [word.lower() for word in re.findall(r"[A-Za-z0-9]+", spaced)]


def in_words(text: str) -> str:
    """Return a label: the person's own words with a capital in front."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\s]+", " ", text).strip()
    spaced = re.sub(r"\s+", " ", spaced)
    if not spaced:
        return text
    first, *rest = spaced.split(" ")
    tail = [word if word.isupper() else word[:1].lower() + word[1:] for word in rest]
    return " ".join([first[:1].upper() + first[1:], *tail])


def class_words(name: str) -> str:
    """Return a class name, `Thing` where nothing of the name can be used."""
    joined = _joined([word[:1].upper() + word[1:] for word in words_of(name)], "")
    if not joined:
        return "Thing"
    return joined if joined[0].isalpha() else f"The{joined}"[:LONGEST]


def module_words(class_name: str) -> str:
    """Return a class name as a module's name."""
    return _joined(words_of(class_name), "_")


def plural_words(plural: str) -> str:
    """Return a plural as a table's name."""
    joined = _joined(words_of(plural), "_")
    if not joined:
        return "things"
    return joined if joined[0].isalpha() else f"the_{joined}"[:LONGEST]


def field_words(name: str) -> str:
    """Return a field's name as an identifier."""
    joined = _joined(words_of(name), "_")
    if not joined:
        return "field"
    return joined if joined[0].isalpha() else f"field_{joined}"[:LONGEST]


def _joined(words: list[str], between: str) -> str:
    """Join as many whole words as fit into an identifier."""
    joined = (words[0] if words else "")[:LONGEST]
    for word in words[1:]:
        if len(joined) + len(between) + len(word) > LONGEST:
            break
        joined += between + word
    return joined


PYTHON_CLASSES = frozenset(word for word in dir(builtins) if word[:1].isupper())
PYTHON_MODULES = {word for word in dir(builtins) if word.islower()} | frozenset(keyword.kwlist)


class Vocabulary(NamedTuple):
    """The names a stack cannot use, and what is put behind one of them to make it free."""

    classes: frozenset[str]
    modules: frozenset[str]
    tables: frozenset[str]
    fields: frozenset[str]
    class_suffix: str = "Item"
    module_suffix: str = "_item"
    table_suffix: str = "_list"
    field_suffix: str = "_"


@dataclass
class NameKeeper:
    """Hands out names, each once, and none that is reserved."""

    reserved: frozenset[str]
    suffix: str
    taken: set[str] = field(default_factory=set)

    def keep(self, wanted: str) -> str:
        """Return `wanted`, or the nearest name to it that is free, and keep it."""
        first = f"{wanted}{self.suffix}" if wanted in self.reserved else wanted
        name, number = first, 2
        while self._is_taken(name):
            name, number = f"{first}{number}", number + 1
        self.taken.add(name.lower())
        return name

    def keep_upload(self, wanted: str) -> str:
        """Keep the name of a picture or a file together with the `_content` of its bytes."""
        first = f"{wanted}{self.suffix}" if wanted in self.reserved else wanted
        name, number = first, 2
        while any(self._is_taken(form) for form in (name, f"{name}_content")):
            name, number = f"{first}{number}", number + 1
        self.taken |= {name.lower(), f"{name}_content".lower()}
        return name

    def keep_link(self, wanted: str) -> str:
        """Keep a link's name together with the `_id` and `_ids` that come of it."""
        wanted = wanted.removesuffix("_id") or wanted
        first = f"{wanted}_link" if wanted in self.reserved else wanted
        name, number = first, 2
        while any(self._is_taken(form) for form in (name, f"{name}_id", f"{name}_ids")):
            name, number = f"{first}{number}", number + 1
        self.taken |= {name.lower(), f"{name}_id".lower(), f"{name}_ids".lower()}
        return name

    def _is_taken(self, name: str) -> bool:
        return name.lower() in self.taken
