"""`git clone`: the history as commits, for the owner alone, and never rewritten."""

from __future__ import annotations

import base64
import gzip

import pytest
from dulwich.objects import Commit, Tree
from dulwich.repo import MemoryRepo

from generation.models import AgentJob
from generation.shipping.commits import MAIN, repository_of
from generation.workspace.edits import create_file, delete_file
from projects.models import ApiToken

pytestmark = pytest.mark.django_db


def log(repository: MemoryRepo) -> list[str]:
    """Return the messages of all commits, oldest first."""
    entries = list(repository.get_walker([repository.refs[MAIN]]))
    return [entry.commit.message.decode().strip() for entry in reversed(entries)]


def ids(repository: MemoryRepo) -> list[bytes]:
    entries = list(repository.get_walker([repository.refs[MAIN]]))
    return [entry.commit.id for entry in reversed(entries)]


def address(project, rest: str) -> str:
    return f"/git/{project.pk}/QuickNotes.git/{rest}"


@pytest.fixture
def token(owner) -> str:
    return ApiToken.objects.issue(user=owner, name="git")[1]


def basic(token: str) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Basic {base64.b64encode(f'x:{token}'.encode()).decode()}"}


def test_every_job_and_edit_is_a_commit_and_history_only_grows(finished, owner):
    first = ids(repository_of(finished))
    create_file(project=finished, path="run", text="#!/bin/sh\n", by=owner)
    delete_file(project=finished, path="README.md", expected=1, by=owner)
    repository = repository_of(finished)
    assert log(repository) == ["Generate the app", "Created run", "Deleted README.md"]
    assert ids(repository)[: len(first)] == first
    assert ids(repository) == ids(repository_of(finished))
    commit = repository[repository.refs[MAIN]]
    assert isinstance(commit, Commit)
    assert commit.author == b"owner@example.org <owner@example.org>"
    top = repository[commit.tree]
    assert isinstance(top, Tree)
    tree = {entry.path: entry.mode for entry in top.iteritems()}
    assert tree == {b"backend": 0o040000, b"run": 0o100755}


def test_a_job_that_still_writes_is_left_out(finished, owner):
    AgentJob.objects.filter(project=finished).update(status="paused")
    create_file(project=finished, path="run", text="x\n", by=owner)
    assert MAIN not in repository_of(finished).refs


def test_references_are_told_to_the_owner_alone(client, finished, stranger, token):
    asked = address(finished, "info/refs?service=git-upload-pack")
    nobody = client.get(asked)
    assert nobody.status_code == 401
    assert nobody.headers["WWW-Authenticate"].startswith("Basic")
    assert client.get(asked, **basic("cg_wrong")).status_code == 401
    assert client.get(asked, HTTP_AUTHORIZATION="Basic %%%").status_code == 401
    theirs = ApiToken.objects.issue(user=stranger, name="git")[1]
    assert client.get(asked, **basic(theirs)).status_code == 404
    mine = client.get(asked, **basic(token))
    assert mine.status_code == 200
    assert mine.headers["Content-Type"] == "application/x-git-upload-pack-advertisement"
    assert ids(repository_of(finished))[-1] in mine.content
    assert client.get(asked, HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 200


def test_nobody_can_push(client, finished, token):
    asked = address(finished, "info/refs?service=git-receive-pack")
    assert client.get(asked, **basic(token)).status_code == 404
    assert client.get(address(finished, "info/refs"), **basic(token)).status_code == 404
    pushed = client.post(address(finished, "git-receive-pack"), b"", "text/plain", **basic(token))
    assert pushed.status_code == 404


@pytest.mark.parametrize(
    "question",
    [b"", b"0000", b"hello", b"0032want " + b"0" * 40 + b"\n0000", b"ffff", b"\xff" * 20],
)
def test_what_no_client_asks_is_refused(client, finished, token, question):
    kind = "application/x-git-upload-pack-request"
    answer = client.post(address(finished, "git-upload-pack"), question, kind, **basic(token))
    assert answer.status_code in {200, 400}
    assert b"PACK" not in answer.content


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"0" * 2_000_000)])
def test_zipped_questions_are_bounded(client, finished, token, body):
    answer = client.post(
        address(finished, "git-upload-pack"),
        body,
        "application/x-git-upload-pack-request",
        HTTP_CONTENT_ENCODING="gzip",
        **basic(token),
    )
    assert answer.status_code == 400


def test_an_app_that_is_not_made_yet_has_no_commit(client, project, token):
    asked = address(project, "info/refs?service=git-upload-pack")
    assert client.get(asked, **basic(token)).status_code == 200
