"""The line that a person's jobs wait in, so that many jobs of one keep nobody else waiting.

A queued job stands in line until it is named a message (`celery_task_id`). So many of a person's
jobs are worked on at once as `JOBS_PER_USER` says; the next comes when one of them ends or waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet

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


def call_next(user_id: UUID) -> list[Called]:
    """Call as many of a person's jobs out of the line as there is room for."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # one caller at a time, or both would see room
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(user_id)])
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
