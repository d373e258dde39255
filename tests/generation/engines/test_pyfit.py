"""Lines of Python are laid out as the linters of generated apps want them."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest

from generation.engines.builtin.pyfit import import_line

NAMES = ("WorkOrder", "Worker", "Work", "UserRead", "Usergroup", "ID", "IDCard", "Idea", "save")
NUMBERED = ("Class2", "Class10", "CLASS", "class_of", "OF_STAFF")


@pytest.mark.parametrize("names", [NAMES, NUMBERED])
def test_imported_names_stand_in_the_order_that_ruff_wants(names: tuple[str, ...]) -> None:
    lines = [
        f"{import_line(f'm{number}', pair)}\n\nprint({', '.join(pair)})\n"
        for number, pair in enumerate(itertools.combinations(names, 2))
    ]
    for code in lines:
        command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "I001", "-"]
        done = subprocess.run(command, input=code, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
