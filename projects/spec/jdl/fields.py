"""Fields of JDL as those of a spec: types, limits, patterns, defaults."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from pydantic import ValidationError

from projects.spec.jdl.names import small_words
from projects.spec.jdl.tokens import unquoted
from projects.spec.jdl.tree import JdlDocument, JdlEnum, JdlField
from projects.spec.jdl_start import InvalidJdl
from projects.spec.limits import LONGEST, LONGEST_LEAST, NUMBER_LIMIT, NUMBERS
from projects.spec.messages import plain_message
from projects.spec.models import UPLOADS, FieldSpec, FieldType, Source, SpecModel
from projects.spec.patterns import pattern_fault

Part = TypeVar("Part", bound=SpecModel)

SHOWN = 60  # characters of what is refused
DIGITS = 18  # more than any limit has
TYPES = {
    "String": FieldType.STRING,
    "TextBlob": FieldType.TEXT,
    "Integer": FieldType.INTEGER,
    "Long": FieldType.INTEGER,
    "BigDecimal": FieldType.DECIMAL,
    "Float": FieldType.DECIMAL,
    "Double": FieldType.DECIMAL,
    "Boolean": FieldType.BOOLEAN,
    "LocalDate": FieldType.DATE,
    "ZonedDateTime": FieldType.DATETIME,
    "OffsetDateTime": FieldType.DATETIME,
    "Instant": FieldType.DATETIME,
    "LocalDateTime": FieldType.DATETIME,
    "ImageBlob": FieldType.IMAGE,
    "Blob": FieldType.FILE,
    "AnyBlob": FieldType.FILE,
}
# Types that are kept as something else, and what is said of it.
KEPT_AS = {
    "LocalTime": (FieldType.STRING, "kept as a short text"),
    "Duration": (FieldType.STRING, "kept as a short text"),
    "UUID": (FieldType.STRING, "kept as a short text"),
    "ByteBuffer": (FieldType.FILE, "kept as a file"),
}
# Annotations that say what a text of one line is; JDL has no types for them.
MARKED = {"email": FieldType.EMAIL, "url": FieldType.URL}
LABEL, DEFAULT = "label", "defaultValue"
KEYS = {
    "minlength": "min_length",
    "maxlength": "max_length",
    "min": "minimum",
    "max": "maximum",
}


def field_of(field: JdlField, position: int, document: JdlDocument, source: Source) -> FieldSpec:
    """Return a field as it can be kept, and note in the document what of it cannot.

    Raises `InvalidJdl` with its line where it cannot be at all.
    """
    kind, given = _type_of(field, document), field.validations
    said = {
        "name": small_words(field.name),
        "required": "required" in given and kind not in UPLOADS,
        "unique": "unique" in given and kind not in UPLOADS,
        "pattern": _pattern(field) if kind not in UPLOADS else None,
    }
    found = made(
        FieldSpec,
        field.line,
        type=kind,
        choices=_choices(field, document),
        position=position,
        inferred_from=(source,),
        **said | _limits(field, kind, document) | _marks(field, document),
    )
    if field.type in KEPT_AS:
        document.ignore(field.line, f"{field.type} {field.name} is {KEPT_AS[field.type][1]}")
    known = () if kind in UPLOADS else ("required", "unique", "pattern", *KEYS)
    for name in given:
        if name not in known:
            document.ignore(field.line, f"the validation {name} of {field.name}")
    if (reason := pattern_fault(found)) is not None:
        document.ignore(field.line, f"the validation pattern of {field.name}. {reason}")
        found = found.model_copy(update={"pattern": None})
    return found


def made(model: type[Part], line: int, **said: object) -> Part:
    """Return a part of a spec; raise `InvalidJdl` with the line of what it cannot be made of."""
    try:
        return model.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        text = str(first["input"])
        text = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
        raise InvalidJdl(line, f"“{text}”: {plain_message(first)}") from error


def _type_of(field: JdlField, document: JdlDocument) -> FieldType:
    if field.type in document.enums:
        return FieldType.ENUM
    if field.type in KEPT_AS:
        return KEPT_AS[field.type][0]
    if field.type not in TYPES:
        raise InvalidJdl(field.line, f"{field.type} is no type and no enumeration.")
    marks = (MARKED[one.name] for one in field.annotations if one.name in MARKED and one.holds)
    kind = TYPES[field.type]
    return next(marks, kind) if kind is FieldType.STRING else kind


def _choices(field: JdlField, document: JdlDocument) -> tuple[str, ...]:
    enum = document.enums.get(field.type)
    return tuple(enum.values.values()) if enum else ()


def _marks(field: JdlField, document: JdlDocument) -> dict[str, str]:
    """Return what annotations say of a field."""
    found: dict[str, str] = {}
    for one in field.annotations:
        if one.name == LABEL and one.value:
            found["name"] = one.value
        elif one.name == DEFAULT and one.value is not None:
            found["default"] = _default(one.value, document.enums.get(field.type))
        elif one.name not in MARKED or field.type != "String":
            document.ignore(one.line, f"{one} of {field.name}")
    return found


def _default(said: str, enum: JdlEnum | None) -> str:
    """Return a default: of an enumeration the choice that is written so, else the value's."""
    if enum is None or said in enum.values.values():
        return said
    return enum.values.get(said, said)


