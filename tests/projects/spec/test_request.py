"""What may be asked for, and what is refused with which words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from projects.spec.request import TECH_STACKS, InvalidRequest, load_request

ROOT = Path(__file__).resolve().parents[3]


def asked(**changes: Any) -> dict[str, Any]:
    return {"project_name": "QuickNotes", "features": ["Task CRUD"]} | changes


def fields_refused(raw: object) -> list[str]:
    with pytest.raises(InvalidRequest) as refused:
        load_request(raw)
    assert refused.value.code == "invalid_spec"
    assert all(set(error) == {"field", "message"} for error in refused.value.errors)
    return [error["field"] for error in refused.value.errors]


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.json")), ids=lambda p: p.stem)
def test_the_examples_can_be_asked_for(path: Path) -> None:
    request = load_request(json.loads(path.read_text()))
    assert request.model_dump(mode="json") == json.loads(path.read_text())


def test_what_is_left_out_has_defaults() -> None:
    request = load_request({"project_name": "App", "description": "Notes."})
    assert request.tech_stack == TECH_STACKS[0]
    assert request.styling == "TailwindCSS"
    assert request.features == ()


def test_null_means_left_out() -> None:
    assert load_request(asked(styling=None, description=None)).description == ""


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "x" * 101,
        "x" * 10_000,
        "a/b",
        "a\\b",
        "..",
        "!?-",
        "nul\x00inside",
        "line\nbreak",
        "right\u202eto left",
        "mark\u200fed",
        "\ud800",
        "\N{GRINNING FACE}",
    ],
)
def test_bad_names_are_refused(name: str) -> None:
    assert fields_refused(asked(project_name=name)) == ["project_name"]


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "x" * 100,
        "Zürich notes",
        "メモ帳",
        'My "best" app',
        "It's",
        "Notes \N{GRINNING FACE}",
        "v1..2",
    ],
)
def test_unusual_names_are_fine(name: str) -> None:
    assert load_request(asked(project_name=f"  {name} ")).project_name == name


def test_something_must_be_asked_for() -> None:
    assert fields_refused({"project_name": "App"}) == ["description"]
    assert fields_refused({"project_name": "App", "features": ["  ", ""]}) == ["description"]


def test_there_may_be_three_hundred_features_and_no_more() -> None:
    assert len(load_request(asked(features=[f"Thing {n}" for n in range(300)])).features) == 300
    assert fields_refused(asked(features=[f"Thing {n}" for n in range(301)])) == ["features"]
    assert fields_refused(asked(features=[f"Thing {n}" for n in range(5000)])) == ["features"]


def test_a_feature_said_twice_counts_once() -> None:
    assert load_request(asked(features=["Task CRUD", " Task CRUD"])).features == ("Task CRUD",)


def test_a_huge_feature_is_refused() -> None:
    assert fields_refused(asked(features=["fine", "x" * 1_000_000])) == ["features.1"]


def test_a_description_may_have_sixty_four_kilobytes() -> None:
    assert load_request(asked(description="x" * 65_536)).description
    assert fields_refused(asked(description="é" * 32_769)) == ["description"]


@pytest.mark.parametrize("field", ["tech_stack", "styling"])
def test_unknown_choices_are_refused_with_the_known_ones(field: str) -> None:
    with pytest.raises(InvalidRequest, match="Use one of"):
        load_request(asked(**{field: "COBOL"}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("project_name", 7),
        ("project_name", ["a"]),
        ("description", {"a": 1}),
        ("features", "Task CRUD"),
        ("features", {"a": 1}),
        ("styling", True),
        ("surprise", "key"),
    ],
)
def test_wrong_types_are_refused(field: str, value: object) -> None:
    assert fields_refused(asked(**{field: value})) == [field]


@pytest.mark.parametrize("raw", [None, [], "text", 7, True])
def test_only_an_object_can_be_a_spec(raw: object) -> None:
    assert fields_refused(raw) == ["spec"]


def test_a_missing_name_is_named() -> None:
    assert fields_refused({"features": ["Task CRUD"]}) == ["project_name"]


def test_every_fault_is_told_at_once() -> None:
    raw = {"project_name": "a/b", "styling": "neon", "features": [1]}
    assert sorted(fields_refused(raw)) == ["features.0", "project_name", "styling"]


def test_html_is_kept_as_the_words_it_is() -> None:
    text = "<script>alert(1)</script>"
    assert load_request(asked(features=[text])).features == (text,)
