"""Calls that can be ended from outside while they wait for a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Thread
from time import monotonic, sleep
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


def run_in_thread(stop: StopSignal | None, call: Callable[[], Answered]) -> Answered:
    """Return what a call of a blocking client answers; leave it and raise `Stopped` on the signal.

    What is left ends by its own time-out, and nobody hears its answer.
    """
    future: Future[Answered] = Future()
    Thread(target=_answer, args=(future, call), daemon=True).start()
    while True:
        try:
            return future.result(None if stop is None else GLANCE_SECONDS)
        except TimeoutError:
            if future.done():  # the call's own
                raise
            if stop is not None and stop.is_set():
                raise Stopped("The call was stopped.") from None


def _answer(future: Future[Answered], call: Callable[[], Answered]) -> None:
    try:
        future.set_result(call())
    except Exception as error:  # noqa: BLE001 - it is raised again where the result is asked for
        future.set_exception(error)


def pause(seconds: float, stop: StopSignal | None) -> None:
    """Wait; raise `Stopped` soon after the signal is set."""
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0:
        if stop is not None and stop.is_set():
            raise Stopped("The call was stopped.")
        sleep(min(left, GLANCE_SECONDS))
