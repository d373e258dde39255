"""Admin pages of projects, jobs, steps, logs and memory."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from generation.models import (
    AgentJob,
    AIProviderUsage,
    ClarificationSession,
    FileMerge,
    GenerationStep,
    JobStatus,
    Log,
    StepStatus,
)
from generation.services import submit_project
from memory.models import MemoryRecord
from projects.admin.base import BigRecordAdmin, BoundedPaginator
from projects.models import (
    ApiToken,
    Blob,
    DesignSystem,
    Feature,
    InferredEntity,
    Page,
    Project,
    ProjectEvent,
    ProjectFile,
    ProjectFileVersion,
    ProjectStatus,
    ProviderKey,
    User,
)
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.django_db

RECORDS = (
    Project,
    AgentJob,
    GenerationStep,
    Log,
    MemoryRecord,
    ProjectFile,
    ProjectFileVersion,
    ProjectEvent,
    Blob,
    InferredEntity,
    Page,
    Feature,
    DesignSystem,
    AIProviderUsage,
    ClarificationSession,
    FileMerge,
)
HTML = "<script>alert('x')</script>"


def list_of(model, query=""):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") + query


def page_of(row):
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])


def act(client, action, rows):
    rows = list(rows)
    data = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    answer = client.post(list_of(type(rows[0])), data, follow=True)
    assert answer.status_code == 200
    return [str(message) for message in get_messages(answer.wsgi_request)] or [
        str(message) for message in answer.context["messages"]
    ]


@pytest.fixture
def as_staff(browser_as, staff):
    return browser_as(staff)


@pytest.fixture
def as_admin(browser_as, admin):
    return browser_as(admin)


@pytest.fixture
def failed(owner):
    """A project of the owner's with a step done, a failed one and a skipped one."""
    project = submit_project(owner=owner, request=load_request(QUICKNOTES))
    job = AgentJob.objects.get(project=project)
    for number, status in enumerate(("SUCCESS", "FAILED", "SKIPPED"), start=1):
        GenerationStep.objects.create(
            project=project,
            job=job,
            sequence_order=number,
            tool_name="codegen_create",
            input_payload={"file_path": f"file{number}.py"},
            status=status,
        )
    AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.FAILED)
    Project.objects.filter(pk=project.pk).update(status=ProjectStatus.FAILED)
    project.refresh_from_db()
    return project


@pytest.mark.parametrize("model", [*RECORDS, User, ApiToken, ProviderKey])
def test_every_table_has_a_list_with_search_filters_and_dates(as_admin, finished, model):
    model_admin = admin.site.get_model_admin(model)
    assert model_admin.list_display != ("__str__",)
    assert model_admin.search_fields
    assert model_admin.date_hierarchy or isinstance(model_admin, BigRecordAdmin)
    for query in ("", "?q=notes", f"?q={finished.pk}", "?o=1"):
        assert as_admin.get(list_of(model, query)).status_code == 200


@pytest.mark.parametrize("model", RECORDS)
def test_every_record_has_a_page_that_cannot_be_edited(as_admin, finished, model):
    row = model.objects.first()
    answer = as_admin.get(page_of(row))
    assert answer.status_code == 200
    assert b'name="_save"' not in answer.content
    assert as_admin.post(page_of(row), {}).status_code == 403
    assert as_admin.get(list_of(model) + "add/").status_code == 403
    assert (
        as_admin.post(page_of(row).replace("change", "delete"), {"post": "yes"}).status_code == 403
    )
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", RECORDS)
def test_a_big_table_is_never_counted_to_its_end(as_admin, finished, model):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        as_admin.get(list_of(model))
    counts = [query["sql"] for query in queries if "COUNT(" in query["sql"].upper()]
    assert counts
    assert all("LIMIT 10000" in count for count in counts)


def test_pages_end_where_counting_ends():
    assert BoundedPaginator(list(range(30)), 10).count == 30
    assert BoundedPaginator(Log.objects.none(), 10).count == 0


def test_a_list_asks_as_much_for_many_rows_as_for_one(as_admin, finished):
    with CaptureQueriesContext(connection) as few:
        as_admin.get(list_of(Log))
    Log.objects.bulk_create(Log(project=finished, log_text=f"line {n}") for n in range(40))
    with CaptureQueriesContext(connection) as many:
        as_admin.get(list_of(Log))
    assert len(many) == len(few)


def test_a_project_shows_its_steps_and_files_inside(as_staff, finished):
    page = as_staff.get(page_of(finished)).content.decode()
    assert "backend/app/main.py" in page
    assert "codegen_create" in page
    assert f"?project__exact={finished.pk}" in page


@pytest.mark.parametrize("model", [Log, AgentJob, ProjectEvent, MemoryRecord])
def test_the_links_of_a_project_lead_to_its_rows(as_staff, finished, model):
    answer = as_staff.get(list_of(model, f"?project__exact={finished.pk}"))
    assert answer.status_code == 200
    assert answer.context["cl"].result_count == model.objects.filter(project=finished).count() > 0


def test_json_is_indented_and_escaped(as_staff, finished):
    step = GenerationStep.objects.filter(project=finished).first()
    GenerationStep.objects.filter(pk=step.pk).update(output_payload={"code": HTML, "n": [1]})
    page = as_staff.get(page_of(step)).content.decode()
    assert HTML not in page
    assert "{\n  &quot;n&quot;: [\n    1\n  ]" in page
    assert "&lt;script&gt;" in page


