"""Calls that can be ended from outside while they wait for a server."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from generation.engines.providers.base import Stopped, StopSignal

GLANCE_SECONDS = 0.1
Answered = TypeVar("Answered")


def run_until(stop: StopSignal | None, call: Coroutine[Any, Any, Answered]) -> Answered:
    """Return what a call answers; hang up and raise `Stopped` soon after the signal is set."""
    return asyncio.run(_watched(stop, call))


async def _watched(stop: StopSignal | None, call: Coroutine[Any, Any, Answered]) -> Answered:
    task = asyncio.create_task(call)
    while not task.done():
        if stop is not None and stop.is_set():
            task.cancel()
            await asyncio.wait([task])
            raise Stopped("The call was stopped.")
        await asyncio.wait([task], timeout=None if stop is None else GLANCE_SECONDS)
    return task.result()
