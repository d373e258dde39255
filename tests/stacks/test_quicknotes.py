"""The ZIP of QuickNotes, as a person uses it: unpack it, test it, run it, use it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
import requests
from playwright.sync_api import expect, sync_playwright

from projects.spec.request import STYLINGS, TECH_STACKS
from tests.e2e.browser import CHROMIUM, LAUNCH
from tests.stacks.conftest import environment, running, unpack_quicknotes

pytestmark = pytest.mark.stack
# How many suites of tests a stack's app has: one for each of its languages.
SUITES = {"React + FastAPI + PostgreSQL": 2, "Django + HTMX + PostgreSQL": 1}
needs_node = pytest.mark.skipif(
    not (shutil.which("node") and shutil.which("npm")), reason="needs Node and npm"
)
CELLS = [
    pytest.param(
        (stack, styling),
        id=f"{stack.partition(' ')[0]}-{styling}",
        marks=[needs_node] if stack.startswith("React") else [],
    )
    for stack in TECH_STACKS
    for styling in STYLINGS
]
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module", params=CELLS)
def proven(request, tmp_path_factory):
    """QuickNotes in one stack and styling, after its own checks, tests and builds."""
    stack, styling = request.param
    app = unpack_quicknotes(stack, styling, tmp_path_factory.mktemp("app"))
    done = subprocess.run(
        ["./run", "test"],
        cwd=app,
        env=environment(CI="true"),
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    return app, done, SUITES[stack]


@pytest.fixture(scope="module")
def app(proven):
    folder, done, _suites = proven
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    with running(folder) as url:
        yield url


def person(url: str, name: str) -> requests.Session:
    session = requests.Session()
    session.headers["Origin"] = url
    body = {"email": f"{name}-{os.getpid()}@example.org", "password": PASSWORD}
    signed_up = session.post(f"{url}/api/auth/signup", json=body, timeout=10)
    assert signed_up.status_code == 201, signed_up.text
    assert session.post(f"{url}/api/auth/login", json=body, timeout=10).ok
    return session


def test_its_own_checks_and_tests_pass_and_are_not_empty(proven):
    _folder, done, suites = proven
    output = done.stdout + done.stderr
    assert done.returncode == 0, output[-8000:]
    counts = [int(n) for n in re.findall(r"(\d+) passed", re.sub(r"\x1b\[[0-9;]*m", "", output))]
    assert len(counts) == suites, "every half of the app has tests"
    assert min(counts) >= 3
    assert "skipped" not in output


def test_a_note_is_its_owners_alone(app):
    mine, theirs = person(app, "mine"), person(app, "theirs")
    body = {"title": "Buy milk", "content": "Two litres"}
    made = mine.post(f"{app}/api/notes", json=body, timeout=10)
    assert made.status_code == 201, made.text
    note = f"{app}/api/notes/{made.json()['id']}"
    assert mine.get(note, timeout=10).json()["title"] == "Buy milk"
    for answer in (
        theirs.get(note, timeout=10),
        theirs.patch(note, json={"title": "Mine now"}, timeout=10),
        theirs.delete(note, timeout=10),
    ):
        assert answer.status_code == 404
    assert theirs.get(f"{app}/api/notes", timeout=10).json()["total"] == 0
    assert requests.get(note, timeout=10).status_code == 401
    assert mine.get(note, timeout=10).json()["title"] == "Buy milk"


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
def test_in_a_browser_a_note_is_still_there_after_a_reload(app):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "request",
            lambda sent: (
                errors.append(f"left the host: {sent.url}")
                if not sent.url.startswith((app, "data:"))
                else None
            ),
        )
        page.goto(f"{app}/signup")
        page.get_by_label("Email").fill(f"browser-{os.getpid()}@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign up").click()
        page.get_by_role("navigation").get_by_role("link", name="Notes").first.click()
        page.get_by_role("link", name=re.compile("New note|Add note|Create note")).first.click()
        page.get_by_label("Title").fill("Water the plants")
        page.get_by_role("button", name=re.compile("Save|Create")).click()
        expect(page.get_by_text("Water the plants").first).to_be_visible()
        page.goto(f"{app}/notes")
        expect(page.get_by_text("Water the plants").first).to_be_visible()
        page.reload()
        expect(page.get_by_text("Water the plants").first).to_be_visible()
        assert errors == []
        browser.close()
