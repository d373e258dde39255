"""What a person does in a browser: ask for an app, watch it being made, download it."""

from __future__ import annotations

import re
import zipfile

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

MAKING = 120_000
CARRIED = 5
DONE = ".state-pill[data-status=SUCCESS]"


def ask_for(page: Page, name: str, *features: str) -> None:
    """Fill the form for a new app and send it."""
    page.goto("/new/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("What is it for?").fill("A simple notes app with user auth and note CRUD.")
    for number, feature in enumerate(features, start=1):
        if number > 1:
            page.get_by_role("button", name="Add a feature").click()
        page.get_by_label(f"Feature {number}", exact=True).fill(feature)
    page.get_by_role("button", name="Generate app").click()
    page.wait_for_url(re.compile("/projects/"))


def test_from_the_form_through_the_live_log_to_the_zip(page, tmp_path):
    ask_for(page, "Journey notes", "Task CRUD", "Dashboard view")
    expect(page.locator("#connection")).to_contain_text("Live")
    expect(page.locator("#log")).to_contain_text("Planned")
    expect(page.locator(DONE)).to_be_visible(timeout=MAKING)
    expect(page.locator("#log")).to_contain_text("ready to download")
    expect(page.locator("#progress-words")).to_have_text(re.compile(r"^(\d+) of \1 steps$"))
    numbers = page.locator("#log .log-line").evaluate_all("lines => lines.map(l => +l.dataset.id)")
    assert len(numbers) == len(set(numbers))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download ZIP").click()
    assert download.value.suggested_filename == "Journey-notes.zip"
    download.value.save_as(tmp_path / "app.zip")
    with zipfile.ZipFile(tmp_path / "app.zip") as packed:
        assert "Journey-notes/README.md" in packed.namelist()


def test_a_file_is_read_in_place(page):
    ask_for(page, "Reading notes", "Task CRUD")
    expect(page.locator(DONE)).to_be_visible(timeout=MAKING)
    page.locator("#part-files summary", has_text="backend").first.click()
    page.locator('a[data-path="README.md"]').click()
    expect(page.locator("#file-view [data-path]")).to_have_attribute("data-path", "README.md")
    expect(page.locator("#file-text")).to_contain_text("Reading notes")
    assert page.url.endswith("/")


def test_a_page_that_lost_its_socket_catches_up(page):
    opened: list[WebSocketRoute] = []

    def cut_the_first(socket: WebSocketRoute) -> None:
        """Carry a few messages, then close as a network does that fails."""
        opened.append(socket)
        first, server, carried = len(opened) == 1, socket.connect_to_server(), 0

        def relay(message: str | bytes) -> None:
            nonlocal carried
            carried += 1
            if not first or carried <= CARRIED:
                socket.send(message)
            if first and carried == CARRIED:
                socket.close(code=1011)

        server.on_message(relay)

    page.route_web_socket(re.compile("/ws/projects/"), cut_the_first)
    ask_for(page, "Cut notes", "Task CRUD")
    expect(page.locator(DONE)).to_be_visible(timeout=MAKING)
    expect(page.locator("#log")).to_contain_text("ready to download")
    assert len(opened) > 1
    assert not opened[1].url.endswith("after=0")
    shown = sorted(page.locator("#log .log-text").all_inner_texts())
    page.reload()
    assert sorted(page.locator("#log .log-text").all_inner_texts()) == shown


def test_features_are_a_list_that_is_edited(page):
    page.goto("/new/")
    page.get_by_role("button", name="Task CRUD").click()
    page.keyboard.press("Tab")
    first = page.get_by_label("Feature 1", exact=True)
    expect(first).to_have_value("Task CRUD")
    first.press("Enter")
    page.keyboard.type("Dashboard view")
    expect(page.locator("#id_features")).to_have_value("Task CRUD\nDashboard view")
    page.get_by_role("button", name="Remove feature 1").click()
    expect(page.locator("#id_features")).to_have_value("Dashboard view")


def test_the_theme_is_chosen_and_remembered(page):
    page.goto("/")
    page.get_by_label("Account and theme").click()
    page.get_by_text("Dark", exact=True).click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_without_scripts_the_page_still_shows_and_does_everything(browser, context, site):
    plain = browser.new_context(base_url=site.url, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto("/new/")
    page.get_by_label("Name").fill("Plain notes")
    page.get_by_role("textbox", name="Features").fill("Task CRUD\nDashboard view")
    page.get_by_role("button", name="Generate app").click()
    page.wait_for_url(re.compile("/projects/"))
    expect(page.locator(DONE)).to_be_visible(timeout=MAKING)
    expect(page.locator("#log")).to_contain_text("ready to download")
    page.locator('a[data-path="README.md"]').click()
    page.wait_for_url(re.compile("/files/README.md"))
    expect(page.locator("#file-text")).to_contain_text("Plain notes")
    page.go_back()
    page.get_by_label("More actions").click()
    page.get_by_role("link", name="Delete…").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Plain notes is deleted.")).to_be_visible()
    plain.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/", "/new/", "/account/", "/nothing/"])
def test_no_page_is_wider_than_its_window(context, width, path):
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
