"""A browser that was offline for a minute: it is told all, once, when it is back."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.cable import cable_to
from tests.e2e.browser import CHROMIUM
from tests.e2e.test_stream import ENDED, POST, WATCH, standing_still

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

MAKING = 120_000
DONE = ".state-pill[data-status=SUCCESS]"
AWAY = 60  # seconds
LINES = "all => all.map(one => [one.dataset.id, one.querySelector('.log-text').innerText])"


def lines_of(page: Page) -> list[list[str]]:
    """Return the number and the text of each line that the page shows."""
    shown: list[list[str]] = page.locator("#log .log-line").evaluate_all(LINES)
    return shown


def test_a_browser_that_was_offline_for_a_minute_shows_every_line_once(context, site):
    """The page and an event stream are away together, so that the minute is waited for once."""
    near = context.new_page()
    near.goto("/")
    project, job = standing_still(near)
    path = f"/projects/{project['project_id']}/"
    with cable_to(urlsplit(site.url).port) as cable:
        page, listener = context.new_page(), context.new_page()
        page.goto(cable.url + path)
        expect(page.locator("#connection")).to_contain_text("Live")
        listener.goto(cable.url)
        listener.evaluate(WATCH, job)
        listener.wait_for_function("() => told.length === 1")
        before = len(lines_of(page))
        cable.cut()
        away_since = time.monotonic()
        near.evaluate(WATCH, job)
        near.wait_for_function("() => told.length === 1")
        near.evaluate(POST, [f"/v1/jobs/{job}/resume", {}])
        near.wait_for_function(ENDED, timeout=MAKING)
        events = near.evaluate("told")
        page.wait_for_timeout(1000 * max(0.0, away_since + AWAY - time.monotonic()))
        expect(page.locator("#connection")).not_to_contain_text("Live")
        assert len(lines_of(page)) == before
        assert listener.evaluate("told.length") == 1
        cable.mend()
        expect(page.locator(DONE)).to_be_visible(timeout=60_000)
        expect(page.locator("#log")).to_contain_text("ready to download")
        shown = lines_of(page)
        listener.wait_for_function(ENDED, timeout=60_000)
        assert listener.evaluate("told") == events
    near.goto(path)
    assert shown == lines_of(near)
    assert len(shown) > before + 50
    numbers = [number for number, _, _ in events]
    assert numbers == sorted(set(numbers))
