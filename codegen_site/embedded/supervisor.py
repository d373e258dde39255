"""The site's own processes: web server, worker and scheduler, watched and restarted."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from codegen_site.embedded.places import ROOT, Places
from codegen_site.embedded.processes import Child, Program, start
from codegen_site.embedded.services import Services

FIRST_DELAY = 0.5
LONGEST_DELAY = 10.0
STEADY_SECONDS = 10.0
POLL_SECONDS = 0.2
# What keeps a processor busy is done in processes, what waits for others in threads of one process.
WORK, WAITING = ("codegen", "codegen-upkeep"), ("codegen-models", "codegen-long")
MODEL_THREADS = 8
KINDS = {"web": "web", "worker": "worker", "models": "worker", "scheduler": "scheduler"}


class StartFailed(Exception):
    """The site did not come up; the message is one line for the person who started it."""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def manage(environment: dict[str, str], *arguments: str, check: bool = True) -> str:
    """Run a management command and return its output. Raises `StartFailed` when it fails."""
    done = subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if check and done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()[-1]
        raise StartFailed(f"manage.py {arguments[0]} failed: {last}")
    return done.stdout


def site_programs(environment: dict[str, str], host: str, port: int) -> list[Program]:
    """Return the web server, the two workers and the scheduler."""
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "codegen_site"]
    schedule = f"{environment['CODEGEN_VAR_DIR']}/run/schedule"
    commands = {
        "web": [
            *(python, "-m", "uvicorn", "codegen_site.asgi:application"),
            *("--host", host, "--port", str(port), "--lifespan", "off", "--no-access-log"),
            *("--timeout-graceful-shutdown", "3"),  # streams stay open for as long as a job runs
            *("--ws-per-message-deflate", "false"),  # a line is short, and would be packed for each
        ],
        "worker": worker_command(*WORK),
        "models": [
            *worker_command(*WAITING, concurrency=MODEL_THREADS),
            *("--pool", "threads", "--prefetch-multiplier", "1"),
        ],
        "scheduler": [*celery, "beat", "--schedule", schedule, "--pidfile=", "-l", "WARNING"],
    }
    return [
        Program(name, command, {**environment, "CODEGEN_PROCESS": KINDS[name]}, folder=ROOT)
        for name, command in commands.items()
    ]


def worker_command(*queues: str, concurrency: int = 2) -> list[str]:
    """Return the command of a worker; without queues it takes what is in any of them."""
    return [
        *(sys.executable, "-m", "celery", "-A", "codegen_site", "worker"),
        *("-Q", ",".join(queues or (*WORK, *WAITING))),
        *("--concurrency", str(concurrency), "-l", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


class Supervisor:
    """Keeps children running until told to stop."""

    def __init__(self, places: Places, services: Services) -> None:
        self.places = places
        self.services = services
        self.children: list[Child] = []
        self.stopping = False
        self._again: dict[str, tuple[float, float]] = {}
        self._delays: dict[str, float] = {}

    def add(self, program: Program) -> None:
        """Start a program and watch it."""
        self.children.append(start(program, self.places.log))

    def on_signals(self) -> None:
        """Stop on Ctrl-C and on a polite request to end."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            self.stopping = True

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup sets it
            signal.signal(signal.SIGHUP, stop)

    def watch(self, changed: Callable[[], None]) -> None:
        """Restart what dies until told to stop; `changed` is called after each restart."""
        while not self.stopping:
            time.sleep(POLL_SECONDS)
            self.revive(changed)

    def revive(self, changed: Callable[[], None]) -> None:
        """Restart what is dead and has waited for its delay; `changed` is called after each."""
        for group in (self.services.children, self.children):
            for index, child in enumerate(group):
                dead = child.process.poll() is not None and not self.stopping
                if dead and self._restart(group, index):
                    changed()

    def _restart(self, group: list[Child], index: int) -> bool:
        """Start a dead child again once its delay is over; say so. Return whether it was."""
        child, now = group[index], time.monotonic()
        name = child.program.name
        if name not in self._again:
            steady = now - child.since > STEADY_SECONDS
            delay = FIRST_DELAY if steady else self._delay_after(name)
            self._again[name] = (now + delay, delay)
            child.end_orphans()
            code = child.process.returncode
            say(f"{name} ended ({code}); starting it again in {delay:.1f} s.")
        due, delay = self._again[name]
        if now < due:
            return False
        del self._again[name]
        self._delays[name] = delay
        group[index] = start(child.program, self.places.log)
        return True

    def _delay_after(self, name: str) -> float:
        return min(self._delays.get(name, FIRST_DELAY / 2) * 2, LONGEST_DELAY)

    def stop(self) -> None:
        """Stop everything, the services last."""
        for child in reversed(self.children):
            if child.process.poll() is None:
                child.process.send_signal(child.program.stop_signal)
        for child in reversed(self.children):
            child.stop()
        self.services.stop()
