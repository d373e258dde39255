"""From the form to the design, edited there, to an app that was built as it was edited."""

from __future__ import annotations

import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

MAKING = 120_000
DONE = ".state-pill[data-status=SUCCESS]"
NAMELESS = """() => [...document.querySelectorAll('main :is(a, button, input, select, summary)')]
  .filter(e => e.type !== 'hidden')
  .filter(e => !(e.ariaLabel || e.textContent.trim() || [...(e.labels ?? [])].length))
  .map(e => e.outerHTML)"""
TWICE = """() => [...document.querySelectorAll('[id]')].map(e => e.id)
  .filter((id, place, all) => all.indexOf(id) !== place)"""
CHOICES = "() => getComputedStyle(document.querySelector('.edit-choices')).visibility"


def design_of(page: Page, name: str) -> None:
    """Fill the form for a new app and go to its design."""
    page.goto("/new/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("What is it for?").fill("A simple notes app with user auth and note CRUD.")
    page.get_by_label("Look at the design first").check()
    page.get_by_role("button", name="Generate app").click()
    page.wait_for_url(re.compile("/design/$"))


def save(page: Page) -> None:
    page.locator("button.btn-primary", has_text="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()


def test_the_design_is_edited_and_the_app_is_built_from_it(page, tmp_path):
    design_of(page, "Edited notes")
    address = page.url
    # A field is renamed and another added, by the keyboard.
    page.get_by_role("link", name="Edit Note").press("Enter")
    expect(page.locator("#entity-name")).to_be_focused()
    page.get_by_label("Name of field 1", exact=True).fill("headline")
    rows = page.get_by_role("group", name=re.compile("^Field "))
    before = rows.count()
    page.get_by_role("button", name="Add a field").press("Enter")
    added = before + 1
    expect(page.get_by_label(f"Name of field {added}", exact=True)).to_be_focused()
    page.keyboard.type("mood")
    page.get_by_label(f"Type of field {added}", exact=True).select_option("Choice")
    page.get_by_label(f"Choices of field {added}, with commas between").fill("sunny, rainy")
    save(page)
    expect(page.get_by_role("link", name="Edit Note")).to_be_focused()
    assert page.url == address
    # An entity is added, and a relation to it; a fault is told beside its cause first.
    page.get_by_role("link", name="Add an entity").click()
    page.locator("#entity-name").fill("note")
    page.locator("button.btn-primary", has_text="Save").click()
    expect(page.locator("#entity-name-errors")).to_contain_text("too much like “Note”")
    page.locator("#entity-name").fill("Notebook")
    page.locator("#entity-plural").fill("Notebooks")
    save(page)
    page.get_by_role("link", name="Edit Note", exact=True).click()
    page.get_by_role("button", name="Add a relation").click()
    page.get_by_label("Target of relation 1").select_option("Notebook")
    page.get_by_label("Name of relation 1").fill("kept in")
    save(page)
    expect(page.locator(".diagram-link")).to_have_count(1)
    expect(page.locator(".diagram desc")).to_contain_text("Note belongs to one Notebook")
    # A colour is chosen; the preview follows before it is stored.
    page.get_by_role("link", name="Edit look and sign-in").click()
    page.get_by_label("Buttons and links", exact=True).check()
    page.get_by_label("Colour: buttons and links").fill("#7a1f5c")
    expect(page.locator("#look-preview rect[fill='#7a1f5c']").first).to_be_attached()
    save(page)
    # It is built as it is.
    page.get_by_role("button", name="Looks right, build it").click()
    page.wait_for_url(re.compile(r"/projects/[0-9a-f-]+/$"))
    expect(page.locator(DONE)).to_be_visible(timeout=MAKING)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download ZIP").click()
    download.value.save_as(tmp_path / "app.zip")
    with zipfile.ZipFile(tmp_path / "app.zip") as packed:
        texts = {name: packed.read(name).decode() for name in packed.namelist()}
    model = next(text for name, text in texts.items() if name.endswith("models/note.py"))
    assert "headline" in model
    assert "kept_in" in model
    assert "rainy" in "".join(texts.values())
    assert any(name.endswith("models/notebook.py") for name in texts)
    styles = "".join(text for name, text in texts.items() if name.endswith(".css"))
    assert "#7a1f5c" in styles


def test_two_tabs_do_not_overwrite_each_other(page):
    design_of(page, "Two tabs")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("link", name="Edit Note").click()
    page.get_by_role("link", name="Add an entity").click()
    page.locator("#entity-name").fill("Folder")
    save(page)
    other.get_by_label("What it is").fill("A thought")
    other.locator("button.btn-primary", has_text="Save").click()
    expect(other.get_by_role("alert")).to_contain_text("The design was changed meanwhile")
    expect(other.get_by_label("What it is")).to_have_value("A thought")
    expect(other.get_by_role("heading", name="Folder")).to_be_visible()
    save(other)
    expect(other.get_by_text("A thought")).to_be_visible()


def test_choices_are_asked_for_only_where_there_are_any(page):
    design_of(page, "Choices")
    page.get_by_role("link", name="Edit Note").click()
    page.get_by_label("Type of field 1").select_option("Choice")
    assert page.evaluate(CHOICES) == "visible"
    page.get_by_label("Type of field 1").select_option("Short text")
    assert page.evaluate(CHOICES) == "hidden"


def test_without_scripts_the_design_is_edited_all_the_same(browser, context, site):
    plain = browser.new_context(base_url=site.url, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    design_of(page, "Plain design")
    page.get_by_role("link", name="Edit Note").click()
    page.get_by_role("button", name="Add a field").click()
    page.get_by_role("group", name=re.compile("^Field ")).last.get_by_placeholder("Name").fill(
        "mood"
    )
    save(page)
    expect(page.get_by_role("rowheader", name="mood")).to_be_visible()
    page.get_by_role("link", name="Remove Note").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Nothing to keep was found")).to_be_visible()
    plain.close()


@pytest.mark.parametrize("part", ["", "?edit=new", "?edit=pages", "?edit=look"])
def test_the_page_fits_its_window_and_every_control_has_a_name(page, part):
    design_of(page, "Widths")
    page.goto(page.url + part)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(TWICE) == []


def test_what_is_unsure_is_decided_by_a_click(page):
    page.goto("/new/")
    page.get_by_label("Name").fill("Gizmos")
    words = "Keep notes. People can view gizmos, print gizmos, view sprockets and print sprockets."
    page.get_by_label("What is it for?").fill(words)
    page.get_by_label("Look at the design first").check()
    page.get_by_role("button", name="Generate app").click()
    page.wait_for_url(re.compile("/design/$"))
    to_decide = page.get_by_role("region", name="To decide")
    expect(to_decide.get_by_role("listitem")).to_have_count(2)
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(TWICE) == []
    to_decide.get_by_role("button", name="Leave out Gizmo").click()
    expect(page.get_by_role("article", name="Gizmo")).to_have_count(0)
    to_decide.get_by_role("button", name="Keep Sprocket").click()
    expect(to_decide).to_contain_text("Nothing is left to decide")
    expect(page.get_by_role("article", name="Sprocket")).to_contain_text("Confirmed")
