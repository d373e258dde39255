"""What a person asks for: the five values of the form, checked before anything is stored."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, TypedDict

from pydantic import AfterValidator, Field, ValidationError

from projects.spec.models import SpecModel

TECH_STACKS = ("React + FastAPI + PostgreSQL",)
STYLINGS = ("TailwindCSS", "Bootstrap", "Plain CSS")
NAME_LENGTH = 100
FEATURES = 300
FEATURE_LENGTH = 2_000
DESCRIPTION_BYTES = 64 * 1024
# Invisible marks that reorder text around them.
BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")


class FieldError(TypedDict):
    """What is wrong with one field."""

    field: str
    message: str


class InvalidRequest(Exception):
    """The request cannot be built; `errors` says what to mend, field by field."""

    code = "invalid_spec"

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(f"{e['field']}: {e['message']}" for e in errors))
        self.errors = errors


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Cn", "Co"}


def _name(value: str) -> str:
    name = unicodedata.normalize("NFC", value).strip()
    if not name:
        raise ValueError("Give the app a name.")
    if len(name) > NAME_LENGTH:
        raise ValueError(f"At most {NAME_LENGTH} characters; this has {len(name)}.")
    if any(_is_control(c) or c in BIDI for c in name):
        raise ValueError("Control and direction marks are not allowed in a name.")
    if "/" in name or "\\" in name or ".." in name:
        raise ValueError("A name may not hold /, \\ or two dots in a row.")
    if not any(c.isalnum() for c in name):
        raise ValueError("A name needs a letter or a digit.")
    return name


def _text(value: str) -> str:
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(_is_control(c) and c not in "\n\t" for c in text):
        raise ValueError("Control characters are not allowed.")
    return text


def _description(value: str) -> str:
    text = _text(value)
    if len(text.encode()) > DESCRIPTION_BYTES:
        raise ValueError(f"At most {DESCRIPTION_BYTES // 1024} kB.")
    return text


def _features(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(value) > FEATURES:
        raise ValueError(f"At most {FEATURES} features; this has {len(value)}.")
    for number, feature in enumerate(value, start=1):
        if len(feature) > FEATURE_LENGTH:
            raise ValueError(f"Feature {number} is longer than {FEATURE_LENGTH} characters.")
    kept = tuple(dict.fromkeys(text for text in map(_text, value) if text))
    return kept


def _stack(value: str) -> str:
    if value not in TECH_STACKS:
        raise ValueError(f"Unknown stack. Known: {', '.join(TECH_STACKS)}.")
    return value


def _styling(value: str) -> str:
    if value not in STYLINGS:
        raise ValueError(f"Unknown styling. Known: {', '.join(STYLINGS)}.")
    return value


class AppRequest(SpecModel):
    """A checked request: `project_name`, `description`, `features`, `tech_stack`, `styling`."""

    project_name: Annotated[str, AfterValidator(_name)]
    description: Annotated[str, AfterValidator(_description)] = ""
    features: Annotated[tuple[str, ...], AfterValidator(_features)] = ()
    tech_stack: Annotated[str, AfterValidator(_stack)] = TECH_STACKS[0]
    styling: Annotated[str, AfterValidator(_styling)] = Field(default=STYLINGS[0])


def load_request(raw: object) -> AppRequest:
    """Return the checked request. Raises `InvalidRequest` with an error for each field."""
    if not isinstance(raw, dict):
        raise InvalidRequest([{"field": "", "message": "Send a JSON object."}])
    try:
        request = _validated(raw)
    except ValidationError as error:
        raise InvalidRequest([_field_error(e) for e in error.errors()]) from error
    if not request.description and not request.features:
        message = "Describe the app, or list at least one feature."
        raise InvalidRequest([{"field": "description", "message": message}])
    return request


def _validated(raw: dict[str, Any]) -> AppRequest:
    # null means "not given", save for the name.
    given = {k: v for k, v in raw.items() if v is not None or k == "project_name"}
    return AppRequest.model_validate(given)


def _field_error(error: Any) -> FieldError:
    field = str(error["loc"][0]) if error["loc"] else ""
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = "Unknown field."
    elif error["type"] == "missing":
        message = "This field is required."
    return {"field": field, "message": message}
