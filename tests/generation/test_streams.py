"""A job's stream in this process: what it says, what it catches up on, when it ends."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async

from generation import streams
from generation.agents.questions import Depth
from generation.control import cancel_job, pause_job, resume_job
from generation.events import event_batch
from generation.models import AgentJob, JobStatus
from generation.pipeline.config import RunOptions
from generation.services import submit_project
from generation.streams import JobEvent, JobStream, Watch, has_heard_all, stored_events
from generation.tasks import plan_job
from projects.models import ProjectEvent
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.api.v1.contract import EXAMPLES

PAYLOAD = {"progress": 45.0, "error": "Agent timeout", "questions": []}
SECONDS = 10


def parsed(block: bytes) -> tuple[int, str, dict]:
    lines = dict(line.split(": ", 1) for line in block.decode().strip().split("\n"))
    return int(lines["id"]), lines["event"], json.loads(lines["data"])


@pytest.mark.parametrize(("name", "data"), EXAMPLES["stream"])
def test_every_event_is_written_as_the_seed_has_it(name, data):
    block = JobEvent(7, data["status"], PAYLOAD).encoded(result={})
    assert parsed(block) == (7, name, data)
    assert list(parsed(block)[2]) == list(data)
    assert block.endswith(b"\n\n")


@pytest.mark.parametrize("status", ["queued", "running", "paused"])
def test_what_goes_on_is_progress(status):
    assert parsed(JobEvent(1, status, PAYLOAD).encoded())[1:] == (
        "progress",
        {"progress": 45.0, "status": status},
    )


class Client:
    """The other end of a stream: blocks that came, and a way to leave."""

    def __init__(self) -> None:
        self.blocks: asyncio.Queue[bytes] = asyncio.Queue()
        self.left = asyncio.Event()
        self.end = asyncio.Event()

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message) -> None:
        if message["body"]:
            self.blocks.put_nowait(message["body"])
        if not message["more_body"]:
            self.end.set()

    async def next(self):
        """The next event; comments and times are passed over."""
        while True:
            block = await asyncio.wait_for(self.blocks.get(), SECONDS)
            if block.startswith(b"id:"):
                return parsed(block)


@asynccontextmanager
async def stream(job, watcher, *, after=None):
    client = Client()
    watch = Watch(job.pk, job.project_id, watcher, after)
    task = asyncio.create_task(JobStream(watch, client.receive, client.send).run())
    try:
        yield client
    finally:
        client.left.set()
        await asyncio.wait_for(task, SECONDS)
        assert client.end.is_set()


@pytest.fixture
def job(transactional_db, owner, monkeypatch):
    monkeypatch.setattr("generation.tasks._send", lambda *_args: None)
    project = submit_project(owner=owner, request=load_request(QUICKNOTES))
    return AgentJob.objects.get(project=project)


def advance(job, progress) -> None:
    AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING, progress=progress)
    job.status, job.progress = JobStatus.RUNNING, progress
    with event_batch(job.project_id) as events:
        events.log("a line of something else")
        events.job(job, done=1, total=2)


act = sync_to_async


async def test_it_tells_where_the_job_stands_and_then_every_change(job, owner):
    async with stream(job, owner) as client:
        assert (await client.next())[1:] == ("progress", {"progress": 0.0, "status": "queued"})
        await act(advance)(job, 50.0)
        assert (await client.next())[2]["progress"] == 50.0
        await act(pause_job)(job=job, by=owner)
        assert (await client.next())[2]["status"] == "paused"
        await act(cancel_job)(job=job, by=owner)
        assert (await client.next())[1:] == ("cancelled", {"status": "cancelled"})


async def test_who_comes_back_hears_what_they_missed_once_and_then_what_happens(job, owner):
    for progress in (10.0, 20.0, 30.0):
        await act(advance)(job, progress)
    known = [event.seq for event in await act(stored_events)(job, after=0)]
    async with stream(job, owner, after=known[1]) as client:
        assert [(await client.next())[0] for _ in range(2)] == known[2:]
        await act(advance)(job, 40.0)
        assert (await client.next())[2]["progress"] == 40.0
        assert client.blocks.empty()


async def test_events_that_were_never_pushed_are_found(job, owner, monkeypatch, settings):
    settings.STREAM_HEARTBEAT_SECONDS = 0.1
    async with stream(job, owner) as client:
        await client.next()
        monkeypatch.setattr("generation.events.send_to_group", lambda *_args: None)
        await act(advance)(job, 50.0)
        assert (await client.next())[2]["progress"] == 50.0


async def test_a_gap_before_a_pushed_event_is_filled(job, owner, monkeypatch):
    async with stream(job, owner) as client:
        await client.next()
        with monkeypatch.context() as silent:
            silent.setattr("generation.events.send_to_group", lambda *_args: None)
            await act(advance)(job, 25.0)
        await act(advance)(job, 50.0)
        assert [(await client.next())[2]["progress"] for _ in range(2)] == [25.0, 50.0]


async def test_without_redis_it_looks_for_events(job, owner, monkeypatch, settings):
    settings.STREAM_HEARTBEAT_SECONDS = 0.1

    class Down:
        async def new_channel(self):
            raise ConnectionRefusedError

    monkeypatch.setattr(streams, "get_channel_layer", Down)
    async with stream(job, owner) as client:
        await client.next()
        await act(cancel_job)(job=job, by=owner)
        assert (await client.next())[1] == "cancelled"


async def test_a_retry_goes_on_in_the_stream_of_the_same_job(job, owner, monkeypatch):
    await act(pause_job)(job=job, by=owner)
    async with stream(job, owner) as client:
        assert (await client.next())[2]["status"] == "paused"
        await act(resume_job)(job=job, by=owner)
        assert (await client.next())[2]["status"] == "running"


async def test_it_ends_when_the_watcher_may_not_see_the_job_any_more(job, owner, settings):
    settings.STREAM_HEARTBEAT_SECONDS = 0.1
    async with stream(job, owner) as client:
        await client.next()
        owner.is_active = False
        await act(owner.save)(update_fields=["is_active"])
        assert await asyncio.wait_for(client.end.wait(), SECONDS)


async def test_it_says_now_and_then_that_it_is_there(job, owner, settings):
    settings.STREAM_HEARTBEAT_SECONDS = 0.1
    async with stream(job, owner) as client:
        await client.next()
        assert await asyncio.wait_for(client.blocks.get(), SECONDS) == streams.HEARTBEAT


def test_a_job_without_events_is_told_as_it_stands(finished):
    ProjectEvent.objects.filter(kind="job").delete()
    job = AgentJob.objects.get()
    assert [event.status for event in stored_events(job, after=None)] == ["completed"]


def test_the_end_is_heard_once(job, owner):
    cancel_job(job=job, by=owner)
    job.refresh_from_db()
    last = stored_events(job, after=None)[0].seq
    assert [has_heard_all(job, after) for after in (None, last - 1, last)] == [False, False, True]


async def test_a_job_that_waits_tells_what_it_asks(transactional_db, owner, monkeypatch):
    monkeypatch.setattr("generation.tasks._send", lambda *_args: None)

    def asked():
        words = {**QUICKNOTES, "description": "Keep zorps.", "features": ["Zorp CRUD"]}
        options = RunOptions(clarify=Depth.MINIMAL)
        project = submit_project(owner=owner, request=load_request(words), options=options)
        job = AgentJob.objects.get(project=project)
        plan_job(str(job.pk))
        return job

    job = await act(asked)()
    async with stream(job, owner) as client:
        _, name, data = await client.next()
    assert (name, list(data)) == ("waiting", ["questions", "status"])
    assert [question["id"] for question in data["questions"]][:2] == ["q1", "q2"]
    assert set(data["questions"][0]) == {"id", "question", "options"}
