"""The page of a project, its parts, its files and what can be done with it."""

from __future__ import annotations

import asyncio
import io
import zipfile
from uuid import uuid4

import pytest

from generation import views
from generation.downloads import StreamedZip
from generation.events import event_batch
from generation.models import AgentJob, GenerationStep, Log, LogLevel
from generation.views import LOG_LINES
from projects.models import Project, ProjectFile

pytestmark = pytest.mark.django_db

READ = (
    "",
    "parts/overview/",
    "parts/steps/",
    "parts/graph/",
    "parts/files/",
    "parts/request/",
    "files/README.md",
)
ACTIONS = ("start", "retry", "cancel", "again", "delete")


@pytest.fixture
def failed(finished) -> Project:
    """The finished project, as if its second step had failed."""
    Project.objects.filter(pk=finished.pk).update(status="FAILED")
    AgentJob.objects.update(status="failed", error="Step 2 (codegen_create) failed: <i>no</i>")
    GenerationStep.objects.filter(sequence_order=2).update(
        status="FAILED", error="<i>no</i>", output_payload=None
    )
    finished.refresh_from_db()
    return finished


def base(project: Project) -> str:
    return f"/projects/{project.pk}/"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("path", READ)
def test_the_owner_and_staff_may_look(browser_as, owner, staff, finished, path):
    for person in (owner, staff):
        assert browser_as(person).get(base(finished) + path).status_code == 200


@pytest.mark.parametrize("path", READ)
def test_to_a_stranger_it_does_not_exist(browser_as, stranger, finished, path):
    assert browser_as(stranger).get(base(finished) + path).status_code == 404
    assert browser_as(None).get(base(finished) + path).status_code == 302


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stranger_can_do_nothing(browser_as, stranger, finished, action):
    assert browser_as(stranger).post(f"{base(finished)}{action}/").status_code == 404
    finished.refresh_from_db()
    assert (finished.status, finished.deleted_at) == ("SUCCESS", None)


@pytest.mark.parametrize("action", ["start", "retry", "cancel", "again"])
def test_what_changes_something_takes_a_post(as_owner, finished, action):
    assert as_owner.get(f"{base(finished)}{action}/").status_code == 405


def test_a_stranger_downloads_nothing(browser_as, stranger, finished):
    assert browser_as(stranger).get(finished.download_url).status_code == 404


def test_what_is_not_there_is_a_404(as_owner, finished):
    for path in ("parts/nothing/", "files/nothing.py", "files/../../etc/passwd"):
        assert as_owner.get(base(finished) + path).status_code == 404
    assert as_owner.get(f"/projects/{uuid4()}/").status_code == 404


def test_a_finished_page_shows_steps_log_and_files_without_scripts(as_owner, finished):
    page = text_of(as_owner.get(base(finished)))
    assert "2 of 2 steps" in page
    assert "Download ZIP" in page
    assert "Step 1 (codegen_create): Generated README.md" in page
    assert f"{base(finished)}files/backend/app/main.py" in page
    finished.refresh_from_db()
    assert finished.event_seq > 0
    assert f'data-seq="{finished.event_seq}"' in page


def test_the_number_it_continues_from_is_not_newer_than_what_it_shows(as_owner, finished):
    with event_batch(finished.pk) as events:
        events.log("one more line")
    finished.refresh_from_db()
    answer = as_owner.get(base(finished))
    assert answer.context["seq"] == finished.event_seq
    assert "one more line" in text_of(answer)


def test_html_in_files_logs_and_words_is_shown_as_text(as_owner, finished):
    Log.objects.create(project=finished, log_text="<script>alert(1)</script>")
    Project.objects.update(
        project_name="<img src=x>", description="<svg onload=x>", features=["<b>x</b>"]
    )
    page = text_of(as_owner.get(base(finished)))
    for raw in ("<script>alert", "<img src=x>", "<svg onload", "<b>x</b>", "<b>&</b>"):
        assert raw not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_failed_page_says_why_and_offers_to_retry(as_owner, failed):
    page = text_of(as_owner.get(base(failed)))
    assert "Step 2 (codegen_create) failed: &lt;i&gt;no&lt;/i&gt;" in page
    assert "Retry this step" in page
    assert "Download ZIP" not in page


