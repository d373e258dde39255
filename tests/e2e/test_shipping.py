"""Take an app away as a person does: to GitHub by the page, and by the git command it shows."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.apps import MODELS, build, edit
from tests.e2e.browser import CHROMIUM
from tests.stubs.github import LOGIN, TOKEN

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


@pytest.fixture
def base(visitor) -> str:
    """The address of a finished app."""
    return build(visitor)


def export(page: Page, base: str, said: str) -> None:
    """Send the form for GitHub."""
    page.goto(f"{base}export/")
    page.get_by_label("Repository", exact=True).fill("chores")
    page.get_by_role("textbox", name="Token").fill(TOKEN)
    page.get_by_label("Message", exact=True).fill(said)
    page.get_by_role("button", name="Export to GitHub").click()


def texts_of(visitor, base: str) -> dict[str, str]:
    """Return the app's texts by path, as REST has them."""
    listed = visitor.api("GET", f"{base[1:]}files/").json()["results"]
    return {f["path"]: visitor.api("GET", f"{base[1:]}files/{f['path']}").text for f in listed}


def test_an_app_goes_to_github_and_then_what_changed(page, visitor, base, github):
    export(page, base, "First")
    expect(page.get_by_text(f"pushed to https://github.com/{LOGIN}/chores")).to_be_visible()
    there = github.of(f"{LOGIN}/chores")
    assert there.private
    assert there.files() == texts_of(visitor, base)
    edit(visitor, base, "class Task", "# Mine.\nclass Task")
    export(page, base, "Second")
    expect(page.get_by_text("1 file pushed")).to_be_visible()
    assert "# Mine." in there.files()[MODELS]
    assert there.log()[0] == "Second"
    assert TOKEN not in page.content()


def test_the_command_that_the_page_shows_clones_the_app(page, visitor, base, tmp_path):
    page.goto("/account/")
    page.get_by_label("What is it for?").fill("git")
    page.get_by_role("button", name="Make a token").click()
    token = page.locator("#new-token").inner_text()
    page.goto(f"{base}export/")
    command = page.locator("#clone-command").inner_text().split()
    ask = Path(tmp_path / "ask")
    ask.write_text(f"#!/bin/sh\necho {token}\n")
    ask.chmod(0o700)
    asked = {**os.environ, "GIT_ASKPASS": str(ask), "GIT_CONFIG_GLOBAL": "/dev/null"}
    subprocess.run(command, cwd=tmp_path, env=asked, check=True, capture_output=True)
    cloned = tmp_path / "Chores"
    assert (cloned / ".git").is_dir()
    names = subprocess.check_output(["git", "ls-files"], cwd=cloned, text=True).split()
    texts = {name: (cloned / name).read_bytes().decode() for name in names}
    assert texts == texts_of(visitor, base)
