"""The lock files of generated front ends: they fit their package.json and name no registry."""

from __future__ import annotations

import json

import pytest

from generation.engines.base import StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import carry_out_plan
from generation.engines.builtin.stacks.react_fastapi import STACK
from projects.spec.models import AppSpec
from projects.spec.request import STYLINGS


@pytest.fixture(params=STYLINGS)
def front_end(request):
    spec, engine = AppSpec(name="Über App 2"), BuiltinEngine()
    plan = engine.plan(spec, stack=STACK.name, styling=request.param)
    context = StepContext(spec, STACK.name, request.param)
    return carry_out_plan(engine, plan, context)


def test_a_lock_is_of_its_package(front_end):
    package = json.loads(front_end["frontend/package.json"])
    lock = json.loads(front_end["frontend/package-lock.json"])
    root = lock["packages"][""]
    assert lock["name"] == root["name"] == package["name"] == "frontend"
    for kind in ("dependencies", "devDependencies"):
        assert root[kind] == package[kind]
        for name, version in package[kind].items():
            assert lock["packages"][f"node_modules/{name}"]["version"] == version


def test_a_lock_names_hashes_but_no_registry(front_end):
    text = front_end["frontend/package-lock.json"]
    assert "resolved" not in text
    assert "://" not in text
    packages = json.loads(text)["packages"]
    needed = [entry for place, entry in packages.items() if place and not entry.get("optional")]
    assert len(needed) > 100
    assert all(entry["integrity"].startswith("sha512-") for entry in needed)
