"""Celery tasks: each takes ids, makes one call, and queues what became ready."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import redis
from celery import shared_task
from celery.signals import worker_ready
from kombu.exceptions import OperationalError

from generation import heartbeat, pulls
from generation.models import AgentJob
from generation.pipeline import agent_runs, execution, planning, recovery
from generation.pipeline.ending import fail_job

logger = logging.getLogger(__name__)


def enqueue_plan(job_id: UUID) -> None:
    """Queue the planning of a job; its row names the message that was sent last."""
    task_id = str(uuid4())
    AgentJob.objects.filter(pk=job_id).update(celery_task_id=task_id)
    _send(plan_job, job_id, task_id)


def enqueue_agent(job_id: UUID) -> None:
    """Queue a run of an agent; its row names the message that was sent last."""
    task_id = str(uuid4())
    AgentJob.objects.filter(pk=job_id).update(celery_task_id=task_id)
    _send(run_agent, job_id, task_id)


def enqueue_steps(step_ids: Iterable[UUID]) -> None:
    """Queue steps that are ready."""
    for step_id in step_ids:
        _send(execute_step, step_id)


def enqueue_pull(model: str) -> None:
    """Queue the fetching of a model."""
    pull_model.apply_async((model,), retry=False)


def _send(task: Any, row_id: UUID, task_id: str | None = None) -> None:
    try:
        task.apply_async((str(row_id),), task_id=task_id, retry=False)
    except (OperationalError, redis.RedisError):
        logger.warning("not queued, no Redis; the scheduler will queue it: %s", row_id)


@shared_task
def plan_job(job_id: str) -> None:
    """Plan a job and queue its first steps."""
    try:
        enqueue_steps(planning.plan_job(UUID(job_id)))
    except Exception as error:  # the task boundary: whatever it was, the job must not hang
        logger.exception("planning of job %s failed", job_id)
        fail_job(UUID(job_id), f"Planning failed: {error}")


@shared_task
def execute_step(step_id: str) -> None:
    """Carry a step out and queue the steps it made ready."""
    try:
        enqueue_steps(execution.execute_step(UUID(step_id)))
    except execution.LostLease:
        logger.warning("step %s was taken over by another attempt", step_id)
    except Exception as error:  # the task boundary: whatever it was, the step must not hang
        logger.exception("step %s failed", step_id)
        step = execution.running_attempt(UUID(step_id))
        if step is not None:
            where = traceback.format_exception_only(error)[-1].strip()
            execution.fail_step(step, f"Unexpected error: {where}")


@shared_task
def run_agent(job_id: str) -> None:
    """Carry a run of an agent out."""
    try:
        agent_runs.carry_out(UUID(job_id))
    except Exception as error:  # the task boundary: whatever it was, the run must not hang
        logger.exception("run %s failed", job_id)
        job = agent_runs.running_run(UUID(job_id))
        if job is not None:
            where = traceback.format_exception_only(error)[-1].strip()
            agent_runs.fail_run(job, f"Unexpected error: {where}")


@shared_task
def pull_model(model: str) -> None:
    """Fetch a model for the Ollama server."""
    pulls.carry_out_pull(model)


@shared_task
def reconcile() -> None:
    """Queue again what lost its worker or its message, and give a sign of life."""
    heartbeat.beat()
    busy = heartbeat.waiting_messages() > 0
    lost = recovery.find_lost(grace=recovery.BUSY_GRACE if busy else recovery.QUIET_GRACE)
    for job_id in lost.jobs:
        enqueue_plan(job_id)
    enqueue_steps(lost.steps)
    for job_id in (*agent_runs.find_lost_runs(), *lost.agents):
        enqueue_agent(job_id)


@worker_ready.connect
def _on_worker_ready(**_kwargs: Any) -> None:
    heartbeat.beat()
    reconcile.apply_async(retry=False)
