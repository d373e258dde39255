"""Keeping a step's lease while it is worked on, and hearing when it is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from functools import partial, reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from generation.models import AgentJob, GenerationStep, JobStatus, StepStatus
from generation.pipeline.transitions import to_be_planned

logger = logging.getLogger(__name__)

MOST_SECONDS_BETWEEN = 0.5  # so soon does a cancelled step hear of it; 2 s are promised
MOST_LOST_WORKERS = 3  # what costs so many is not tried again


def lease_length() -> timedelta:
    """How long a step is a worker's without a renewal."""
    return timedelta(seconds=settings.STEP_LEASE_SECONDS)


def renewed_lease(steps: Sequence[GenerationStep]) -> AbstractContextManager[threading.Event]:
    """Renew the leases of some steps in the background while the block runs.

    Yields an event that is set when none of them is its attempt's any more: they were cancelled,
    or taken back after the worker had been silent for too long.
    """
    attempts = [Q(pk=step.pk, attempt=step.attempt) for step in steps]
    return _kept(partial(renew, reduce(or_, attempts)))


def renewed_run(job: AgentJob) -> AbstractContextManager[threading.Event]:
    """Renew the lease of an agent's run while the block runs; yields what `renewed_lease` does."""
    return _kept(partial(_renew_job, Q(status=JobStatus.RUNNING), job.pk, job.attempt))


def renewed_planning(job: AgentJob) -> AbstractContextManager[threading.Event]:
    """Renew a planning's lease while the block runs; yields what `renewed_lease` does."""
    return _kept(partial(_renew_job, to_be_planned(), job.pk, job.attempt))


@contextmanager
def _kept(renewed: Callable[[], bool]) -> Iterator[threading.Event]:
    lost, over = threading.Event(), threading.Event()
    keeper = threading.Thread(target=_keep, args=(renewed, lost, over), name="lease", daemon=True)
    keeper.start()
    try:
        yield lost
    finally:
        over.set()
        keeper.join()


def _keep(renewed: Callable[[], bool], lost: threading.Event, over: threading.Event) -> None:
    pause = min(settings.STEP_LEASE_SECONDS / 3, MOST_SECONDS_BETWEEN)
    try:
        while not over.wait(pause):
            try:
                held = renewed()
            except DatabaseError:
                logger.warning("a lease could not be renewed", exc_info=True)
                connection.close()
                continue
            if not held:
                lost.set()
                return
    finally:
        connection.close()


def renew(attempts: Q) -> bool:
    """Make the leases of attempts last again; False when no step is its attempt's any more."""
    held = GenerationStep.objects.filter(attempts, status=StepStatus.RUNNING)
    return bool(held.update(lease_expires_at=timezone.now() + lease_length()))


def _renew_job(state: Q, job_id: UUID, attempt: int) -> bool:
    """Do the same for a job that one attempt plans or carries out, which its `state` tells."""
    held = AgentJob.objects.filter(state, pk=job_id, attempt=attempt)
    return bool(held.update(lease_expires_at=timezone.now() + lease_length()))