def test_html_in_any_field_is_shown_as_text(as_staff, owner):
    request = load_request({**QUICKNOTES, "description": HTML, "features": [HTML]})
    project = submit_project(owner=owner, request=request)
    Log.objects.create(project=project, log_text=HTML)
    Project.objects.filter(pk=project.pk).update(project_name=HTML)
    log = Log.objects.get(log_text=HTML)
    record = MemoryRecord.objects.get(project=project)
    pages = [page_of(project), page_of(log), page_of(record), list_of(Log), list_of(Project)]
    for address in pages:
        page = as_staff.get(address).content.decode()
        assert HTML not in page
        assert "&lt;script&gt;" in page


def test_an_id_finds_its_rows(as_staff, finished, failed):
    answer = as_staff.get(list_of(GenerationStep, f"?q={failed.pk}"))
    assert answer.context["cl"].result_count == 3


@pytest.mark.parametrize(("engine", "count"), [("builtin", 1), ("", 2)])
def test_steps_are_filtered_by_engine(as_staff, finished, engine, count):
    first = GenerationStep.objects.filter(project=finished).first()
    GenerationStep.objects.filter(pk=first.pk).update(engine="builtin")
    answer = as_staff.get(list_of(GenerationStep, f"?engine={engine}"))
    assert answer.context["cl"].result_count == count


def test_code_is_shown_line_by_line(as_staff, finished):
    step = GenerationStep.objects.filter(project=finished).first()
    GenerationStep.objects.filter(pk=step.pk).update(output_payload={"code": "a = 1\nb = 2\n"})
    assert ">a = 1\nb = 2\n</pre>" in as_staff.get(page_of(step)).content.decode()


def test_memory_is_filtered_by_its_step(as_staff, finished):
    with_specs = as_staff.get(list_of(MemoryRecord, "?step=spec_submitted"))
    assert with_specs.context["cl"].result_count == 1
    without = as_staff.get(list_of(MemoryRecord, "?step=generation_complete"))
    assert without.context["cl"].result_count == 0


class TestActions:
    def test_a_failed_project_is_retried(self, as_staff, failed):
        assert act(as_staff, "retry", [failed]) == ["1 retried."]
        failed.refresh_from_db()
        assert failed.status == ProjectStatus.IN_PROGRESS
        states = set(GenerationStep.objects.filter(project=failed).values_list("status", flat=True))
        assert states == {StepStatus.SUCCESS, StepStatus.PENDING}

    def test_the_retry_names_who_asked_for_it(self, as_staff, staff, failed):
        act(as_staff, "retry", [failed])
        assert Log.objects.filter(project=failed, log_text=f"Retried by {staff.email}").exists()

    def test_what_cannot_be_retried_says_why(self, as_staff, finished):
        messages = act(as_staff, "retry", [finished])
        assert messages[0].startswith("QuickNotes: An app that is completed cannot be retried")
        assert messages[1] == "0 retried."
        finished.refresh_from_db()
        assert finished.status == ProjectStatus.SUCCESS

    def test_a_running_project_is_cancelled(self, as_staff, owner):
        project = submit_project(owner=owner, request=load_request(QUICKNOTES))
        assert act(as_staff, "cancel", [project]) == ["1 cancelled."]
        project.refresh_from_db()
        assert project.status == ProjectStatus.CANCELLED

    def test_a_draft_is_started(self, as_staff, project):
        assert act(as_staff, "start", [project]) == ["1 started."]
        project.refresh_from_db()
        assert project.status == ProjectStatus.IN_PROGRESS

    def test_a_done_project_is_generated_again(self, as_staff, finished):
        assert act(as_staff, "generate_again", [finished]) == ["1 started again."]
        assert AgentJob.objects.filter(project=finished).count() == 2

    def test_a_project_is_put_away_and_kept(self, as_staff, finished):
        assert act(as_staff, "put_away", [finished]) == ["1 deleted."]
        finished.refresh_from_db()
        assert finished.deleted_at is not None

    def test_a_job_is_cancelled_and_retried(self, as_staff, owner):
        project = submit_project(owner=owner, request=load_request(QUICKNOTES))
        job = AgentJob.objects.get(project=project)
        assert act(as_staff, "cancel", [job]) == ["1 cancelled."]
        job.refresh_from_db()
        assert job.status == JobStatus.CANCELLED
        assert act(as_staff, "retry", [job]) == ["1 retried."]
        job.refresh_from_db()
        assert job.status == JobStatus.RUNNING

    def test_a_step_is_retried_once_its_job_has_ended(self, as_staff, failed):
        steps = GenerationStep.objects.filter(project=failed).order_by("sequence_order")
        messages = act(as_staff, "retry", steps)
        assert messages[-1] == "1 retried."
        assert len(messages) == 3
        assert all("cannot be retried from one of" in message for message in messages[:2])

    def test_there_is_no_way_to_delete_rows(self, as_admin, finished):
        act(as_admin, "delete_selected", Log.objects.filter(project=finished))
        assert Log.objects.filter(project=finished).count() == 2


@pytest.mark.parametrize("model", [*RECORDS, User, ApiToken, ProviderKey])
def test_people_without_the_role_are_sent_away(browser_as, owner, model):
    for person in (None, owner):
        answer = browser_as(person).get(list_of(model))
        assert answer.status_code == 302
        assert "login" in answer.url


def test_people_without_the_role_cannot_act(browser_as, owner, failed):
    data = {"action": "retry", "_selected_action": [str(failed.pk)]}
    assert browser_as(owner).post(list_of(Project), data).status_code == 302
    failed.refresh_from_db()
    assert failed.status == ProjectStatus.FAILED
