"""The line that a person's jobs wait in, so that many jobs of one keep nobody else waiting.

A queued job stands in line until it is named a message (`celery_task_id`). So many of a person's
jobs are worked on at once as `JOBS_PER_USER` says; the next comes when one of them ends or waits.
One that was answered, approved, resumed or retried goes on at once where there is room, and else
stands in line by its age.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from generation.events import EventBatch, event_batch
from generation.models import AgentJob, JobStatus

CALLED = Q(status=JobStatus.QUEUED, celery_task_id__isnull=False)


class Called(NamedTuple):
    """A job whose turn it is, and the message it is to be sent with."""

    job_id: UUID
    agent_type: str
    task_id: str


def in_line() -> QuerySet[AgentJob]:
    """Return the jobs that stand in line, the first first."""
    waiting = AgentJob.objects.filter(status=JobStatus.QUEUED, celery_task_id=None)
    return waiting.order_by("created_at", "id")


@contextmanager
def _held(user_id: UUID) -> Iterator[None]:
    """Have a person's line to oneself, or two would see the same room."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(user_id)])
        yield


@contextmanager
def going_on(job: AgentJob) -> Iterator[tuple[EventBatch, JobStatus]]:
    """Run a block that lets a job go on, in one transaction; yields the status that it goes on as.

    That is `RUNNING` where there is room, and `QUEUED` behind those in line. The line is taken
    before the project: in the other order two could wait for each other.
    """
    with _held(job.user_id), event_batch(job.project_id) as events:
        before = AgentJob.objects.filter(
            user_id=job.user_id, status__in=(JobStatus.QUEUED, JobStatus.RUNNING)
        )
        is_room = before.count() < settings.JOBS_PER_USER
        yield events, JobStatus.RUNNING if is_room else JobStatus.QUEUED


def call_next(user_id: UUID) -> list[Called]:
    """Call as many of a person's jobs out of the line as there is room for."""
    with _held(user_id):
        own = AgentJob.objects.filter(user_id=user_id)
        busy = own.filter(CALLED | Q(status=JobStatus.RUNNING)).count()
        room = max(0, settings.JOBS_PER_USER - busy)
        first = in_line().filter(user_id=user_id)[:room] if room else ()
        called = [Called(job.pk, job.agent_type, str(uuid4())) for job in first]
        for one in called:
            in_line().filter(pk=one.job_id).order_by().update(celery_task_id=one.task_id)
    return called


def people_in_line() -> Iterable[UUID]:
    """Return whose jobs stand in line."""
    return in_line().order_by().values_list("user_id", flat=True).distinct()


def place_of(job: AgentJob) -> int | None:
    """Return a job's place among the person's jobs in line, from 1; None when it is not in it."""
    if job.status != JobStatus.QUEUED or job.celery_task_id is not None:
        return None
    before = Q(created_at__lt=job.created_at) | Q(created_at=job.created_at, id__lt=job.pk)
    return in_line().filter(before, user_id=job.user_id).count() + 1
