"""A real git client clones, and fetches what is new."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generation.workspace.edits import create_file
from projects.models import ApiToken

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


def git(*arguments: str, at: Path) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=at,
        env={"PATH": "/usr/bin:/bin", "HOME": str(at), "GIT_TERMINAL_PROMPT": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_clone_and_fetch(live_server, finished, owner, tmp_path):
    _, token = ApiToken.objects.issue(user=owner, name="git")
    host = live_server.url.removeprefix("http://")
    address = f"http://me:{token}@{host}/git/{finished.pk}/QuickNotes.git"
    git("clone", "--quiet", address, "notes", at=tmp_path)
    clone = tmp_path / "notes"
    files = {
        str(path.relative_to(clone)): path.read_text()
        for path in clone.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
    assert files == dict(finished.files.values_list("path", "content"))
    create_file(project=finished, path="run", text="#!/bin/sh\n", by=owner)
    git("pull", "--quiet", "--ff-only", at=clone)
    assert git("log", "--format=%s", at=clone).split("\n")[:2] == [
        "Created run",
        "Generate the app",
    ]
    assert (clone / "run").stat().st_mode & 0o111
    git("fsck", "--strict", at=clone)
