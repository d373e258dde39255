"""No page has a serious fault that axe-core finds, in either theme, wide or narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import CHROMIUM
from tests.e2e.test_journey import DONE, MAKING, ask_for

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.skipif(not AXE.is_file(), reason="needs the packages of assets/ (npm)"),
]
LOOKS = [("light", 1440), ("dark", 390)]
PLACES = ("", "design/", "code/", "history/", "export/")


def faults_of(page: Page, address: str) -> list[str]:
    """Return the grave faults of a page, each with the first element that has it."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{address}: {fault['id']}: {fault['nodes'][0]['html'][:200]}"
        for fault in found
        if fault["impact"] in GRAVE
    ]


@pytest.fixture(scope="module")
def visitor(site):
    return site.sign_up()


@pytest.fixture
def look(browser, site, visitor):
    """Open a window with a theme and a width; axe is no script of the site's, so it is let in."""
    made = []

    def open_page(theme: str, width: int, *, signed_in: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url,
            bypass_csp=True,
            color_scheme=theme,
            viewport={"width": width, "height": 900},
        )
        made.append(context)
        for cookie in visitor.session.cookies if signed_in else ():
            context.add_cookies(
                [{"name": cookie.name, "value": str(cookie.value), "url": site.url}]
            )
        return context.new_page()

    yield open_page
    for context in made:
        context.close()


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_pages_for_everybody(look, theme, width):
    page = look(theme, width, signed_in=False)
    assert [f for a in ("/sign-in/", "/sign-up/", "/nowhere/") for f in faults_of(page, a)] == []


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_pages_of_a_person_and_of_an_app(look, theme, width):
    page = look(theme, width)
    ask_for(page, "Accessible notes", "Task CRUD", "Dashboard view")
    expect(page.locator(DONE)).to_be_visible(timeout=MAKING)
    app = page.url
    addresses = ["/", "/new/", "/usage/", "/account/", *(f"{app}{place}" for place in PLACES)]
    assert [fault for address in addresses for fault in faults_of(page, address)] == []
    scrolls = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for address in addresses:
        page.goto(address)
        assert not page.evaluate(scrolls), f"{address} scrolls sideways at {width}"
