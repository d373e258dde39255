"""The site that is tormented: the real one, by its own command, with its own `var`."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import requests

from codegen_site.embedded.places import ROOT, Places, free_port, is_root
from codegen_site.embedded.processes import Child, Program, start
from codegen_site.embedded.roles import VARIABLES

START_SECONDS = 180.0
LEASE_SECONDS = 4
OWN = (*VARIABLES.values(), "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS")


class ChaosSite:
    """One installation and its processes, by what its state file says."""

    def __init__(self, folder: Path, model_url: str) -> None:
        self.places = Places(folder / "var")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = folder / "site.log"
        self.environment = {k: v for k, v in os.environ.items() if k not in OWN} | {
            "CODEGEN_VAR_DIR": str(self.places.var),
            "STEP_LEASE_SECONDS": str(LEASE_SECONDS),
            "RECONCILE_SECONDS": "2",
            "OLLAMA_HOST": model_url,
            "API_THROTTLE": "100000/min",
        }
        self._supervisor: Child | None = None

    def up(self) -> None:
        """Start it and wait until it can work."""
        command = [sys.executable, "-m", "codegen_site.embedded", "up", "--port", str(self.port)]
        program = Program("site", command, self.environment, folder=ROOT, patience=60.0)
        self._supervisor = start(program, self.output.parent)
        end = time.monotonic() + START_SECONDS
        while not self.is_ready():
            assert time.monotonic() < end, f"the site did not start:\n{self._last_words()}"
            self.check_alive()
            time.sleep(0.2)

    def check_alive(self) -> None:
        """Fail when the site's own process has ended, since nothing will ever come up again."""
        assert self._supervisor is not None
        assert self._supervisor.process.poll() is None, f"the site ended:\n{self._last_words()}"

    def _last_words(self) -> str:
        return self.output.read_text()[-2000:]

    def is_ready(self) -> bool:
        """Whether all of its parts are there."""
        try:
            return requests.get(f"{self.url}/readyz", timeout=5).ok
        except requests.RequestException:
            return False

    def kill(self) -> None:
        """Kill the supervisor, as a crash of the whole machine would, and all below it."""
        assert self._supervisor is not None
        family = self.everyone()
        self._supervisor.process.kill()
        self._supervisor.process.wait()
        _, alive = psutil.wait_procs(family, timeout=20)
        for process in alive:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(alive, timeout=10)

    def state(self) -> dict[str, Any]:
        """Return what the site has written about itself."""
        with suppress(FileNotFoundError, ValueError):
            state: dict[str, Any] = json.loads(self.places.state.read_text())
            return state
        return {"processes": [], "environment": {}}

    def programs(self) -> dict[str, psutil.Process]:
        """Return the programs that run now, by name."""
        found = {}
        for entry in self.state()["processes"]:
            with suppress(psutil.Error):
                process = psutil.Process(entry["pid"])
                if abs(process.create_time() - entry["started"]) < 1.0:
                    found[entry["name"]] = process
        return found

    def workers(self) -> list[psutil.Process]:
        """Return the heads of the worker programs."""
        return [p for name, p in self.programs().items() if name.startswith("worker")]

    def everyone(self) -> list[psutil.Process]:
        """Return every process that belongs to this installation, found by its environment."""
        return [p for p in psutil.process_iter() if _is_of(p, str(self.places.var))]

    def database(self) -> psycopg.Connection[Any]:
        """Open the database as the role that sees every row."""
        url = self.state()["environment"]["DATABASE_SERVICE_URL"]
        return psycopg.connect(url, connect_timeout=5, autocommit=True)

    def wipe_redis(self) -> None:
        """Delete what Redis keeps on disk."""
        for path in (self.places.var / "valkey").glob("*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)

    def end(self) -> list[str]:
        """Stop everything; return what was still there after that, which is killed."""
        if self._supervisor is not None:
            self._supervisor.stop()
        left = [p for p in self.everyone() if p.pid != os.getpid()]
        names = [" ".join(p.cmdline())[:120] for p in left if p.is_running()]
        for process in left:
            with suppress(psutil.Error):
                process.resume()
                process.kill()
        if is_root() and self.places.var.exists():
            shutil.rmtree(self.places.data, ignore_errors=True)
        return names


def _is_of(process: psutil.Process, var: str) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
            return False
        return process.environ().get("CODEGEN_VAR_DIR") == var or var in " ".join(process.cmdline())
    except psutil.Error:
        return False
