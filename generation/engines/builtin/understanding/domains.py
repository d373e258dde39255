"""Things of common domains and the fields they usually have, from a table for people to extend.

A line of `domains.txt` is `thing: field field …`. A field is `name` or `name:type`; a type is one
of `text`, `int`, `decimal`, `bool`, `date`, `when`, `email`, `url` or the choices `a|b|c`. `!`
after a name makes the field required, `*` unique. Words of a name are joined by `_`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from projects.spec.models import FieldSpec, FieldType

# Makes the fields of a thing when they are asked for: few of all are.
Fields = Callable[[], tuple[FieldSpec, ...]]
TABLE = Path(__file__).with_name("domains.txt")
_KINDS = {
    "text": FieldType.TEXT,
    "int": FieldType.INTEGER,
    "decimal": FieldType.DECIMAL,
    "bool": FieldType.BOOLEAN,
    "date": FieldType.DATE,
    "when": FieldType.DATETIME,
    "email": FieldType.EMAIL,
    "url": FieldType.URL,
    "image": FieldType.IMAGE,
    "file": FieldType.FILE,
}


def domain_fields() -> dict[str, Fields]:
    """Return what makes the fields of every thing of the table, by its name."""
    lines = [
        line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    rows = [line.split(":", maxsplit=1) for line in lines]
    return {name: partial(fields_from, words) for name, words in rows}


@cache
def fields_from(words: str) -> tuple[FieldSpec, ...]:
    """Return the fields of what stands behind a thing's colon."""
    return tuple(_field(word, at) for at, word in enumerate(words.split()))


def _field(word: str, position: int) -> FieldSpec:
    name, _, kind = word.partition(":")
    plain = name.rstrip("!*")
    choices = tuple(choice.replace("_", " ") for choice in kind.split("|")) if "|" in kind else ()
    usual = _KINDS[kind] if kind and not choices else FieldType.STRING
    text = not kind
    return FieldSpec(
        name=plain,
        type=FieldType.ENUM if choices else usual,
        required="!" in name or bool(choices),
        unique="*" in name,
        choices=choices,
        default=choices[0] if choices else "false" if kind == "bool" else None,
        max_length=200 if text and "!" in name else None,
        position=position,
        confidence=0.8,
    )
