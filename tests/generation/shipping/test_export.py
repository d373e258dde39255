"""Exports to GitHub: one commit each, nothing of others overwritten, nothing half done."""

from __future__ import annotations

import logging

import pytest

from generation.errors import NothingToDownload
from generation.models import GitHubExport, Log
from generation.shipping.destination import Destination
from generation.shipping.errors import (
    ChangedOnGitHub,
    GitHubError,
    GitHubUnavailable,
    RateLimited,
    RepositoryTaken,
    TokenRefused,
)
from generation.shipping.export import export_to_github
from generation.workspace.edits import create_file, delete_file, save_file
from tests.stubs.github import TOKEN

pytestmark = pytest.mark.django_db
FILES = {"README.md", "backend/app/main.py"}


@pytest.fixture
def export(finished, owner, github):
    """Export the finished project to `notes`, or elsewhere."""

    def run(repository="notes", token=TOKEN, **asked):
        to = Destination(repository, **asked)
        return export_to_github(project=finished, by=owner, token=token, destination=to)

    return run


def save(project, owner, path, text):
    version = project.files.get(path=path).version
    save_file(project=project, path=path, text=text, expected=version, by=owner)


def test_a_new_repository_holds_the_files_and_is_private(export, github, finished):
    done = export()
    made = github.of("octo/notes")
    assert made.private
    assert made.files() == dict(finished.files.values_list("path", "content"))
    assert done.repository_url == "https://github.com/octo/notes"
    assert done.files_pushed == 2
    assert done.commit_sha == made.branches["main"]
    row = GitHubExport.objects.get()
    assert (row.repository, row.branch, row.commit_sha) == ("octo/notes", "main", done.commit_sha)
    assert Log.objects.filter(log_text__startswith="Exported to GitHub: octo/notes").exists()


def test_the_second_export_is_one_commit_with_only_what_changed(export, github, finished, owner):
    export()
    save(finished, owner, "backend/app/main.py", "changed = 1\n")
    create_file(project=finished, path="run", text="#!/bin/sh\n", by=owner)
    version = finished.files.get(path="README.md").version
    delete_file(project=finished, path="README.md", expected=version, by=owner)
    before = len(github.received)
    done = export(message="More")
    made = github.of("octo/notes")
    assert made.files() == {"backend/app/main.py": "changed = 1\n", "run": "#!/bin/sh\n"}
    assert made.log()[0] == "More"
    assert len(made.log()) == 3
    assert done.files_pushed == 3
    (tree,) = [r.body for r in github.received[before:] if r.path.endswith("/git/trees")]
    modes = {entry["path"]: entry["mode"] for entry in tree["tree"]}
    assert modes["run"] == "100755"
    assert set(modes) == {"README.md", "backend/app/main.py", "run"}


def test_an_export_of_nothing_new_makes_no_commit(export, github):
    first = export()
    again = export()
    assert (again.commit_sha, again.files_pushed) == (first.commit_sha, 0)
    assert len(github.of("octo/notes").log()) == 2


def test_what_others_changed_on_github_stays(export, github, finished, owner):
    export()
    made = github.of("octo/notes")
    made.write("README.md", "by hand\n")
    made.write("NOTES.txt", "mine\n")
    save(finished, owner, "backend/app/main.py", "changed = 1\n")
    export()
    assert made.files() == {
        "README.md": "by hand\n",
        "NOTES.txt": "mine\n",
        "backend/app/main.py": "changed = 1\n",
    }


def test_a_file_that_both_changed_is_a_conflict_that_a_pull_request_takes(
    export, github, finished, owner
):
    export()
    made = github.of("octo/notes")
    made.write("README.md", "by hand\n")
    save(finished, owner, "README.md", "by the app\n")
    with pytest.raises(ChangedOnGitHub, match=r"README\.md"):
        export()
    assert made.files()["README.md"] == "by hand\n"
    done = export(pull_request=True)
    assert done.pull_request_url == "https://github.com/octo/notes/pull/1"
    assert made.files("codegen")["README.md"] == "by the app\n"
    assert made.files()["README.md"] == "by hand\n"
    save(finished, owner, "README.md", "by the app again\n")
    assert export(pull_request=True).pull_request_url == done.pull_request_url
    assert made.files("codegen")["README.md"] == "by the app again\n"