def _pattern(field: JdlField) -> str | None:
    """Return what stands between the slashes; a slash in it needs its backslash only there."""
    given = field.validations.get("pattern")
    if given is None:
        return None
    inside = given[1:-1] if given[:1] == "/" else unquoted(given)
    return re.sub(r"\\.", lambda pair: "/" if pair[0] == r"\/" else pair[0], inside)


def _limits(field: JdlField, kind: FieldType, document: JdlDocument) -> dict[str, int]:
    """Return the limits of a field by their keys, no further than apps can keep them."""
    numbers = {name: _number(field, name, document) for name in KEYS if name in field.validations}
    for least, most in (("min", "max"), ("minlength", "maxlength")):
        if least in numbers and most in numbers and numbers[least] > numbers[most]:
            raise InvalidJdl(field.line, f"{least} of {field.name} is greater than its {most}.")
    found: dict[str, int] = {}
    for name, number in numbers.items():
        reach = _reach(name, kind)
        if kind in UPLOADS:
            continue  # it is named with all else that is said of files
        said = f"the validation {name}({field.validations[name]}) of {field.name}"
        if reach is None:
            what = "texts" if name.endswith("length") else "numbers"
            document.ignore(field.line, f"{said}. Only {what} have it.")
        elif number != number.to_integral_value():
            document.ignore(field.line, f"{said}. Use a whole number.")
        else:
            low, high = reach
            if low <= number <= high:
                found[KEYS[name]] = int(number)
            elif kind in NUMBERS:
                document.ignore(field.line, f"{said}. Numbers go from {low} to {high}.")
            else:
                found[KEYS[name]] = high
                document.ignore(field.line, f"{said}. It is kept as {high}.")
    return found


def _reach(name: str, kind: FieldType) -> tuple[int, int] | None:
    """Return between which numbers a limit of a type may be; None where there is none."""
    if name in ("min", "max"):
        return (-NUMBER_LIMIT, NUMBER_LIMIT) if kind in NUMBERS else None
    if kind not in LONGEST:
        return None
    return (0, LONGEST_LEAST) if name == "minlength" else (1, LONGEST[kind])


def _number(field: JdlField, name: str, document: JdlDocument) -> Decimal:
    """Return a limit, which may be a constant; lengths below any text's are refused."""
    given = field.validations[name]
    said = document.constants.get(given, given)
    try:
        number = Decimal(said)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number.adjusted() >= DIGITS:
        raise InvalidJdl(field.line, f"{name} of {field.name} needs a number.")
    least = {"minlength": 0, "maxlength": 1}.get(name)
    if least is not None and number < least:
        raise InvalidJdl(field.line, f"{name} of {field.name} must be {least} or more.")
    return number
