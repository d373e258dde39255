"""What runs: who holds the lock, which processes there are, how to reach them."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from typing import Any

from codegen_site.embedded.places import Places, write_private
from codegen_site.embedded.processes import Child, end_leftover, identity_of, same_process
from codegen_site.embedded.roles import VARIABLES

State = dict[str, Any]
SHARED = (*VARIABLES.values(), "REDIS_URL", "SECRET_KEY", "SITE_URL")


class AlreadyRunning(Exception):
    """Another process runs the services of this installation."""


@contextlib.contextmanager
def held_lock(places: Places, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the installation's lock. Raises `AlreadyRunning` when it stays taken for `wait` s."""
    places.make()
    end = time.monotonic() + wait
    with places.lock.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= end:
                    raise AlreadyRunning from error
                time.sleep(0.1)
        yield


def is_locked(places: Places) -> bool:
    """Whether somebody runs the services."""
    if not places.lock.exists():
        return False
    try:
        with held_lock(places):
            return False
    except AlreadyRunning:
        return True


def read_state(places: Places) -> State | None:
    """Return what was written about the running processes, if anything was."""
    with contextlib.suppress(FileNotFoundError, ValueError):
        state: State = json.loads(places.state.read_text())
        return state
    return None


def write_state(
    places: Places,
    *,
    kind: str,
    children: Sequence[Child],
    environment: dict[str, str] | None = None,
    address: str | None = None,
) -> None:
    """Write what runs; the file holds passwords and only its owner may read it."""
    state = {
        "kind": kind,
        **identity_of(os.getpid()),
        "address": address,
        "processes": [child.identity for child in children],
        "environment": {n: environment[n] for n in SHARED if environment and n in environment},
    }
    write_private(places.state, json.dumps(state))


def current_state(places: Places) -> State | None:
    """Return what runs now; None when nothing does, or when it has only just begun."""
    state = read_state(places)
    return state if state is not None and alive(state) else None


def running_site(places: Places) -> State | None:
    """Return the state of a site that is up, or None."""
    state = current_state(places)
    return state if state is not None and state["kind"] == "site" and state["address"] else None


def end_leftovers(places: Places) -> list[str]:
    """End processes of an earlier run whose parent was killed; return their names."""
    state = read_state(places)
    if state is None:
        return []
    ended = [
        str(entry["name"])
        for entry in reversed(state["processes"])
        if end_leftover(
            int(entry["pid"]),
            float(entry["started"]),
            signal.SIGINT if entry["name"] == "postgresql" else signal.SIGTERM,
        )
    ]
    places.state.unlink(missing_ok=True)
    return ended


def alive(entry: State) -> bool:
    """Whether a process that the state file names is still there."""
    return same_process(int(entry["pid"]), float(entry["started"])) is not None
