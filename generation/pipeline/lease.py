"""Keeping a step's lease while it is worked on, and hearing when it is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from generation.models import GenerationStep, StepStatus

logger = logging.getLogger(__name__)

MOST_SECONDS_BETWEEN = 2.0  # so soon does a cancelled step hear of it


def lease_length() -> timedelta:
    """How long a step is a worker's without a renewal."""
    return timedelta(seconds=settings.STEP_LEASE_SECONDS)


@contextmanager
def renewed_lease(step: GenerationStep) -> Iterator[threading.Event]:
    """Renew a step's lease in the background while the block runs.

    Yields an event that is set when the step is no longer this attempt's: it was cancelled, or
    taken back after the worker had been silent for too long.
    """
    lost, over = threading.Event(), threading.Event()
    keeper = threading.Thread(
        target=_keep, args=(step.pk, step.attempt, lost, over), name="lease", daemon=True
    )
    keeper.start()
    try:
        yield lost
    finally:
        over.set()
        keeper.join()


def _keep(step_id: UUID, attempt: int, lost: threading.Event, over: threading.Event) -> None:
    pause = min(settings.STEP_LEASE_SECONDS / 3, MOST_SECONDS_BETWEEN)
    try:
        while not over.wait(pause):
            try:
                held = renew(step_id, attempt)
            except DatabaseError:
                logger.warning("the lease of step %s could not be renewed", step_id)
                connection.close()
                continue
            if not held:
                lost.set()
                return
    finally:
        connection.close()


def renew(step_id: UUID, attempt: int) -> bool:
    """Make an attempt's lease last again; False when the step is not the attempt's any more."""
    return bool(
        GenerationStep.objects.filter(
            pk=step_id, status=StepStatus.RUNNING, attempt=attempt
        ).update(lease_expires_at=timezone.now() + lease_length())
    )