def test_a_failed_step_is_retried(as_owner, failed):
    step = GenerationStep.objects.get(sequence_order=2)
    assert as_owner.post(f"{base(failed)}steps/{step.pk}/retry/").url == base(failed)
    step.refresh_from_db()
    assert step.status == "PENDING"


def test_a_step_of_another_project_is_not_found(as_owner, failed, project):
    step = GenerationStep.objects.get(sequence_order=2)
    assert as_owner.post(f"{base(project)}steps/{step.pk}/retry/").status_code == 404


@pytest.mark.parametrize(
    ("action", "status"),
    [("retry", "IN_PROGRESS"), ("again", "IN_PROGRESS"), ("cancel", "FAILED"), ("pause", "FAILED")],
)
def test_actions_on_a_failed_project(as_owner, failed, action, status):
    answer = as_owner.post(f"{base(failed)}{action}/", follow=True)
    failed.refresh_from_db()
    assert failed.status == status
    refused = "it can be retried or generated again" in text_of(answer)
    assert refused == (action in {"cancel", "pause"})


def test_a_running_app_is_paused_and_resumed(as_owner, project):
    as_owner.post(f"{base(project)}start/")
    assert "Pause work" in text_of(as_owner.get(base(project)))
    page = text_of(as_owner.post(f"{base(project)}pause/", follow=True))
    assert "Paused: no more steps are started until you resume." in page
    assert "Pause work" not in page
    assert "Pause work" in text_of(as_owner.post(f"{base(project)}resume/", follow=True))


def test_a_draft_is_started_and_cancelled(as_owner, project):
    assert "This is a draft" in text_of(as_owner.get(base(project)))
    as_owner.post(f"{base(project)}start/")
    page = text_of(as_owner.get(base(project)))
    assert "Planning" in page
    assert "The work goes on when you close this page" in page
    assert 'http-equiv="refresh"' in page
    as_owner.post(f"{base(project)}cancel/")
    assert "Cancelled by owner@example.org" in text_of(as_owner.get(base(project)))


def test_deleting_asks_first_and_names_what_goes(as_owner, finished):
    page = text_of(as_owner.get(f"{base(finished)}delete/"))
    assert "Delete QuickNotes?" in page
    assert "2 files, 2 steps" in page
    assert as_owner.post(f"{base(finished)}delete/").url == "/"
    assert as_owner.get(base(finished)).status_code == 404
    assert as_owner.get(finished.download_url).status_code == 404


def test_the_zip_is_sent_under_its_name(as_owner, finished):
    answer = as_owner.get(finished.download_url)
    assert answer["Content-Type"] == "application/zip"
    assert "filename*=UTF-8''QuickNotes.zip" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as packed:
        assert packed.namelist() == ["QuickNotes/README.md", "QuickNotes/backend/app/main.py"]


def test_the_zip_is_sent_while_it_is_packed():
    packed = []

    def parts():
        for part in (b"one", b"two"):
            packed.append(part)
            yield part

    async def first_then_rest():
        sent = aiter(StreamedZip(parts()))
        first, by_then = await anext(sent), list(packed)
        return first, by_then, [part async for part in sent]

    assert asyncio.run(first_then_rest()) == (b"one", [b"one"], [b"two"])


def test_the_zip_of_what_is_not_done_leads_back_with_a_reason(as_owner, failed):
    answer = as_owner.get(f"/downloads/{failed.pk}/QuickNotes.zip", follow=True)
    assert "its ZIP is there once it is done" in text_of(answer)


def test_a_file_is_highlighted_and_its_text_escaped(as_owner, finished):
    page = text_of(as_owner.get(f"{base(finished)}files/backend/app/main.py"))
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in page
    assert 'class="c1"' in page
    assert 'aria-current="true"' in page


def test_the_script_gets_the_view_of_a_file_alone(as_owner, finished):
    url = f"{base(finished)}files/README.md"
    alone = text_of(as_owner.get(url, headers={"HX-Request": "true"}))
    assert "<html" not in alone
    assert 'data-path="README.md"' in alone


