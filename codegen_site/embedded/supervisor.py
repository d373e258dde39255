"""Everything up: services, migrations, web server, worker, scheduler; watched and restarted."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from codegen_site.embedded.places import ROOT, Places
from codegen_site.embedded.processes import Child, Program, start
from codegen_site.embedded.services import Services, start_services
from codegen_site.embedded.state import end_leftovers, write_state

START_SECONDS = 60.0
FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
STEADY_SECONDS = 60.0
POLL_SECONDS = 0.2


class StartFailed(Exception):
    """The site did not come up; the message is one line for the person who started it."""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def check_port(host: str, port: int) -> None:
    """Raise `StartFailed` when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise StartFailed(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port."
        ) from error


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
    """Return the web server, the worker and the scheduler."""
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "codegen_site"]
    schedule = f"{environment['CODEGEN_VAR_DIR']}/run/schedule"
    commands = {
        "web": [
            *(python, "-m", "uvicorn", "codegen_site.asgi:application"),
            *("--host", host, "--port", str(port), "--lifespan", "off", "--no-access-log"),
        ],
        "worker": worker_command(),
        "scheduler": [*celery, "beat", "--schedule", schedule, "--pidfile=", "-l", "WARNING"],
    }
    return [
        Program(name, command, {**environment, "CODEGEN_PROCESS": name}, folder=ROOT)
        for name, command in commands.items()
    ]


def worker_command() -> list[str]:
    """Return the command of a worker with two processes."""
    return [
        *(sys.executable, "-m", "celery", "-A", "codegen_site", "worker"),
        *("--concurrency", "2", "-l", "WARNING"),
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
        signal.signal(signal.SIGHUP, stop)

    def watch(self, changed: Callable[[], None]) -> None:
        """Restart what dies until told to stop; `changed` is called after each restart."""
        while not self.stopping:
            time.sleep(POLL_SECONDS)
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


def run_site(places: Places, host: str, port: int) -> None:
    """Bring everything up, print the address, and stay until told to stop."""
    check_port(host, port)
    for name in end_leftovers(places):
        say(f"Ended {name}, left over from an earlier run.")
    first = not (places.var / "first-start-done").exists()
    services = start_services(places)
    supervisor = Supervisor(places, services)
    supervisor.on_signals()
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{'localhost' if host in {'0.0.0.0', '::'} else shown}:{port}"  # noqa: S104
    environment = services.environment
    environment.setdefault("SITE_URL", address)

    def record() -> None:
        children = [*services.children, *supervisor.children]
        write_state(
            places, kind="site", children=children, environment=environment, address=address
        )

    try:
        manage(environment, "migrate", "--no-input", "--skip-checks", "-v", "0")
        welcome = manage(environment, "first_admin", "--skip-checks") if first else "{}"
        for program in site_programs(environment, host, port):
            supervisor.add(program)
        record()
        _wait_for(address, supervisor)
        _print(address, json.loads(welcome))
        (places.var / "first-start-done").touch()
        supervisor.watch(record)
    finally:
        supervisor.stop()
        places.state.unlink(missing_ok=True)
    say("Stopped.")


def _print(address: str, welcome: dict[str, str]) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    if welcome:
        say(f"Administrator: {welcome['email']}, password in {welcome['password_file']}")
        say(f"Sign in once with: {welcome['link']}")


def _wait_for(address: str, supervisor: Supervisor) -> None:
    """Wait until the web server answers. Raises `StartFailed` when it does not."""
    end = time.monotonic() + START_SECONDS
    while not supervisor.stopping:
        try:
            with urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, OSError) as error:
            web = supervisor.children[0]
            if web.process.poll() is not None or time.monotonic() > end:
                log = supervisor.places.log / "web.log"
                raise StartFailed(f"The web server did not start; see {log}.") from error
            time.sleep(0.05)
