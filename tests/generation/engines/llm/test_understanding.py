"""What a model proposes is added below what the rules read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generation.engines.builtin.engine import BuiltinEngine
from projects.spec.proposals import MOST_CONFIDENCE
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES

REQUEST = load_request(QUICKNOTES)
TAG: dict[str, Any] = {
    "name": "Tag",
    "plural": "Tags",
    "fields": [
        {"name": "label", "type": "string", "required": True},
        {"name": "shade", "type": "enum", "choices": ["light", "dark"]},
    ],
    "relations": [{"kind": "many_to_many", "name": "notes", "target": "Note"}],
}


def test_what_a_model_proposes_is_added_with_its_source(engine, script) -> None:
    script({"entities": [TAG]})
    spec = engine.understand(REQUEST)
    tag = next(entity for entity in spec.entities if entity.name == "Tag")
    assert [field.name for field in tag.fields] == ["label", "shade"]
    assert tag.relations[0].target == "Note"
    assert tag.confidence == MOST_CONFIDENCE
    assert tag.inferred_from[0].text == "coder:7b"


@pytest.mark.parametrize(
    "entities",
    [
        [],
        [{**TAG, "name": "Note", "plural": "Notes", "fields": [], "relations": []}],
        [{**TAG, "name": "Tag", "relations": [{**TAG["relations"][0], "target": "Gone"}]}],
        [{**TAG, "fields": [{"name": "a", "type": "enum", "choices": []}]}],
    ],
)
def test_what_would_be_a_fault_is_not(engine, script, entities) -> None:
    script({"entities": entities})
    rules = BuiltinEngine().understand(REQUEST)
    spec = engine.understand(REQUEST)
    known = {entity.name for entity in rules.entities}
    for entity in spec.entities:
        assert all(link.target in known | {"Tag"} for link in entity.relations)
        assert all(field.choices or field.type != "enum" for field in entity.fields)
    BuiltinEngine().plan(spec, stack=REQUEST.tech_stack, styling=REQUEST.styling)


def test_what_is_no_answer_leaves_the_rules_alone(engine, script, heard) -> None:
    script("no idea", json.dumps({"entities": [{"name": ""}]}), "[]")
    assert engine.understand(REQUEST) == BuiltinEngine().understand(REQUEST)
    assert heard.said[0].startswith("Understood without the model: ")
