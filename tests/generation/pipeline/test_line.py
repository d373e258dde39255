"""The line that a person's jobs wait in, and the queues that messages go to."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.db import connection
from django.utils import timezone

from generation import tasks
from generation.engines.llm.steps import PLANNED_BY
from generation.models import AgentJob, GenerationStep, JobStatus
from generation.pipeline import recovery
from generation.pipeline.line import call_next, in_line, place_of
from generation.services import (
    cancel_project,
    pause_project,
    resume_project,
    retry_project,
    submit_project,
)
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.pipeline.conftest import SCRIPTED
from tests.generation.pipeline.helpers import age_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _room_for_two(settings) -> None:
    settings.JOBS_PER_USER = 2


@pytest.fixture
def submit(engine, queue, owner):
    def make(count: int, by=owner) -> list[AgentJob]:
        request = load_request(QUICKNOTES)
        made = [submit_project(owner=by, request=request, options=SCRIPTED) for _ in range(count)]
        return [project.jobs.get() for project in made]

    return make


def places(jobs) -> list[int | None]:
    return [place_of(AgentJob.objects.get(pk=job.pk)) for job in jobs]


def test_so_many_of_a_persons_jobs_are_worked_on_and_the_rest_waits_in_order(submit, queue):
    jobs = submit(5)
    assert [rows[0] for _, rows in queue.messages] == [jobs[0].pk, jobs[1].pk]
    assert places(jobs) == [None, None, 1, 2, 3]


def test_each_that_ends_calls_the_next_until_all_are_done(submit, queue):
    submit(5)
    queue.run()
    assert set(AgentJob.objects.values_list("status", flat=True)) == {JobStatus.COMPLETED}


def test_a_short_job_is_not_stuck_behind_five_hundred_of_another(submit, queue, owner, stranger):
    crowd = submit(3)
    for _ in range(497):
        AgentJob.objects.create(project=crowd[0].project, user=owner, agent_type="qa")
    (short,) = submit(1, stranger)
    assert places([short]) == [None]
    delivered = 0
    while AgentJob.objects.get(pk=short.pk).status != JobStatus.COMPLETED:
        queue.run(limit=1)
        delivered += 1
    assert delivered <= 3 * 6  # two of the crowd and this one: a plan and five steps each
    assert in_line().count() == 498 - AgentJob.objects.filter(status="completed").count() + 1


def test_a_failure_a_pause_and_a_cancelling_make_room(submit, queue, engine, owner):
    engine.failing = {"a.txt": 1}
    jobs = submit(5)
    queue.run(limit=2)
    queue.run(limit=1)
    assert AgentJob.objects.filter(status=JobStatus.FAILED).count() == 1
    assert places(jobs)[2] is None
    pause_project(project=jobs[1].project, by=owner)
    assert places(jobs)[3] is None
    cancel_project(project=jobs[2].project, by=owner)
    assert places(jobs)[4] is None
    assert not in_line().exists()


def test_who_waits_in_line_is_cancelled_paused_and_comes_back_to_its_end(submit, queue, owner):
    jobs = submit(4)
    cancel_project(project=jobs[2].project, by=owner)
    assert places(jobs) == [None, None, None, 1]
    retry_project(project=jobs[2].project, by=owner)
    pause_project(project=jobs[3].project, by=owner)
    resume_project(project=jobs[3].project, by=owner)
    assert places(jobs) == [None, None, 1, 2]
    queue.run()
    assert set(AgentJob.objects.values_list("status", flat=True)) == {JobStatus.COMPLETED}


def test_two_who_call_at_once_leave_no_more_than_there_is_room_for(submit, owner):
    submit(5)
    AgentJob.objects.update(celery_task_id=None)
    called: list[int] = []

    def call() -> None:
        called.append(len(call_next(owner.pk)))
        connection.close()

    both = [threading.Thread(target=call) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(called) == [0, 2]


def test_a_lost_call_is_made_again_and_who_is_in_line_is_not_lost(submit, queue):
    jobs = submit(3)
    queue.messages.clear()
    age_jobs(timezone.now() - timedelta(hours=1))
    assert set(recovery.find_lost().jobs) == {jobs[0].pk, jobs[1].pk}
    AgentJob.objects.filter(pk__in=[jobs[0].pk, jobs[1].pk]).update(status=JobStatus.CANCELLED)
    tasks.reconcile()
    assert [rows[0] for _, rows in queue.messages] == [jobs[2].pk]


class TestQueues:
    @pytest.fixture
    def sent(self, monkeypatch) -> list[str]:
        names: list[str] = []
        monkeypatch.setattr(tasks, "_send", lambda *args: names.append(args[3]))
        return names

    def test_what_asks_a_model_does_not_keep_the_rest_waiting(self, submit, sent):
        (job,) = submit(1)
        sent.clear()
        jobs = AgentJob.objects.filter(pk=job.pk)
        jobs.update(config={**job.config, "engine": "ollama:coder:7b"})
        tasks.enqueue_plan(job.pk)
        tasks.enqueue_agent(job.pk)
        jobs.update(config={**job.config, "engine": "builtin"})
        tasks.enqueue_plan(job.pk)
        assert sent == ["codegen-models", "codegen-models", "codegen"]

    def test_steps_that_a_model_writes(self, submit, sent):
        (job,) = submit(1)
        sent.clear()
        made = [
            GenerationStep.objects.create(
                project=job.project,
                job=job,
                sequence_order=n,
                tool_name="codegen_create",
                input_payload=i,
            ).pk
            for n, i in enumerate(({"file_path": "a"}, {"file_path": "b", PLANNED_BY: "x"}), 50)
        ]
        tasks.enqueue_steps(made)
        assert sent == ["codegen", "codegen-models"]

    def test_every_task_has_a_queue_that_there_is(self):
        routed = {route["queue"] for route in site.CELERY_TASK_ROUTES.values()}
        known = {site.MODEL_QUEUE, site.CELERY_TASK_DEFAULT_QUEUE, *routed}
        assert known == set(site.CELERY_TASK_QUEUES)
