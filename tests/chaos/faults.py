"""What is done to the site: which faults, in which order (seeded), and how each is made."""

from __future__ import annotations

import random
import resource
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import psutil
import psycopg

from tests.chaos.model import ChaosModel
from tests.chaos.site import LEASE_SECONDS, ChaosSite

PAUSED_SECONDS = LEASE_SECONDS + 2.0
FULL_DISK_SECONDS = 1.5
LARGEST_WRITE = 4096
WHOLE_SITE = "kill the whole site"
WORKED_ON = "SELECT EXISTS (SELECT FROM generation_steps WHERE status = 'RUNNING')"
# What cannot cost a worker the step that it is at.
HARMLESS = (
    "kill the web server",
    "kill the scheduler",
    "kill and wipe Redis",
    "hang up on the model",
)
# How many of each in sixty; a part that is dead for seconds cannot be hurt again so soon.
IN_SIXTY = {
    "kill a worker": 6,
    "kill a worker's process": 11,
    "kill the worker of the models": 5,
    "kill the web server": 5,
    "kill the scheduler": 4,
    "kill and wipe Redis": 5,
    "stop PostgreSQL at once": 4,
    "pause past the lease": 7,
    "let writes fail": 6,
    "hang up on the model": 6,
    WHOLE_SITE: 1,
}


def planned_faults(count: int, seed: int) -> list[str]:
    """Return the kinds of so many faults in an order that depends on the seed alone."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    kinds = [kind for kind, times in IN_SIXTY.items() for _ in range(times)]
    order: list[str] = []
    while len(order) < count:
        chance.shuffle(kinds)
        order += kinds
    return order[:count]


@dataclass
class Fault:
    """One fault that was made; `at` in seconds since the epoch."""

    kind: str
    at: float
    what: str = ""


@dataclass
class Tormentor:
    """Makes faults, and takes back those that last; `starts` are the whole site's, in seconds."""

    site: ChaosSite
    model: ChaosModel
    chance: random.Random
    made: list[Fault] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def make(self, kind: str) -> bool:
        """Make one fault; False when there is nothing to hurt just now."""
        at = time.time()
        what = KINDS[kind](self)
        if kind == WHOLE_SITE:  # nothing can be taken back before it is up again
            self.starts.append(time.time() - at)
            at = time.time()
        if what:
            self.made.append(Fault(kind, at, what))
        return bool(what)

    def settle(self) -> None:
        """Wait until everything that lasts is over."""
        for thread in self._threads:
            thread.join()

    def after(self, seconds: float, act: Callable[[], object]) -> None:
        """Do something later."""

        def wait() -> None:
            time.sleep(seconds)
            act()

        thread = threading.Thread(target=wait)
        thread.start()
        self._threads.append(thread)

    def wait_for_work(self) -> None:
        """Wait until a step is being carried out, for a second at most."""
        end = time.monotonic() + 1.0
        with suppress(psycopg.Error, KeyError), self.site.database() as database:
            while time.monotonic() < end:
                found = database.execute(WORKED_ON).fetchone()
                if found and found[0]:
                    return
                time.sleep(0.01)

    def wait_for_question(self) -> None:
        """Wait until the model is asked something, for a second at most."""
        end = time.monotonic() + 1.0
        while not self.model.is_asked and time.monotonic() < end:
            time.sleep(0.01)

    def program(self, name: str) -> psutil.Process | None:
        """Return a program that runs."""
        return self.site.programs().get(name)

    def pool_process(self) -> psutil.Process | None:
        """Return a process that carries tasks out."""
        self.wait_for_work()
        pool = [child for head in self.site.workers() for child in _children(head)]
        return self.chance.choice(pool) if pool else None


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children()
    except psutil.Error:
        return []


def _send(process: psutil.Process | None, number: signal.Signals) -> str:
    """Send a signal; return to whom, or nothing when it was too late."""
    if process is None:
        return ""
    try:
        process.send_signal(number)
    except psutil.Error:
        return ""
    return f"pid {process.pid}"


def _kill_worker(by: Tormentor) -> str:
    heads = by.site.workers()
    by.wait_for_work()
    return _send(by.chance.choice(heads) if heads else None, signal.SIGKILL)


def _kill_models_worker(by: Tormentor) -> str:
    by.wait_for_question()
    return _send(by.program("models"), signal.SIGKILL)


def _wipe_redis(by: Tormentor) -> str:
    done = _send(by.program("valkey"), signal.SIGKILL)
    if done:
        by.site.wipe_redis()
    return done


def _pause(by: Tormentor) -> str:
    names = ["web", "scheduler", "valkey", "models", *(["pool"] * 4), *(["worker"] * 2)]
    name = by.chance.choice(names)
    heads = by.site.workers()
    if name == "pool":
        process = by.pool_process()
    elif name == "worker":
        process = by.chance.choice(heads) if heads else None
    else:
        process = by.program(name)
    done = _send(process, signal.SIGSTOP)
    if not done or process is None:
        return ""
    paused = process

    def go_on() -> None:
        with suppress(psutil.Error):
            paused.resume()

    by.after(PAUSED_SECONDS, go_on)
    return f"{name}, {done}"


def _let_writes_fail(by: Tormentor) -> str:
    name = by.chance.choice(["postgresql"] * 3 + ["valkey", "worker", "models", "scheduler", "web"])
    head = next((p for n, p in by.site.programs().items() if n.startswith(name)), None)
    if head is None:
        return ""
    program = head

    def limit(bytes_: int) -> int:
        family = [program, *_children(program)]
        for process in family:
            with suppress(psutil.Error, ValueError, OSError):
                _, hard = process.rlimit(resource.RLIMIT_FSIZE)
                process.rlimit(resource.RLIMIT_FSIZE, (bytes_, hard))
        return len(family)

    limited = limit(LARGEST_WRITE)
    by.after(FULL_DISK_SECONDS, partial(limit, resource.RLIM_INFINITY))
    return f"{name}, {limited} processes"


def _hang_up(by: Tormentor) -> str:
    dropped = by.model.drop()
    return f"{dropped} connections" if dropped else ""


def _kill_everything(by: Tormentor) -> str:
    by.settle()
    by.site.kill()
    by.site.up()
    return "and started again"


KINDS: dict[str, Callable[[Tormentor], str]] = {
    "kill a worker": _kill_worker,
    "kill a worker's process": lambda by: _send(by.pool_process(), signal.SIGKILL),
    "kill the worker of the models": _kill_models_worker,
    "kill the web server": lambda by: _send(by.program("web"), signal.SIGKILL),
    "kill the scheduler": lambda by: _send(by.program("scheduler"), signal.SIGKILL),
    "kill and wipe Redis": _wipe_redis,
    "stop PostgreSQL at once": lambda by: _send(by.program("postgresql"), signal.SIGQUIT),
    "pause past the lease": _pause,
    "let writes fail": _let_writes_fail,
    "hang up on the model": _hang_up,
    WHOLE_SITE: _kill_everything,
}
