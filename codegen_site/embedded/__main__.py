"""The commands around the site: up, status, down, generate, test, and any management command."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import runpy
import signal
import sys
import time
from collections.abc import Callable

import environ
import psutil

from codegen_site.embedded.bench import bench
from codegen_site.embedded.checks import run_chaos, run_checks
from codegen_site.embedded.places import ROOT, Places, places
from codegen_site.embedded.postgres import ServiceFailed
from codegen_site.embedded.processes import Program
from codegen_site.embedded.services import base_environment, start_services
from codegen_site.embedded.site import run_site
from codegen_site.embedded.state import (
    AlreadyRunning,
    alive,
    current_state,
    end_leftovers,
    held_lock,
    is_locked,
    running_site,
    write_state,
)
from codegen_site.embedded.supervisor import (
    StartFailed,
    Supervisor,
    manage,
    say,
    worker_command,
)

NOTHING_RUNS = 3
LAST_PORT = 65535
WAIT_FOR_OTHERS = 600.0
DOWN_SECONDS = 30.0
A_PROBE = 0.5  # others hold the lock for a moment to see whether it is free


def port_number(text: str) -> int:
    """Return a port from its text."""
    port = int(text)
    if not 1 <= port <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"must be from 1 to {LAST_PORT}")
    return port


def up(where: Places, arguments: list[str]) -> int:
    """Run the site until it is stopped."""
    parser = argparse.ArgumentParser(prog="codegen up", description=up.__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=8000)
    options = parser.parse_args(arguments)
    try:
        with held_lock(where, wait=A_PROBE):
            run_site(where, options.host, options.port)
    except AlreadyRunning:
        state = current_state(where) or {}
        say(f"Already running: {state.get('address') or 'starting, or generating'}")
        return 1
    return 0


def status(where: Places, arguments: list[str]) -> int:
    """Say what runs; exit code 3 when nothing does."""
    parser = argparse.ArgumentParser(prog="codegen status", description=status.__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    state = current_state(where)
    processes = [
        {"name": entry["name"], "pid": entry["pid"], "alive": alive(entry)}
        for entry in (state or {}).get("processes", [])
    ]
    address = (state or {}).get("address")
    if options.json:
        answer = {"running": state is not None, "address": address, "processes": processes}
        sys.stdout.write(json.dumps(answer) + "\n")
    elif state is None:
        sys.stdout.write("Nothing runs.\n")
    else:
        sys.stdout.write(f"{address or state['kind']} (pid {state['pid']})\n")
        for entry in processes:
            life = "runs" if entry["alive"] else "is down"
            sys.stdout.write(f"  {entry['name']:<12} {entry['pid']:>8} {life}\n")
    return 0 if state is not None else NOTHING_RUNS


def down(where: Places, arguments: list[str]) -> int:
    """Stop the site."""
    argparse.ArgumentParser(prog="codegen down", description=down.__doc__).parse_args(arguments)
    state = current_state(where)
    if not is_locked(where):
        for name in end_leftovers(where):
            say(f"Ended {name}, left over from an earlier run.")
        say("Nothing runs.")
        return 0
    if state is None:
        say("It is just starting; try again in a moment.")
        return 1
    os.kill(int(state["pid"]), signal.SIGTERM)
    end = time.monotonic() + DOWN_SECONDS
    while is_locked(where):
        if time.monotonic() > end:
            say(f"Process {state['pid']} does not stop; see its terminal.")
            return 1
        time.sleep(0.1)
    say("Stopped.")
    return 0


def with_site(where: Places, run: Callable[[dict[str, str]], int], *, worker: bool) -> int:
    """Run something against the running site's services, or against ones started for it."""
    end = time.monotonic() + WAIT_FOR_OTHERS
    while time.monotonic() < end:
        state = running_site(where)
        if state is not None:
            return run({**base_environment(where), **state["environment"]})
        with contextlib.suppress(AlreadyRunning), held_lock(where, wait=A_PROBE):
            end_leftovers(where)
            return _with_own_services(where, run, worker=worker)
    raise AlreadyRunning


def _with_own_services(where: Places, run: Callable[[dict[str, str]], int], *, worker: bool) -> int:
    services = start_services(where)
    supervisor = Supervisor(where, services)
    try:
        write_state(where, kind="command", children=services.children)
        manage(services.environment, "migrate", "--no-input", "--skip-checks", "-v", "0")
        if worker:
            environment = {**services.environment, "CODEGEN_PROCESS": "worker"}
            supervisor.add(Program("worker", worker_command(), environment, folder=ROOT))
        children = [*services.children, *supervisor.children]
        write_state(where, kind="command", children=children)
        return run(services.environment)
    finally:
        supervisor.stop()
        where.state.unlink(missing_ok=True)


def management(where: Places, arguments: list[str]) -> int:
    """Run a management command with the site's services."""

    def run(environment: dict[str, str]) -> int:
        # In this process: a second interpreter would cost half a second.
        os.environ.update(environment)
        os.chdir(os.environ.get("CODEGEN_CALLER_DIR", os.curdir))
        sys.argv = ["codegen", *arguments]
        try:
            runpy.run_path(str(ROOT / "manage.py"), run_name="__main__")
        except SystemExit as done:
            return _exit_code(done)
        return 0

    return with_site(where, run, worker=arguments[:1] == ["generate"])


def _exit_code(done: SystemExit) -> int:
    if done.code is None or isinstance(done.code, int):
        return done.code or 0
    say(done.code)
    return 1


def test(where: Places, arguments: list[str]) -> int:
    """Run all checks and tests with services of their own, or the chaos round alone."""
    if arguments[:1] == ["--chaos"]:
        return run_chaos(base_environment(where), arguments[1:])
    own = Places(where.var / "test")
    with held_lock(own, wait=WAIT_FOR_OTHERS):
        end_leftovers(own)
        services = start_services(own, durable=False)
        write_state(own, kind="command", children=services.children)
        try:
            return run_checks(services.environment, arguments)
        finally:
            services.stop()
            own.state.unlink(missing_ok=True)


COMMANDS = {"up": up, "status": status, "down": down, "test": test}


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Run the command that the arguments name."""
    if not sys.argv[1:]:
        say("Say what to do; ./codegen help lists it.")
        return 2
    signal.signal(signal.SIGTERM, _interrupt)
    environ.Env.read_env(ROOT / ".env")
    name, *arguments = sys.argv[1:]
    try:
        if name == "bench":
            return bench(arguments)
        if name in COMMANDS:
            return COMMANDS[name](places(), arguments)
        return management(places(), [name, *arguments])
    except (StartFailed, ServiceFailed) as error:
        say(str(error))
        return 1
    except AlreadyRunning:
        say("Another command has been using the services for ten minutes; try again later.")
        return 1
    except psutil.Error as error:
        say(f"A process could not be examined: {error}")
        return 1
    except PermissionError as error:
        say(f"No permission for {error.filename}; was it made by another user?")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
