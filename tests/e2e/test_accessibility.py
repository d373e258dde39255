"""No page has a serious fault that axe-core finds, in either theme, wide or narrow."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.apps import APP, MODELS, RENAMING, build, change, edit, edit_where_it_changes
from tests.e2e.browser import CHROMIUM
from tests.live import Visitor

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
OK = 200
pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.skipif(not AXE.is_file(), reason="needs the packages of assets/ (npm)"),
]
LOOKS = [("light", 1440), ("dark", 390)]
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
DUE = "changes/?words=add+a+due+date+to+Task%0Amake+it+dance"
PLACES = (
    "",
    "design/",
    "code/",
    f"code/{MODELS}",
    "code/?q=task",
    f"files/{MODELS}",
    "history/",
    f"history/?path={MODELS}",
    "conflicts/",
    "changes/",
    DUE,
    "export/",
    "delete/",
)


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page that is open: axe's grave faults, sideways scrolling."""
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document)).violations")
    faults = [
        f"{page.url}: {fault['id']}: {fault['nodes'][0]['html'][:200]}"
        for fault in found
        if fault["impact"] in GRAVE
    ]
    return [*faults, *([f"{page.url} scrolls sideways"] if page.evaluate(SCROLLS) else [])]


def faults_at(page: Page, addresses: Iterable[str]) -> list[str]:
    """Return what is wrong with pages; each must be there, not lead elsewhere."""
    faults = []
    for address in addresses:
        page.goto(address)
        assert page.url.endswith(address), f"{address} leads to {page.url}"
        faults += faults_of(page)
    return faults


@pytest.fixture(scope="module")
def visitor(site) -> Visitor:
    return site.sign_up()


@pytest.fixture(scope="module")
def base(visitor) -> str:
    """The address of an app with a conflict and a merged file."""
    made = build(visitor)
    edit_where_it_changes(visitor, made)
    edit(visitor, made, "# Chores", "# Our chores", "README.md")
    change(visitor, made, RENAMING)
    return made


@pytest.fixture
def look(browser, site, visitor):
    """Open a window with a theme and a width; axe is no script of the site's, so it is let in."""
    made = []

    def open_page(theme: str, width: int, *, signed_in: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url,
            bypass_csp=True,
            color_scheme=theme,
            reduced_motion="reduce",
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


def waiting(visitor: Visitor, place: str, **options: object) -> str:
    """Return the address of a page of an app that waits there for a person."""
    made = visitor.api("POST", "projects/", json={**APP, **options}).json()
    address = f"/projects/{made['project_id']}/{place}/"
    end = time.monotonic() + 60
    while visitor.session.get(visitor.url + address, allow_redirects=False).status_code != OK:
        assert time.monotonic() < end, f"{address} did not come to wait"
        time.sleep(0.2)
    return address


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_pages_for_everybody(look, theme, width):
    page = look(theme, width, signed_in=False)
    faults = faults_at(page, ("/sign-in/", "/sign-up/", "/nowhere/"))
    page.goto("/sign-in/")
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    faults += faults_of(page)
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').remove()")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("403")).to_be_visible()
    assert [*faults, *faults_of(page)] == []


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_pages_of_a_person_and_of_an_app(look, base, theme, width):
    page = look(theme, width)
    own = ("/", "/?q=nothing+like+it", "/new/", "/new/?example=quicknotes", "/usage/", "/account/")
    faults = faults_at(page, [*own, *(f"{base}{place}" for place in PLACES)])
    page.goto(f"{base}conflicts/")
    page.get_by_role("link", name=MODELS).click()
    faults += faults_of(page)
    page.get_by_role("button", name="Edit the merged text").click()
    faults += faults_of(page)
    page.goto(f"{base}history/")
    page.locator(".moments a").first.click()
    assert [*faults, *faults_of(page)] == []


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_pages_that_wait_for_a_person(look, visitor, theme, width):
    addresses = [
        waiting(visitor, "plan", approve=True),
        waiting(visitor, "questions", clarify="minimal"),
    ]
    projects = [address.rsplit("/", 2)[0] + "/" for address in addresses]
    assert faults_at(look(theme, width), [*addresses, *projects]) == []
