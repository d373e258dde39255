"""Pages, admin and API over a database that has grown: time, queries and slow plans."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.test import Client

from generation.models import AgentJob, GenerationStep
from projects.identity import acting_as
from projects.models import Project, User

OWNER, ADMIN = "grower@example.org", "grown-admin@example.org"
STEPS, FILES = 10, 5  # of each project
LARGE = 100  # times the usual number of lines are in one project
ROUNDS = 3
SLOW_QUERY = 0.05  # seconds

# Half of the projects are the measured person's. A project's rows follow from its number.
FILL = (
    """
    INSERT INTO projects (user_id, project_name, slug, description, features, tech_stack, styling,
        agent_id, status, event_seq, created_at, initial_memory_id)
    SELECT CASE WHEN n %% 2 = 1 THEN %(owner)s::uuid ELSE %(admin)s::uuid END, 'App ' || n,
        'grown-' || n, 'A made-up app to fill the database with, number ' || n, '["Notes"]',
        'React + FastAPI + PostgreSQL', 'Bootstrap', 'agent-grown-' || n, 'SUCCESS',
        CASE WHEN n = 1 THEN %(large)s ELSE 1 END * %(lines)s, now() - n * interval '1 minute',
        'grown-' || n
    FROM generate_series(1, %(projects)s) n
    """,
    """
    INSERT INTO agent_jobs (project_id, user_id, agent_type, status, progress, created_at,
        started_at)
    SELECT project_id, user_id, 'pipeline', 'completed', 100, created_at, created_at
    FROM projects WHERE agent_id LIKE 'agent-grown-%%'
    """,
    """
    INSERT INTO generation_steps (project_id, job_id, sequence_order, tool_name, input_payload,
        output_payload, status, engine, created_at, started_at, finished_at)
    SELECT j.project_id, j.id, n, 'codegen_create',
        jsonb_build_object('file_path', 'file' || n || '.py'),
        jsonb_build_object('code', repeat('a = 1' || chr(10), 50)), 'SUCCESS', 'builtin',
        j.created_at, j.created_at, j.created_at
    FROM agent_jobs j JOIN projects p USING (project_id), generate_series(1, %(steps)s) n
    WHERE p.agent_id LIKE 'agent-grown-%%'
    """,
    """
    INSERT INTO project_files (project_id, path, content, language, size, lines)
    SELECT project_id, 'file' || n || '.py', repeat('a = 1' || chr(10), 50), 'python', 300, 50
    FROM projects, generate_series(1, %(files)s) n WHERE agent_id LIKE 'agent-grown-%%'
    """,
    """
    INSERT INTO memory_records (project_id, memory_id, content, metadata, created_at)
    SELECT project_id, initial_memory_id,
        '{"project_name": "Grown", "description": "Notes.", "features": ["Notes"]}',
        '{"step": "spec_submitted"}', created_at
    FROM projects WHERE agent_id LIKE 'agent-grown-%%'
    """,
    """
    INSERT INTO logs (project_id, log_text, created_at)
    SELECT project_id, 'Step ' || n || ' (codegen_create): Generated file' || n || '.py', created_at
    FROM projects, generate_series(1, event_seq) n WHERE agent_id LIKE 'agent-grown-%%'
    """,
    """
    INSERT INTO project_events (project_id, seq, kind, payload, created_at)
    SELECT project_id, n, 'log', jsonb_build_object('log_id', n, 'text', 'Generated file' || n,
        'level', 'INFO', 'source', 'SYSTEM', 'step_id', null), created_at
    FROM projects, generate_series(1, event_seq) n WHERE agent_id LIKE 'agent-grown-%%'
    """,
)


def fill(projects: int, lines: int) -> dict[str, Any]:
    """Fill the database with made-up projects, and as many log lines in all; needs the owner."""
    began = time.monotonic()
    owner = User.objects.create_user(OWNER, None)
    admin = User.objects.create_superuser(ADMIN, None)
    values: dict[str, str | int] = {
        "owner": str(owner.pk),
        "admin": str(admin.pk),
        "projects": projects,
        "lines": max(1, lines // (projects + LARGE - 1)),
        "large": LARGE,
        "steps": STEPS,
        "files": FILES,
    }
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT (SELECT count(*) FROM projects), (SELECT count(*) FROM logs)")
        stored = cursor.fetchone()
    return {
        "projects": stored[0],
        "logs": stored[1],
        "seconds": round(time.monotonic() - began, 1),
    }


@dataclass
class Queries:
    """The queries of a page, with their times; use it as a wrapper of executions."""

    asked: list[tuple[float, str, Any]] = field(default_factory=list)

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: Any,
        context: Any,
    ) -> Any:
        """Carry a query out and note its time."""
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.asked.append((time.perf_counter() - began, sql, params))


def measure_pages() -> list[dict[str, Any]]:
    """Ask for every page that shows what grows, as the web server's role, a few times each."""
    with _signed_in(OWNER) as (owner, pages), _signed_in(ADMIN) as (admin, admin_pages):
        with acting_as(owner):
            largest = Project.objects.visible_to(owner).order_by("-event_seq")[0]
            step = GenerationStep.objects.filter(project=largest)[0]
            job = AgentJob.objects.filter(project=largest)[0]
        rows = [_page(pages, owner, path) for path in _paths(largest.pk, job.pk)]
        rows += [_page(admin_pages, admin, path) for path in _admin_paths(largest.pk, step.pk)]
    return rows


