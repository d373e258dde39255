"""A job from submission to ZIP: order, files, logs, events, memories, failures, retries."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from generation import tasks
from generation.control import retry_step
from generation.downloads import project_zip
from generation.errors import InvalidTransition, NothingToDownload
from generation.models import AgentJob, GenerationStep, Log, StepStatus
from generation.pipeline import execution, outcomes, recovery
from generation.services import (
    cancel_project,
    delete_project,
    generate_again,
    retry_project,
    start_project,
    submit_project,
)
from memory.models import MemoryRecord
from memory.services import recall_spec
from projects.models import Project, ProjectEvent, ProjectFile, ProjectFileVersion
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.pipeline.conftest import SCRIPTED
from tests.generation.pipeline.helpers import age_jobs, statuses
from tests.generation.scripted import create, memory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_submission_stores_the_project_its_memory_and_its_job(submitted, queue, owner):
    submitted.refresh_from_db()
    assert submitted.status == "IN_PROGRESS"
    assert submitted.agent_id.startswith("agent-")
    record = MemoryRecord.objects.get()
    assert record.memory_id == submitted.initial_memory_id
    assert json.loads(record.content) == QUICKNOTES
    assert record.metadata["step"] == "spec_submitted"
    assert AgentJob.objects.get().status == "queued"
    assert len(queue.messages) == 1
    assert recall_spec(owner) == QUICKNOTES


def test_a_job_runs_to_its_end(submitted, queue):
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "SUCCESS"
    assert submitted.download_url == f"/downloads/{submitted.project_id}/QuickNotes.zip"
    job = AgentJob.objects.get()
    assert (job.status, job.progress) == ("completed", 100.0)
    assert job.result["files"] == 3
    assert job.result["unplaced"] == QUICKNOTES["features"]
    assert statuses(submitted) == ["SUCCESS"] * 5
    final = MemoryRecord.objects.get(metadata__step="generation_complete")
    assert submitted.final_memory_id == final.memory_id
    assert final.content == "Generated QuickNotes."


def test_the_log_reads_as_the_seed_has_it(submitted, queue):
    queue.run()
    lines = list(Log.objects.order_by("log_id").values_list("log_text", flat=True))
    assert lines[0] == "Planning…"
    assert "Step 1 (codegen_create): Generated a.txt" in lines
    assert "Step 4 (codegen_refactor): Edited a.txt" in lines
    assert "Not done: Task CRUD (not in the script)" in lines
    assert lines[-1] == "Done: 3 files, ready to download"


def test_steps_run_only_after_what_they_depend_on(submitted, queue, engine):
    queue.run()
    assert engine.calls[0] == "a.txt"
    assert set(engine.calls[1:3]) == {"b.txt", "c.txt"}
    assert engine.calls[3] == "edit a.txt"


def test_the_zip_holds_the_files_under_one_folder(submitted, queue):
    queue.run()
    submitted.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(b"".join(project_zip(submitted)))) as archive:
        assert archive.namelist() == [f"QuickNotes/{n}.txt" for n in "abc"]
        assert archive.read("QuickNotes/a.txt") == b"a.txt of QuickNotes\nedited\n"


def test_every_event_has_the_next_number(submitted, queue):
    queue.run()
    numbers = list(ProjectEvent.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    submitted.refresh_from_db()
    assert submitted.event_seq == len(numbers)


def test_every_version_of_a_file_is_kept(submitted, queue):
    queue.run()
    versions = ProjectFileVersion.objects.filter(path="a.txt").order_by("version")
    assert [v.version for v in versions] == [1, 2]
    assert versions[1].parent == versions[0]
    assert ProjectFile.objects.get(path="a.txt").version == 2


def test_two_creates_on_one_file_keep_both(engine, submitted, queue):
    engine.steps = (create("models.py"), create("models.py", 1), memory(2))
    texts = iter(["import os\n\n\nclass User: ...\n", "import os\n\n\nclass Note: ...\n"])
    engine.texts = _Changing(texts)
    queue.run()
    text = ProjectFile.objects.get(path="models.py").content
    assert text.count("import os") == 1
    assert "class User" in text
    assert "class Note" in text


class _Changing(dict):
    def __init__(self, texts):
        super().__init__()
        self.texts = texts

    def get(self, _key, _default=None):
        return next(self.texts)


def test_a_message_delivered_twice_does_the_work_once(submitted, queue, engine):
    queue.messages.append(queue.messages[0])
    queue.run()
    first = list(engine.calls)
    for step_id in GenerationStep.objects.values_list("step_id", flat=True):
        tasks.execute_steps(str(step_id))
    assert engine.calls == first
    assert GenerationStep.objects.count() == 5


def test_a_failed_step_fails_the_job_with_its_reason_and_skips_the_rest(submitted, queue, engine):
    engine.failing = {"b.txt": 1}
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "FAILED"
    job = AgentJob.objects.get()
    assert job.error == "Step 2 (codegen_create) failed: no b.txt today"
    assert statuses(submitted)[1] == "FAILED"
    assert set(statuses(submitted)[3:]) == {"SKIPPED"}
    assert GenerationStep.objects.get(sequence_order=2).error == "no b.txt today"
    with pytest.raises(NothingToDownload):
        project_zip(submitted)


def test_a_mistake_in_the_code_fails_the_step_and_not_the_worker(submitted, queue, engine):
    engine.crashing = {"c.txt"}
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "FAILED"
    assert "a mistake in the code" in GenerationStep.objects.get(sequence_order=3).error


@pytest.mark.parametrize("how", ["step", "project"])
def test_a_retry_goes_on_from_the_failed_step(submitted, queue, engine, owner, how):
    engine.failing = {"b.txt": 1}
    queue.run()
    if how == "step":
        retry_step(step=GenerationStep.objects.get(status="FAILED"), by=owner)
    else:
        retry_project(project=submitted, by=owner)
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "SUCCESS"
    assert engine.calls.count("a.txt") == 1
    assert statuses(submitted) == ["SUCCESS"] * 5


def numbered(number: int) -> GenerationStep:
    return GenerationStep.objects.get(sequence_order=number)


@pytest.mark.parametrize(
    ("number", "onwards", "again"),
    [
        (2, False, ["b.txt"]),
        (2, True, ["b.txt", "edit a.txt"]),
        (1, False, ["a.txt", "edit a.txt"]),
        (1, True, ["a.txt", "b.txt", "c.txt", "edit a.txt"]),
        (5, True, []),
    ],
)
def test_a_finished_job_is_retried_from_a_step(
    submitted, queue, engine, owner, number, onwards, again
):
    queue.run()
    before = dict(ProjectFile.objects.values_list("path", "content"))
    engine.calls.clear()
    job = retry_step(step=numbered(number), by=owner, onwards=onwards)
    assert (job.status, job.result, job.completed_at) == ("running", None, None)
    assert job.progress < 100
    queue.run()
    submitted.refresh_from_db()
    assert (submitted.status, statuses(submitted)) == ("SUCCESS", ["SUCCESS"] * 5)
    assert engine.calls == again
    assert dict(ProjectFile.objects.values_list("path", "content")) == before
    assert AgentJob.objects.get().result["files"] == 3


def test_two_who_retry_a_step_at_once_are_told(submitted, queue, owner):
    queue.run()
    step = numbered(2)
    retry_step(step=step, by=owner)
    with pytest.raises(InvalidTransition, match="running cannot be retried from") as told:
        retry_step(step=step, by=owner)
    assert told.value.allowed == ("pause", "cancel")


def test_what_is_retried_and_cancelled_keeps_the_files_there_are(submitted, queue, owner):
    queue.run()
    retry_step(step=numbered(1), by=owner, onwards=True)
    queue.run(limit=1)
    cancel_project(project=submitted, by=owner)
    assert ProjectFile.objects.count() == 3
    retry_project(project=submitted, by=owner)
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "SUCCESS"
    assert ProjectFile.objects.get(path="a.txt").content == "a.txt of QuickNotes\nedited\n"


def test_steps_of_an_earlier_job_are_not_retried(submitted, queue, owner):
    queue.run()
    step = numbered(2)
    submitted.refresh_from_db()
    generate_again(project=submitted, by=owner)
    with pytest.raises(InvalidTransition, match="newer run"):
        retry_step(step=step, by=owner)


def test_a_path_that_leaves_the_project_fails_its_step(engine, submitted, queue):
    engine.steps = (create("../etc/passwd"), memory(1))
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "FAILED"
    assert "leaves the project" in AgentJob.objects.get().error
    assert not ProjectFile.objects.exists()


def test_a_planning_failure_fails_the_job(submitted, queue, engine, owner):
    engine.steps = None
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "FAILED"
    assert AgentJob.objects.get().error.startswith("Planning failed")


def test_a_cancelled_job_keeps_its_files_and_starts_nothing_more(submitted, queue, owner):
    queue.run(limit=2)
    cancel_project(project=submitted, by=owner)
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "CANCELLED"
    assert statuses(submitted) == ["SUCCESS", "SKIPPED", "SKIPPED", "SKIPPED", "SKIPPED"]
    assert ProjectFile.objects.count() == 1
    with pytest.raises(InvalidTransition):
        cancel_project(project=submitted, by=owner)


def test_a_step_that_lost_its_worker_is_queued_again(submitted, queue, engine):
    queue.run(limit=1)
    step = GenerationStep.objects.get(sequence_order=1)
    GenerationStep.objects.filter(pk=step.pk).update(
        status="RUNNING", attempt=1, lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    AgentJob.objects.update(status="running")
    lost = recovery.find_lost()
    step.refresh_from_db()
    assert step.status == StepStatus.PENDING
    assert Log.objects.filter(log_text__contains="lost its worker").exists()
    assert lost.steps == [step.pk]
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "SUCCESS"


def test_an_attempt_that_lost_its_lease_writes_nothing(submitted, queue, engine, monkeypatch):
    queue.run(limit=1)
    step = GenerationStep.objects.get(sequence_order=1)
    original = engine.create

    def slow(step_input, context):
        GenerationStep.objects.filter(pk=step.pk).update(attempt=9)
        return original(step_input, context)

    monkeypatch.setattr(engine, "create", slow)
    claimed = execution.claim(step.pk)
    assert claimed is not None
    with pytest.raises(outcomes.LostLease):
        execution.carry_out(claimed)
    assert not ProjectFile.objects.exists()
    assert not Log.objects.filter(step=step).exists()


def test_messages_lost_with_redis_are_found_in_the_database(submitted, queue):
    queue.messages.clear()
    queue.run()
    old = timezone.now() - timedelta(minutes=1)
    age_jobs(old)
    assert recovery.find_lost().jobs == [AgentJob.objects.get().pk]


def test_generating_again_keeps_the_old_job_and_removes_what_is_no_longer_made(
    submitted, queue, engine, owner
):
    queue.run()
    engine.steps = (create("b.txt"), create("d.txt"), memory(1, 2))
    submitted.refresh_from_db()
    generate_again(project=submitted, by=owner)
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "SUCCESS"
    assert AgentJob.objects.count() == 2
    assert list(ProjectFile.objects.values_list("path", flat=True)) == ["b.txt", "d.txt"]
    assert ProjectFileVersion.objects.get(path="c.txt", version=2).deleted


def test_a_running_project_cannot_be_started_again(submitted, owner):
    with pytest.raises(InvalidTransition):
        generate_again(project=submitted, by=owner)
    with pytest.raises(InvalidTransition):
        start_project(project=submitted, by=owner)


def test_a_draft_waits_until_it_is_started(engine, queue, owner):
    draft = submit_project(
        owner=owner,
        request=load_request(QUICKNOTES),
        options=SCRIPTED,
        start=False,
    )
    assert draft.status == "DRAFT"
    assert not queue.messages
    start_project(project=draft, by=owner)
    queue.run()
    draft.refresh_from_db()
    assert draft.status == "SUCCESS"


def test_a_repeated_key_returns_the_first_project(engine, queue, owner):
    request = load_request(QUICKNOTES)
    first = submit_project(owner=owner, request=request, idempotency_key="k1")
    again = submit_project(owner=owner, request=request, idempotency_key="k1")
    assert again == first
    assert Project.objects.count() == 1


def test_two_projects_of_one_name_get_slugs_of_their_own(queue, owner):
    request = load_request(QUICKNOTES)
    slugs = [submit_project(owner=owner, request=request, start=False).slug for _ in range(3)]
    assert slugs == ["quicknotes", "quicknotes-2", "quicknotes-3"]


def test_a_deleted_project_is_gone_for_its_owner_and_stops(submitted, queue, owner):
    delete_project(project=submitted, by=owner)
    queue.run()
    assert not Project.objects.visible_to(owner).exists()
    assert AgentJob.objects.get().status == "cancelled"
    assert recall_spec(owner) is None


def test_generating_again_starts_from_the_last_finished_version(submitted, queue, engine, owner):
    queue.run()
    assert engine.previous is None
    engine.kept = {"c.txt"}
    engine.steps = (create("b.txt"), create("half.txt"), create("bad.txt", 2), memory(1, 3))
    engine.failing = {"bad.txt": 1}
    generate_again(project=submitted, by=owner)
    queue.run()
    assert submitted_files() == ["a.txt", "b.txt", "c.txt", "half.txt"]
    generate_again(project=submitted, by=owner)
    queue.run()
    assert engine.previous is not None
    assert sorted(engine.previous.files) == ["a.txt", "c.txt"]
    assert engine.previous.spec.name == "QuickNotes"
    assert submitted_files() == ["b.txt", "bad.txt", "c.txt", "half.txt"]


def submitted_files() -> list[str]:
    return sorted(ProjectFile.objects.values_list("path", flat=True))


def test_a_change_of_stack_begins_anew(submitted, queue, engine, owner):
    queue.run()
    engine.kept = {"c.txt"}
    Project.objects.update(tech_stack="another")
    generate_again(project=submitted, by=owner)
    queue.run()
    assert engine.previous is None
