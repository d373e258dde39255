"""Celery tasks: each takes an id, claims its row, makes one call, and queues what became ready."""

from __future__ import annotations

import logging
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import redis
from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.db import InterfaceError, InternalError
from django.db import OperationalError as DatabaseGone
from django.db.models import Case, When
from kombu.exceptions import OperationalError

from generation import heartbeat, pulls
from generation.engines.llm.steps import PLANNED_BY
from generation.engines.registry import EngineChoice
from generation.models import AgentJob, AgentType, GenerationStep, JobStatus
from generation.pipeline import agent_runs, execution, line, planning, recovery
from generation.pipeline.outcomes import LostLease, release
from generation.pipeline.transitions import is_planned

logger = logging.getLogger(__name__)

MOST_TOGETHER = 24  # so many steps share a message
# What a database raises that stops, cannot write, or is not there; no fault of the work.
NOT_OUR_FAULT = (DatabaseGone, InterfaceError, InternalError)


def enqueue_plan(job_id: UUID) -> None:
    """Queue the planning of a job; its row names the message that was sent last."""
    task_id = str(uuid4())
    AgentJob.objects.filter(pk=job_id).update(celery_task_id=task_id)
    _send(plan_job, [job_id], task_id, _queue_of(job_id))


def enqueue_agent(job_id: UUID) -> None:
    """Queue a run of an agent; its row names the message that was sent last."""
    task_id = str(uuid4())
    AgentJob.objects.filter(pk=job_id).update(celery_task_id=task_id)
    _send(run_agent, [job_id], task_id, _queue_of(job_id))


def send_on(job: AgentJob) -> None:
    """Queue what a job that was let go on has to do next, or leave it in its person's line."""
    if job.status == JobStatus.QUEUED:
        start_next(job.user_id)
    elif is_planned(job):
        enqueue_steps(recovery.ready_steps(job.pk))
    else:
        enqueue_plan(job.pk)


def start_next(user_id: UUID) -> None:
    """Queue the next of a person's jobs in line, if there is room for it."""
    for called in line.call_next(user_id):
        task = plan_job if called.agent_type == AgentType.PIPELINE else run_agent
        _send(task, [called.job_id], called.task_id, _queue_of(called.job_id))


def enqueue_steps(step_ids: Iterable[UUID], *, together: int = MOST_TOGETHER) -> None:
    """Queue steps that are ready: a few of a project in each message, one that asks a model alone.

    A turn is of one project; what else stood in its message would wait until it is found lost.
    """
    ready = list(step_ids)
    if not ready:
        return
    asks = Case(When(input_payload__has_key=PLANNED_BY, then=True), default=False)
    steps = GenerationStep.objects.filter(pk__in=ready).annotate(asks=asks)
    known = {pk: more for pk, *more in steps.values_list("pk", "project_id", "asks")}
    asking = [step_id for step_id in ready if step_id in known and known[step_id][1]]
    plain: dict[UUID, list[UUID]] = defaultdict(list)
    for step_id in [step_id for step_id in ready if step_id in known.keys() - set(asking)]:
        plain[known[step_id][0]].append(step_id)
    for of_project in plain.values():
        waiting = iter(of_project)
        while some := list(islice(waiting, together)):
            _send(execute_steps, some, None, settings.CELERY_TASK_DEFAULT_QUEUE)
    for step_id in asking:
        _send(execute_steps, [step_id], None, settings.MODEL_QUEUE)


def _queue_of(job_id: UUID) -> str:
    """Return where a job is planned, or a run of an agent carried out: beside those who ask."""
    config = AgentJob.objects.values_list("config", flat=True).get(pk=job_id) or {}
    asks = EngineChoice.parse(config.get("engine", "builtin")).asks_others
    return str(settings.MODEL_QUEUE if asks else settings.CELERY_TASK_DEFAULT_QUEUE)


def enqueue_pull(model: str) -> None:
    """Queue the fetching of a model."""
    pull_model.apply_async((model,), retry=False)


def _send(task: Any, row_ids: Sequence[UUID], task_id: str | None, queue: str) -> None:
    rows = [str(row_id) for row_id in row_ids]
    try:
        headers = {heartbeat.ROWS: rows}
        task.apply_async(rows, task_id=task_id, headers=headers, queue=queue, retry=False)
    except (OperationalError, redis.RedisError):
        logger.warning("not queued, no Redis; the scheduler will queue it: %s", ", ".join(rows))


@contextmanager
def _ended_by(fail: Callable[[str], None], what: str) -> Iterator[None]:
    """End a piece of work whose code has a mistake, which must not hang, with `fail` and a reason.

    Where it is the database that failed, the work is left to its lease: when that has run out, it
    is taken back and done again.
    """
    try:
        yield
    except LostLease:
        logger.warning("%s was taken over by another attempt", what)
    except NOT_OUR_FAULT:
        logger.warning("%s is left to its lease: the database failed", what, exc_info=True)
    except Exception as error:  # the task boundary
        logger.exception("%s failed", what)
        fail(f"Unexpected error: {traceback.format_exception_only(error)[-1].strip()}")


@shared_task
def plan_job(job_id: str) -> None:
    """Plan a job, or go on with the plan that it has, and queue the steps that are ready."""
    job = planning.claim(UUID(job_id))
    if job is not None:
        with _ended_by(partial(planning.fail_planning, job), f"planning of job {job_id}"):
            enqueue_steps(planning.plan(job))
        start_next(job.user_id)


@shared_task
def execute_steps(*step_ids: str) -> None:
    """Carry out the steps that may be carried out together, and queue those that became ready."""
    turn = execution.claim(*map(UUID, step_ids))
    if turn is not None:
        enqueue_steps(turn.left, together=1)
        with _ended_by(partial(_give_up, turn), f"a turn of steps {', '.join(step_ids)}"):
            enqueue_steps(execution.carry_out(turn))
        jobs = [step.job_or_fail for step in turn.steps]
        if any(job.status != JobStatus.RUNNING for job in jobs):
            start_next(jobs[0].user_id)


def _give_up(turn: execution.Turn, reason: str) -> None:
    """End a step whose code has a mistake; of several each is carried out alone to see which."""
    if len(turn.steps) == 1:
        enqueue_steps(execution.give_up(turn.steps[0], reason))
    else:
        enqueue_steps(release(turn.steps), together=1)


@shared_task
def run_agent(job_id: str) -> None:
    """Carry a run of an agent out."""
    job = agent_runs.claim(UUID(job_id))
    if job is not None:
        with _ended_by(partial(agent_runs.fail_run, job), f"run {job_id}"):
            agent_runs.carry_out(job)
        start_next(job.user_id)


@shared_task
def pull_model(model: str) -> None:
    """Fetch a model for the Ollama server."""
    pulls.carry_out_pull(model)


@shared_task
def reconcile() -> None:
    """Queue again what lost its worker or its message, and give a sign of life."""
    heartbeat.beat()
    lost = recovery.find_lost(queued=heartbeat.queued_rows())
    for job_id in (*planning.find_lost_plans(), *lost.jobs):
        enqueue_plan(job_id)
    enqueue_steps(lost.steps)
    for job_id in (*agent_runs.find_lost_runs(), *lost.agents):
        enqueue_agent(job_id)
    for user_id in line.people_in_line():
        start_next(user_id)


@worker_ready.connect
def _on_worker_ready(**_kwargs: Any) -> None:
    heartbeat.beat()
    reconcile.apply_async(retry=False)
