"""The Export page and POST /v1/projects/{project_id}/export/github."""

from __future__ import annotations

import io
import zipfile
from uuid import uuid4

import pytest
from django.urls import reverse

from generation.workspace.edits import create_file
from projects.models import ProviderKey
from tests.stubs.github import TOKEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(finished) -> str:
    return reverse("generation:export", args=[finished.pk])


@pytest.fixture
def address(finished) -> str:
    return f"/v1/projects/{finished.pk}/export/github"


FORM = {"repository": "notes", "token": TOKEN, "message": "Export", "private": "on"}
BODY = {"repo_name": "my-project", "github_token": TOKEN}


def test_it_answers_as_the_contract_has_it(api, address, github):
    answer = api.post(address, BODY, format="json")
    assert answer.status_code == 200
    assert set(answer.json()) == {"repo_url", "files_pushed", "commit_sha"}
    assert answer.json()["repo_url"] == "https://github.com/octo/my-project"
    assert answer.json()["files_pushed"] == 2


def test_a_pull_request_is_told(api, address, github):
    api.post(address, BODY, format="json")
    asked = {**BODY, "pull_request": True}
    answer = api.post(address, asked, format="json").json()
    # Nothing changed since: GitHub has no request for that.
    assert answer["code"] == "github_refused"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"repo_name": "../x"}, "repo_name"),
        ({"repo_name": ".."}, "repo_name"),
        ({"repo_name": "a b"}, "repo_name"),
        ({"repo_name": "x.git"}, "repo_name"),
        ({"repo_name": "a/b/c"}, "repo_name"),
        ({"branch": "a..b"}, "branch"),
        ({"branch": "-x"}, "branch"),
        ({"branch": "x.lock"}, "branch"),
        ({"github_token": 7 * "x" * 100}, "github_token"),
        ({"more": 1}, "more"),
    ],
)
def test_what_cannot_be_is_refused_by_name(api, address, github, change, field):
    answer = api.post(address, {**BODY, **change}, format="json")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not github.received


def test_a_stranger_and_nobody_are_refused(api_as, stranger, address, github):
    assert api_as(stranger).post(address, BODY, format="json").status_code == 404
    assert api_as(None).post(address, BODY, format="json").status_code == 401
    assert not github.received


def test_an_unknown_project_is_not_found(api, github):
    answer = api.post(f"/v1/projects/{uuid4()}/export/github", BODY, format="json")
    assert answer.status_code == 404


def test_github_down_is_a_502_with_its_code(api, address, github):
    github.behaviour = "down"
    answer = api.post(address, BODY, format="json")
    assert (answer.status_code, answer.json()["code"]) == (502, "github_unavailable")


def test_without_a_token_the_kept_one_is_used(api, address, github, owner):
    refused = api.post(address, {"repo_name": "notes"}, format="json")
    assert refused.status_code == 422
    ProviderKey.objects.store(user=owner, provider="github", key=TOKEN)
    assert api.post(address, {"repo_name": "notes"}, format="json").status_code == 200


def test_the_page_pushes_and_lists_the_export(as_owner, page, github):
    answer = as_owner.post(page, FORM, follow=True)
    text = answer.content.decode()
    assert "2 files pushed to https://github.com/octo/notes." in text
    assert "octo/notes" in text
    assert TOKEN not in text


def test_the_page_keeps_what_was_typed_but_not_the_token(as_owner, page, github):
    github.behaviour = "forbidden"
    text = as_owner.post(page, FORM).content.decode()
    assert "403" in text
    assert 'value="notes"' in text
    assert TOKEN not in text


def test_the_page_is_the_owners(browser_as, stranger, page):
    assert browser_as(stranger).get(page).status_code == 404
    assert browser_as(None).get(page).status_code == 302


def test_the_page_shows_how_to_clone_and_every_version(as_owner, finished, owner, page):
    create_file(project=finished, path="run", text="x\n", by=owner)
    text = as_owner.get(page).content.decode()
    assert f"git clone http://testserver/git/{finished.pk}/QuickNotes.git" in text
    assert text.count("?moment=") == 2


def test_the_zip_of_a_moment_has_the_files_of_then(as_owner, api, finished, owner):
    create_file(project=finished, path="run", text="x\n", by=owner)
    job = finished.jobs.get()
    zip_address = reverse("generation:download", args=[finished.pk, "QuickNotes.zip"])
    then = as_owner.get(zip_address, {"moment": str(job.pk)})
    packed = then.getvalue()
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert names == ["QuickNotes/README.md", "QuickNotes/backend/app/main.py"]
    same = api.get(f"/api/projects/{finished.pk}/zip/", {"moment": str(job.pk)})
    assert same.getvalue() == packed


@pytest.mark.parametrize("moment", ["nonsense", str(uuid4())])
def test_a_moment_that_never_was(api, finished, moment):
    answer = api.get(f"/api/projects/{finished.pk}/zip/", {"moment": moment})
    assert answer.status_code == 404
