"""What a person does with an app's code in a browser: read, edit, meet another tab, go back."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import QUICKNOTES
from tests.e2e.browser import CHROMIUM
from tests.live import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

FILES = {
    "README.md": b"# Notes\n\nRead me.\n",
    "core/models.py": b"import os\n\n\nclass Note:\n    title = 'x'\n",
    "core/crlf.txt": b"one\r\ntwo\r\n",
    "web/page.tsx": b"export const Page = () => <p>Hello</p>;\n",
}


@dataclass
class Workspace:
    """A project with files, its owner, and where its pages are."""

    visitor: Visitor
    project_id: str

    @property
    def base(self) -> str:
        return f"/projects/{self.project_id}/"

    def put(self, path: str, data: bytes, **headers: str) -> int:
        address = f"projects/{self.project_id}/files/{path}"
        return self.visitor.api("PUT", address, data=data, headers=headers).status_code

    def read(self, path: str) -> bytes:
        return self.visitor.api("GET", f"projects/{self.project_id}/files/{path}").content


@pytest.fixture
def workspace(visitor) -> Workspace:
    answer = visitor.api("POST", "projects/", json={**QUICKNOTES, "start": False})
    made = Workspace(visitor, answer.json()["project_id"])
    for path, data in FILES.items():
        assert made.put(path, data, **{"If-None-Match": "*"}) == 201
    return made


def text_of(page: Page):
    return page.get_by_role("textbox", name=re.compile("^Text of "))


def type_at_end(page: Page, words: str) -> None:
    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def open_file(page: Page, workspace: Workspace, path: str) -> None:
    page.goto(f"{workspace.base}code/{path}")
    expect(page.locator("#editor")).not_to_have_attribute("aria-busy", "true")


def test_a_file_is_found_edited_and_saved_with_ctrl_s(page, workspace):
    page.goto(f"{workspace.base}code/")
    expect(page.get_by_role("heading", name="README.md")).to_be_visible()
    page.get_by_label("Search names and contents").fill("CLASS note")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("class Note")).click()
    page.wait_for_url(re.compile("code/core/models.py#L4$"))
    expect(page.locator("#save-state")).to_have_text("Saved")
    type_at_end(page, "# mine")
    expect(page.locator("#save-state")).to_have_text("Not saved")
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_have_text("Saved")
    expect(page.locator("#file-version")).to_have_text("version 2")
    assert workspace.read("core/models.py") == FILES["core/models.py"] + b"# mine"


def test_by_keyboard_alone_one_goes_past_the_text_or_writes_in_it(page, workspace):
    open_file(page, workspace, "README.md")
    page.get_by_label("More for this file").focus()
    page.keyboard.press("Tab")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(text_of(page)).not_to_be_focused()
    expect(page.locator("#save-state")).to_have_text("Saved")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("mine")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+s")
    expect(page.locator("#file-version")).to_have_text("version 2")
    assert workspace.read("README.md").startswith(b"    mine# Notes\n")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(text_of(page)).not_to_be_focused()


def test_line_ends_stay_as_they_are(page, workspace):
    open_file(page, workspace, "core/crlf.txt")
    type_at_end(page, "three\n")
    page.keyboard.press("Control+s")
    expect(page.locator("#file-version")).to_have_text("version 2")
    assert workspace.read("core/crlf.txt") == b"one\r\ntwo\r\nthree\r\n"


def test_two_tabs_never_overwrite_each_other(page, context: BrowserContext, workspace):
    open_file(page, workspace, "README.md")
    other = context.new_page()
    open_file(other, workspace, "README.md")
    type_at_end(other, "Theirs.")
    type_at_end(page, "Mine.")
    other.keyboard.press("Control+s")
    expect(other.locator("#file-version")).to_have_text("version 2")
    notice = page.locator("#notice-conflict")
    expect(notice).to_contain_text("is at version 2 by now")
    expect(text_of(page)).to_contain_text("Mine.")
    page.get_by_role("button", name="Compare and merge").click()
    expect(text_of(page)).to_contain_text("Theirs.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#file-version")).to_have_text("version 3")
    expect(notice).to_be_hidden()
    assert workspace.read("README.md") == FILES["README.md"] + b"Mine."
    expect(other.locator("#notice-updated")).to_contain_text("Version 3")
    expect(text_of(other)).to_contain_text("Mine.")


def test_a_save_over_a_version_not_seen_is_refused(browser, context, workspace):
    page = context.new_page()  # the refusal stands in its console
    page.route_web_socket(re.compile("/ws/"), lambda _socket: None)
    open_file(page, workspace, "README.md")
    assert workspace.put("README.md", b"# Theirs\n", **{"If-Match": '"1"'}) == 200
    type_at_end(page, "Mine.")
    page.keyboard.press("Control+s")
    expect(page.locator("#notice-conflict")).to_be_visible()
    assert workspace.read("README.md") == b"# Theirs\n"
    page.get_by_role("button", name="Take theirs").click()
    expect(text_of(page)).to_have_text("# Theirs")
    expect(page.locator("#save-state")).to_have_text("Saved")


def test_what_was_typed_comes_back_after_signing_in_again(context, site, workspace):
    page = context.new_page()  # the refusal stands in its console
    open_file(page, workspace, "README.md")
    cookies = context.cookies()
    type_at_end(page, "Precious.")
    context.clear_cookies()
    page.keyboard.press("Control+s")
    expect(page.locator("#notice-signed-out")).to_be_visible()
    context.add_cookies(cookies)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#notice-draft")).to_be_visible()
    expect(text_of(page)).to_contain_text("Precious.")
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_have_text("Saved")
    assert workspace.read("README.md").endswith(b"Precious.")


def test_files_are_made_renamed_downloaded_and_deleted(page, workspace):
    page.goto(f"{workspace.base}code/")
    page.locator("summary", has_text="New").click()
    page.get_by_label("Path of the new file").fill("docs/new file.md")
    page.get_by_role("button", name="Create file").click()
    expect(page.get_by_role("heading", name="docs/new file.md")).to_be_visible()
    page.get_by_label("More for this file").click()
    page.get_by_label("New path").fill("docs/plan.md")
    page.get_by_role("button", name="Rename").click()
    page.wait_for_url(re.compile("/code/docs/plan.md$"))
    page.get_by_label("More for this file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download file").click()
    assert download.value.suggested_filename == "plan.md"
    page.get_by_role("button", name="Delete plan.md").click()
    expect(page.get_by_text("docs/plan.md is deleted")).to_be_visible()
    page.locator("summary", has_text="New").click()
    page.get_by_label("Text files to upload").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": b"\x89PNG\x00"}
    )
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("logo.png is a binary file")).to_be_visible()


def test_history_compares_versions_and_goes_back(page, workspace):
    assert workspace.put("README.md", b"# Notes\n\nRead it.\n", **{"If-Match": '"1"'}) == 200
    page.goto(f"{workspace.base}history/")
    page.get_by_role("link", name="Edited README.md").click()
    page.get_by_role("link", name=re.compile("README.md")).click()
    expect(page.locator(".diff mark")).to_have_text(["me", "it"])
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_role("row", name=re.compile("^Compare version 3"))).to_be_visible()
    assert workspace.read("README.md") == FILES["README.md"]
    page.goto(f"{workspace.base}history/")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("link", name=re.compile("^Undid: Restored README.md"))).to_be_visible()
    assert workspace.read("README.md") == b"# Notes\n\nRead it.\n"


def test_the_whole_app_goes_back_to_a_moment_and_that_is_undone(page, workspace):
    before = {path: workspace.read(path) for path in ("README.md", "core/models.py")}
    page.goto(f"{workspace.base}history/")
    after = {"README.md": b"# Later\n", "core/models.py": b"later = 1\n"}
    for path, text in after.items():
        assert workspace.put(path, text, **{"If-Match": '"1"'}) == 200
    newest_before = page.locator(".moments > li").first.get_by_role("link").inner_text()
    page.reload()
    moment = page.locator(".moments > li").filter(has_text=newest_before).first
    moment.get_by_role("button", name="Restore").click()
    expect(page.locator(".moments > li").first).to_contain_text("2 files")
    assert {path: workspace.read(path) for path in before} == before
    page.locator(".moments > li").first.get_by_role("button", name="Undo").click()
    expect(page.locator(".moments > li").first).to_contain_text("Undid: ")
    assert {path: workspace.read(path) for path in after} == after


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_at_any_width(page, workspace, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    workspace.put("README.md", b"# Notes\n\nRead it.\n", **{"If-Match": '"1"'})
    for path in ("code/core/models.py", "code/?q=note", "history/", "history/?path=README.md"):
        page.goto(workspace.base + path)
        page.wait_for_load_state("networkidle")
        inner = page.evaluate("document.documentElement.scrollWidth")
        assert inner <= width, path


def test_without_scripts_a_file_is_edited_all_the_same(browser, context, site, workspace):
    plain = browser.new_context(base_url=site.url, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{workspace.base}code/core/crlf.txt")
    page.get_by_label("Text of core/crlf.txt").fill("one\n2\n")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("core/crlf.txt is saved")).to_be_visible()
    assert workspace.read("core/crlf.txt") == b"one\r\n2\r\n"
    plain.close()
