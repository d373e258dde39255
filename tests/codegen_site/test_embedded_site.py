"""`./codegen up` and its companions: one address, one site, nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import psutil
import pytest
import requests

from codegen_site.embedded.places import ROOT, Places, free_port, is_root
from codegen_site.embedded.roles import VARIABLES

SECONDS = 60.0
CHILDREN = {"postgresql", "valkey", "web", "worker", "models", "scheduler"}
UNSET = (*VARIABLES.values(), "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS")


class Installation:
    """The commands over one `var` folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places = Places(folder / "var")
        self.port = free_port()
        self.errors = folder / "errors.log"
        self.environment = {k: v for k, v in os.environ.items() if k not in UNSET}
        self.environment["CODEGEN_VAR_DIR"] = str(self.places.var)
        self.environment["CODEGEN_CALLER_DIR"] = str(folder)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "codegen_site.embedded", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def up(self) -> subprocess.Popen[bytes]:
        """Start the site and wait for its address."""
        out = self.folder / "address"
        with self.errors.open("ab") as errors, out.open("wb") as output:
            process = self.start(output, errors)
        end = time.monotonic() + SECONDS
        while not out.read_text().endswith("\n"):
            assert process.poll() is None, self.errors.read_text()
            assert time.monotonic() < end, self.errors.read_text()
            time.sleep(0.05)
        assert out.read_text() == f"{self.url}\n"
        return process

    def start(self, output: IO[bytes], errors: IO[bytes]) -> subprocess.Popen[bytes]:
        command = self.command("up", "--port", str(self.port))
        return subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=output, stderr=errors
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def status(self) -> dict[str, Any]:
        status: dict[str, Any] = json.loads(self.run("status", "--json").stdout)
        return status

    def pids(self) -> dict[str, int]:
        return {entry["name"]: entry["pid"] for entry in self.status()["processes"]}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.run("down")
    if is_root() and made.places.var.exists() and made.places.data.exists():
        shutil.rmtree(made.places.data)


def wait_until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


@pytest.mark.flow
def test_the_life_of_a_site(installation: Installation) -> None:
    first = installation.up()
    _it_answers_and_welcomes(installation)
    _a_second_start_says_where_the_first_is(installation)
    _a_job_from_the_command_line_joins_it(installation)
    _what_dies_is_started_again(installation)
    _a_killed_parent_leaves_nothing_behind(installation, first)
    again = installation.up()
    assert installation.errors.read_text().count("Sign in once") == 1, "it is welcomed only once"
    everyone = family(again.pid)
    assert installation.run("down").returncode == 0
    assert again.wait(SECONDS) == 0
    assert [p for p in everyone if p.is_running()] == []
    assert installation.run("status").returncode == 3


def _it_answers_and_welcomes(installation: Installation) -> None:
    assert requests.get(f"{installation.url}/healthz", timeout=10).ok
    wait_until(lambda: requests.get(f"{installation.url}/readyz", timeout=10).ok, "ready")
    status = installation.status()
    assert status["address"] == installation.url
    assert {entry["name"] for entry in status["processes"]} == CHILDREN
    assert all(entry["alive"] for entry in status["processes"])
    password = installation.places.var / "admin-password"
    assert str(password) in installation.errors.read_text()
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    link = installation.errors.read_text().split("Sign in once with: ")[1].split()[0]
    assert requests.get(link, timeout=10).ok


def _a_second_start_says_where_the_first_is(installation: Installation) -> None:
    second = installation.run("up", "--port", str(free_port()))
    assert second.returncode == 1
    assert second.stderr == f"Already running: {installation.url}\n"
    assert second.stdout == ""


def _a_job_from_the_command_line_joins_it(installation: Installation) -> None:
    done = installation.run("generate", str(ROOT / "examples" / "quicknotes.json"), "-o", "out")
    assert done.returncode == 0, done.stderr
    archive = installation.folder / "out" / "QuickNotes.zip"
    assert done.stdout.strip() in {str(archive), "out/QuickNotes.zip"}
    assert "QuickNotes/README.md" in zipfile.ZipFile(archive).namelist()


def _what_dies_is_started_again(installation: Installation) -> None:
    before = installation.pids()
    workers = family(before["worker"])
    workers[0].kill()
    wait_until(lambda: installation.pids()["worker"] != before["worker"], "worker is back")
    assert "worker ended (-9); starting it again" in installation.errors.read_text()
    assert psutil.wait_procs(workers, timeout=SECONDS)[1] == []


def _a_killed_parent_leaves_nothing_behind(
    installation: Installation, parent: subprocess.Popen[bytes]
) -> None:
    everyone = family(parent.pid)
    parent.kill()
    parent.wait()
    assert psutil.wait_procs(everyone, timeout=SECONDS)[1] == []
    assert installation.run("status").returncode == 3


@pytest.mark.flow
def test_a_web_server_that_is_killed_during_the_start_is_started_again(
    installation: Installation,
) -> None:
    out = installation.folder / "address"
    with installation.errors.open("ab") as errors, out.open("wb") as output:
        process = installation.start(output, errors)
    wait_until(installation.places.state.exists, "something runs")
    wait_until(lambda: "web" in installation.pids() or process.poll() is not None, "web runs")
    psutil.Process(installation.pids()["web"]).kill()
    wait_until(lambda: out.read_text() == f"{installation.url}\n", installation.errors.read_text())
    assert "web ended (-9); starting it again" in installation.errors.read_text()
    assert requests.get(f"{installation.url}/healthz", timeout=10).ok
    assert installation.run("down").returncode == 0
    assert process.wait(SECONDS) == 0


def test_a_taken_port_is_said_in_one_line_before_anything_starts(
    installation: Installation,
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        done = installation.run("up", "--port", str(installation.port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"Cannot listen on 127.0.0.1:{installation.port}: ")
    assert done.stderr.count("\n") == 1
    assert not installation.places.data.exists()


def test_nothing_running_is_exit_code_three(installation: Installation) -> None:
    plain = installation.run("status")
    assert (plain.returncode, plain.stdout) == (3, "Nothing runs.\n")
    told = installation.run("status", "--json")
    assert told.returncode == 3
    assert json.loads(told.stdout) == {"running": False, "address": None, "processes": []}
    assert not installation.places.var.exists(), "asking makes nothing"


def test_down_with_nothing_running_is_no_error(installation: Installation) -> None:
    done = installation.run("down")
    assert (done.returncode, done.stderr) == (0, "Nothing runs.\n")


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_cannot_be_is_refused(installation: Installation, port: str) -> None:
    done = installation.run("up", "--port", port)
    assert done.returncode == 2
    assert "--port" in done.stderr