def test_a_file_of_no_known_kind_is_shown_plain(as_owner, finished):
    ProjectFile.objects.create(project=finished, path="odd/.name", content="x <y>", size=5, lines=1)
    assert "x &lt;y&gt;" in text_of(as_owner.get(f"{base(finished)}files/odd/.name"))


def test_old_lines_are_left_out_until_asked_for(as_owner, finished):
    Log.objects.bulk_create(
        Log(project=finished, log_text=f"line {n}") for n in range(LOG_LINES + 5)
    )
    page = text_of(as_owner.get(base(finished)))
    assert "7 earlier lines left out" in page
    assert "Generated README.md" not in page
    assert "Generated README.md" in text_of(as_owner.get(f"{base(finished)}?lines=all"))


@pytest.mark.parametrize(("asked", "floor"), [("ERROR", "ERROR"), ("x", "DEBUG"), ("", "DEBUG")])
def test_levels_are_chosen_without_scripts(as_owner, finished, asked, floor):
    Log.objects.create(project=finished, log_text="careful", log_level=LogLevel.WARNING)
    page = text_of(as_owner.get(f"{base(finished)}?level={asked}"))
    assert f'data-floor="{floor}"' in page
    assert 'data-level="WARNING"' in page


def test_features_that_were_not_placed_are_named_with_their_reason(as_owner, finished):
    spec = {
        "name": "QuickNotes",
        "features": [{"text": "Task CRUD", "state": "unplaced", "reason": "Nobody knows."}],
    }
    AgentJob.objects.update(config={"engine": "builtin", "spec": spec})
    page = text_of(as_owner.get(base(finished)))
    assert "1 not placed" in page
    assert "Nobody knows." in page


def test_the_steps_of_a_long_run_are_shown_when_they_are_wanted(as_owner, finished, monkeypatch):
    monkeypatch.setattr(views, "MOST_STEPS", 1)
    rows = [f'id="step-{step.pk}"' for step in finished.steps.all()]
    page = as_owner.get(base(finished)).content.decode()
    assert not any(row in page for row in rows)
    assert "Show the steps" in page
    whole = as_owner.get(f"{base(finished)}?steps=all").content.decode()
    assert all(row in whole for row in rows)
    Project.objects.filter(pk=finished.pk).update(status="IN_PROGRESS")
    assert all(row in as_owner.get(base(finished)).content.decode() for row in rows)


def test_steps_are_grouped_by_stage(as_owner, finished):
    stages = as_owner.get(f"{base(finished)}parts/steps/").context["stages"]
    assert [(stage.name, stage.done) for stage in stages] == [("Project files", 1), ("Back end", 1)]


def test_the_page_takes_a_fixed_number_of_queries(
    as_owner, finished, django_assert_max_num_queries
):
    ProjectFile.objects.bulk_create(
        ProjectFile(project=finished, path=f"src/{n}.py", content="", size=0) for n in range(60)
    )
    with django_assert_max_num_queries(20):
        as_owner.get(base(finished))


class TestRetryFromAStep:
    def test_the_chosen_step_and_all_after_it_run_again(self, as_owner, finished):
        first = finished.steps.get(sequence_order=1)
        shown = as_owner.get(f"/projects/{finished.pk}/").content.decode()
        assert f'<option value="{first.pk}">' in shown
        sent = {"step": str(first.pk), "onwards": ""}
        assert as_owner.post(f"/projects/{finished.pk}/retry-from/", sent).status_code == 302
        first.refresh_from_db()
        assert first.status == "PENDING"
        finished.refresh_from_db()
        assert finished.status == "IN_PROGRESS"

    def test_what_is_no_step_of_it(self, as_owner, browser_as, stranger, finished):
        path = f"/projects/{finished.pk}/retry-from/"
        for wanted in ("", "x", str(finished.pk)):
            assert as_owner.post(path, {"step": wanted}).status_code == 404
        step = finished.steps.first()
        assert browser_as(stranger).post(path, {"step": str(step.pk)}).status_code == 404