@contextmanager
def _signed_in(email: str) -> Iterator[tuple[User, Client]]:
    user = User.objects.get(email=email)
    client = Client(HTTP_HOST="127.0.0.1")
    with acting_as(user):
        client.force_login(user)
    yield user, client


def _paths(project: UUID, job: UUID) -> list[str]:
    return [
        "/",
        "/?page=100",
        "/?q=number",
        "/?status=SUCCESS",
        "/new/?recall=1",
        "/usage/",
        f"/projects/{project}/",
        *(
            f"/projects/{project}/parts/{name}/"
            for name in ("overview", "steps", "files", "request")
        ),
        f"/projects/{project}/code/",
        f"/projects/{project}/history/",
        "/api/projects/",
        "/api/projects/?offset=4000&limit=100",
        "/api/recall/",
        f"/api/projects/{project}/logs/",
        f"/api/projects/{project}/logs/?after=5000",
        f"/api/projects/{project}/steps/",
        f"/v1/jobs/{job}",
        f"/v1/jobs/{project}/list",
    ]


def _admin_paths(project: UUID, step: UUID) -> list[str]:
    generation, projects = "/admin/generation/", "/admin/projects/"
    lists = [
        f"{projects}project/",
        f"{projects}projectevent/",
        f"{projects}projectfile/",
        f"{generation}agentjob/",
        f"{generation}generationstep/",
        f"{generation}log/",
        "/admin/memory/memoryrecord/",
    ]
    return [
        "/admin/",
        *lists,
        f"{generation}log/?p=100",
        f"{generation}log/?q=file7",
        f"{generation}log/?project__exact={project}",
        f"{projects}projectevent/?project__exact={project}",
        f"{generation}generationstep/?q={project}",
        f"{projects}project/{project}/change/",
        f"{generation}generationstep/{step}/change/",
    ]


def _page(client: Client, user: User, path: str) -> dict[str, Any]:
    times: list[float] = []
    queries, status = Queries(), 0
    for _ in range(ROUNDS):
        queries = Queries()
        began = time.perf_counter()
        with connection.execute_wrapper(queries):
            status = client.get(path).status_code
        times.append(time.perf_counter() - began)
    slowest = max(queries.asked, default=(0.0, "", None), key=lambda one: one[0])
    row: dict[str, Any] = {
        "path": path,
        "status": status,
        "ms": round(1000 * statistics.median(times), 1),
        "queries": len(queries.asked),
        "slowest_query_ms": round(1000 * slowest[0], 1),
    }
    if slowest[0] >= SLOW_QUERY and slowest[1].startswith("SELECT"):
        row["slow"] = slowest[1][:2000]
        row["plan"] = _plan(user, slowest[1], slowest[2])
    return row


def _plan(user: User, sql: str, params: Any) -> list[str]:
    with acting_as(user), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        return [str(row[0]) for row in cursor.fetchall()]
