"""Runs of one agent: carried out by a worker, lost, taken back, cancelled, retried."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from generation import heartbeat, tasks
from generation.agent_jobs import start_agent
from generation.agents import AGENTS
from generation.control import cancel_job, pause_job, retry_job
from generation.engines.base import EngineRejected
from generation.errors import AgentNotAvailable, InvalidTransition
from generation.models import AgentJob, AgentType, Log
from generation.pipeline import agent_runs, recovery
from generation.services import delete_project, submit_project
from generation.streams import stored_events
from projects.models import Project
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.pipeline.helpers import age_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(queue, owner) -> Project:
    return submit_project(owner=owner, request=load_request(QUICKNOTES), start=False)


@pytest.fixture
def start(draft, owner):
    def begin(kind="research", **context) -> AgentJob:
        return start_agent(project=draft, by=owner, agent_type=AgentType(kind), context=context)

    return begin


def row(job) -> AgentJob:
    return AgentJob.objects.get(pk=job.pk)


def progress_of(job) -> list[float]:
    return [event.payload["progress"] for event in stored_events(job, after=0)]


@pytest.mark.parametrize("kind", [kind.value for kind in AGENTS])
def test_an_agent_answers_in_its_shape_and_progress_only_grows(start, queue, draft, kind):
    job = start(kind)
    assert row(job).status == "queued"
    queue.run()
    done = row(job)
    assert (done.status, done.progress, done.error) == ("completed", 100.0, None), done.error
    assert done.started_at
    assert done.completed_at
    assert done.celery_task_id
    AGENTS[next(k for k in AGENTS if k.value == kind)].shape.model_validate(done.result)
    told = progress_of(job)
    assert told == sorted(told)
    assert told[-1] == 100.0
    draft.refresh_from_db()
    assert draft.status == "DRAFT"


def test_requirements_are_kept_on_the_project(start, queue, draft):
    job = start("research", user_idea="A CRM for dog walkers")
    queue.run()
    draft.refresh_from_db()
    assert draft.requirements_spec == row(job).result


def test_a_fault_of_the_agent_ends_the_run_with_its_reason(start, queue, draft, owner):
    job = start("code", file_path="no/such/file.py")
    queue.run()
    failed = row(job)
    assert failed.status == "failed"
    assert "no/such/file.py" in failed.error
    assert Log.objects.filter(project=draft, log_level="ERROR").exists()
    retry_job(job=failed, by=owner)
    assert (row(job).status, row(job).error, row(job).progress) == ("queued", None, 0.0)
    queue.run()
    assert row(job).status == "failed"
    assert row(job).attempt == 2


def test_a_fault_in_the_code_ends_the_run_too(start, queue, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError("a mistake")

    monkeypatch.setattr(agent_runs, "run_agent", broken)
    job = start()
    queue.run()
    assert (row(job).status, row(job).error) == (
        "failed",
        "Unexpected error: ZeroDivisionError: a mistake",
    )


def lose_worker(job) -> list:
    assert agent_runs.claim(job.pk) is not None
    AgentJob.objects.filter(pk=job.pk).update(
        lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    return agent_runs.find_lost_runs()


def test_a_run_that_lost_its_worker_is_carried_out_again(start, queue):
    job = start()
    assert lose_worker(job) == [job.pk]
    assert row(job).status == "queued"
    queue.run()
    assert (row(job).status, row(job).attempt, row(job).lost_workers) == ("completed", 2, 1)


def test_a_run_that_costs_three_workers_fails_with_that_reason(start):
    job = start()
    assert [lose_worker(job) for _ in range(3)] == [[job.pk], [job.pk], []]
    assert (row(job).status, row(job).error) == ("failed", "It lost its worker 3 times.")


def test_an_attempt_that_lost_its_lease_writes_nothing(start, queue, draft):
    job = start()
    late = agent_runs.claim(job.pk)
    assert late is not None
    AgentJob.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    agent_runs.find_lost_runs()
    agent_runs.fail_run(late, "too late")
    agent_runs._Progress(late)(50.0)
    assert (row(job).status, row(job).progress, row(job).error) == ("queued", 0.0, None)
    queue.run()
    assert row(job).status == "completed"


def test_what_was_never_queued_is_queued_by_the_scheduler(start, queue, monkeypatch):
    job = start()
    queue.messages.clear()
    assert recovery.find_lost().agents == []
    age_jobs(timezone.now() - timedelta(minutes=1))
    monkeypatch.setattr(heartbeat, "beat", lambda: None)
    monkeypatch.setattr(heartbeat, "queued_rows", set)
    tasks.reconcile()
    queue.run()
    assert row(job).status == "completed"


def test_a_cancelled_run_hears_of_it_and_keeps_nothing(
    start, queue, owner, draft, settings, monkeypatch
):
    settings.STEP_LEASE_SECONDS = 0.3
    job = start()

    def waits(*_args, stop, **_kwargs):
        cancel_job(job=row(job), by=owner)
        assert stop.wait(20)
        raise EngineRejected("too late to matter")

    monkeypatch.setattr(agent_runs, "run_agent", waits)
    queue.run()
    assert (row(job).status, row(job).error) == ("cancelled", None)
    draft.refresh_from_db()
    assert draft.requirements_spec is None
    assert draft.status == "DRAFT"


def test_what_a_run_does_not_allow_is_refused_with_what_it_does(start, queue, owner):
    job = start()
    with pytest.raises(InvalidTransition, match="queued cannot be paused; it can be cancelled"):
        pause_job(job=job, by=owner)
    queue.run()
    with pytest.raises(InvalidTransition, match="completed cannot be cancelled, nor anything"):
        cancel_job(job=row(job), by=owner)


@pytest.mark.parametrize("kind", ["pedagogy", "roadmap"])
def test_agents_that_are_not_here_yet_are_refused(start, kind):
    with pytest.raises(AgentNotAvailable, match=f"no agent '{kind}' yet. Use one of: research"):
        start(kind)
    assert not AgentJob.objects.exists()


def test_a_deleted_project_carries_nothing_out(start, queue, draft, owner):
    jobs = [start(), start("qa")]
    delete_project(project=draft, by=owner)
    queue.run()
    assert [row(job).status for job in jobs] == ["cancelled", "cancelled"]
