"""Workers that are lost, leases that are kept, and people who pause, resume and cancel."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from generation import tasks
from generation.engines.base import GeneratedFile
from generation.errors import InvalidTransition
from generation.events import event_batch
from generation.models import AgentJob, GenerationStep, Log
from generation.pipeline import execution, outcomes, recovery
from generation.pipeline.lease import renewed_lease
from generation.services import (
    cancel_project,
    generate_again,
    pause_project,
    resume_project,
    retry_project,
    start_project,
)
from projects.models import Project
from tests.generation.pipeline.helpers import age_jobs, statuses
from tests.generation.scripted import create

pytestmark = pytest.mark.django_db(transaction=True)


def lose_worker(step) -> list:
    """Carry a step out as far as a worker's death."""
    assert execution.claim(step.pk) is not None
    GenerationStep.objects.filter(pk=step.pk).update(
        lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    return recovery.find_lost().steps


def test_a_step_that_lost_its_worker_is_queued_at_once_while_others_go_on(submitted, queue):
    queue.run(limit=1)
    step = GenerationStep.objects.get(sequence_order=1)
    assert lose_worker(step) == [step.pk]


def test_a_step_that_costs_three_workers_fails_with_that_reason(submitted, queue, owner):
    queue.run(limit=1)
    step = GenerationStep.objects.get(sequence_order=1)
    assert [lose_worker(step) for _ in range(3)] == [[step.pk], [step.pk], []]
    step.refresh_from_db()
    assert (step.status, step.error) == ("FAILED", "It lost its worker 3 times.")
    job = AgentJob.objects.get()
    assert (job.status, submitted_status(submitted)) == ("failed", "FAILED")
    assert "lost its worker 3 times" in job.error
    retry_project(project=submitted, by=owner)
    queue.run()
    assert submitted_status(submitted) == "SUCCESS"


def submitted_status(project) -> str:
    project.refresh_from_db()
    return project.status


def test_a_lease_is_renewed_while_the_engine_works(submitted, queue, engine, settings, monkeypatch):
    settings.STEP_LEASE_SECONDS = 0.3
    queue.run(limit=1)
    step = GenerationStep.objects.get(sequence_order=1)
    leases = []
    original = engine.create

    def slow(step_input, context):
        for _ in range(2):
            leases.append(GenerationStep.objects.get(pk=step.pk).lease_expires_at)
            _wait_for(lambda: GenerationStep.objects.get(pk=step.pk).lease_expires_at > leases[-1])
        return original(step_input, context)

    monkeypatch.setattr(engine, "create", slow)
    tasks.execute_steps(str(step.pk))
    step.refresh_from_db()
    assert (step.status, step.lease_expires_at) == ("SUCCESS", None)
    assert leases[0] < leases[1]


def _wait_for(happened, seconds=20.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_worker_hears_that_its_step_was_cancelled(submitted, queue, owner, settings):
    settings.STEP_LEASE_SECONDS = 0.3
    queue.run(limit=1)
    turn = execution.claim(GenerationStep.objects.get(sequence_order=1).pk)
    assert turn is not None
    with renewed_lease(turn.steps) as lost:
        assert not lost.is_set()
        cancel_project(project=submitted, by=owner)
        assert lost.wait(20)


def test_a_paused_job_finishes_what_runs_and_starts_nothing(submitted, queue, engine, owner):
    queue.run(limit=1)
    first = GenerationStep.objects.get(sequence_order=1)
    original = engine.create

    def pause_meanwhile(step_input, context):
        pause_project(project=submitted, by=owner)
        return original(step_input, context)

    engine.create = pause_meanwhile
    turn = execution.claim(first.pk)
    assert turn is not None
    assert execution.carry_out(turn) == []
    engine.create = original
    queue.run()
    assert statuses(submitted) == ["SUCCESS", "PENDING", "PENDING", "PENDING", "PENDING"]
    assert AgentJob.objects.get().progress == 20.0
    age_jobs(timezone.now() - timedelta(minutes=1))
    assert recovery.find_lost().steps == []
    resume_project(project=submitted, by=owner)
    queue.run()
    assert submitted_status(submitted) == "SUCCESS"
    texts = list(Log.objects.values_list("log_text", flat=True))
    assert [f"{verb} by {owner.email}" in texts for verb in ("Paused", "Resumed")] == [True, True]


def test_a_job_paused_before_its_plan_is_planned_on_resuming(submitted, queue, owner):
    pause_project(project=submitted, by=owner)
    queue.run()
    assert not GenerationStep.objects.exists()
    resume_project(project=submitted, by=owner)
    queue.run()
    assert submitted_status(submitted) == "SUCCESS"


def test_a_job_whose_last_step_ended_while_paused_ends_on_resuming(submitted, queue, engine, owner):
    engine.steps = (create("a.txt"),)
    queue.run(limit=1)
    original = engine.create

    def pause_meanwhile(step_input, context):
        pause_project(project=submitted, by=owner)
        return original(step_input, context)

    engine.create = pause_meanwhile
    queue.run()
    assert submitted_status(submitted) == "IN_PROGRESS"
    resume_project(project=submitted, by=owner)
    queue.run()
    assert submitted_status(submitted) == "SUCCESS"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (resume_project, "An app that is completed cannot be resumed; it can be generated again"),
        (pause_project, "cannot be paused"),
        (cancel_project, "cannot be cancelled"),
        (retry_project, "cannot be retried"),
        (start_project, "cannot be started"),
    ],
)
def test_what_is_not_possible_is_refused_with_what_is(submitted, queue, owner, act, words):
    queue.run()
    submitted.refresh_from_db()
    with pytest.raises(InvalidTransition, match=words):
        act(project=submitted, by=owner)
    assert submitted_status(submitted) == "SUCCESS"


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return cursor.fetchone()[0] > 0


