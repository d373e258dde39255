"""An app that is in use goes over to its next version: `./codegen verify --previous` shows it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generation.engines.base import Version
from generation.engines.builtin.render import write_app
from generation.verification.app import open_app
from generation.verification.checks import Failed, Verifier
from projects.spec.request import TECH_STACKS
from tests.stacks.versions import AFTER, BEFORE, made

DJANGO = "Django + HTMX + PostgreSQL"
CHANGES = "core/migrations/0006_changes.py"

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (shutil.which("node") and shutil.which("npm")), reason="needs Node and npm"
    ),
]


@pytest.fixture
def verifier(tmp_path) -> Callable[[Version, Version], Verifier]:
    """Return what proves a version after another, installed."""

    def opened(name: str, version: Version) -> Path:
        write_app(dict(version.files), tmp_path / name / "made")
        return tmp_path / name / "made"

    def make(before: Version, after: Version) -> Verifier:
        earlier = open_app(opened("earlier", before), tmp_path / "previous")
        now = open_app(opened("now", after), tmp_path / "app")
        ready = Verifier(now, earlier)
        ready.install()
        return ready

    return make


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_rows_survive_every_kind_of_change(verifier, stack):
    before = made(stack, BEFORE)
    assert verifier(before, made(stack, AFTER, before)).upgrade() == (
        "8 rows before, none of what is still there lost"
    )


def test_a_migration_that_loses_rows_is_found(verifier):
    before = made(DJANGO, BEFORE)
    after = made(DJANGO, AFTER, before)
    operations, end = after.files[CHANGES].rsplit("    ]\n", 1)
    losing = "        migrations.RunSQL('DELETE FROM core_tag'),\n    ]\n"
    changed = f"{operations}{losing}{end}"
    worse = Version(AFTER, {**after.files, CHANGES: changed})
    with pytest.raises(Failed, match="2 rows of tags are lost"):
        verifier(before, worse).upgrade()
