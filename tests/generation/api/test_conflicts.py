"""Conflicts over REST: listed, read, settled by choices or by a text; nothing is overwritten."""

from __future__ import annotations

import pytest

from generation.models import FileMerge
from generation.workspace.edits import create_file, delete_file, rename_file, save_file
from generation.workspace.restore import undo_edit
from projects.models import ProjectEdit, ProjectFileVersion
from tests.conftest import CONFLICT

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(finished, conflict):
    return f"/api/projects/{finished.pk}/conflicts/{conflict.pk}/"


@pytest.fixture
def settle(api, at):
    return lambda **body: api.post(f"{at}settle/", body, format="json")


@pytest.fixture
def text(finished):
    return lambda path="app.py": (
        finished.files.filter(path=path).values_list("content", flat=True).first()
    )


def test_conflicts_are_listed(api, finished, conflict):
    (found,) = api.get(f"/api/projects/{finished.pk}/conflicts/").json()
    assert (found["path"], found["kind"], found["state"]) == ("app.py", "content", "conflict")


def test_a_conflict_shows_its_texts_and_hunks(api, at):
    found = api.get(at).json()
    assert {side: found[side] for side in CONFLICT} == CONFLICT
    assert found["version"] == 2
    assert found["hunks"] == [
        {"base": "a = 1\nb = 1\n", "ours": "a = 1\nb = 2\n", "theirs": "a = 3\nb = 3\n"},
        {"base": "d = 1\ne = 1\n", "ours": "d = 2\ne = 2\n", "theirs": "d = 3\ne = 1\n"},
    ]


@pytest.mark.parametrize("rest", ["", "settle/"])
def test_a_stranger_finds_nothing(api_as, stranger, at, rest):
    client = api_as(stranger)
    send = client.post if rest else client.get
    assert send(at + rest, {"version": 2, "choices": []}).status_code == 404
    assert api_as(None).get(at).status_code == 401


def test_choices_settle_it(settle, text, conflict, finished):
    answer = settle(version=2, choices=["theirs", "both"])
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["version"]) == ("settled", 3)
    assert text() == "a = 3\nb = 3\nc = 1\nd = 2\ne = 2\nd = 3\ne = 1\n"
    version = ProjectFileVersion.objects.get(path="app.py", version=3)
    assert (version.author_kind, version.edit.action) == ("merge", "settle")
    assert version.generated.content == CONFLICT["theirs"]
    assert settle(version=3, choices=["ours", "ours"]).status_code == 404


def test_a_text_settles_it(settle, text):
    assert settle(version=2, text="mine = 1\n").status_code == 200
    assert text() == "mine = 1\n"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"version": 1, "choices": ["ours", "ours"]}, 412),
        ({"version": None, "text": ""}, 412),
        ({"version": 2, "choices": ["ours"]}, 422),
        ({"version": 2, "choices": ["hers", "ours"]}, 400),
        ({"version": 2, "choices": ["ours", "ours"], "text": ""}, 400),
        ({"version": 2}, 400),
        ({"choices": ["ours", "ours"]}, 400),
    ],
)
def test_what_does_not_fit_changes_nothing(settle, text, conflict, body, status):
    assert settle(**body).status_code == status
    assert text() == CONFLICT["ours"]
    conflict.refresh_from_db()
    assert conflict.state == "conflict"


def test_a_change_since_is_part_of_the_review(settle, api, at, finished, owner, text):
    ours = CONFLICT["ours"].replace("d = 2\ne = 2", "d = 1\ne = 1")
    save_file(project=finished, path="app.py", text=ours, expected=2, by=owner)
    assert len(api.get(at).json()["hunks"]) == 1
    assert settle(version=3, choices=["ours"]).status_code == 200
    assert text() == "a = 1\nb = 2\nc = 1\nd = 3\ne = 1\n"


def test_a_file_renamed_since_is_found(settle, finished, owner, text):
    rename_file(project=finished, path="app.py", to="b.py", expected=None, by=owner)
    assert settle(version=1, choices=["theirs", "theirs"]).status_code == 200
    assert text("b.py") == "a = 3\nb = 3\nc = 1\nd = 3\ne = 1\n"


def test_a_file_deleted_since_stays_away_or_comes_back(settle, finished, owner, text):
    delete_file(project=finished, path="app.py", expected=None, by=owner)
    assert settle(version=None, choices=["ours"]).status_code == 200
    assert text() is None
    FileMerge.objects.filter(path="app.py").update(state="conflict")
    assert settle(version=None, choices=["theirs"]).status_code == 200
    assert text() == CONFLICT["theirs"]


def test_a_file_no_longer_made_is_kept_as_ones_own_or_goes(settle, finished, conflict, text, owner):
    FileMerge.objects.filter(pk=conflict.pk).update(kind="removed", theirs=None)
    assert settle(version=2, choices=["ours"]).status_code == 200
    newest = ProjectFileVersion.objects.filter(path="app.py").latest("version")
    assert (text(), newest.generated_id) == (CONFLICT["ours"], None)
    FileMerge.objects.filter(pk=conflict.pk).update(state="conflict")
    assert settle(version=newest.version, choices=["theirs"]).status_code == 200
    assert text() is None


@pytest.mark.parametrize("choice", ["ours", "theirs"])
def test_one_of_two_files_that_cannot_both_be_there(
    settle, finished, conflict, text, owner, choice
):
    create_file(project=finished, path="docs", text="mine\n", by=owner)
    FileMerge.objects.filter(pk=conflict.pk).update(path="docs/a.md", kind="blocked", base=None)
    assert settle(version=None, choices=[choice]).status_code == 200
    kept = choice == "ours"
    assert text("docs") == ("mine\n" if kept else None)
    assert text("docs/a.md") == (None if kept else CONFLICT["theirs"])


def test_undoing_opens_it_again(settle, finished, owner, conflict, text):
    settle(version=2, choices=["theirs", "theirs"])
    undo_edit(project=finished, edit_id=ProjectEdit.objects.get(action="settle").pk, by=owner)
    conflict.refresh_from_db()
    assert (text(), conflict.state) == (CONFLICT["ours"], "conflict")
    assert settle(version=4, choices=["ours", "ours"]).status_code == 200
