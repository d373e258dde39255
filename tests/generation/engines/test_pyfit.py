"""Lines of Python are laid out as the linters of generated apps want them."""

from __future__ import annotations

import itertools
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generation.engines.builtin.engine import STACKS
from generation.engines.builtin.pyfit import import_line, import_lines, imported
from generation.engines.builtin.render import render_spec, write_app
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)

NAMES = ("WorkOrder", "Worker", "Work", "UserRead", "Usergroup", "ID", "IDCard", "Idea", "save")
NUMBERED = ("Class2", "Class10", "CLASS", "class_of", "OF_STAFF")


# Modules and members alike: digits, leading zeros, underscores, capitals.
ODD = ("a", "a1", "a01", "a001", "a10", "a2", "a_1", "a_b", "ab", "aB", "Ab", "AB", "A2", "A10")
MODULES = tuple(dict.fromkeys((*map(str.lower, ODD), "a1b2", "a1b10", "a10b", "a0", "_a", "b.a")))


def refused(code: str) -> str:
    """Return what ruff says of the order of imports; empty where it says nothing."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "I001", "-"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else ""


def one_after_another(codes: list[str]) -> str:
    """Return code in which every piece is a block of imports of its own."""
    return "\n".join(f"if True:\n{textwrap.indent(code, '    ')}\n    print()\n" for code in codes)


@pytest.mark.parametrize("names", [NAMES, NUMBERED, ODD])
def test_imported_names_stand_in_the_order_that_ruff_wants(names: tuple[str, ...]) -> None:
    pairs = list(itertools.combinations(names, 2))
    assert refused(one_after_another([import_line("m", pair) for pair in pairs])) == ""
    for first, second in map(imported, pairs[:3]):
        assert refused(f"from m import {second}, {first}\n") != ""


def test_modules_stand_in_the_order_that_ruff_wants() -> None:
    blocks = [
        "\n".join(import_lines({f"m.{module}": ["x"] for module in pair}))
        for pair in itertools.combinations(MODULES, 2)
    ]
    assert refused(one_after_another(blocks)) == ""
    assert import_lines({"m.level10": ["B"], "m.level2": ["A"]}, indent=4) == [
        "    from m.level2 import A",
        "    from m.level10 import B",
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_apps_of_numbered_things_import_in_order(stack: str, tmp_path: Path) -> None:
    names = ("Level10", "Level2", "Level_a", "LevelA3", "Level 02", "Level")
    numbered = tuple(
        EntitySpec(
            name=name,
            plural=f"{name}s",
            fields=(
                FieldSpec(name="name"),
                FieldSpec(name="kind2", type=FieldType.ENUM, choices=("a", "b")),
                FieldSpec(name="kind10", type=FieldType.ENUM, choices=("a", "b")),
            ),
        )
        for name in names
    )
    kind = RelationKind.MANY_TO_ONE
    relations = tuple(
        RelationSpec(kind=kind, name=f"link {n}", target=name) for n, name in enumerate(names)
    )
    hall = EntitySpec(name="Hall", plural="Halls", relations=relations)
    spec = AppSpec(name="Halls", entities=(hall, *numbered), dashboard=True)
    write_app(render_spec(spec, stack, "Plain CSS"), tmp_path)
    command = [sys.executable, "-m", "ruff", "check", "--select", "I", "--no-cache", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
