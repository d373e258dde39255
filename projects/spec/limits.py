"""How many parts a design has, how long texts may be and how far numbers reach, in every app."""

from __future__ import annotations

from projects.spec.models import FieldSpec, FieldType

ENTITY_LIMIT = 300
FIELD_LIMIT = 100  # of an entity
RELATION_LIMIT = 100  # of an entity

STRING_LENGTH = 200  # characters, where nothing else is said
TEXT_LENGTH = 20_000
# A request has at most a million bytes, and a character has at most six in JSON.
LONGEST_STRING = 10_000
LONGEST_TEXT = 100_000
LONGEST_LEAST = 2_000  # what people must write at least
NUMBER_LIMIT = 2**31 - 1
# Of a unique number there are at least so many, or hardly a row can be made.
UNIQUE_ROOM = 20

USUAL = {FieldType.STRING: STRING_LENGTH, FieldType.TEXT: TEXT_LENGTH}
LONGEST = {FieldType.STRING: LONGEST_STRING, FieldType.TEXT: LONGEST_TEXT}
NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL)


def most_characters(field: FieldSpec) -> int | None:
    """Return the most characters of a text; None for what is none, or has a length of its own."""
    usual = USUAL.get(field.type)
    return usual and (field.max_length or usual)
