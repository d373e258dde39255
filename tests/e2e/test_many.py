"""What a page holds only in part: folders of many files, and the steps of a long run."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from generation.file_tree import MOST_FILES
from generation.views import MOST_STEPS
from tests.e2e.apps import APP
from tests.e2e.browser import CHROMIUM
from tests.live import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
NAMES = ("Boat", "Cargo", "Dock", "Engine", "Flag", "Harbour", "Island", "Jetty", "Keel", "Lamp")


@pytest.fixture
def base(visitor) -> str:
    """The address of a draft with more files than a page shows at once, a hundred to a folder."""
    made = visitor.api("POST", "projects/", json={**APP, "start": False}).json()["project_id"]
    for place, number in (("first", 100), ("second", 100), ("third", 1)):
        files = [("files", (f"{n}.py", f"x = {n}\n")) for n in range(number)]
        body = {"folder": f"src/{place}"}
        sent = visitor.api("POST", f"projects/{made}/uploads/", files=files, data=body)
        assert sent.status_code == 201, sent.text
    assert visitor.api("GET", f"projects/{made}/files/").json()["count"] > MOST_FILES
    return f"/projects/{made}/"


def folder(page: Page, name: str):
    return page.locator("summary").filter(has=page.get_by_text(name, exact=True))


@pytest.mark.parametrize(("place", "leads_to"), [("code/", "code"), ("", "files")])
def test_folders_open_by_keyboard_and_by_mouse(page, base, place, leads_to):
    page.goto(base + place)
    tree = page.locator(".tree")
    folder(page, "src").focus()
    page.keyboard.press("Enter")
    expect(folder(page, "first")).to_be_visible()
    assert page.get_by_text("99.py", exact=True).count() == 0
    folder(page, "second").click()
    tree.get_by_role("link", name="99.py").click()
    expect(page.get_by_role("heading", name="src/second/99.py")).to_be_visible()
    assert tree.get_by_role("link", name="99.py").get_attribute("aria-current") == "true"
    folder(page, "second").press("Enter")
    expect(tree.get_by_role("link", name="99.py")).to_be_hidden()
    page.goto(f"{base}{leads_to}/src/first/7.py")
    expect(tree.get_by_text("8.py", exact=True)).to_be_visible()


def test_open_folders_stay_open_when_a_file_comes(page, base, visitor):
    page.goto(f"{base}code/")
    folder(page, "src").click()
    folder(page, "first").click()
    expect(page.get_by_role("link", name="8.py", exact=True)).to_be_visible()
    sent = {"files": ("new.py", "x = 1\n")}
    visitor.api("POST", f"{base[1:]}uploads/", files=sent, data={"folder": "src"})
    expect(page.get_by_role("link", name="new.py")).to_be_visible()
    expect(page.get_by_role("link", name="8.py", exact=True)).to_be_visible()
    expect(folder(page, "second")).to_be_visible()


def test_without_scripts_a_link_opens_a_folder(browser, context, site, base):
    plain = browser.new_context(base_url=site.url, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{base}code/")
    folder(page, "src").click()
    page.get_by_role("link", name="Show what is inside").click()
    folder(page, "first").click()
    page.get_by_role("link", name="Show what is inside").first.click()
    page.get_by_role("link", name="8.py", exact=True).click()
    expect(page.get_by_label("Text of src/first/8.py")).to_be_visible()
    plain.close()


@pytest.fixture
def long_run(visitor: Visitor) -> str:
    """The address of a finished app of more steps than its page shows at once."""
    words = " ".join(f"entity {name} {{ name String required }}" for name in NAMES)
    made = visitor.api("POST", "projects/", json={**APP, "description": words}).json()["project_id"]
    assert visitor.wait_until_ended(made)["status"] == "SUCCESS"
    assert visitor.api("GET", f"projects/{made}/steps/").json()["count"] > MOST_STEPS
    return f"/projects/{made}/"


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_a_folded_stage_fetches_its_steps_when_it_is_opened(page, long_run, way):
    page.goto(long_run)
    stage = page.locator("#stage-models")
    assert stage.locator(".step").count() == 0
    summary = stage.locator("summary")
    if way == "mouse":
        summary.click()
    else:
        summary.focus()
        page.keyboard.press("Enter")
    expect(stage.get_by_text("core/models/boat.py")).to_be_visible()
    told = summary.locator("[data-count]").inner_text()
    assert told == f"{stage.locator('.step').count()} of {stage.locator('.step').count()}"
    assert page.locator("#stage-views .step").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    summary.press("Enter")
    expect(stage.get_by_text("core/models/boat.py")).to_be_hidden()
