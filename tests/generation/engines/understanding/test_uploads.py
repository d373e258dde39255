"""Pictures and files: which words give a thing one, and which still cannot be built."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.fieldtypes import type_of
from projects.spec.models import AppSpec, FeatureState, FieldType
from projects.spec.request import load_request


def read(*features: str) -> AppSpec:
    return understand(load_request({"project_name": "App", "features": list(features)}))


def types(spec: AppSpec) -> dict[str, FieldType]:
    return {f"{e.name}.{f.name}": f.type for e in spec.entities for f in e.fields}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("photo", FieldType.IMAGE),
        ("profile picture", FieldType.IMAGE),
        ("avatar", FieldType.IMAGE),
        ("cover image", FieldType.IMAGE),
        ("resume", FieldType.FILE),
        ("attachment", FieldType.FILE),
        ("signed document", FieldType.FILE),
        ("image url", FieldType.URL),
        ("link", FieldType.URL),
        ("number of photos", FieldType.INTEGER),
        ("date of photo", FieldType.DATE),
        ("has photo", FieldType.BOOLEAN),
        ("photos", FieldType.IMAGE),
        ("profile", FieldType.STRING),
    ],
)
def test_the_name_of_a_field_tells_a_picture_or_a_file(name, expected):
    assert type_of(name) is expected


def test_fields_that_are_listed_are_pictures_and_files():
    spec = read("Each employee has name, avatar (required), image url and contract (file)")
    found = types(spec)
    assert found["Employee.avatar"] is FieldType.IMAGE
    assert found["Employee.image url"] is FieldType.URL
    assert found["Employee.contract"] is FieldType.FILE
    assert not any(f.required for f in spec.entities[0].fields if f.name == "avatar")


def test_what_is_put_to_a_thing_is_a_field_of_it():
    spec = read("Create tasks", "Attach files to tasks")
    assert types(spec)["Task.file"] is FieldType.FILE
    assert [f.state for f in spec.features] == [FeatureState.PLANNED] * 2
    assert not any(f.reason for f in spec.features)


@pytest.mark.parametrize(
    ("features", "field", "kind"),
    [
        (("Manage recipes", "Upload photos of recipes"), "Photo.picture", FieldType.IMAGE),
        (("Manage patients", "Upload documents of patients"), "Document.file", FieldType.FILE),
    ],
)
def test_uploading_is_planned_where_it_lands_on_a_thing(features, field, kind):
    spec = read(*features)
    assert types(spec)[field] is kind
    assert [(f.state, f.reason) for f in spec.features] == [(FeatureState.PLANNED, None)] * 2


@pytest.mark.parametrize("feature", ["Upload videos", "Stream audio", "Print labels as PDF"])
def test_what_is_no_picture_and_no_file_is_still_told(feature):
    last = read("Manage songs", feature).features[-1]
    assert last.reason
    assert "cannot make this yet" in last.reason


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("Photos have a title and a photo.", {"Photo": ["title", "photo"]}),
        ("Albums have photos. Each photo has a caption.", {"Photo": ["caption", "picture"]}),
        (
            "Applicants have a name and a resume. Applicants upload a resume.",
            {"Applicant": ["name", "resume"]},
        ),
        ("Users upload documents. Tasks have a document.", {"Document": ["title", "file"]}),
    ],
)
def test_a_picture_is_kept_where_it_is_said_to_be(said, fields):
    spec = understand(load_request({"project_name": "App", "description": said}))
    made = {entity.name: entity.fields for entity in spec.entities}
    assert {name: [f.name for f in made[name]][: len(fields[name])] for name in fields} == fields
    assert "Resume" not in made
