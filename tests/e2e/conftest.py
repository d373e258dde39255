"""A browser, a signed-in window in it, and a page whose console must stay silent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.browser import LAUNCH
from tests.live import Visitor


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(**LAUNCH)
        yield launched
        launched.close()


@pytest.fixture
def visitor(site) -> Visitor:
    """A person of their own."""
    return site.sign_up()


@pytest.fixture
def context(browser, site, visitor) -> Iterator[BrowserContext]:
    """A browser window signed in as the visitor."""
    made = browser.new_context(base_url=site.url, accept_downloads=True)
    for cookie in visitor.session.cookies:
        made.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": site.url}])
    yield made
    made.close()


@pytest.fixture
def page(context) -> Iterator[Page]:
    """A page whose console must stay silent."""
    made = context.new_page()
    said: list[str] = []
    made.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    assert said == []
