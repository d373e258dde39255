"""Server-sent events of a job: an answer that a view begins and that goes on without a thread.

Django keeps a thread for each request until its answer is complete. So the view only says whom and
what to tell (`begin_stream`) and ends; `EventStreams`, which stands around Django, holds the answer
back and carries it on as a coroutine.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import redis
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.http import HttpRequest

from generation.events import group_name
from generation.models import AgentJob, JobStatus
from projects.identity import acting_as
from projects.models import Project, ProjectEvent, User
from projects.models.events import EventKind

logger = logging.getLogger(__name__)

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SLOT = "codegen.stream"
# Neither ends with an empty line, at which some clients would report an event without data.
RETRY = b"retry: 1000\n"
HEARTBEAT = b": still there\n"
NAMES = {
    JobStatus.COMPLETED: "complete",
    JobStatus.FAILED: "error",
    JobStatus.CANCELLED: "cancelled",
    JobStatus.WAITING_FOR_INPUT: "waiting",
}
ENDS = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)


@dataclass(frozen=True)
class Watch:
    """Who watches which job, and the number of the last event they have (None: they are new)."""

    job_id: UUID
    project_id: UUID
    user: User
    after: int | None


@dataclass(frozen=True)
class JobEvent:
    """A stored event of a job: its number, the job's status then, and what it says."""

    seq: int
    status: str
    payload: dict[str, Any]

    @property
    def is_end(self) -> bool:
        """Whether the job had ended with it."""
        return self.status in ENDS

    def encoded(self, result: object = None) -> bytes:
        """Return it as a stream has it; `result` is the job's, for the end of a completed one."""
        status = JobStatus(self.status)
        data: dict[str, Any] = {"status": status.value}
        if status is JobStatus.COMPLETED:
            data = {"result": result, **data}
        elif status is JobStatus.FAILED:
            data = {"error": self.payload["error"], **data}
        elif status is JobStatus.WAITING_FOR_INPUT:
            data = {"questions": self.payload.get("questions", []), **data}
        elif status is not JobStatus.CANCELLED:
            data = {"progress": self.payload["progress"], **data}
        name = NAMES.get(status, "progress")
        return f"id: {self.seq}\nevent: {name}\ndata: {json.dumps(data)}\n\n".encode()


def stored_events(job: AgentJob, *, after: int | None) -> list[JobEvent]:
    """Return a job's events after a number in order, or, without one, the last of them alone."""
    rows = ProjectEvent.objects.filter(
        project_id=job.project_id, kind=EventKind.JOB, payload__job_id=str(job.pk)
    )
    if after is None:
        newest = rows.order_by("-seq").first()
        return [_job_event(newest.seq, newest.payload) if newest else _as_it_stands(job)]
    rows = rows.filter(seq__gt=after).order_by("seq")
    return [_job_event(row.seq, row.payload) for row in rows]


def _job_event(seq: int, payload: dict[str, Any]) -> JobEvent:
    return JobEvent(seq, str(payload["status"]), payload)


def _as_it_stands(job: AgentJob) -> JobEvent:
    """Return what an event would say of a job whose row was written without one."""
    seq = Project.objects.values_list("event_seq", flat=True).get(pk=job.project_id)
    return JobEvent(seq, job.status, {"progress": job.progress, "error": job.error})


def has_heard_all(job: AgentJob, after: int | None) -> bool:
    """Whether nothing is left to tell: the job has ended and its end is known."""
    return after is not None and not job.is_active and not stored_events(job, after=after)


def begin_stream(request: HttpRequest, watch: Watch) -> None:
    """Let the answer to `request` go on as a stream of a job's events."""
    scope: Scope = getattr(request, "scope", {})  # a test's request without a server has none
    if SLOT in scope:
        scope[SLOT].append(watch)


class EventStreams:
    """The site's HTTP application, with answers that go on as streams."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; an answer that a view made a stream is carried on here."""
        begun: list[Watch] = []

        async def pass_on(message: Message) -> None:
            if not begun:
                await send(message)
            elif message["type"] == "http.response.start":
                headers = [h for h in message["headers"] if h[0].lower() != b"content-length"]
                await send({**message, "headers": headers})

        await self.application({**scope, SLOT: begun}, receive, pass_on)
        if begun:
            await JobStream(begun[0], receive, send).run()


