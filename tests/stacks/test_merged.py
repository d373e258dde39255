"""Apps that a person has edited, generated again and merged, proved up to the browser."""

from __future__ import annotations

import shutil

import pytest

from generation.bench.merge import BUILT, carry_out
from generation.verification.browser import chromium
from generation.verification.proofs import remembered_proof

# Of both stacks and four kinds of change.
CHOSEN = [BUILT[1], BUILT[2], BUILT[5], BUILT[9]]

pytestmark = [
    pytest.mark.stack,
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("node") and shutil.which("npm") and chromium()),
        reason="needs Node, npm and Chromium",
    ),
]


@pytest.mark.parametrize("case", CHOSEN, ids=lambda case: case.name)
def test_a_merged_app_is_whole(case):
    result = carry_out(case)
    assert result.merged
    proof = remembered_proof(result.files)
    failed = [check for check in proof["checks"] if not check["ok"]]
    assert not failed, "\n\n".join(f"{check['name']}: {check['detail']}" for check in failed)
