"""What is found again: attempts that died, messages that never came, and what is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import redis
from django.db import OperationalError
from django.utils import timezone

from generation import heartbeat, tasks
from generation.models import AgentJob, GenerationStep, Log
from generation.pipeline import execution, planning, recovery
from generation.services import pause_project, resume_project, retry_project
from tests.generation.pipeline.helpers import age_jobs, statuses

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = timedelta(minutes=1)


def only_job() -> AgentJob:
    return AgentJob.objects.get()


def lose_planner() -> list:
    """Begin to plan as far as a worker's death."""
    assert planning.claim(only_job().pk) is not None
    AgentJob.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    return planning.find_lost_plans()


def age_steps() -> None:
    past = timezone.now() - LONG_AGO
    GenerationStep.objects.update(created_at=past)
    GenerationStep.objects.filter(finished_at__isnull=False).update(finished_at=past)


def test_a_planning_that_lost_its_worker_is_done_again(submitted, queue):
    assert lose_planner() == [only_job().pk]
    assert Log.objects.filter(log_text="Planning lost its worker; queued again").exists()
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "SUCCESS"
    assert (only_job().attempt, only_job().lost_workers) == (2, 1)


def test_a_planning_that_costs_three_workers_fails_with_that_reason(submitted, queue, owner):
    assert [len(lose_planner()) for _ in range(3)] == [1, 1, 0]
    assert (only_job().status, only_job().error) == (
        "failed",
        "Planning failed: It lost its worker 3 times.",
    )
    retry_project(project=submitted, by=owner)
    assert only_job().lost_workers == 0
    queue.run()
    assert only_job().status == "completed"


def test_one_worker_plans_at_a_time(submitted):
    job_id = only_job().pk
    assert planning.claim(job_id) is not None
    assert planning.claim(job_id) is None
    age_jobs(timezone.now() - LONG_AGO)
    assert recovery.find_lost().jobs == []


def test_a_planner_that_was_taken_over_neither_plans_nor_fails_the_job(submitted, queue):
    late = planning.claim(only_job().pk)
    assert late is not None
    AgentJob.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    planning.find_lost_plans()
    assert planning.claim(late.pk) is not None
    assert planning.plan(late) == []
    planning.fail_planning(late, "too late")
    assert (only_job().status, only_job().error) == ("queued", None)
    assert not GenerationStep.objects.exists()


def test_pausing_ends_a_planning_and_resuming_begins_another(submitted, queue, owner):
    assert planning.claim(only_job().pk) is not None
    pause_project(project=submitted, by=owner)
    resume_project(project=submitted, by=owner)
    queue.run()
    assert only_job().status == "completed"


def failing_with(error: Exception):
    def fail(*_args, **_kwargs):
        raise error

    return fail


def test_a_database_that_goes_away_fails_no_step(submitted, queue, engine, monkeypatch):
    queue.run(limit=1)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "create", failing_with(OperationalError("server closed")))
        queue.run()
    assert statuses(submitted)[0] == "RUNNING"
    GenerationStep.objects.filter(status="RUNNING").update(
        lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    tasks.enqueue_steps(recovery.find_lost().steps)
    queue.run()
    assert set(statuses(submitted)) == {"SUCCESS"}


def test_a_database_that_goes_away_fails_no_planning(submitted, queue, engine, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(engine, "understand", failing_with(OperationalError("server closed")))
        queue.run()
    assert only_job().status == "queued"


def test_a_crash_of_a_late_attempt_does_not_fail_the_attempt_after_it(
    submitted, queue, engine, monkeypatch
):
    queue.run(limit=1)
    step = GenerationStep.objects.get(sequence_order=1)

    def crash(*_args):
        GenerationStep.objects.filter(pk=step.pk).update(attempt=9)
        raise ZeroDivisionError("a mistake in the code")

    monkeypatch.setattr(engine, "create", crash)
    tasks.execute_steps(str(step.pk))
    step.refresh_from_db()
    assert (step.status, step.error) == ("RUNNING", None)


def test_a_lease_renewed_meanwhile_is_not_taken_back(submitted, queue):
    queue.run(limit=1)
    turn = execution.claim(GenerationStep.objects.get(sequence_order=1).pk)
    assert turn is not None
    step = turn.steps[0]
    assert recovery._take_back(step) is False
    step.refresh_from_db()
    assert (step.status, step.lost_workers) == ("RUNNING", 0)


def test_a_step_without_a_message_is_found_while_others_of_its_job_go_on(submitted, queue):
    queue.run(limit=2)
    queue.messages.clear()
    assert recovery.find_lost().steps == [], "its message may be on the way"
    age_steps()
    first, second = recovery.find_lost().steps
    assert {first, second} == set(
        GenerationStep.objects.filter(sequence_order__in=(2, 3)).values_list("pk", flat=True)
    )
    assert recovery.find_lost(queued={first}).steps == [second]


def test_a_job_whose_message_waits_is_not_queued_twice(submitted):
    age_jobs(timezone.now() - LONG_AGO)
    assert recovery.find_lost().jobs == [only_job().pk]
    assert recovery.find_lost(queued={only_job().pk}).jobs == []


@pytest.fixture
def real_queue(settings):
    settings.CELERY_TASK_DEFAULT_QUEUE = tasks.plan_job.app.conf.task_default_queue
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete(settings.CELERY_TASK_DEFAULT_QUEUE)
    yield client
    client.delete(settings.CELERY_TASK_DEFAULT_QUEUE)
    client.close()


def test_the_queue_tells_what_its_messages_are_about(finished, real_queue):
    steps = set(GenerationStep.objects.values_list("pk", flat=True))
    tasks.enqueue_steps(steps)
    tasks.enqueue_plan(only_job().pk)
    tasks.enqueue_pull("a:1b")
    assert heartbeat.queued_rows() == {*steps, only_job().pk}


def test_the_queue_is_built_again_from_the_database_after_redis_was_emptied(finished, real_queue):
    AgentJob.objects.update(status="running")
    GenerationStep.objects.update(status="PENDING")
    age_steps()
    tasks.reconcile()
    assert heartbeat.queued_rows() == set(GenerationStep.objects.values_list("pk", flat=True))
    tasks.reconcile()
    assert real_queue.llen("codegen") == 1, "what waits is not queued twice"
    real_queue.flushdb()
    tasks.reconcile()
    assert real_queue.llen("codegen") == 1
