"""What Redis tells of the workers: whether one is alive, and how much waits for them."""

from __future__ import annotations

import redis
from django.conf import settings

KEY = "codegen:worker-alive"


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


def waiting_messages() -> int:
    """How many tasks wait in the queue. Raises `redis.RedisError` without a broker."""
    with _client() as client:
        return int(client.llen(settings.CELERY_TASK_DEFAULT_QUEUE))
