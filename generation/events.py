"""Events: what happened to a project, numbered in the order of commits and pushed on commit.

A number is taken from `projects.event_seq` under that row's lock, so that of two transactions the
one that commits first has the lower number and a reader who asks "after n" misses nothing. The lock
is the first that a transaction takes: what else it locks of the project (its job, steps, files) it
then has to itself, and no two can wait for each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from generation.models import AgentJob, GenerationStep, Log, LogLevel, LogSource
from generation.push import send_to_group
from projects.models import Project, ProjectEvent, ProjectFile
from projects.models.events import EventKind

Payload = dict[str, Any]
PUSHED = "project.events"  # the type of a message to watchers
TAKE_NUMBERS = """
UPDATE projects SET event_seq = event_seq + %s WHERE project_id = %s RETURNING event_seq, now()
"""
# A job tells some 500 events, and to make as many rows one by one is a tenth of it.
STORE_EVENTS = """
INSERT INTO project_events (project_id, seq, kind, payload)
SELECT %s, told.seq, told.kind, told.payload
  FROM jsonb_to_recordset(%s::jsonb) AS told(seq bigint, kind text, payload jsonb)
"""


def group_name(project_id: UUID) -> str:
    """Return the channel group of a project's watchers."""
    return f"project.{project_id}"


def message_of(event: ProjectEvent) -> Payload:
    """Return an event as a browser or stream gets it."""
    created: datetime = event.created_at
    return {
        "seq": event.seq,
        "kind": event.kind,
        "payload": event.payload,
        "created_at": created.isoformat(),
    }


@dataclass
class EventBatch:
    """Events of one transaction, kept until its last act."""

    project_id: UUID
    pending: list[tuple[EventKind, Payload | Log]] = field(default_factory=list)
    lines: list[Log] = field(default_factory=list)

    def log(
        self,
        text: str,
        *,
        level: LogLevel = LogLevel.INFO,
        source: LogSource = LogSource.SYSTEM,
        step_id: UUID | None = None,
    ) -> None:
        """Write a log line and tell the watchers; its row is made with the events' rows."""
        line = Log(
            project_id=self.project_id,
            log_text=text,
            log_level=level,
            source=source,
            step_id=step_id,
        )
        self.lines.append(line)
        self.pending.append((EventKind.LOG, line))

    def step(self, step: GenerationStep) -> None:
        """Tell where a step stands."""
        self.pending.append((EventKind.STEP, step_payload(step)))

    def file(self, file: ProjectFile) -> None:
        """Tell of a file's new version."""
        payload = {
            "path": file.path,
            "version": file.version,
            "size": file.size,
            "lines": file.lines,
            "language": file.language,
            "ai_provider": file.ai_provider,
        }
        self.pending.append((EventKind.FILE, payload))

    def file_removed(self, path: str, version: int) -> None:
        """Tell that a file is deleted; `version` is the number of its deletion."""
        payload = {"path": path, "version": version, "deleted": True}
        self.pending.append((EventKind.FILE, payload))

    def job(
        self, job: AgentJob, *, done: int, total: int, questions: Sequence[Payload] = ()
    ) -> None:
        """Tell how far a job is, and what it asks when it waits for answers."""
        payload = {
            "job_id": str(job.id),
            "agent_type": str(job.agent_type),
            "status": str(job.status),
            "progress": job.progress,
            "done": done,
            "total": total,
            "error": job.error,
        }
        if questions:
            payload["questions"] = list(questions)
        self.pending.append((EventKind.JOB, payload))

    def project(self, project: Project) -> None:
        """Tell a project's state."""
        payload = {"status": str(project.status), "download_url": project.download_url}
        self.pending.append((EventKind.PROJECT, payload))

    def usage(self, payload: Payload) -> None:
        """Tell of a call to a model and what its job and step have taken with it."""
        self.pending.append((EventKind.USAGE, payload))

    def write(self) -> None:
        """Store what is pending under its numbers; it is pushed when the transaction commits."""
        if not self.pending:
            return
        count, project_id = len(self.pending), self.project_id
        with connection.cursor() as cursor:
            cursor.execute(TAKE_NUMBERS, [count, project_id])
            numbers = cursor.fetchone()
            if numbers is None:
                self.pending, self.lines = [], []
                return
            last, now = numbers
            # Under the lock, so that the lines' numbers follow the order of commits too.
            Log.objects.bulk_create(self.lines)
            events = [
                {
                    "seq": seq,
                    "kind": str(kind),
                    "payload": log_payload(told) if isinstance(told, Log) else told,
                }
                for seq, (kind, told) in enumerate(self.pending, last - count + 1)
            ]
            cursor.execute(STORE_EVENTS, [project_id, json.dumps(events)])
        self.pending, self.lines = [], []
        messages = [{**event, "created_at": now.isoformat()} for event in events]
        transaction.on_commit(lambda: push(project_id, messages))


def log_payload(line: Log) -> Payload:
    """Return a log line as its watchers see it."""
    return {
        "log_id": line.log_id,
        "text": line.log_text,
        "level": str(line.log_level),
        "source": str(line.source),
        "step_id": str(line.step_id) if line.step_id else None,
    }


def step_payload(step: GenerationStep) -> Payload:
    """Return a step as its watchers see it; the duration in milliseconds."""
    took = step.duration
    return {
        "step_id": str(step.step_id),
        "sequence_order": step.sequence_order,
        "tool_name": step.tool_name,
        "status": str(step.status),
        "file_path": step.file_path,
        "engine": step.engine,
        "error": step.error,
        "duration_ms": None if took is None else round(took.total_seconds() * 1000),
    }


def lock_project(project_id: UUID) -> None:
    """Take the project's lock: until the transaction ends nobody else changes its work."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM projects WHERE project_id = %s FOR NO KEY UPDATE", [project_id]
        )


def do_not_wait_for_disk() -> None:
    """Let the running transaction commit before its log is on disk; a crash may take it back."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


@contextmanager
def event_batch(project_id: UUID) -> Iterator[EventBatch]:
    """Run a block in one transaction, under the project's lock, and write what it tells at its end.

    A block that is entered with rows of the project locked already can deadlock.
    """
    with transaction.atomic():
        lock_project(project_id)
        batch = EventBatch(project_id)
        yield batch
        batch.write()


def push(project_id: UUID, messages: list[Payload]) -> None:
    """Send events to the project's watchers; without Redis they find them on reconnecting.

    They are numbered without a gap from `first` on, and encoded here once for all watchers.
    """
    first, texts = messages[0]["seq"], [json.dumps(message) for message in messages]
    message = {"type": PUSHED, "first": first, "texts": texts}
    send_to_group(group_name(project_id), message)
