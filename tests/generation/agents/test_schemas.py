"""The shapes are those of seed 004, section 4, of which a copy is in `tests/data`."""

from __future__ import annotations

import runpy
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Optional

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generation.agents import schemas

NAMES = {
    "BaseModel": BaseModel,
    "ConfigDict": ConfigDict,
    "Enum": Enum,
    "Field": Field,
    "List": list,
    "Literal": Literal,
    "Optional": Optional,
}
PATH = Path(__file__).parents[2] / "data" / "seed_004_shapes.txt"
SEED: dict[str, Any] = {
    name: value
    for name, value in runpy.run_path(str(PATH), NAMES).items()
    if isinstance(value, type) and name not in NAMES
}
SHAPES = sorted(name for name, value in SEED.items() if issubclass(value, BaseModel))
ENUMS = sorted(name for name, value in SEED.items() if issubclass(value, Enum))


def _without_docstrings(schema: dict[str, Any]) -> dict[str, Any]:
    parts = {name: _without_docstrings(part) for name, part in schema.get("$defs", {}).items()}
    kept = {key: value for key, value in schema.items() if key != "description"}
    return {**kept, "$defs": parts} if parts else kept


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_has_the_fields_bounds_and_defaults_of_the_seed(name):
    ours, seeds = getattr(schemas, name), SEED[name]

    assert _without_docstrings(ours.model_json_schema()) == _without_docstrings(
        seeds.model_json_schema()
    )
    assert list(ours.model_fields) == list(seeds.model_fields)
    assert ours.model_config["extra"] == "forbid"


@pytest.mark.parametrize("name", ENUMS)
def test_an_enum_has_the_members_of_the_seed(name):
    assert {m.name: m.value for m in getattr(schemas, name)} == {
        m.name: m.value for m in SEED[name]
    }


def test_no_shape_of_the_seed_was_overlooked():
    assert len(SHAPES) == 11
    assert len(ENUMS) == 4


@pytest.mark.parametrize("name", SHAPES)
def test_an_unknown_key_is_refused(name):
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        getattr(schemas, name).model_validate({"surprise": 1})


def test_bounds_are_held():
    with pytest.raises(ValidationError, match="at least 20 characters"):
        schemas.RequirementsDoc(
            app_name="Notes",
            elevator_pitch="Too short.",
            target_audience=[],
            core_features=[],
            recommended_stack=[],
        )
    with pytest.raises(ValidationError, match="at most 200 characters"):
        schemas.PageRoute(path="/" * 201, description="", components=[])