def test_a_repository_that_is_there_is_not_written_to_unasked(export, github):
    there = github.make("octo/notes")
    with pytest.raises(RepositoryTaken, match="octo/notes"):
        export()
    assert there.files() == {"LICENSE": "All rights reserved.\n"}
    export(branch="from-codegen")
    assert set(there.files("from-codegen")) == {"LICENSE", *FILES}
    assert set(there.files()) == {"LICENSE"}


def test_a_file_in_the_way_on_its_branch_is_not_overwritten(export, github):
    there = github.make("octo/notes")
    there.write("README.md", "mine\n")
    with pytest.raises(ChangedOnGitHub):
        export(branch="main")
    assert there.files()["README.md"] == "mine\n"


def test_an_empty_repository_is_filled(export, github):
    github.make("octo/notes", begun=False)
    assert export().files_pushed == 2
    assert set(github.of("octo/notes").files()) == FILES


def test_a_repository_of_an_organisation(export, github):
    export("acme/notes", private=False)
    assert not github.of("acme/notes").private


@pytest.mark.parametrize(
    ("behaviour", "error", "words"),
    [
        ("rate-limited", RateLimited, "until 12:00 UTC"),
        ("slow-down", RateLimited, "of 30 s"),
        ("forbidden", TokenRefused, "403"),
        ("down", GitHubUnavailable, "503"),
        ("not-json", GitHubUnavailable, "not JSON"),
        ("leaks-token", GitHubError, r"\[secret\]"),
    ],
)
def test_what_github_says_is_told_without_the_token(export, github, behaviour, error, words):
    github.behaviour = behaviour
    with pytest.raises(error, match=words) as raised:
        export()
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize("token", ["", "   ", "two words", "ünicode", "line\nbreak"])
def test_what_is_no_token_is_not_sent(export, github, token):
    with pytest.raises(TokenRefused):
        export(token=token)
    assert not github.received


def test_a_wrong_token_is_said_and_neither_logged_nor_kept(export, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(TokenRefused, match="401"):
        export(token="ghp_wrong")
    assert "ghp_wrong" not in caplog.text
    assert not GitHubExport.objects.exists()


def test_a_server_that_is_not_there(export, github, settings):
    settings.GITHUB_API_URL = "http://127.0.0.1:9"
    with pytest.raises(GitHubUnavailable, match="cannot be reached"):
        export()


def test_a_project_that_is_not_done_is_not_exported(export, github, finished):
    finished.status = "FAILED"
    with pytest.raises(NothingToDownload):
        export()
    assert not github.received


CALLS = 10  # of the first export


@pytest.mark.parametrize("acts", [False, True])
@pytest.mark.parametrize("number", range(CALLS))
def test_a_silence_at_any_call_leaves_no_half_and_the_next_export_ends_it(
    export, github, monkeypatch, finished, number, acts
):
    monkeypatch.setattr("generation.shipping.github.ONE_CALL", 0.4)
    github.silent_at, github.acts_when_silent = number, acts
    try:
        export()
    except GitHubError:
        made = github.repositories.get("octo/notes")
        seen = set(made.files()) if made and made.branches else set()
        assert seen <= {"README.md"}
    github.silent_at = None
    monkeypatch.undo()
    export()
    made = github.of("octo/notes")
    assert made.files() == dict(finished.files.values_list("path", "content"))
    assert len(made.log()) <= 2


def test_the_number_of_calls_of_a_first_export(export, github):
    export()
    assert len(github.received) == CALLS


def test_a_branch_that_moves_during_the_export_is_not_overwritten(export, github, finished, owner):
    export()
    made = github.of("octo/notes")
    save(finished, owner, "README.md", "by the app\n")

    def move(request):
        if request.method == "PATCH":
            made.write("LATE.md", "late\n")

    github.before = move
    with pytest.raises(ChangedOnGitHub, match="moved meanwhile"):
        export()
    assert "LATE.md" in made.files()
    github.before = lambda _request: None
    export()
    assert made.files()["README.md"] == "by the app\n"
    assert "LATE.md" in made.files()
