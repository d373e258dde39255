"""PUT and DELETE of files, renames, uploads, search, history, diff, restores and undo."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from generation.models import AgentJob, JobStatus
from generation.workspace import texts
from projects.models import Blob, ProjectEdit, ProjectEvent, ProjectFile, ProjectFileVersion

pytestmark = pytest.mark.django_db

README = "# README.md <b>&</b>\n"
NEXT = "# Changed\n"


@pytest.fixture
def put(api, finished, address):
    def send(path, text, version=None, client=api, **headers):
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        body = text if isinstance(text, bytes) else text.encode()
        return client.put(
            address(finished, f"files/{path}"), body, content_type="text/plain", headers=headers
        )

    return send


@pytest.fixture
def read(api, finished, address):
    return lambda path: api.get(address(finished, f"files/{path}"))


def create(put, path, text=""):
    return put(path, text, **{"If-None-Match": "*"})


class TestWrite:
    def test_a_save_is_the_next_version(self, put, read, finished, owner):
        assert read("README.md").headers["ETag"] == '"1"'
        answer = put("README.md", NEXT, 1)
        assert answer.status_code == 200
        assert answer.headers["ETag"] == '"2"'
        assert answer.json()["version"] == 2
        assert read("README.md").content.decode() == NEXT
        version = ProjectFileVersion.objects.get(project=finished, path="README.md", version=2)
        assert (version.author_kind, version.edit.user, version.parent.version) == (
            "user",
            owner,
            1,
        )
        assert Blob.objects.get(pk=version.blob_id).content == NEXT

    def test_watchers_hear_it(self, put, finished):
        put("README.md", NEXT, 1)
        kinds = ProjectEvent.objects.filter(project=finished).order_by("-seq")
        log, file = kinds[0], kinds[1]
        assert file.payload["path"] == "README.md"
        assert file.payload["version"] == 2
        assert log.payload["text"] == "Edited README.md (owner@example.org)"
        assert log.payload["source"] == "USER"

    def test_a_version_that_is_gone_is_refused_with_the_one_that_is_there(self, put, read):
        put("README.md", NEXT, 1)
        answer = put("README.md", "# Mine\n", 1)
        assert answer.status_code == 412
        assert answer.headers["ETag"] == '"2"'
        assert answer.json()["code"] == "file_changed"
        assert answer.json()["errors"] == [{"field": "version", "message": "2"}]
        assert read("README.md").content.decode() == NEXT

    @pytest.mark.parametrize("tag", ['"x"', 'W/"1"', '"99999999999999"', '"-1"'])
    def test_a_tag_that_is_no_version_of_the_file_is_refused(self, put, tag):
        assert put("README.md", NEXT, **{"If-Match": tag}).status_code == 412

    def test_any_version_will_do_when_asked_so(self, put):
        assert put("README.md", NEXT, **{"If-Match": "*"}).status_code == 200

    def test_without_a_version_nothing_is_written(self, put, api, finished, address, read):
        assert put("README.md", NEXT).status_code == 428
        assert api.delete(address(finished, "files/README.md")).status_code == 428
        assert read("README.md").content.decode() == README

    def test_the_same_text_again_makes_no_version(self, put, finished):
        assert put("README.md", README, 1).json()["version"] == 1
        assert not ProjectEdit.objects.filter(project=finished).exists()

    @pytest.mark.parametrize("text", ["a\r\nb\r\n", "no newline", "", "\ufeffbom\n", "a\rb\r\n\n"])
    def test_bytes_are_kept_as_they_are(self, put, read, text):
        assert put("README.md", text, 1).status_code == 200
        assert read("README.md").content == text.encode()

    @pytest.mark.parametrize(
        ("data", "code"),
        [(b"a\x00b", "binary"), (b"\xff\xfe", "not_utf8"), (b"\xed\xa0\x80", "not_utf8")],
    )
    def test_what_is_no_text_is_refused(self, put, read, data, code):
        answer = put("README.md", data, 1)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert read("README.md").content.decode() == README

    def test_a_text_over_the_limit_is_refused(self, put):
        assert put("README.md", b"x" * 1_000_000, 1).status_code == 200
        assert put("README.md", b"x" * 1_000_001, 2).status_code == 413

    def test_the_zip_holds_the_edit(self, put, api, finished, address):
        put("README.md", "edited\r\n", 1)
        with zipfile.ZipFile(io.BytesIO(api.get(address(finished, "zip/")).getvalue())) as packed:
            assert packed.read("QuickNotes/README.md") == b"edited\r\n"

    @pytest.mark.parametrize("path", ["nope.md", "a%00b"])
    def test_a_file_that_never_was_is_not_there(self, put, api, finished, address, path):
        assert put(path, "x", 1).status_code == 404
        gone = api.delete(address(finished, f"files/{path}"), headers={"If-Match": "*"})
        assert gone.status_code == 404

    def test_for_strangers_it_is_not_there(self, put, api_as, stranger, read):
        assert put("README.md", NEXT, 1, client=api_as(stranger)).status_code == 404
        assert put("README.md", NEXT, 1, client=api_as(None)).status_code == 401
        assert read("README.md").content.decode() == README


class TestCreate:
    def test_a_new_file_is_version_one(self, put, read):
        answer = create(put, "docs/notes.md", "hello")
        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert answer.json()["language"] == "markdown"
        assert read("docs/notes.md").content == b"hello"

    def test_one_that_is_there_is_not_replaced(self, put, read):
        answer = create(put, "README.md", "mine")
        assert (answer.status_code, answer.json()["code"]) == (409, "file_exists")
        assert read("README.md").content.decode() == README

    @pytest.mark.parametrize(
        "path", ["..%2Fx", "%2Fetc%2Fpasswd", "a%5Cb", "C:x", "readme.md", "README.md/x", "backend"]
    )
    def test_a_name_that_escapes_or_means_two_files_is_refused(self, put, path):
        answer = create(put, path, "x")
        assert (answer.status_code, answer.json()["code"]) == (422, "unsafe_path")

    def test_too_many_are_refused(self, put, monkeypatch):
        monkeypatch.setattr(texts, "MOST_FILES", 2)
        answer = create(put, "third.md", "x")
        assert (answer.status_code, answer.json()["code"]) == (413, "too_many_files")
        assert not ProjectFile.objects.filter(path="third.md").exists()


class TestDelete:
    def test_it_is_gone_and_its_versions_stay(self, put, api, finished, address, read):
        gone = api.delete(address(finished, "files/README.md"), headers={"If-Match": '"1"'})
        assert gone.status_code == 204
        assert read("README.md").status_code == 404
        old = api.get(address(finished, "files/README.md?version=1"))
        assert old.content.decode() == README
        answer = put("README.md", NEXT, 1)
        assert answer.status_code == 412
        assert "was deleted" in answer.json()["message"]
        assert "ETag" not in answer.headers

    def test_another_version_is_refused(self, api, finished, address, read):
        answer = api.delete(address(finished, "files/README.md"), headers={"If-Match": '"7"'})
        assert answer.status_code == 412
        assert read("README.md").status_code == 200

    def test_made_again_it_goes_on_counting(self, put, api, finished, address):
        api.delete(address(finished, "files/README.md"), headers={"If-Match": "*"})
        assert create(put, "README.md", "again").headers["ETag"] == '"3"'


class TestRename:
    @pytest.fixture
    def rename(self, api, finished, address):
        def send(path, to, version=1, client=api):
            body = {"path": path, "to": to, "version": version}
            return client.post(address(finished, "renames/"), body)

        return send

    def test_the_text_moves_and_the_history_with_it(self, rename, read, api, finished, address):
        answer = rename("README.md", "docs/READ ME.md")
        assert answer.status_code == 200
        assert answer.json()["path"] == "docs/READ ME.md"
        assert read("README.md").status_code == 404
        assert read("docs/READ ME.md").content.decode() == README
        (version,) = api.get(address(finished, "versions/?path=docs/READ ME.md")).json()
        assert version["renamed_from"] == "README.md"

    def test_only_the_case_may_change(self, rename, read):
        assert rename("README.md", "Readme.md").status_code == 200
        assert read("Readme.md").content.decode() == README

    @pytest.mark.parametrize(
        ("to", "version", "code"),
        [
            ("backend/app/main.py", 1, "file_exists"),
            ("../x", 1, "unsafe_path"),
            ("README.md", 1, "nothing_changed"),
            ("other.md", 2, "file_changed"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_moves(self, rename, read, to, version, code):
        assert rename("README.md", to, version).json()["code"] == code
        assert read("README.md").content.decode() == README

    def test_a_stranger_moves_nothing(self, rename, api_as, stranger):
        assert rename("README.md", "x.md", client=api_as(stranger)).status_code == 404


class TestUpload:
    @pytest.fixture
    def upload(self, api, finished, address):
        def send(*files, folder=""):
            body = {"folder": folder, "files": [SimpleUploadedFile(n, d) for n, d in files]}
            return api.post(address(finished, "uploads/"), body, format="multipart")

        return send

    def test_they_are_one_edit_in_their_folder(self, upload, read, finished):
        answer = upload(("a.sql", b"SELECT 1;\r\n"), ("b.txt", b""), folder="data/")
        assert answer.status_code == 201
        assert [file["path"] for file in answer.json()] == ["data/a.sql", "data/b.txt"]
        assert read("data/a.sql").content == b"SELECT 1;\r\n"
        assert (
            ProjectEdit.objects.get(project=finished).summary == "Uploaded data/a.sql, data/b.txt"
        )

    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            ("logo.png", b"\x89PNG\x00", "binary"),
            ("latin.txt", b"caf\xe9", "not_utf8"),
            ("README.md", b"mine", "file_exists"),
            ("big.txt", b"x" * 1_000_001, "too_large"),
            ("con", b"x", "unsafe_path"),
        ],
    )
    def test_all_or_none(self, upload, finished, name, data, code):
        answer = upload(("fine.txt", b"fine"), (name, data))
        assert answer.json()["code"] == code
        assert name in answer.json()["message"]
        assert not finished.files.filter(path="fine.txt").exists()

    def test_more_files_than_a_request_may_hold_are_refused_with_the_limit(self, upload):
        answer = upload(*((f"{number}.txt", b"x") for number in range(101)))
        assert (answer.status_code, answer.json()["code"]) == (413, "too_many_files")
        assert "100 files" in answer.json()["message"]

    def test_no_file_is_said(self, upload):
        assert upload().status_code == 400


class TestSearch:
    def test_names_come_before_contents_whatever_the_case(self, put, api, finished, address):
        create(put, "docs/main.md", "nothing here")
        create(put, "a.txt", "one\nthe MAIN thing\n")
        found = api.get(address(finished, "search/?q=Main")).json()
        assert [one["path"] for one in found] == ["backend/app/main.py", "docs/main.md", "a.txt"]
        assert found[2]["matches"] == [{"line": 2, "text": "the MAIN thing"}]

    @pytest.mark.parametrize("words", ["%25", "_", "\\", "100%25"])
    def test_words_are_taken_as_they_are(self, put, api, finished, address, words):
        create(put, "a.txt", "plain")
        found = api.get(address(finished, f"search/?q={words}")).json()
        assert [one["path"] for one in found] == []

    def test_something_must_be_sought(self, api, finished, address):
        assert api.get(address(finished, "search/?q=")).status_code == 400


class TestHistory:
    def test_jobs_and_edits_in_time(self, put, api, finished, address, owner):
        put("README.md", NEXT, 1)
        create(put, "a.txt", "x")
        moments = api.get(address(finished, "history/")).json()
        assert [one["summary"] for one in moments] == [
            "Created a.txt",
            "Edited README.md",
            "Generated the app",
        ]
        assert [one["kind"] for one in moments] == ["create", "edit", "job"]
        assert [one["files"] for one in moments] == [1, 1, 2]
        assert [one["by"] for one in moments] == [owner.email, owner.email, None]
        rest = api.get(address(finished, "history/"), {"before": moments[0]["at"], "limit": 1})
        assert [one["summary"] for one in rest.json()] == ["Edited README.md"]

    def test_versions_of_a_file(self, put, api, finished, address, owner):
        put("README.md", NEXT, 1)
        newest, first = api.get(address(finished, "versions/?path=README.md")).json()
        assert (newest["version"], newest["by"], newest["size"]) == (2, owner.email, len(NEXT))
        assert (first["version"], first["by"]) == (1, "generation")

    def test_two_versions_compared(self, put, api, finished, address):
        put("README.md", NEXT, 1)
        diff = api.get(address(finished, "diff/?path=README.md&old=1&new=2")).json()
        assert diff["unified"].splitlines()[2:] == ["@@ -1 +1 @@", f"-{README[:-1]}", "+# Changed"]
        assert diff["rows"][0]["kind"] == "changed"
        born = api.get(address(finished, "diff/?path=README.md&old=0&new=1")).json()
        assert [row["kind"] for row in born["rows"]] == ["added"]

    @pytest.mark.parametrize("rest", ["diff/?path=README.md&old=1&new=9", "versions/?path=nope"])
    def test_what_never_was_is_not_there(self, api, finished, address, rest):
        assert api.get(address(finished, rest)).status_code == 404

    @pytest.mark.parametrize(
        "rest",
        ["history/", "versions/?path=README.md", "diff/?path=README.md&old=0&new=1", "search/?q=a"],
    )
    def test_a_stranger_sees_nothing(self, api_as, stranger, finished, address, rest):
        assert api_as(stranger).get(address(finished, rest)).status_code == 404


class TestRestore:
    @pytest.fixture
    def restore(self, api, finished, address):
        return lambda **body: api.post(address(finished, "restores/"), body)

    @pytest.fixture
    def undo(self, api, finished, address):
        return lambda edit_id: api.post(address(finished, f"edits/{edit_id}/undo/"))

    def test_a_file_goes_back_by_a_new_version(self, put, read, restore):
        put("README.md", NEXT, 1)
        answer = restore(path="README.md", version=1)
        assert answer.status_code == 201
        assert read("README.md").content.decode() == README
        assert read("README.md").headers["ETag"] == '"3"'
        newest = ProjectFileVersion.objects.filter(path="README.md").order_by("-version")[0]
        assert newest.author_kind == "restore"

    def test_a_deleted_file_comes_back(self, api, finished, address, read, restore):
        api.delete(address(finished, "files/README.md"), headers={"If-Match": "*"})
        assert restore(path="README.md", version=1).status_code == 201
        assert read("README.md").content.decode() == README

    def test_what_is_so_already_is_said(self, restore):
        assert restore(path="README.md", version=1).json()["code"] == "nothing_changed"

    def test_the_project_goes_back_to_a_moment(self, put, api, finished, address, read, restore):
        put("README.md", NEXT, 1)
        create(put, "a.txt", "x")
        api.delete(address(finished, "files/backend/app/main.py"), headers={"If-Match": "*"})
        moments = api.get(address(finished, "history/")).json()
        assert restore(moment=moments[-1]["id"]).status_code == 201
        assert {file.path for file in finished.files.all()} == {"README.md", "backend/app/main.py"}
        assert read("README.md").content.decode() == README
        created = next(one for one in moments if one["kind"] == "create")
        assert restore(moment=created["id"]).status_code == 201
        assert read("a.txt").content == b"x"
        assert read("README.md").content.decode() == NEXT

    def test_not_while_a_job_writes(self, restore, finished):
        job = AgentJob.objects.get(project=finished)
        AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING)
        assert restore(moment=str(job.pk)).status_code == 409

    @pytest.mark.parametrize(
        "body",
        [{}, {"path": "README.md"}, {"version": 1}, {"path": "a", "version": 1, "moment": "x"}],
    )
    def test_one_form_or_the_other(self, restore, body):
        assert restore(**body).status_code == 400

    def test_an_edit_is_undone_and_the_undoing_too(self, put, read, undo, finished):
        put("README.md", NEXT, 1)
        edit = ProjectEdit.objects.get(project=finished)
        answer = undo(edit.pk)
        assert answer.status_code == 201
        assert answer.json()["summary"] == "Undid: Edited README.md"
        assert read("README.md").content.decode() == README
        assert undo(answer.json()["id"]).status_code == 201
        assert read("README.md").content.decode() == NEXT

    def test_a_rename_is_undone(self, api, finished, address, read, undo):
        body = {"path": "README.md", "to": "readme.md", "version": 1}
        api.post(address(finished, "renames/"), body)
        assert undo(ProjectEdit.objects.get(project=finished).pk).status_code == 201
        assert read("README.md").content.decode() == README
        assert read("readme.md").status_code == 404

    def test_not_when_it_was_changed_again(self, put, read, undo, finished):
        put("README.md", NEXT, 1)
        edit = ProjectEdit.objects.get(project=finished)
        put("README.md", "# More\n", 2)
        assert undo(edit.pk).status_code == 412
        assert read("README.md").content.decode() == "# More\n"

    def test_a_stranger_restores_nothing(self, api_as, stranger, put, finished, address, read):
        put("README.md", NEXT, 1)
        edit = ProjectEdit.objects.get(project=finished)
        client = api_as(stranger)
        body = {"path": "README.md", "version": 1}
        assert client.post(address(finished, "restores/"), body).status_code == 404
        assert client.post(address(finished, f"edits/{edit.pk}/undo/")).status_code == 404
        assert read("README.md").content.decode() == NEXT