def in_a_worker(work) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def all_at_once(*works: Callable[[], object]) -> list[str]:
    """Do several things at the same moment; return `won`, or the words of the refusal, of each."""
    together, found = threading.Barrier(len(works)), []

    def press(work: Callable[[], object]) -> None:
        together.wait(20)
        try:
            work()
        except InvalidTransition as refused:
            found.append(refused.message)
        else:
            found.append("won")

    threads = [in_a_worker(partial(press, work)) for work in works]
    for thread in threads:
        thread.join(60)
    return sorted(found)


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        ((), pause_project, "paused"),
        ((pause_project,), resume_project, "running"),
        ((), cancel_project, "cancelled"),
        ((cancel_project,), retry_project, "running"),
        ((cancel_project,), generate_again, "queued"),
    ],
)
def test_of_two_tabs_that_press_at_once_one_wins(submitted, queue, owner, before, act, after):
    queue.run(limit=1)
    for earlier in before:
        earlier(project=submitted, by=owner)
    lines = Log.objects.count()
    tabs = [Project.objects.get(pk=submitted.pk) for _ in range(2)]
    refused, won = all_at_once(*(partial(act, project=tab, by=owner) for tab in tabs))
    assert won == "won"
    assert "Reload to see where it stands" in refused
    assert AgentJob.objects.latest("created_at").status == after
    assert Log.objects.count() == lines + 1, "it is told once"


def test_who_presses_something_else_at_the_same_moment_is_told(submitted, queue, owner):
    queue.run(limit=1)
    acts = (partial(act, project=submitted, by=owner) for act in (cancel_project, pause_project))
    first, last = all_at_once(*acts)
    # A paused job can be cancelled, a cancelled one not paused.
    assert first == "won" or "An app that is cancelled cannot be paused" in first
    assert last == "won"
    assert submitted_status(submitted) == "CANCELLED"


@pytest.mark.parametrize("work", ["plan", "claim", "finish", "fail"])
def test_people_and_workers_never_wait_for_each_other(submitted, queue, owner, work):
    job = AgentJob.objects.get()
    works: dict[str, Callable[[], object]] = {"plan": lambda: tasks.plan_job(str(job.pk))}
    if work != "plan":
        queue.run(limit=1)
        step = GenerationStep.objects.get(sequence_order=1)
        works["claim"] = lambda: execution.claim(step.pk)
    if work in {"finish", "fail"}:
        claimed = execution.claim(step.pk)
        assert claimed is not None
        outcome = outcomes.Outcome(file=GeneratedFile("a.txt", "a"))
        works["finish"] = lambda: outcomes.store([(claimed.steps[0], outcome)])
        works["fail"] = lambda: outcomes.fail_step(claimed.steps[0], "broken")
    with event_batch(submitted.pk):
        worker = in_a_worker(works[work])
        _wait_for(waits_for_a_lock)
        # The rows that the worker is about to change: each of them is still to be had.
        AgentJob.objects.filter(pk=job.pk).update(error=None)
        GenerationStep.objects.filter(job=job).update(error=None)
    worker.join(20)
    assert not worker.is_alive()
    cancelled = work == "fail"
    if not cancelled:
        cancel_project(project=submitted, by=owner)
    assert submitted_status(submitted) == ("FAILED" if cancelled else "CANCELLED")