class JobStream:
    """One open stream: what was missed, then what happens, each once and in order."""

    def __init__(self, watch: Watch, receive: Receive, send: Send) -> None:
        self.watch, self.receive, self.send = watch, receive, send
        self.last = -1 if watch.after is None else watch.after
        self.over = False

    async def run(self) -> None:
        """Tell until the job ends, the watcher leaves or may not see it any more."""
        await self._write(RETRY)
        gone = asyncio.ensure_future(self._gone())
        try:
            async with mailbox(group_name(self.watch.project_id)) as pending:
                await self._tell(await self._stored(after=self.watch.after))
                while not self.over and not gone.done():
                    await self._next(pending, gone)
        finally:
            gone.cancel()
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _next(self, pending: Mailbox, gone: asyncio.Future[None]) -> None:
        """Wait for what happens next: pushed events, the watcher's leaving, or for long nothing."""
        events = await pending.next(settings.STREAM_HEARTBEAT_SECONDS, gone)
        if events is None:
            await self._write(HEARTBEAT)
            self.over = not await self._visible()
        if events is None or (events and events[0]["seq"] > self.last + 1):
            await self._tell(await self._stored(after=self.last))
        for event in events or ():
            if event["kind"] == EventKind.JOB and event["payload"]["job_id"] == self._job_id:
                await self._tell([_job_event(event["seq"], event["payload"])])
            self.last = max(self.last, event["seq"])

    @property
    def _job_id(self) -> str:
        return str(self.watch.job_id)

    async def _tell(self, events: list[JobEvent]) -> None:
        for event in events:
            if event.seq > self.last:
                self.last = event.seq
                completed = event.status == JobStatus.COMPLETED
                await self._write(event.encoded(await self._result() if completed else None))
        if events and events[-1].is_end:
            self.over = not await self._is_active()

    async def _write(self, text: bytes) -> None:
        await self.send({"type": "http.response.body", "body": text, "more_body": True})

    async def _gone(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass

    def _job(self) -> AgentJob | None:
        """Return the job, if its project is still to be seen by who watches."""
        user = User.objects.filter(pk=self.watch.user.pk, is_active=True).first()
        if user is None:
            return None
        projects = Project.objects.visible_to(user)
        return AgentJob.objects.filter(pk=self.watch.job_id, project__in=projects).first()

    @database_sync_to_async
    def _stored(self, *, after: int | None) -> list[JobEvent]:
        with acting_as(self.watch.user):
            job = self._job()
            return stored_events(job, after=after) if job else []

    @database_sync_to_async
    def _visible(self) -> bool:
        with acting_as(self.watch.user):
            return self._job() is not None

    @database_sync_to_async
    def _is_active(self) -> bool:
        with acting_as(self.watch.user):
            job = self._job()
            return job is not None and job.is_active

    @database_sync_to_async
    def _result(self) -> object:
        with acting_as(self.watch.user):
            job = self._job()
            return job.result if job else None


class Mailbox:
    """Messages pushed to a channel group; none come while there is no Redis."""

    def __init__(self, receive: Callable[[], Awaitable[dict[str, Any]]] | None) -> None:
        self._receive = receive
        self._pending: asyncio.Future[dict[str, Any]] | None = None

    async def next(self, seconds: float, gone: asyncio.Future[None]) -> list[dict[str, Any]] | None:
        """Return the next events pushed, none when `gone` is done; None after so many seconds."""
        # A receive that is cancelled gives its channel up, so it is kept until it is done.
        if self._pending is None and self._receive is not None:
            self._pending = asyncio.ensure_future(self._receive())
        waited: set[asyncio.Future[Any]] = {gone}
        if self._pending is not None:
            waited.add(self._pending)
        done, _ = await asyncio.wait(waited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if self._pending is not None and self._pending in done:
            message, self._pending = self._pending.result(), None
            return [json.loads(text) for text in message["texts"]]
        return [] if gone in done else None

    async def close(self) -> None:
        """Wait for no more; the channel is given up."""
        if self._receive is None:
            return
        if self._pending is None:
            self._pending = asyncio.ensure_future(self._receive())
            await asyncio.sleep(0)  # what has not begun to receive has nothing to give up
        self._pending.cancel()
        with suppress(asyncio.CancelledError):
            await self._pending


@asynccontextmanager
async def mailbox(group: str) -> AsyncIterator[Mailbox]:
    """Subscribe to a channel group for the time of a block."""
    layer = get_channel_layer()
    try:
        channel = await layer.new_channel() if layer else ""
        if layer:
            await layer.group_add(group, channel)
    except (redis.RedisError, OSError):
        logger.warning("no pushed events of %s: no Redis; its events are looked for instead", group)
        layer = None
    receive = (lambda: layer.receive(channel)) if layer else None
    box = Mailbox(receive)
    try:
        yield box
    finally:
        with suppress(redis.RedisError, OSError):
            await box.close()
            if layer:
                await layer.group_discard(group, channel)
