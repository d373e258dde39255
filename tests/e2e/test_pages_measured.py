"""Pages are light, and what is on them stays where it is while a job writes to them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from generation.bench.pages import Session, shifts_while, weight_of
from tests.e2e.apps import APP, build
from tests.e2e.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

HEAVIEST = 300_000  # bytes of any page besides the editor
MOST_SHIFT = 0.1  # what counts as good
MAKING = 120_000


@pytest.fixture
def session(site, visitor) -> Session:
    return Session(site.url, str(visitor.session.cookies["sessionid"]))


def test_no_page_is_heavy(browser, visitor, session):
    base = build(visitor)
    places = ("", "design/", "history/", "conflicts/", "changes/", "export/", "files/README.md")
    addresses = ["/", "/new/", "/usage/", "/account/", *(f"{base}{place}" for place in places)]
    weights = {address: weight_of(session.page(browser), address) for address in addresses}
    assert {address: size for address, size in weights.items() if size > HEAVIEST} == {}
    assert min(weights.values()) > HEAVIEST / 10, "styles and scripts count"


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_jumps_while_an_app_is_made(browser, visitor, session, width):
    made = visitor.api("POST", "projects/", json={**APP, "start": False}).json()

    def build_it(page):
        page.get_by_role("button", name="Generate app").click()
        expect(page.locator("#log")).to_contain_text("ready to download", timeout=MAKING)
        expect(page.locator(".state-pill[data-status=SUCCESS]")).to_be_visible()

    page = session.page(browser, width)
    assert shifts_while(page, f"/projects/{made['project_id']}/", build_it) < MOST_SHIFT


def test_a_jump_would_be_seen(browser, session):
    def push_down(page):
        page.evaluate("document.querySelector('h1').style.paddingTop = '300px'")
        page.wait_for_function("() => window.shifts > 0")

    assert shifts_while(session.page(browser), "/account/", push_down) > 0
