"""What the database says afterwards: was anything lost, done twice, or left lying."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

DONE_LINE = r"^Step \d+ \(\w+\): (Generated|Edited|Stored) "
STEPS_WITHOUT_ONE_LINE = """
SELECT s.project_id::text, s.sequence_order, s.status,
       count(DISTINCT l.log_id) AS lines,
       (SELECT count(*) FROM project_events e WHERE e.project_id = s.project_id
         AND e.kind = 'step' AND e.payload->>'step_id' = s.step_id::text
         AND e.payload->>'status' = 'SUCCESS') AS ends,
       (SELECT count(*) FROM project_events e WHERE e.project_id = s.project_id
         AND e.kind = 'log' AND e.payload->>'step_id' = s.step_id::text
         AND e.payload->>'text' ~ %(line)s) AS told,
       (SELECT count(*) FROM project_file_versions v WHERE v.step_id = s.step_id) AS versions,
       s.tool_name
  FROM generation_steps s
  LEFT JOIN logs l ON l.step_id = s.step_id AND l.log_text ~ %(line)s
 WHERE s.project_id = ANY(%(projects)s::uuid[])
 GROUP BY s.step_id
"""
UNFINISHED = """
SELECT project_id::text, 'project ' || status FROM projects
 WHERE project_id = ANY(%(projects)s::uuid[]) AND status <> 'SUCCESS'
UNION ALL
SELECT project_id::text, 'job ' || status || coalesce(': ' || error, '') FROM agent_jobs
 WHERE project_id = ANY(%(projects)s::uuid[]) AND status <> 'completed'
"""
RUNNING = """
SELECT project_id::text, 'step ' || sequence_order || ' ' || status FROM generation_steps
 WHERE status IN ('RUNNING', 'PENDING')
UNION ALL
SELECT project_id::text, 'job ' || status FROM agent_jobs WHERE status IN ('running', 'queued')
"""
LOGS_OUT_OF_ORDER = """
SELECT project_id::text, 'line ' || log_id FROM (
  SELECT project_id, (payload->>'log_id')::bigint AS log_id,
         lag((payload->>'log_id')::bigint) OVER (PARTITION BY project_id ORDER BY seq) AS before
    FROM project_events WHERE kind = 'log') AS told
 WHERE before >= log_id
"""
LOGS_NOT_TOLD = """
SELECT l.project_id::text, 'line ' || l.log_id || ' was told ' || count(e.seq) || ' times'
  FROM logs l LEFT JOIN project_events e ON e.project_id = l.project_id AND e.kind = 'log'
       AND (e.payload->>'log_id')::bigint = l.log_id
 GROUP BY l.log_id HAVING count(e.seq) <> 1
"""
GAPS = """
SELECT p.project_id::text, p.event_seq || ' numbers, ' || count(e.seq) || ' events'
  FROM projects p LEFT JOIN project_events e ON e.project_id = p.project_id
 GROUP BY p.project_id HAVING count(e.seq) <> p.event_seq OR max(e.seq) <> p.event_seq
"""
TAKEN_BACK = """
SELECT since, now FROM (
  SELECT extract(epoch FROM created_at)::float8 AS now, payload->>'status' AS status,
         lag(extract(epoch FROM created_at)::float8) OVER of_a_step AS since,
         lag(payload->>'status') OVER of_a_step AS before
    FROM project_events WHERE kind = 'step'
  WINDOW of_a_step AS (PARTITION BY payload->>'step_id' ORDER BY seq)) AS told
 WHERE before = 'RUNNING' AND status IN ('PENDING', 'FAILED')
"""


class Database(Protocol):
    """A connection or cursor of psycopg."""

    def execute(self, query: str, parameters: dict[str, Any] | None = None) -> Any:
        """Run a query."""


@dataclass
class Findings:
    """What is wrong, each with its project; empty when all is well."""

    lost: dict[str, list[str]] = field(default_factory=dict)
    doubled: dict[str, list[str]] = field(default_factory=dict)
    stuck: dict[str, list[str]] = field(default_factory=dict)

    @property
    def are_none(self) -> bool:
        """Whether all is well."""
        return not (self.lost or self.doubled or self.stuck)


def inspect(database: Database, projects: Iterable[str]) -> Findings:
    """Look at what became of the projects."""
    found, these = Findings(), {"projects": list(projects), "line": DONE_LINE}
    for project, sequence, status, lines, ends, told, versions, tool in database.execute(
        STEPS_WITHOUT_ONE_LINE, these
    ).fetchall():
        wanted = 0 if tool == "memory_store" else 1
        counts = {"lines": lines - 1, "ends": ends - 1, "lines told": told - 1}
        counts["files"] = versions - wanted
        for what, off in counts.items():
            text = f"step {sequence} ({status}): {off:+d} {what}"
            if off:
                (found.doubled if off > 0 else found.lost).setdefault(project, []).append(text)
    _note(found.lost, database.execute(UNFINISHED, these).fetchall())
    _note(found.stuck, database.execute(RUNNING).fetchall())
    for query in (LOGS_OUT_OF_ORDER, LOGS_NOT_TOLD, GAPS):
        _note(found.lost, database.execute(query).fetchall())
    return found


def _note(where: dict[str, list[str]], rows: Iterable[tuple[str, str]]) -> None:
    for project, text in rows:
        where.setdefault(project, []).append(text)


def recoveries(database: Database, faults: list[float]) -> list[float]:
    """Return for each attempt that was lost how long it took to queue its step again, in seconds.

    Counted from the first fault after the attempt began, which is the most that it can have been.
    """
    waits = []
    for began, queued in database.execute(TAKEN_BACK).fetchall():
        hurt = next((at for at in faults if began <= at <= queued), began)
        waits.append(queued - hurt)
    return waits
