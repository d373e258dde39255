"""What a field's pattern must hold for an app to be built with it."""

from __future__ import annotations

from projects.spec.models import FieldSpec, FieldType
from projects.spec.patterns.automaton import LONGEST_VALUE
from projects.spec.patterns.examples import FEWEST_UNIQUE, read_pattern, written_as
from projects.spec.patterns.syntax import InvalidPattern


def pattern_fault(field: FieldSpec) -> str | None:
    """Return why the pattern of a field cannot be one; None when it can, or there is none."""
    if field.pattern is None:
        return None
    name = field.name
    if field.type is not FieldType.STRING:
        return f"Only a text of one line has a pattern. Make “{name}” one, or empty its pattern."
    try:
        read_pattern(field.pattern)
    except InvalidPattern as error:
        return f"The pattern of “{name}” cannot be used. {error}"
    if max(field.min_length or 0, field.max_length or 0) > LONGEST_VALUE:
        return f"A text with a pattern, as “{name}”, has at most {LONGEST_VALUE} characters."
    written = written_as(field)
    if written is None:
        return f"No value of “{name}” fits its pattern and its lengths. Change one of them."
    count = len(written.values(FEWEST_UNIQUE))
    if field.unique and count < FEWEST_UNIQUE:
        values = "one value fits" if count == 1 else f"{count} values fit"
        return f"“{name}” is unique, and only {values} its pattern. Allow more, or let them repeat."
    return None
