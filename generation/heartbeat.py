"""What Redis tells of the workers: whether one is alive, and what waits for them."""

from __future__ import annotations

import json
from itertools import chain
from uuid import UUID

import redis
from django.conf import settings

KEY = "codegen:worker-alive"
ROWS = "rows"  # the header that names what a message is about


def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2)


def beat() -> None:
    """Say that a worker is alive; forgotten after three missed rounds of the scheduler."""
    with _client() as client:
        client.set(KEY, "1", ex=3 * settings.RECONCILE_SECONDS + 10)


def worker_is_alive() -> bool:
    """Whether a worker carried out a task lately. Raises `redis.RedisError` without a broker."""
    with _client() as client:
        return client.get(KEY) is not None


def queued_rows() -> set[UUID]:
    """Return the jobs and steps whose messages wait. Raises `redis.RedisError` without a broker."""
    with _client() as client:
        queues = [client.lrange(name, 0, -1) for name in settings.CELERY_TASK_QUEUES]
    rows = (json.loads(message)["headers"].get(ROWS, ()) for message in chain(*queues))
    return {UUID(row) for some in rows for row in some}
