"""The line that a person's jobs wait in, and the queues that messages go to."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.db import connection
from django.utils import timezone

from generation import tasks
from generation.control import retry_step
from generation.engines.llm.steps import PLANNED_BY
from generation.models import AgentJob, GenerationStep, JobStatus
from generation.pipeline import execution, recovery
from generation.pipeline.line import call_next, in_line, place_of
from generation.plans import approve_plan
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


def status_of(job) -> str:
    return AgentJob.objects.get(pk=job.pk).status


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


class TestGoingOn:
    """What was begun goes on at once where there is room, and else stands in line."""

    @pytest.fixture
    def full(self, submit, queue, owner) -> list[AgentJob]:
        """Three planned jobs: the first paused, the others at work, so that there is no room."""
        jobs = submit(3)
        queue.run(limit=2)
        pause_project(project=jobs[0].project, by=owner)
        queue.run(limit=1)  # a step of the paused one, which is not begun
        while not GenerationStep.objects.filter(job=jobs[2]).exists():
            queue.run(limit=1)
        assert [status_of(job) for job in jobs] == ["paused", "running", "running"]
        return jobs

    def resume(self, job, owner):
        resume_project(project=job.project, by=owner)

    def retry(self, job, owner):
        AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.FAILED)
        retry_project(project=job.project, by=owner)

    def retry_a_step(self, job, owner):
        AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.FAILED)
        retry_step(step=GenerationStep.objects.filter(job=job)[0], by=owner)

    def approve(self, job, owner):
        AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.WAITING_FOR_INPUT)
        approve_plan(job=AgentJob.objects.get(pk=job.pk), expected=None, by=owner)

    @pytest.mark.parametrize("act", [resume, retry, retry_a_step, approve])
    def test_it_stands_in_line_and_keeps_its_plan(self, full, queue, owner, act):
        steps = set(GenerationStep.objects.filter(job=full[0]).values_list("pk", flat=True))
        act(self, full[0], owner)
        assert (status_of(full[0]), places(full)[0]) == ("queued", 1)
        queue.run()
        assert {status_of(job) for job in full} == {"completed"}
        assert set(GenerationStep.objects.filter(job=full[0]).values_list("pk", flat=True)) == steps

    @pytest.mark.parametrize("act", [resume, retry, retry_a_step, approve])
    def test_where_there_is_room_it_runs_at_once(self, full, queue, owner, act):
        cancel_project(project=full[1].project, by=owner)
        act(self, full[0], owner)
        assert (status_of(full[0]), places(full)[0]) == ("running", None)
        queue.run()
        assert status_of(full[0]) == "completed"

    def test_it_does_not_pass_those_in_line(self, full, submit, owner):
        (waiting,) = submit(1)
        AgentJob.objects.filter(pk=full[1].pk).update(status=JobStatus.CANCELLED)  # nobody called
        self.resume(full[0], owner)
        # The older of the two has the place that there is.
        assert (status_of(full[0]), places([full[0], waiting])) == ("queued", [None, 1])

    def test_a_step_that_ends_while_its_job_stands_in_line_counts(self, submit, queue, owner):
        jobs = submit(3)
        queue.run(limit=2)
        begun = execution.claim(GenerationStep.objects.get(job=jobs[0], sequence_order=1).pk)
        assert begun is not None
        pause_project(project=jobs[0].project, by=owner)
        self.resume(jobs[0], owner)
        tasks.enqueue_steps(execution.carry_out(begun))
        assert (status_of(jobs[0]), places(jobs)[0]) == ("queued", 1)
        assert AgentJob.objects.get(pk=jobs[0].pk).progress == 20.0
        queue.run()
        assert {status_of(job) for job in jobs} == {"completed"}

    def test_a_lost_message_is_sent_again(self, full, queue, owner):
        self.resume(full[0], owner)
        cancel_project(project=full[1].project, by=owner)  # calls it
        assert places(full)[0] is None
        queue.messages.clear()
        age_jobs(timezone.now() - timedelta(hours=1))
        assert recovery.find_lost().jobs == [full[0].pk]

    def test_an_answered_job_whose_message_is_lost_is_planned(self, submit, queue):
        (job,) = submit(1)
        AgentJob.objects.update(status=JobStatus.RUNNING, celery_task_id=None)
        queue.messages.clear()
        age_jobs(timezone.now() - timedelta(hours=1))
        tasks.reconcile()
        queue.run()
        assert status_of(job) == "completed"


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
