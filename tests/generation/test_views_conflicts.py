"""Pages of conflicts: listed, looked at, settled by forms alone."""

from __future__ import annotations

import pytest

from tests.conftest import CONFLICT

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(finished, conflict):
    return f"/projects/{finished.pk}/conflicts/{conflict.pk}/"


def text_of(answer) -> str:
    return answer.content.decode()


def test_only_the_owner_and_staff_may_look(browser_as, owner, staff, stranger, finished, at):
    for page in (at, f"/projects/{finished.pk}/conflicts/"):
        for person in (owner, staff):
            assert browser_as(person).get(page).status_code == 200
        assert browser_as(stranger).get(page).status_code == 404
        assert browser_as(None).get(page).status_code == 302
    assert browser_as(stranger).post(at, {"version": "2"}).status_code == 404


@pytest.mark.parametrize("page", ["", "code/", "history/", "conflicts/"])
def test_pages_of_the_app_lead_to_it(as_owner, finished, conflict, page):
    shown = text_of(as_owner.get(f"/projects/{finished.pk}/{page}"))
    assert f"/projects/{finished.pk}/conflicts/" in shown


def test_choices_are_shown_edited_and_settled(as_owner, finished, at):
    assert "Part 2 of 2" in text_of(as_owner.get(at))
    form = {"version": "2", "hunk-0": "theirs", "hunk-1": "ours"}
    merged = "a = 3\nb = 3\nc = 1\nd = 2\ne = 2\n"
    assert merged in text_of(as_owner.post(at, {**form, "act": "edit"}))
    assert finished.files.get(path="app.py").content == CONFLICT["ours"]
    answer = as_owner.post(at, form)
    assert answer.headers["Location"] == f"/projects/{finished.pk}/conflicts/"
    assert finished.files.get(path="app.py").content == merged
    assert as_owner.get(at).status_code == 404


def test_a_stale_form_keeps_what_was_typed(as_owner, finished, at):
    answer = as_owner.post(at, {"version": "1", "text": "typed\r\n"})
    assert answer.status_code == 412
    assert "typed" in text_of(answer)
    assert as_owner.post(at, {"version": "2", "text": "typed\r\n"}).status_code == 302
    assert finished.files.get(path="app.py").content == "typed\n"


def test_markup_is_shown_as_text(as_owner, conflict, at):
    conflict.theirs = "</textarea><script>alert(1)</script>\n"
    conflict.save()
    for answer in (as_owner.get(at), as_owner.post(at, {"act": "edit", "hunk-0": "theirs"})):
        assert "<script>alert" not in text_of(answer)
