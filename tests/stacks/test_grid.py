"""Every stack in every styling, proved as a person would: from its ZIP to the browser.

The apps hold between them every type of field, every kind of relation, awkward names, accounts, no
accounts, and nothing to keep but pages; and there is QuickNotes, the first example. What was proved
on this machine is not proved again.
"""

from __future__ import annotations

import shutil

import pytest

from generation.engines.builtin.render import render_spec
from generation.engines.builtin.understanding import understand
from generation.verification.browser import chromium
from generation.verification.proofs import remembered_proof
from projects.spec.models import AppSpec
from projects.spec.request import STYLINGS, TECH_STACKS, load_request
from tests.conftest import QUICKNOTES
from tests.generation.engines.specs import coloured, dark_brochure, reserved


def quicknotes() -> AppSpec:
    """The first example: notes and tasks of people who sign in."""
    return understand(load_request(QUICKNOTES))


SPECS = (coloured, lambda: reserved(auth=False), dark_brochure)
# Each stack meets every app and every styling, in other pairs than the stack before.
CELLS = [
    (stack, styling, SPECS[(row + column) % len(SPECS)])
    for row, stack in enumerate(TECH_STACKS)
    for column, styling in enumerate(STYLINGS)
]
CELLS += [(TECH_STACKS[0], styling, quicknotes) for styling in STYLINGS]

pytestmark = [
    pytest.mark.stack,
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("node") and shutil.which("npm") and chromium()),
        reason="needs Node, npm and Chromium",
    ),
]


@pytest.mark.parametrize(("stack", "styling", "spec"), CELLS)
def test_the_app_is_whole(stack, styling, spec):
    proof = remembered_proof(render_spec(spec(), stack, styling))
    assert (proof["stack"], proof["styling"]) == (stack, styling)
    failed = [check for check in proof["checks"] if not check["ok"]]
    assert not failed, "\n\n".join(f"{check['name']}: {check['detail']}" for check in failed)
    assert [check["name"] for check in proof["checks"]] == [
        *("install", "lint", "format", "types", "migrate", "tests", "build"),
        *("boot", "pages", "api", "browser", "console", "colours"),
    ]
