"""Pictures and files may be called as what else the app has."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

from generation.engines.base import StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import carry_out_plan, write_app
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, FieldType
from projects.spec.request import STYLINGS, TECH_STACKS

STACK = TECH_STACKS[0]


def files_of(**fields: str) -> dict[str, str]:
    """Return an app whose entities are each given with the name of a picture and of a file."""
    entities = tuple(
        EntitySpec(
            name=name,
            plural=f"{name}s",
            fields=(
                FieldSpec(name="title", required=True),
                FieldSpec(name=field, type=FieldType.IMAGE),
                FieldSpec(name=f"{field} file", type=FieldType.FILE),
            ),
        )
        for name, field in fields.items()
    )
    spec, engine = AppSpec(name="Album", entities=entities), BuiltinEngine()
    plan = engine.plan(spec, stack=STACK, styling=STYLINGS[0])
    return carry_out_plan(engine, plan, StepContext(spec, STACK, STYLINGS[0]))


def test_one_that_is_called_as_its_entity_has_a_function_of_its_own(tmp_path: Path) -> None:
    files = files_of(Photo="photo", PhotoFile="photo", Upload="upload", ServePhoto="photo")
    routes = {path: code for path, code in files.items() if "answer_upload(" in code}
    del routes["backend/app/uploads.py"]
    assert len(routes) == 4
    for path, code in routes.items():
        functions = [node for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)]
        names = Counter(function.name for function in functions)
        assert max(names.values()) == 1, (path, names)
    write_app(files, tmp_path)
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "backend"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
