"""From a line that a worker writes to a browser that shows it, with many sockets open."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from generation.events import event_batch
from generation.management.measures.jobs import cost_of
from generation.services import submit_project
from projects.models import Project, User
from projects.spec.request import load_request

SENT = re.compile(r"sent at (\d+\.\d+)")
OPEN_AT_ONCE = 20
LINES_PER_SECOND = 10
LAST_LINE_SECONDS = 15.0


@dataclass
class Delays:
    """The seconds from each line's writing to each socket; `complete` when all have come."""

    expected: int
    seconds: list[float] = field(default_factory=list)
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, seconds: float) -> None:
        """Note one."""
        self.seconds.append(seconds)
        if len(self.seconds) == self.expected:
            self.complete.set()

    def at(self, share: float) -> float | None:
        """Return the milliseconds within which such a share of them was."""
        ordered = sorted(self.seconds)
        if not ordered:
            return None
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def measure_pushes(url: str, web: int, counts: list[int], lines: int) -> list[dict[str, Any]]:
    """Measure the delay of some log lines with as many open sockets as each of the counts says.

    `web` is the web server's process, whose time on the processor for the lines is measured too.
    """
    user = User.objects.create_user(f"watcher-{time.time_ns()}@example.org", None)
    client = Client()
    client.force_login(user)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    words = load_request({"project_name": "Watched", "description": "Notes."})
    project = submit_project(owner=user, request=words, start=False)
    rounds = []
    for count in counts:
        address = f"ws://{urlsplit(url).netloc}/ws/projects/{project.pk}/?after={_last_of(project)}"
        headers = {"Cookie": cookie, "Origin": url}
        rounds.append(asyncio.run(_round(address, headers, project, web, count, lines)))
    return rounds


async def _round(
    address: str, headers: dict[str, str], project: Project, web: int, count: int, lines: int
) -> dict[str, Any]:
    delays = Delays(count * lines)
    gate = asyncio.Semaphore(OPEN_AT_ONCE)

    async def open_one() -> ClientConnection:
        async with gate:
            return await connect(address, additional_headers=headers, open_timeout=60)

    sockets = await asyncio.gather(*(open_one() for _ in range(count)))
    await asyncio.sleep(1)  # until the last of them has joined
    listeners = [asyncio.create_task(_listen(socket, delays)) for socket in sockets]
    before, _ = cost_of(web)
    await asyncio.to_thread(_write, project, lines)
    with suppress(TimeoutError):
        await asyncio.wait_for(delays.complete.wait(), LAST_LINE_SECONDS)
    after, memory = cost_of(web)
    for listener in listeners:
        listener.cancel()
    for socket in sockets:
        with suppress(ConnectionClosed):
            await socket.close()
    return {
        "sockets": count,
        "lines": lines,
        "missed": count * lines - len(delays.seconds),
        "median_ms": delays.at(0.5),
        "p99_ms": delays.at(0.99),
        "worst_ms": delays.at(1.0),
        "web_cpu_s": round(after - before, 2),
        "web_mb": memory,
    }


async def _listen(socket: ClientConnection, delays: Delays) -> None:
    async for text in socket:
        found = SENT.search(str(text))
        if found:
            delays.add(time.time() - float(found[1]))


def _last_of(project: Project) -> int:
    project.refresh_from_db(fields=["event_seq"])
    return project.event_seq


def _write(project: Project, lines: int) -> None:
    """Write lines as a worker does: each in a transaction of its own, pushed when it commits."""
    for _ in range(lines):
        with event_batch(project.pk) as events:
            events.log(f"sent at {time.time():.6f}")
        time.sleep(1 / LINES_PER_SECOND)
