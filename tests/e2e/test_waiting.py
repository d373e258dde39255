"""Jobs that wait for a person: questions, then a plan, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

SOON = 60_000
DONE = ".state-pill[data-status=SUCCESS]"


def test_questions_are_answered_then_the_plan_is_approved(page):
    page.goto("/new/")
    page.get_by_label("Name").fill("Zoo")
    page.get_by_label("What is it for?").fill("Keep zorps with Django.")
    page.get_by_label("Feature 1", exact=True).fill("Zorp CRUD")
    page.get_by_label("Questions first").select_option("full")
    page.get_by_label("Approve the plan first").check()
    page.get_by_role("button", name="Generate app").click()
    page.get_by_role("link", name="Answer the questions").click(timeout=SOON)
    expect(page.get_by_role("heading", name="Question 1 of 3")).to_be_visible()
    page.get_by_label("Django + HTMX + PostgreSQL").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Yes, each person has an account").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox", name="Your own words").fill("name, teeth")
    expect(page.get_by_label("In your own words")).to_be_checked()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("Yes, each person has an account")).to_be_checked()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox", name="Your own words").fill("name, teeth")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Go on with these answers").click()

    page.get_by_role("link", name="Look at the plan").click(timeout=SOON)
    page.get_by_label("Carry out README.md").uncheck()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Nothing is carried out before you approve")).to_be_visible()
    page.get_by_role("button", name="Approve and build").click()
    expect(page.locator(DONE)).to_be_visible(timeout=2 * SOON)
    expect(page.locator("#part-files")).to_contain_text("manage.py")
    expect(page.locator("#part-files")).not_to_contain_text("README.md")
    page.get_by_role("link", name="Questions and answers").click()
    page.get_by_role("link", name="See them in the design").click()
    expect(page.locator("#design")).to_contain_text("teeth")


def test_questions_are_skipped(page):
    page.goto("/new/")
    page.get_by_label("Name").fill("Skipped")
    page.get_by_label("What is it for?").fill("Keep zorps.")
    page.get_by_label("Questions first").select_option("minimal")
    page.get_by_role("button", name="Generate app").click()
    page.get_by_role("link", name="Answer the questions").click(timeout=SOON)
    page.get_by_role("button", name="Skip, use the defaults").click()
    page.wait_for_url(re.compile(r"/projects/[^/]+/$"))
    expect(page.locator(DONE)).to_be_visible(timeout=2 * SOON)
