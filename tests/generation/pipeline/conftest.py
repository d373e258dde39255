"""A scripted engine in the registry, and a queue that runs in the test's own process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

import pytest

from generation import tasks
from generation.engines import registry
from generation.pipeline.config import RunOptions
from generation.services import submit_project
from projects.models import Project
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.scripted import ScriptedEngine

SCRIPTED = RunOptions(engine="scripted")


@pytest.fixture
def engine(monkeypatch) -> Iterator[ScriptedEngine]:
    scripted = ScriptedEngine()
    monkeypatch.setitem(registry._FACTORIES, "scripted", lambda: scripted)
    registry.get_engine.cache_clear()
    yield scripted
    registry.get_engine.cache_clear()


class Queue:
    """Holds messages as Redis would; `run` delivers them until none is left."""

    def __init__(self) -> None:
        self.messages: deque[tuple[Callable[..., None], Sequence[UUID]]] = deque()

    def send(
        self, task: Callable[..., None], row_ids: Sequence[UUID], _task_id: str | None, _queue: str
    ) -> None:
        self.messages.append((task, row_ids))

    def run(self, limit: int = 1000) -> None:
        while self.messages and limit:
            task, row_ids = self.messages.popleft()
            task(*map(str, row_ids))
            limit -= 1


@pytest.fixture
def queue(monkeypatch, transactional_db) -> Queue:
    made = Queue()
    monkeypatch.setattr(tasks, "_send", made.send)
    return made


@pytest.fixture
def submitted(engine, queue, owner) -> Project:
    """A project of the scripted engine, queued and not yet planned."""
    return submit_project(owner=owner, request=load_request(QUICKNOTES), options=SCRIPTED)
