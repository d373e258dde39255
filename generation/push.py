"""Pushing to watchers from synchronous code, without a new event loop and connection each time."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from concurrent.futures import Future
from typing import Any

import redis
from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)


class _Loop:
    """An event loop in a thread of its own; made anew in a forked process."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, name="push", daemon=True).start()


_lock = threading.Lock()
_current: list[_Loop] = []


def _loop() -> asyncio.AbstractEventLoop:
    with _lock:
        if not _current or _current[0].pid != os.getpid():
            _current[:] = [_Loop()]
        return _current[0].loop


def send_to_group(group: str, message: dict[str, Any]) -> Future[None]:
    """Send a message to a channel group soon; without Redis it is dropped with a warning.

    Messages of one thread arrive in the order sent. The future is done when it has gone out.
    """
    return asyncio.run_coroutine_threadsafe(_send(group, message), _loop())


async def _send(group: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        await layer.group_send(group, message)
    except (redis.RedisError, OSError):
        logger.warning("not pushed to %s: no Redis", group)
