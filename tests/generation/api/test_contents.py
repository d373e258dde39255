"""GET …/steps/, logs/, files/, files/<path> and zip/."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generation.models import Log
from projects.models import ProjectFile

pytestmark = pytest.mark.django_db


class TestSteps:
    def test_they_come_in_order_with_what_went_in_and_out(self, api, finished, address):
        body = api.get(address(finished, "steps/")).json()
        assert body["count"] == 2
        assert [step["sequence_order"] for step in body["results"]] == [1, 2]
        first = body["results"][0]
        assert first["tool_name"] == "codegen_create"
        assert first["input_payload"]["file_path"] == "README.md"
        assert first["output_payload"]["code"] == "# README.md <b>&</b>\n"
        assert first["depends_on"] == []

    def test_a_failed_one_says_why(self, api, failed, address):
        steps = api.get(address(failed, "steps/")).json()["results"]
        assert [step["status"] for step in steps] == ["SUCCESS", "FAILED", "SKIPPED"]
        assert steps[1]["error"] == "The engine answered with nonsense."

    def test_they_come_in_pages(self, api, failed, address):
        body = api.get(address(failed, "steps/?limit=1&offset=1")).json()
        assert [step["sequence_order"] for step in body["results"]] == [2]


class TestLogs:
    def test_lines_come_in_order_and_on_from_the_last(self, api, finished, address):
        body = api.get(address(finished, "logs/")).json()
        texts = [line["log_text"] for line in body["results"]]
        assert texts[0] == "Step 1 (codegen_create): Generated README.md"
        assert body["results"][0]["step_id"]
        assert body["after"] == body["results"][-1]["log_id"]
        Log.objects.create(project=finished, log_text="one more")
        rest = api.get(address(finished, f"logs/?after={body['after']}")).json()
        assert [line["log_text"] for line in rest["results"]] == ["one more"]
        nothing = api.get(address(finished, f"logs/?after={rest['after']}")).json()
        assert nothing == {"results": [], "after": rest["after"]}

    def test_a_limit_leaves_the_rest_for_the_next_call(self, api, finished, address):
        first = api.get(address(finished, "logs/?limit=1")).json()
        second = api.get(address(finished, f"logs/?limit=1&after={first['after']}")).json()
        assert len(first["results"]) == len(second["results"]) == 1
        assert first["results"] != second["results"]

    def test_lines_of_other_projects_are_left_out(self, api, finished, failed, address):
        Log.objects.create(project=failed, log_text="elsewhere")
        lines = api.get(address(finished, "logs/")).json()["results"]
        assert "elsewhere" not in [line["log_text"] for line in lines]

    @pytest.mark.parametrize(
        "query", ["after=x", "after=-1", "after=" + "9" * 30, "limit=0", "limit=1001", "after=1.5"]
    )
    def test_a_bad_number_names_its_field(self, api, finished, address, query):
        answer = api.get(address(finished, f"logs/?{query}"))
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


class TestFiles:
    def test_they_are_listed_by_path_without_their_contents(self, api, finished, address):
        with CaptureQueriesContext(connection) as queries:
            body = api.get(address(finished, "files/")).json()
        assert [file["path"] for file in body["results"]] == ["README.md", "backend/app/main.py"]
        assert body["results"][1]["language"] == "python"
        assert "content" not in body["results"][0]
        assert not any('"project_files"."content"' in query["sql"] for query in queries)

    @pytest.mark.parametrize("path", ["README.md", "backend/app/main.py"])
    def test_one_comes_as_plain_text(self, api, finished, address, path):
        answer = api.get(address(finished, f"files/{path}"))
        assert answer.content.decode() == f"# {path} <b>&</b>\n"
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"

    def test_html_in_one_never_runs(self, api, finished, address):
        ProjectFile.objects.create(
            project=finished, path="index.html", content="<script>alert(1)</script>"
        )
        answer = api.get(address(finished, "files/index.html"), headers={"Accept": "text/html"})
        assert answer.content == b"<script>alert(1)</script>"
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")

    @pytest.mark.parametrize("accept", ["text/plain", "*/*", "application/json", "image/png"])
    def test_any_accept_header_will_do(self, api, finished, address, accept):
        for rest in ("files/README.md", "zip/"):
            answer = api.get(address(finished, rest), headers={"Accept": accept})
            assert answer.status_code == 200

    def test_a_file_of_any_script_and_one_without_content(self, api, finished, address):
        ProjectFile.objects.create(project=finished, path="docs/при вет.md", content="да\n")
        ProjectFile.objects.create(project=finished, path="empty", content=None)
        assert api.get(address(finished, "files/docs/при вет.md")).content.decode() == "да\n"
        assert api.get(address(finished, "files/empty")).content == b""

    @pytest.mark.parametrize(
        "path",
        [
            "nope.md",
            "../README.md",
            "..%2F..%2Fetc%2Fpasswd",
            "/etc/passwd",
            "README.md%00",
            "a//b",
        ],
    )
    def test_what_is_not_among_them_is_not_there(self, api, finished, address, path):
        answer = api.get(address(finished, f"files/{path}"))
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"


class TestZip:
    def test_it_holds_the_files_under_the_name_of_the_app(self, api, finished, address):
        answer = api.get(address(finished, "zip/"))
        assert answer.headers["Content-Type"] == "application/zip"
        assert 'filename="QuickNotes.zip"' in answer.headers["Content-Disposition"]
        with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
            assert archive.namelist() == ["QuickNotes/README.md", "QuickNotes/backend/app/main.py"]
            assert archive.read("QuickNotes/README.md") == b"# README.md <b>&</b>\n"

    @pytest.mark.parametrize("state", ["project", "running", "failed"])
    def test_there_is_none_before_it_is_done(self, api, address, request, state):
        answer = api.get(address(request.getfixturevalue(state), "zip/"))
        assert answer.status_code == 409
        assert answer.json()["code"] == "nothing_to_download"
