"""Turning a person's words into identifiers, and keeping them apart."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from dataclasses import dataclass, field

LONGEST = 40


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLASS_RESERVED = _words(
    """
    Annotated Any App Array Base Boolean Button Counter Dashboard Date Decimal Depends Dialog
    Error Exception Field Form Fragment Function Generic Home Input Layout Link Literal Login
    Map Modal Mutation NavLink Navigate None Number Object Outlet Page Pagination Partial Patch
    Promise Protocol Query React Record Ref Request Response Route Router Routes Session Set
    Signup String Suspense Symbol True False Type User LoginSession
    """
)
MODULE_RESERVED = _words(
    """
    app auth client conftest dashboard data db dt errors filters health id item items
    list_params listing main owner page params payload query response rest router row rows
    schema search session settings statement total user users value find save visible
    write status select
    """
)
TABLE_RESERVED = frozenset(
    {"users", "login_sessions", "alembic_version", "auth", "dashboard", "health", "docs"}
)
FIELD_RESERVED = _words(
    """
    arguments await class client created_at dict enum export extends false function id implements
    interface items json label let limit metadata new null offset owner owner_id package password
    private protected public query registry schema search self sort static super switch this
    throw true typeof updated_at var void copy construct constructor case catch const dt
    default delete do parse_obj parse_raw validate fields
    """
)


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
    joined = "".join(word[:1].upper() + word[1:] for word in words_of(name))[:LONGEST]
    if not joined:
        return "Thing"
    return joined if joined[0].isalpha() else f"The{joined}"[:LONGEST]


def module_words(class_name: str) -> str:
    """Return a class name as a module's name."""
    return "_".join(words_of(class_name))


def plural_words(plural: str) -> str:
    """Return a plural as a table's name."""
    joined = "_".join(words_of(plural))[:LONGEST].strip("_")
    if not joined:
        return "things"
    return joined if joined[0].isalpha() else f"the_{joined}"[:LONGEST]


def field_words(name: str) -> str:
    """Return a field's name as an identifier."""
    joined = "_".join(words_of(name))[:LONGEST].strip("_")
    if not joined:
        return "field"
    return joined if joined[0].isalpha() else f"field_{joined}"[:LONGEST]


@dataclass
class NameKeeper:
    """Hands out names, each once, and none that is reserved."""

    reserved: frozenset[str]
    suffix: str
    taken: set[str] = field(default_factory=set)

    @classmethod
    def for_classes(cls) -> NameKeeper:
        """Keep class names apart."""
        return cls(CLASS_RESERVED, "Item")

    @classmethod
    def for_modules(cls) -> NameKeeper:
        """Keep module and variable names apart."""
        words = {word for word in dir(builtins) if word.islower()}
        return cls(MODULE_RESERVED | words | frozenset(keyword.kwlist), "_item")

    @classmethod
    def for_tables(cls) -> NameKeeper:
        """Keep table names and URL parts apart."""
        return cls(TABLE_RESERVED, "_list")

    @classmethod
    def for_fields(cls) -> NameKeeper:
        """Keep the fields of one entity apart."""
        return cls(FIELD_RESERVED | frozenset(keyword.kwlist), "_")

    def keep(self, wanted: str) -> str:
        """Return `wanted`, or the nearest name to it that is free, and keep it."""
        first = f"{wanted}{self.suffix}" if wanted in self.reserved else wanted
        name, number = first, 2
        while self._is_taken(name):
            name, number = f"{first}{number}", number + 1
        self.taken.add(name.lower())
        return name

    def keep_link(self, wanted: str) -> str:
        """Keep a link's name together with the `_id` and `_ids` that come of it."""
        wanted = wanted.removesuffix("_id") or wanted
        first = f"{wanted}{self.suffix}" if wanted in self.reserved else wanted
        name, number = first, 2
        while any(self._is_taken(form) for form in (name, f"{name}_id", f"{name}_ids")):
            name, number = f"{first}{number}", number + 1
        self.taken |= {name.lower(), f"{name}_id".lower(), f"{name}_ids".lower()}
        return name

    def _is_taken(self, name: str) -> bool:
        return name.lower() in self.taken
