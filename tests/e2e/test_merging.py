"""Edit, change by words, meet a conflict, settle it, take the ZIP, prove it: in a browser."""

from __future__ import annotations

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from generation.verification.proofs import remembered_proof
from tests.e2e.apps import MODELS, RENAMING, build, edit_where_it_changes
from tests.e2e.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

LONGEST = 90_000  # milliseconds that a small app may take


@pytest.fixture
def base(visitor) -> str:
    """The address of a finished app."""
    return build(visitor)


def zip_of(page: Page, base: str) -> dict[str, str]:
    """Return the texts of the ZIP that the page gives, by path."""
    page.goto(base)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download ZIP").first.click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        return {
            name.removeprefix("Chores/"): archive.read(name).decode() for name in archive.namelist()
        }


def test_a_conflict_is_met_settled_and_taken_home(page, visitor, base):
    page.goto(f"{base}code/{MODELS}")
    text = page.get_by_role("textbox", name=re.compile("^Text of "))
    expect(page.locator("#editor")).not_to_have_attribute("aria-busy", "true")
    text.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# far away\n")
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_have_text("Saved")
    edit_where_it_changes(visitor, base)

    page.goto(base)
    page.get_by_label("What should change").fill(RENAMING)
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("“status” of Task becomes “stage”")).to_be_visible()
    page.get_by_role("button", name="Apply and build").click()
    notice = page.get_by_role("link", name="Review")
    expect(notice).to_be_visible(timeout=LONGEST)
    waiting = zip_of(page, base)[MODELS]
    assert "# right here" in waiting
    assert "stage" not in waiting

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

    final = zip_of(page, base)
    assert "stage = " in final[MODELS]
    assert "# far away" in final[MODELS]
    with ThreadPoolExecutor() as aside:  # this thread has the browser that the proof has too
        proof = aside.submit(remembered_proof, final).result()
    failed = [check for check in proof["checks"] if not check["ok"]]
    assert not failed, "\n\n".join(f"{check['name']}: {check['detail']}" for check in failed)
