"""Child processes that do not outlive their parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from codegen_site.embedded.places import Account

PR_SET_PDEATHSIG = 1
LARGEST_LOG = 5_000_000
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Program:
    """What to run: `stop_signal` asks it to end, `patience` is how many seconds it may take."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    folder: Path | None = None


@dataclass
class Child:
    """A running program."""

    program: Program
    process: subprocess.Popen[bytes]
    since: float = field(default_factory=time.monotonic)

    @property
    def identity(self) -> dict[str, float | int | str]:
        """Return its name and what tells it from a process that gets its number later."""
        return {"name": self.program.name, **identity_of(self.process.pid)}

    def stop(self) -> None:
        """Ask it to end, insist when it does not, and end what it leaves behind."""
        if self.process.poll() is None:
            self.process.send_signal(self.program.stop_signal)
            try:
                self.process.wait(self.program.patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.end_orphans()

    def end_orphans(self) -> None:
        """End processes that the dead program had started (each program leads a group)."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def start(program: Program, log_folder: Path) -> Child:
    """Start a program in a session of its own, its output in `<name>.log`."""
    log = log_folder / f"{program.name}.log"
    fresh = not log.exists() or log.stat().st_size > LARGEST_LOG
    account = program.account
    with log.open("wb" if fresh else "ab") as output:
        process = subprocess.Popen(  # noqa: S603 - commands of our own
            list(program.command),
            env=dict(program.environment),
            cwd=program.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            preexec_fn=_die_with_parent(program.stop_signal),  # noqa: PLW1509 - no threads here
        )
    return Child(program, process)


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """Return what makes Linux send the child its signal when this process dies, however."""
    if LIBC is None:
        return None
    libc = LIBC
    return lambda: libc.prctl(PR_SET_PDEATHSIG, int(stop_signal))


def identity_of(pid: int) -> dict[str, float | int | str]:
    """Return the number and the start time of a process."""
    started = 0.0
    with contextlib.suppress(psutil.Error):
        started = psutil.Process(pid).create_time()
    return {"pid": pid, "started": started}


def same_process(pid: int, started: float) -> psutil.Process | None:
    """Return the process if it is still the one that began at `started`."""
    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - started) < 1.0 and process.status() != psutil.STATUS_ZOMBIE:
            return process
    except psutil.Error:
        return None
    return None


def end_leftover(pid: int, started: float, stop_signal: signal.Signals = signal.SIGTERM) -> bool:
    """End a process that an earlier run left behind; say whether there was one."""
    process = same_process(pid, started)
    if process is None:
        return False
    family = [process, *process.children(recursive=True)]
    with contextlib.suppress(psutil.Error):
        process.send_signal(stop_signal)
    _, alive = psutil.wait_procs(family, timeout=10)
    for survivor in alive:
        with contextlib.suppress(psutil.Error):
            survivor.kill()
    psutil.wait_procs(alive, timeout=5)
    return True
