"""What an edited design must hold, beyond its types, for an app to be built from it."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from projects.spec.access import access_faults
from projects.spec.addresses import is_reserved
from projects.spec.circles import circle_faults
from projects.spec.entity_check import entities_faults
from projects.spec.faults import bounded, check_label, check_prose, no_entity, said, same, twice
from projects.spec.messages import Fault, Faults, fault, path_of, plain_message
from projects.spec.models import (
    AppSpec,
    FeatureSpec,
    PageKind,
)
from projects.spec.request import (
    FEATURE_LIMIT,
    InvalidRequest,
    check_name,
)

PAGE_LIMIT = 300
BREAKDOWN_LIMIT = 50
ROLE_LIMIT = 50
PATH_LENGTH = 500
OF_ENTITY = (PageKind.LIST, PageKind.DETAIL, PageKind.FORM)

_PATH_WORDS = "Begin with a slash; use small letters, digits, “-”, “_” and “:” between slashes."
_COLOUR_WORDS = "Write the colour as # and six of 0 to 9 and a to f, such as #1e40af."


class InvalidDesign(InvalidRequest):
    """A design that no app can be built from; `errors` says where and how to mend it."""

    code = "invalid_design"


def load_design(raw: object) -> AppSpec:
    """Read a decoded JSON value as a design; raise `InvalidDesign` with every fault found."""
    if not isinstance(raw, dict):
        raise InvalidDesign([fault("spec", "Give a JSON object.")])
    try:
        spec = AppSpec.model_validate(raw)
    except ValidationError as error:
        raise InvalidDesign(design_faults_in(error)) from error
    check_design(spec)
    return spec


def design_faults_in(error: ValidationError) -> list[Fault]:
    """Return what Pydantic found wrong with a design or a part of one, in plain words."""
    return [_problem(detail) for detail in error.errors()]


def check_design(spec: AppSpec) -> None:
    """Raise `InvalidDesign` when an app cannot be built from `spec` as it is."""
    faults = list(faults_of(spec))
    if faults:
        raise InvalidDesign(faults)


def check_edit(before: AppSpec, after: AppSpec) -> None:
    """Raise `InvalidDesign` with the faults that an edit brings; those there before may stay."""
    known = {fault["message"] for fault in faults_of(before)}
    faults = [fault for fault in faults_of(after) if fault["message"] not in known]
    if faults:
        raise InvalidDesign(faults)


def check_names(spec: AppSpec) -> None:
    """Raise `InvalidDesign` when two entities, fields, relations or pages have one name."""
    faults = [
        *twice("entities", "name", [entity.name for entity in spec.entities], str),
        *twice("pages", "path", [page.path for page in spec.pages], str),
    ]
    for number, entity in enumerate(spec.entities):
        for part in ("fields", "relations"):
            names = [one.name for one in getattr(entity, part)]
            faults += twice(f"entities.{number}.{part}", "name", names, str)
    if faults:
        raise InvalidDesign(faults)


def faults_of(spec: AppSpec) -> Faults:
    """Yield every fault of a design."""
    yield from _app_faults(spec)
    yield from entities_faults(spec)
    yield from _page_faults(spec)
    yield from circle_faults(spec)
    yield from access_faults(spec)


def _problem(error: ErrorDetails) -> Fault:
    path, message = path_of(error), plain_message(error)
    if error["type"] == "string_pattern_mismatch":
        message = _PATH_WORDS if path.endswith("path") else _COLOUR_WORDS
    return fault(path or "spec", message)


def _app_faults(spec: AppSpec) -> Faults:
    yield from said("name", check_name, spec.name)
    yield from said("description", check_prose, spec.description)
    yield from bounded("features", len(spec.features), FEATURE_LIMIT, "features")
    yield from bounded("roles", len(spec.roles), ROLE_LIMIT, "roles")
    yield from twice("roles", "name", [r.name for r in spec.roles], same)
    for number, role in enumerate(spec.roles):
        yield from said(f"roles.{number}.name", check_label, role.name)
        for source in role.inferred_from:
            yield from said(f"roles.{number}", check_prose, source.text)
    names = {entity.name for entity in spec.entities}
    for number, feature in enumerate(spec.features):
        yield from _feature_faults(f"features.{number}", feature, names)
    if spec.theme.mood:
        yield from said("theme.mood", check_prose, spec.theme.mood)


def _feature_faults(place: str, feature: FeatureSpec, names: set[str]) -> Faults:
    asked = feature.breakdowns
    yield from bounded(f"{place}.breakdowns", len(asked), BREAKDOWN_LIMIT, "breakdowns")
    words = [feature.text, feature.reason or "", *feature.capabilities]
    words += [word for one in asked for word in (one.by or "", one.of or "")]
    words += [source.text for part in (feature, *asked) for source in part.inferred_from]
    for text in words:
        yield from said(place, check_prose, text)
    for name in (*feature.entities, *(one.entity for one in asked)):
        if name not in names:
            yield fault(f"{place}.entities", no_entity(name))


def _page_faults(spec: AppSpec) -> Faults:
    names = {entity.name for entity in spec.entities}
    yield from bounded("pages", len(spec.pages), PAGE_LIMIT, "pages")
    yield from twice("pages", "path", [page.path for page in spec.pages], str)
    yield from _home_faults(spec)
    for number, page in enumerate(spec.pages):
        place = f"pages.{number}"
        if page.kind is PageKind.CONTENT and is_reserved(page.path):
            message = f"The app has {page.path} for itself. Give “{page.name}” another path."
            yield fault(f"{place}.path", message)
        yield from said(f"{place}.name", check_label, page.name)
        if len(page.path) > PATH_LENGTH:
            yield fault(f"{place}.path", f"Use at most {PATH_LENGTH} characters.")
        if page.entity is not None and page.entity not in names:
            yield fault(f"{place}.entity", no_entity(page.entity))
        if page.entity is None and page.kind in OF_ENTITY:
            yield fault(f"{place}.entity", f"Say which entity “{page.name}” shows.")
        for section in page.sections:
            for text in (section.heading, section.text, *section.items):
                yield from said(f"{place}.sections", check_prose, text)
        for source in page.inferred_from:
            yield from said(place, check_prose, source.text)


def _home_faults(spec: AppSpec) -> Faults:
    homes = [
        (number, page)
        for number, page in enumerate(spec.pages)
        if page.kind is PageKind.HOME or (page.kind is PageKind.CONTENT and page.path == "/")
    ]
    for number, page in homes[1:]:
        yield fault(
            f"pages.{number}.kind",
            f"“{page.name}” and “{homes[0][1].name}” are both the first page. Make one of them a "
            "page of words at another path, or take it out.",
        )
