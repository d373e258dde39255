"""Edit, change by words, meet a conflict, settle it, take the ZIP: in a browser, on a real site."""

from __future__ import annotations

import io
import re
import time
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import CHROMIUM
from tests.live import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

APP = {
    "project_name": "Chores",
    "description": "Keep tasks with title and status.",
    "features": ["Task CRUD"],
    "tech_stack": "Django + HTMX + PostgreSQL",
    "styling": "Plain CSS",
}
MODELS = "core/models/task.py"
LONGEST = 90_000  # milliseconds that a small app may take


@pytest.fixture
def visitor(site) -> Visitor:
    return site.sign_up()


@pytest.fixture
def context(browser, site, visitor):
    """A browser window signed in as the visitor."""
    made = browser.new_context(base_url=site.url, accept_downloads=True)
    for cookie in visitor.session.cookies:
        made.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": site.url}])
    yield made
    made.close()


@pytest.fixture
def base(visitor) -> str:
    """The address of a finished app."""
    project_id = visitor.api("POST", "projects/", json=APP).json()["project_id"]
    end = time.monotonic() + LONGEST / 1000
    while visitor.api("GET", f"projects/{project_id}/").json()["status"] != "SUCCESS":
        assert time.monotonic() < end, "the app was not built in time"
        time.sleep(0.5)
    return f"/projects/{project_id}/"


def edit(visitor: Visitor, base: str, old: str, new: str) -> None:
    """Save an edit of the models, as the editor does."""
    address = f"{base[1:]}files/{MODELS}"
    read = visitor.api("GET", address)
    assert old in read.text
    text = read.text.replace(old, new, 1)
    headers = {"If-Match": read.headers["ETag"]}
    assert visitor.api("PUT", address, data=text.encode(), headers=headers).status_code == 200


def zipped(page: Page, base: str) -> str:
    """Return the models as the ZIP has them."""
    page.goto(base)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download ZIP").first.click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        return archive.read(f"Chores/{MODELS}").decode()


def test_a_conflict_is_met_settled_and_taken_home(page, visitor, base):
    page.goto(f"{base}code/{MODELS}")
    text = page.get_by_role("textbox", name=re.compile("^Text of "))
    expect(page.locator("#editor")).not_to_have_attribute("aria-busy", "true")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("# far away")
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_have_text("Saved")
    edit(visitor, base, "    status = ", "    # right here\n    status = ")

    page.goto(base)
    page.get_by_label("What should change").fill("Rename the status of Task to stage")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("“status” of Task becomes “stage”")).to_be_visible()
    page.get_by_role("button", name="Apply and build").click()
    notice = page.get_by_role("link", name="Review")
    expect(notice).to_be_visible(timeout=LONGEST)
    assert "# right here" in zipped(page, base)
    assert "stage" not in zipped(page, base)

    page.get_by_role("link", name="Review").click()
    page.get_by_role("link", name=MODELS).click()
    for hunk in page.get_by_role("group", name=re.compile("^Part ")).all():
        hunk.get_by_label("Generated").check()
    page.get_by_role("button", name="Edit the merged text").click()
    merged = page.get_by_label("Merged text")
    expect(merged).to_have_value(re.compile("stage = "))
    page.get_by_role("button", name="Settle with this text").click()
    expect(page.get_by_text("is settled")).to_be_visible()
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()

    final = zipped(page, base)
    assert "stage = " in final
    assert "# far away" in final
