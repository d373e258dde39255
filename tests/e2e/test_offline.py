"""A browser that was offline for a while: its page shows every line once when it is back."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.cable import cable_to
from tests.e2e.browser import CHROMIUM
from tests.e2e.test_stream import POST, standing_still

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

MAKING = 120_000
DONE = ".state-pill[data-status=SUCCESS]"
AWAY = 3_000
LINES = "all => all.map(one => [one.dataset.id, one.querySelector('.log-text').innerText])"


def test_a_browser_that_was_offline_shows_every_line_once(context, site):
    near = context.new_page()
    near.goto("/")
    project, job = standing_still(near)
    path = f"/projects/{project['project_id']}/"
    with cable_to(urlsplit(site.url).port) as cable:
        page = context.new_page()
        page.goto(cable.url + path)
        expect(page.locator("#connection")).to_contain_text("Live")
        before = page.locator("#log .log-line").count()
        cable.cut()
        near.evaluate(POST, [f"/v1/jobs/{job}/resume", {}])
        near.goto(path)
        expect(near.locator(DONE)).to_be_visible(timeout=MAKING)
        page.wait_for_timeout(AWAY)
        expect(page.locator("#connection")).not_to_contain_text("Live")
        assert page.locator("#log .log-line").count() == before
        cable.mend()
        expect(page.locator(DONE)).to_be_visible(timeout=60_000)
        expect(page.locator("#log")).to_contain_text("ready to download")
        shown = page.locator("#log .log-line").evaluate_all(LINES)
    near.reload()
    assert shown == near.locator("#log .log-line").evaluate_all(LINES)
    assert len(shown) > before + 50
