"""What a person asks for: read strictly, refused with the field that is wrong."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import ErrorDetails

from projects.spec.characters import (
    DESCRIPTION_BYTES,
    DIRECTION_MARKS,
    WHITE_SPACE,
    check_characters,
)
from projects.spec.jdl_start import is_jdl
from projects.spec.messages import path_of, plain_message

TECH_STACKS = ("React + FastAPI + PostgreSQL", "Django + HTMX + PostgreSQL")
STYLINGS = ("TailwindCSS", "Bootstrap", "Plain CSS")
NAME_LIMIT = 100
FEATURE_LIMIT = 300
FEATURE_LENGTH = 2000

_FEATURES = {
    "tuple_type": "Give a list of texts.",
    "too_long": f"Ask for at most {FEATURE_LIMIT} features.",
}


class InvalidRequest(ValueError):
    """The request cannot be built; `errors` says which field is wrong and how to mend it."""

    code = "invalid_spec"

    def __init__(self, errors: list[dict[str, str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{e['field']}: {e['message']}" for e in errors))


def check_name(value: str) -> str:
    """Return an app's name without the spaces around it; raise `ValueError` at one that is none."""
    name = value.strip()
    if not name:
        raise ValueError("Give the app a name.")
    if len(name) > NAME_LIMIT:
        raise ValueError(f"Use at most {NAME_LIMIT} characters.")
    check_characters(name)
    if "/" in name or "\\" in name:
        raise ValueError("A name cannot have a slash or a backslash in it.")
    if not any(character.isalnum() for character in name):
        raise ValueError("Use at least one letter or digit.")
    return name


def _prose(value: str) -> str:
    text = value.strip()
    check_characters(text, allowed=WHITE_SPACE | DIRECTION_MARKS)
    return text


def _description(value: str, info: ValidationInfo) -> str:
    text = _prose(value)
    if len(text.encode()) > DESCRIPTION_BYTES:
        raise ValueError("Use at most 64 kB of text.")
    if is_jdl(text):
        text = value.rstrip()  # faults and notes name lines from the very first
        if not (info.context or {}).get("stored"):
            _read_model(text)
    return text


def _read_model(text: str) -> None:
    from projects.spec.jdl import spec_from_jdl  # noqa: PLC0415 - prose needs none of it

    spec_from_jdl("app", text)


def _feature(value: str) -> str:
    if len(value) > FEATURE_LENGTH:
        raise ValueError(f"Use at most {FEATURE_LENGTH} characters for a feature.")
    return _prose(value)


def _features(values: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(value for value in values if value))
    if len(kept) > FEATURE_LIMIT:
        raise ValueError(f"Ask for at most {FEATURE_LIMIT} features.")
    return kept


def _stack(value: str, info: ValidationInfo) -> str:
    try:
        return _one_of(value, TECH_STACKS, "stack")
    except ValueError:
        if not (info.context or {}).get("any_stack"):
            raise
    name = " ".join(value.split())
    check_characters(name)
    if not name or len(name) > NAME_LIMIT:
        raise ValueError(f"Name a stack in at most {NAME_LIMIT} characters.")
    return name


def _styling(value: str) -> str:
    return _one_of(value, STYLINGS, "styling")


def _one_of(value: str, known: tuple[str, ...], what: str) -> str:
    for name in known:
        if name.casefold() == value.strip().casefold():
            return name
    raise ValueError(f"Unknown {what}. Use one of: {', '.join(known)}.")


class AppRequest(BaseModel):
    """An app asked for in words: the JSON a form, a script or a file gives."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    project_name: Annotated[StrictStr, AfterValidator(check_name)]
    description: Annotated[StrictStr, AfterValidator(_description)] = ""
    features: Annotated[
        tuple[Annotated[StrictStr, AfterValidator(_feature)], ...], AfterValidator(_features)
    ] = Field(default=(), max_length=1000)
    tech_stack: Annotated[StrictStr, AfterValidator(_stack)] = TECH_STACKS[0]
    styling: Annotated[StrictStr, AfterValidator(_styling)] = STYLINGS[0]

    @model_validator(mode="after")
    def something_is_asked_for(self) -> AppRequest:
        """Refuse a request that says nothing about the app."""
        if not self.description and not self.features:
            raise ValueError("Describe the app, or name at least one feature.")
        return self


def _problem(error: ErrorDetails) -> dict[str, str]:
    path, kind = path_of(error), error["type"]
    if kind == "value_error":
        return {"field": path or "description", "message": plain_message(error)}
    message = _FEATURES.get(kind) if path == "features" else None
    return {"field": path or "spec", "message": message or plain_message(error)}


def _only_jdl(given: dict[str, object]) -> str:
    """Take the model out of a request that is made of JDL in place of a description."""
    text = given.pop("jdl")
    if not isinstance(text, str) or not is_jdl(text):
        message = "This is not JDL. Begin with an entity, an enum or a relationship."
        raise InvalidRequest([{"field": "jdl", "message": message}])
    if given.get("description"):
        message = "Give a description or JDL, not both; features may go with either."
        raise InvalidRequest([{"field": "jdl", "message": message}])
    return text


def stored_request(raw: object) -> AppRequest:
    """Read a request that was loaded before, whatever its stack.

    A model in it may be one that is refused by now; whoever reads it says why.
    """
    return AppRequest.model_validate(raw, context={"any_stack": True, "stored": True})


def load_request(raw: object, *, any_stack: bool = False) -> AppRequest:
    """Read a decoded JSON value; raise `InvalidRequest` with every fault found.

    With `any_stack` the stack may be one without templates, which a model alone can write. A key
    `jdl` stands in place of `description`, whose text may be JDL as well.
    """
    if not isinstance(raw, dict):
        raise InvalidRequest([{"field": "spec", "message": "Give a JSON object."}])
    given = {key: value for key, value in raw.items() if value is not None}
    if "jdl" in given:
        given["description"] = _only_jdl(given)
    try:
        return AppRequest.model_validate(given, context={"any_stack": any_stack})
    except ValidationError as error:
        raise InvalidRequest([_problem(detail) for detail in error.errors()]) from error
