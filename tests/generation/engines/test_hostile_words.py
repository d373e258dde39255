"""Words of a person are data in every file: no code, comment or markup comes of them."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

import pytest

from generation.engines.base import StepContext
from generation.engines.builtin.engine import STACKS, BuiltinEngine
from generation.engines.builtin.render import carry_out_plan
from projects.spec.models import AppSpec
from projects.spec.request import STYLINGS
from tests.generation.engines.specs import brochure, torture

HOSTILE = "*/ alert(1) /* \"\"\" ''' \\ ${x} `y` {{ x }} {% x %} <% x %> <script> --> \n # ]]> end"
FIXED = {"type", "kind", "path", "confidence", "state", "target", "entity", "entities"}
SCRIPT = (".ts", ".tsx", ".js", ".html")
TEXTS = re.compile(r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""")


def hostile_texts(value: Any, key: str = "") -> Any:
    """Put the hostile words behind every text that a person gives; each stays one of its kind."""
    if isinstance(value, dict):
        return {name: hostile_texts(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [hostile_texts(item, key) for item in value]
    if isinstance(value, str) and key not in FIXED:
        return f"{value[:9]}{HOSTILE}"
    return value


def hostile_spec(*, auth: bool = True) -> AppSpec:
    raw = torture(auth=auth).model_dump(mode="json")
    target = {entity["name"]: hostile_texts(entity["name"]) for entity in raw["entities"]}
    raw = hostile_texts(raw)
    raw["theme"] = {}
    for entity in raw["entities"]:
        for relation in entity["relations"]:
            relation["target"] = target[relation["target"]]
    raw["pages"] = hostile_texts(brochure().model_dump(mode="json")["pages"])
    raw["roles"] = [{"name": HOSTILE}]
    raw["features"] = [
        {"text": HOSTILE, "state": "planned", "entities": list(target.values()), "reason": HOSTILE},
        {"text": HOSTILE, "state": "unplaced", "reason": HOSTILE},
    ]
    return AppSpec.model_validate(raw)


def files_of(stack: str, styling: str, *, auth: bool = True) -> dict[str, str]:
    spec, engine = hostile_spec(auth=auth), BuiltinEngine()
    plan = engine.plan(spec, stack=stack, styling=styling)
    return carry_out_plan(engine, plan, StepContext(spec, stack, styling))


@pytest.mark.parametrize("styling", STYLINGS)
@pytest.mark.parametrize("stack", STACKS)
def test_no_word_of_a_person_is_code(stack: str, styling: str) -> None:
    """Python parses and says nothing outside its texts; nor does JavaScript, HTML or CSS."""
    for path, code in files_of(stack, styling).items():
        if path.endswith(".py") or path == "run":
            tree = ast.parse(code)
            calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
            assert not any(isinstance(c, ast.Name) and c.id == "alert" for c in calls), path
            assert not any("alert(1)" in line for line in _comments(code, "#")), path
        elif path.endswith(".json"):
            json.loads(code)
        elif path.endswith(SCRIPT):
            for comment in _comments(code, "//", "/*", "*"):
                assert "alert(1)" not in comment, path
            if not path.endswith(".html"):
                assert "alert(1)" not in TEXTS.sub('""', code), path
            assert "<script> -->" not in TEXTS.sub('""', code), path
        elif path.endswith((".css", ".yml", ".toml", ".ini", "Dockerfile", ".mako")):
            assert "alert(1)" not in code, path


def _comments(code: str, *starts: str) -> list[str]:
    return [line for line in code.splitlines() if line.strip().startswith(starts)]


@pytest.mark.parametrize("stack", STACKS)
def test_markdown_shows_the_words_and_obeys_none(stack: str) -> None:
    readme = files_of(stack, STYLINGS[0])["README.md"]
    assert "\\<script>" in readme
    assert re.search(r"(?<!\\)<script", readme) is None
    rows = [line for line in readme.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) <= 1


def test_the_check_sees_a_word_in_a_comment() -> None:
    """What broke once: a plural in a comment of a page."""
    page = f"/** The list of {HOSTILE}. */\nexport const a = 1;\n"
    assert "alert(1)" in TEXTS.sub('""', page)
