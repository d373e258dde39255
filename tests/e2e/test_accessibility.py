"""No page has a serious fault that axe-core finds, in either theme, wide or narrow."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.views import defaults
from playwright.sync_api import Page, expect

from codegen_site import errors
from codegen_site.embedded.supervisor import manage
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
Theme = Literal["light", "dark"]
LOOKS: list[tuple[Theme, int]] = [("light", 1440), ("dark", 1440), ("dark", 390), ("light", 390)]
AXE_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
DUE = "changes/?words=add+a+due+date+to+Task%0Amake+it+dance"
OWN = (
    "/",
    "/?q=nothing+like+it",
    "/new/",
    "/new/?example=quicknotes",
    "/account/",
)
PLACES = (
    "",
    "design/",
    "design/?edit=new",
    "design/?edit=pages",
    "design/?edit=look",
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

# A form that is sent as it stands, and the button that sends it.
WRONG = {
    "/new/": "Generate app",
    "{base}design/?edit=new": "Save",
    "/account/": "Change the password",
}
CALLS = """
from generation.models import AIProviderUsage
from projects.models import User
user = User.objects.get(email="{email}")
for provider, cost, success in (("ollama", 0.0, True), ("openai", None, False)):
    AIProviderUsage.objects.create(
        user=user, provider=provider, model="qwen", cost=cost, success=success, total_tokens=9
    )
"""


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page that is open, in each theme at each width."""
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    faults = []
    for theme, width in LOOKS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{page.url}, {theme}, {width}: {fault}" for fault in _faults_now(page)]
    return faults


def _faults_now(page: Page) -> list[str]:
    """Return axe's grave faults, and whether the page scrolls sideways."""
    found = [
        f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"
        for fault in page.evaluate(AXE_RUN)
        if fault["impact"] in GRAVE
    ]
    return [*found, *(["it scrolls sideways"] if page.evaluate(SCROLLS) else [])]


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
def window(browser, site):
    """Open a window, signed in or not; axe is no script of the site's, so it is let in."""
    context = browser.new_context(base_url=site.url, bypass_csp=True, reduced_motion="reduce")

    def open_page(visitor: Visitor | None = None) -> Page:
        for cookie in visitor.session.cookies if visitor else ():
            context.add_cookies(
                [{"name": cookie.name, "value": str(cookie.value), "url": site.url}]
            )
        return context.new_page()

    yield open_page
    context.close()


def answers() -> dict[int, HttpResponseBase]:
    """Return the site's pages about what went wrong, by status."""
    request = RequestFactory().get("/wrong/")
    return {
        400: errors.bad_request(request, SuspiciousOperation()),
        403: defaults.permission_denied(request, PermissionDenied()),
        404: errors.not_found(request, Http404()),
        413: errors.bad_request(request, RequestDataTooBig()),
        500: errors.server_error(request),
    }


def waiting(visitor: Visitor, place: str, **options: object) -> str:
    """Return the address of a page of an app that waits there for a person."""
    made = visitor.api("POST", "projects/", json={**APP, **options}).json()
    address = f"/projects/{made['project_id']}/{place}/"
    end = time.monotonic() + 60
    while visitor.session.get(visitor.url + address, allow_redirects=False).status_code != OK:
        assert time.monotonic() < end, f"{address} did not come to wait"
        time.sleep(0.2)
    return address


def sign_in(page: Page) -> None:
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()


def test_pages_for_everybody(window):
    page = window()
    faults = faults_at(page, ("/sign-in/", "/sign-up/", "/sign-in/once/none/", "/nowhere/"))
    page.goto("/sign-up/")
    page.get_by_label("Email").fill("somebody@example.org")
    page.get_by_label("Password", exact=True).fill("1")
    page.get_by_label("Password again").fill("2")
    page.get_by_role("button", name="Make an account").click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    faults += faults_of(page)
    page.goto("/sign-in/")
    sign_in(page)
    faults += faults_of(page)
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').remove()")
    sign_in(page)
    expect(page.get_by_text("403")).to_be_visible()
    assert [*faults, *faults_of(page)] == []


def test_pages_of_what_went_wrong(window, site):
    """A browser cannot bring all of them about: what the site would answer is put in its place."""
    page, faults = window(), []
    for status, answer in answers().items():
        assert answer.status_code == status
        page.route(
            "**/wrong/",
            lambda route, _request, answer=answer: route.fulfill(
                status=answer.status_code, content_type="text/html", body=answer.content.decode()
            ),
        )
        page.goto("/wrong/")
        expect(page.get_by_text(str(status), exact=True)).to_be_visible()
        faults += faults_of(page)
    assert faults == []


def test_pages_of_a_person_and_of_an_app(window, visitor, base):
    page = window(visitor)
    faults = faults_at(page, [*OWN, *(f"{base}{place}" for place in PLACES)])
    page.goto(f"{base}conflicts/")
    page.get_by_role("link", name=MODELS).click()
    faults += faults_of(page)
    page.get_by_role("button", name="Edit the merged text").click()
    faults += faults_of(page)
    page.goto(f"{base}history/")
    page.locator(".moments a").first.click()
    assert [*faults, *faults_of(page)] == []


def test_forms_that_were_filled_in_wrongly(window, visitor, base):
    page, faults = window(visitor), []
    for address, button in WRONG.items():
        page.goto(address.format(base=base))
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("main :is([aria-invalid=true], [role=alert])").first).to_be_visible()
        faults += faults_of(page)
    assert faults == []


def test_usage_with_and_without_calls(window, site, visitor):
    page = window(visitor)
    faults = faults_at(page, ["/usage/"])
    manage(site.environment, "shell", "-v", "0", "-c", CALLS.format(email=visitor.email))
    page.reload()
    expect(page.get_by_role("rowheader", name="qwen").first).to_be_visible()
    assert [*faults, *faults_of(page)] == []


def test_pages_that_wait_for_a_person(window, visitor):
    addresses = [
        waiting(visitor, "plan", approve=True),
        waiting(visitor, "questions", clarify="minimal"),
    ]
    projects = [address.rsplit("/", 2)[0] + "/" for address in addresses]
    assert faults_at(window(visitor), [*addresses, *projects]) == []
