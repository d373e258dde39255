"""From submission to ZIP: one app alone, and many at once."""

from __future__ import annotations

import json
import statistics
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import requests

from generation.models import AgentJob, GenerationStep, JobStatus, Log
from generation.models.jobs import ACTIVE
from projects.models import ApiToken, User

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "quicknotes.json"
LOOK_EVERY = 0.02
PATIENCE = 600.0
ALONE_ROUNDS = 5


@dataclass(frozen=True)
class Server:
    """Where the site answers, who asks, and the processes whose cost is measured by name."""

    url: str
    token: str
    processes: dict[str, int]

    def call(self, method: str, path: str, **body: Any) -> requests.Response:
        """Call the REST API."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(
            method, f"{self.url}/api/{path}", headers=headers, timeout=PATIENCE, **body
        )


def server_for(url: str, processes: dict[str, int]) -> Server:
    """Return the site as a person of its own sees it."""
    user = User.objects.create_user(f"bench-{time.time_ns()}@example.org", None)
    return Server(url, ApiToken.objects.issue(user=user, name="bench")[1], processes)


def measure_jobs(server: Server, counts: list[int]) -> list[dict[str, Any]]:
    """Measure a first app in fresh workers, then as many at once as each of the counts says."""
    rounds = [{"first": True, **_round(server, 1)}]
    for count in counts:
        if count > 1:
            rounds.append(_round(server, count))
            continue
        alone = [_round(server, 1) for _ in range(ALONE_ROUNDS)]
        rounds.append(sorted(alone, key=lambda one: one["median_s"])[len(alone) // 2])
    return rounds


def _round(server: Server, count: int) -> dict[str, Any]:
    before = _cost(server)
    began = time.monotonic()
    with ThreadPoolExecutor(count) as pool:
        ids, sent = _submit(server, pool, count)
        took, errors = _wait(server, pool, ids, sent)
    wall = time.monotonic() - began
    after = _cost(server)
    steps = GenerationStep.objects.filter(project_id__in=ids).count()
    lines = Log.objects.filter(project_id__in=ids).count()
    return {
        "jobs": count,
        "errors": errors + count - len(ids),
        "median_s": round(statistics.median(took), 3) if took else None,
        "worst_s": round(max(took), 3) if took else None,
        "wall_s": round(wall, 3),
        "steps_per_s": round(steps / wall, 1),
        "lines_per_s": round(lines / wall, 1),
        "cpu_s": {name: round(after[name][0] - before[name][0], 2) for name in after},
        "memory_mb": {name: [before[name][1], after[name][1]] for name in after},
    }


def _submit(
    server: Server, pool: ThreadPoolExecutor, count: int
) -> tuple[list[str], dict[str, float]]:
    spec = json.loads(EXAMPLE.read_text(encoding="utf-8"))

    def submit(_number: int) -> tuple[str | None, float]:
        at = time.monotonic()
        answer = server.call("POST", "projects/", json=spec)
        return (answer.json()["project_id"] if answer.ok else None), at

    sent = {project: at for project, at in pool.map(submit, range(count)) if project}
    return list(sent), sent


def _wait(
    server: Server, pool: ThreadPoolExecutor, ids: list[str], sent: dict[str, float]
) -> tuple[list[float], int]:
    """Fetch each ZIP as soon as its job has ended; return the seconds of each, and the failures."""
    open_ids, errors = set(ids), 0
    zips: list[Future[float | None]] = []
    end = time.monotonic() + PATIENCE

    def fetch(project: str) -> float | None:
        ok = server.call("GET", f"projects/{project}/zip/").ok
        return time.monotonic() - sent[project] if ok else None

    while open_ids and time.monotonic() < end:
        jobs = AgentJob.objects.filter(project_id__in=open_ids).exclude(status__in=ACTIVE)
        for project_id, status in jobs.values_list("project_id", "status"):
            open_ids.discard(str(project_id))
            if status == JobStatus.COMPLETED:
                zips.append(pool.submit(fetch, str(project_id)))
            else:
                errors += 1
        time.sleep(LOOK_EVERY)
    took = [future.result() for future in zips]
    fetched = [seconds for seconds in took if seconds is not None]
    return fetched, errors + len(open_ids) + len(took) - len(fetched)


def _cost(server: Server) -> dict[str, tuple[float, int]]:
    return {name: cost_of(pid) for name, pid in server.processes.items()}


def cost_of(pid: int) -> tuple[float, int]:
    """Return the seconds of processor time and the megabytes of a process with its children."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    times = [one.cpu_times() for one in family]
    memory = sum(one.memory_full_info().uss for one in family)
    return sum(t.user + t.system for t in times), round(memory / 1_000_000)
