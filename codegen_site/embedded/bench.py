"""`codegen bench jobs` and `pages`: a site of its own is measured and removed after it."""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from codegen_site.embedded.places import Places, free_port
from codegen_site.embedded.services import start_services
from codegen_site.embedded.supervisor import StartFailed, Supervisor, manage, site_programs
from generation.bench.machine import machine, machine_line, table

PARTS = ("jobs", "pushes", "growth")
FILES, LOG_LINES, STREAMED = 500, 2_000, 100
# A measurement fills its database with made-up rows: it never uses one that somebody named.
NAMED = ("DATABASE_URL", "DATABASE_WEB_URL", "DATABASE_SERVICE_URL", "REDIS_URL")
READY_SECONDS = 120.0


@dataclass(frozen=True)
class BenchSite:
    """A running site: its address, the environment of its commands, its processes by name."""

    url: str
    environment: dict[str, str]
    processes: dict[str, int]

    def measure(self, part: str, *arguments: object, process: str = "manage") -> Any:
        """Return what one part found."""
        environment = {**self.environment, "CODEGEN_PROCESS": process}
        return json.loads(manage(environment, "measure", part, *map(str, arguments)))


def bench(arguments: list[str]) -> int:
    """Measure what is asked for and print it."""
    options = _parser().parse_args(arguments)
    parts = ("pages",) if options.name == "pages" else options.parts
    before = machine_line()
    with _own_site() as site:
        found = {part: _MEASURES[part](site, options) for part in parts}
    if options.json:
        sys.stdout.write(json.dumps({"machine": machine(), "before": before, **found}) + "\n")
        return 0
    sys.stdout.write(f"{before}; load at the end {machine()['load']}\n")
    for part in parts:
        sys.stdout.write(f"\n{_TABLES[part](found[part])}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="codegen bench", description=__doc__)
    parser.add_argument("name", choices=("jobs", "pages"))
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 10, 50], help="jobs")
    parser.add_argument("--sockets", type=int, nargs="+", default=[1, 100, 1000])
    parser.add_argument("--lines", type=int, default=50, help="lines pushed to the sockets")
    parser.add_argument("--projects", type=int, default=10_000, help="rows to grow to")
    parser.add_argument("--logs", type=int, default=1_000_000, help="rows to grow to")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


@contextmanager
def _own_site() -> Iterator[BenchSite]:
    for name in NAMED:
        os.environ.pop(name, None)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="codegen-bench-") as folder:
        where = Places(Path(folder))
        where.make()
        services = start_services(where)
        supervisor = Supervisor(where, services)
        try:
            yield _start(services.environment, supervisor)
        finally:
            supervisor.stop()
            shutil.rmtree(where.data, ignore_errors=True)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _start(environment: dict[str, str], supervisor: Supervisor) -> BenchSite:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    own = {"SITE_URL": url, "ALLOWED_HOSTS": "127.0.0.1", "API_THROTTLE": "1000000/min"}
    environment = {**environment, **own, "LOG_LEVEL": "WARNING"}
    manage(environment, "migrate", "--no-input", "--skip-checks", "-v", "0")
    for program in site_programs(environment, "127.0.0.1", port):
        supervisor.add(program)
    _wait_until_ready(url)
    children = {child.program.name: child.process.pid for child in supervisor.children}
    return BenchSite(url, environment, {name: children[name] for name in ("web", "worker")})


def _wait_until_ready(url: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(f"{url}/readyz", timeout=5):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise StartFailed("The site to measure did not start.")


def _jobs(site: BenchSite, options: argparse.Namespace) -> Any:
    processes = [word for pair in site.processes.items() for word in ("--process", *pair)]
    return site.measure("jobs", "--url", site.url, "--counts", *options.at_once, *processes)


def _pushes(site: BenchSite, options: argparse.Namespace) -> Any:
    how_much = ("--counts", *options.sockets, "--lines", options.lines)
    web = ("--process", "web", site.processes["web"])
    return site.measure("pushes", "--url", site.url, *how_much, *web)


def _growth(site: BenchSite, options: argparse.Namespace) -> Any:
    filled = site.measure("fill", "--counts", options.projects, "--lines", options.logs)
    return {"filled": filled, "pages": site.measure("pages", process="web")}


def _pages(site: BenchSite, _options: argparse.Namespace) -> Any:
    made = site.measure("workspace", "--counts", FILES, "--lines", LOG_LINES)

    def stream() -> None:
        site.measure("stream", "--project", made["project"], "--lines", STREAMED)

    # It needs Playwright, which the other benches do not.
    pages = import_module("generation.bench.pages")
    return pages.measure(pages.Session(site.url, made["session"]), made["project"], stream)


def _pages_table(found: dict[str, Any]) -> str:
    text: str = import_module("generation.bench.pages").report(found)
    return text


def _jobs_table(rounds: list[dict[str, Any]]) -> str:
    head = ["jobs at once", "errors", "median s", "worst s", "steps/s", "lines/s"]
    head += ["web CPU s", "worker CPU s", "web MB", "worker MB"]
    rows = [
        [
            "1, the first" if one.get("first") else str(one["jobs"]),
            *(str(one[name]) for name in ("errors", "median_s", "worst_s")),
            *(str(one[name]) for name in ("steps_per_s", "lines_per_s")),
            *(str(one["cpu_s"][name]) for name in ("web", "worker")),
            *("{} to {}".format(*one["memory_mb"][name]) for name in ("web", "worker")),
        ]
        for one in rounds
    ]
    return table(head, rows)


def _pushes_table(rounds: list[dict[str, Any]]) -> str:
    names = ("sockets", "lines", "missed", "median_ms", "p99_ms", "worst_ms", "web_cpu_s", "web_mb")
    head = ["sockets", "lines", "missed", "median ms", "p99 ms", "worst ms", "web CPU s", "web MB"]
    return table(head, [[str(one[name]) for name in names] for one in rounds])


def _growth_table(found: dict[str, Any]) -> str:
    filled, pages = found["filled"], found["pages"]
    names = ("status", "ms", "queries", "slowest_query_ms")
    head = ["page", "status", "ms", "queries", "slowest query ms"]
    lines = [
        f"{filled['projects']} projects, {filled['logs']} logs",
        "",
        table(head, [[one["path"], *(str(one[name]) for name in names)] for one in pages]),
    ]
    for one in pages:
        if "plan" in one:
            lines += ["", one["path"], one["slow"], *one["plan"]]
    return "\n".join(lines)


_MEASURES: dict[str, Callable[[BenchSite, argparse.Namespace], Any]] = {
    "jobs": _jobs,
    "pushes": _pushes,
    "growth": _growth,
    "pages": _pages,
}
_TABLES: dict[str, Callable[[Any], str]] = {
    "jobs": _jobs_table,
    "pushes": _pushes_table,
    "growth": _growth_table,
    "pages": _pages_table,
}
