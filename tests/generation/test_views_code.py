"""Pages of a project's code and of its history; forms that change files."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from generation.models import AgentJob
from generation.workspace.edits import delete_file, save_file
from projects.models import ProjectEdit, ProjectFile

pytestmark = pytest.mark.django_db

PAGES = (
    "code/",
    "code/README.md",
    "code/backend/app/main.py",
    "code/?q=main",
    "history/",
    "history/?path=README.md",
    "history/?before=2100-01-01T00:00:00Z",
)
FORMS = (
    ("code-create/", {"new_path": "a.txt"}),
    ("code-rename/", {"path": "README.md", "to": "b.md", "version": "1"}),
    ("code-delete/", {"path": "README.md", "version": "1"}),
    ("code/README.md", {"text": "x", "version": "1"}),
    ("history/restore-file/", {"path": "README.md", "version": "1"}),
)


@pytest.fixture
def at(finished):
    return lambda rest: f"/projects/{finished.pk}/{rest}"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_only_the_owner_and_staff_may_look(browser_as, owner, staff, stranger, at, page):
    for person in (owner, staff):
        assert browser_as(person).get(at(page)).status_code == 200
    assert browser_as(stranger).get(at(page)).status_code == 404
    assert browser_as(None).get(at(page)).status_code == 302


@pytest.mark.parametrize(("form", "values"), FORMS)
def test_a_stranger_changes_nothing(browser_as, stranger, at, finished, form, values):
    assert browser_as(stranger).post(at(form), values).status_code == 404
    assert browser_as(stranger).get(at("code-create/")).status_code == 405
    assert not ProjectEdit.objects.filter(project=finished).exists()


@pytest.mark.parametrize(
    "page",
    [
        "code/nope.md",
        "code/a%00b",
        "history/?path=nope",
        "history/?path=%00",
        "history/?moment=x",
        "history/?moment=6f1f0d5e-6a3f-4a0e-9c0e-0d9a3d1b7a11",
        "history/?path=README.md&old=1&new=9",
    ],
)
def test_what_is_not_there_is_not_found(as_owner, at, page):
    assert as_owner.get(at(page)).status_code == 404


def test_a_file_with_markup_is_shown_as_text(as_owner, at, finished, owner):
    bad = "</textarea><script>alert(1)</script>\n"
    save_file(project=finished, path="README.md", text=bad, expected=1, by=owner)
    for page in ("code/README.md", "history/?path=README.md", "code/?q=alert"):
        assert "<script>alert" not in text_of(as_owner.get(at(page)))


def test_an_empty_project_says_what_to_do(as_owner, project):
    assert "There are no files yet" in text_of(as_owner.get(f"/projects/{project.pk}/code/"))
    assert "Nothing has been made yet" in text_of(as_owner.get(f"/projects/{project.pk}/history/"))


def test_the_form_saves_and_a_version_not_seen_keeps_what_was_typed(as_owner, at, finished):
    form = {"text": "one\r\ntwo", "version": "1"}
    assert as_owner.post(at("code/README.md"), form).status_code == 302
    assert finished.files.get(path="README.md").content == "one\ntwo"
    again = as_owner.post(at("code/README.md"), {"text": "precious", "version": "1"})
    assert again.status_code == 412
    assert "precious" in text_of(again)
    assert finished.files.get(path="README.md").content == "one\ntwo"


def test_forms_go_to_what_they_made(as_owner, at, finished):
    made = as_owner.post(at("code-create/"), {"new_path": "/docs/a b.md"})
    assert made.headers["Location"] == at("code/docs/a%20b.md")
    moved = as_owner.post(at("code-rename/"), {"path": "docs/a b.md", "to": "c.md", "version": "1"})
    assert moved.headers["Location"] == at("code/c.md")
    upload = {"files": SimpleUploadedFile("d.txt", b"d"), "folder": "docs"}
    assert as_owner.post(at("code-upload/"), upload).headers["Location"] == at("code/docs/d.txt")
    as_owner.post(at("code-delete/"), {"path": "c.md", "version": "1"})
    assert {f.path for f in finished.files.all()} == {
        "README.md",
        "backend/app/main.py",
        "docs/d.txt",
    }


def test_more_files_than_a_request_may_hold_are_refused_with_the_limit(as_owner, at):
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)]
    page = as_owner.post(at("code-upload/"), {"files": files})
    assert page.status_code == 413
    assert "Send at most 100 files at once." in text_of(page)


@pytest.mark.parametrize(
    ("form", "values", "words"),
    [
        ("code-create/", {"new_path": "../x"}, "leaves the project"),
        ("code-rename/", {"path": "README.md", "to": "x", "version": "9"}, "is at version 1"),
        ("code-delete/", {"path": "README.md", "version": ""}, "is at version 1"),
        ("code-delete/", {"path": "a\x00b", "version": "1"}, "no such file"),
        ("history/restore-file/", {"path": "a\x00b", "version": "1"}, "no such file"),
        ("code-upload/", {}, "Choose at least one file"),
        ("history/restore-file/", {"path": "README.md", "version": "x"}, "no version 0"),
        ("history/restore/", {"moment": "x"}, "no such moment"),
        ("history/undo/", {"moment": "x"}, "no such moment"),
    ],
)
def test_what_cannot_be_done_is_said(as_owner, at, finished, form, values, words):
    page = as_owner.post(at(form), values, follow=True)
    assert words in text_of(page)
    assert ProjectFile.objects.get(project=finished, path="README.md").version == 1


def test_history_goes_back_and_undoes(as_owner, at, finished, owner):
    save_file(project=finished, path="README.md", text="next\n", expected=1, by=owner)
    delete_file(project=finished, path="backend/app/main.py", expected=1, by=owner)
    page = text_of(as_owner.get(at("history/")))
    assert page.index("Deleted backend/app/main.py") < page.index("Edited README.md")
    deletion, edit = ProjectEdit.objects.filter(project=finished).order_by("-created_at")
    as_owner.post(at("history/undo/"), {"moment": deletion.pk})
    assert finished.files.filter(path="backend/app/main.py").exists()
    job = AgentJob.objects.get(project=finished)
    as_owner.post(at("history/restore/"), {"moment": job.pk})
    assert finished.files.get(path="README.md").content == "# README.md <b>&</b>\n"
    moment = text_of(as_owner.get(at(f"history/?moment={edit.pk}")))
    assert "path=README.md&amp;old=1&amp;new=2" in moment


def test_words_that_changed_are_marked(as_owner, at, finished, owner):
    text = "# README.md <i>&</i>\n"
    save_file(project=finished, path="README.md", text=text, expected=1, by=owner)
    page = text_of(as_owner.get(at("history/?path=README.md")))
    assert "<mark>b</mark>" in page
    assert "<mark>i</mark>" in page
    same = text_of(as_owner.get(at("history/?path=README.md&old=2&new=2")))
    assert "These versions are the same" in same
