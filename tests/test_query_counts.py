"""How many queries each page, API endpoint and admin page takes, held to a committed baseline.

None may take more than it did, and no page more than 20. When a change of them is meant, write the
file again and look at its difference:
QUERY_COUNTS=write ./codegen test tests/test_query_counts.py
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin import site
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse
from rest_framework.throttling import UserRateThrottle

from generation.events import event_batch
from generation.models import AgentJob, GenerationStep, Log
from generation.services import submit_project
from generation.workspace.edits import save_file
from projects.models import Project, ProjectEdit, ProjectFile
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.api.conftest import failed, running

__all__ = ["failed", "running"]

pytestmark = pytest.mark.django_db

BASELINE = Path(__file__).parent / "data" / "query_counts.json"
MOST = 20
STEPS, LINES, FILES, PROJECTS = 120, 300, 100, 40
OK = (200, 201, 202, 204)
# They show no rows of ours: documents, forms of nobody, and Django's own scripts.
WITHOUT_ROWS = ("healthz", "readyz", "admin:jsi18n", "api:schema", "api:docs", "api:root")
WRITES: tuple[tuple[str, str, str, Any], ...] = (
    ("api create", "post", "/api/projects/", {"project_name": "X", "description": "Notes."}),
    ("api delete", "delete", "/api/projects/{finished}/", None),
    ("api start", "post", "/api/projects/{project}/start/", None),
    ("api pause", "post", "/api/projects/{running}/pause/", None),
    ("api cancel", "post", "/api/projects/{running}/cancel/", None),
    ("api retry", "post", "/api/projects/{failed}/retry/", None),
    ("api again", "post", "/api/projects/{finished}/again/", None),
    ("api rename", "post", "/api/projects/{finished}/renames/", {"path": "a1.py", "to": "b.py"}),
    ("api restore", "post", "/api/projects/{finished}/restores/", {"path": "README.md"}),
    ("v1 run-agent", "post", "/v1/run-agent", {"agent_type": "research"}),
    ("v1 run-pipeline", "post", "/v1/run-pipeline", {}),
)


@dataclass(frozen=True)
class Place:
    """An address by its name, with the arguments that it takes."""

    name: str
    arguments: tuple[str, ...]


def places(resolver: URLResolver, space: str = "") -> Iterator[Place]:
    """Every named address of the site."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (space, pattern.namespace) if part)
            yield from places(pattern, inner)
        elif pattern.name:
            name = ":".join(part for part in (space, pattern.name) if part)
            arguments = tuple(pattern.pattern.regex.groupindex)
            yield Place(name, arguments)


@pytest.fixture
def rows(finished, owner, monkeypatch) -> dict[str, Any]:
    """A project with as many rows as a real one has, among others; names for what is in it."""
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": None})
    job = AgentJob.objects.get(project=finished)
    GenerationStep.objects.bulk_create(
        GenerationStep(
            project=finished,
            job=job,
            sequence_order=number,
            tool_name="codegen_create",
            input_payload={"file_path": f"a{number}.py"},
            status="SUCCESS",
        )
        for number in range(3, STEPS)
    )
    Log.objects.bulk_create(
        Log(project=finished, log_text=f"line {number}") for number in range(LINES)
    )
    ProjectFile.objects.bulk_create(
        ProjectFile(project=finished, path=f"a{n}.py", content="a = 1\n", size=6, lines=1)
        for n in range(FILES)
    )
    with event_batch(finished.pk) as events:
        for number in range(LINES):
            events.log(f"event {number}")
    Project.objects.bulk_create(
        Project(user=owner, project_name=f"App {n}", features=[], tech_stack="x", styling="y")
        for n in range(PROJECTS)
    )
    for version in range(1, 6):
        text = f"# README {version}\n"
        save_file(project=finished, path="README.md", text=text, expected=version, by=owner)
    step = GenerationStep.objects.filter(project=finished).first()
    edit = ProjectEdit.objects.filter(project=finished).first()
    return {
        "project_id": finished.pk,
        "job_id": job.pk,
        "step_id": step.pk,
        "edit_id": edit.pk,
        "path": "README.md",
        "name": "overview",
        "what": "entities",
        "rest": "nothing/",
    }


def count(client: Client, path: str, method: str = "get", **body: Any) -> tuple[int, int]:
    """Return the status and the number of queries of a second request, when all is warm."""
    ask: Callable[..., Any] = getattr(client, method)
    for _ in range(2):
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            answer = ask(path, **body)
            if hasattr(answer, "render") and not answer.is_rendered:
                answer.render()
            taken = len(queries)
            transaction.set_rollback(True)
    return answer.status_code, taken


def compare(part: str, counted: dict[str, int]) -> None:
    """Hold counts to the baseline, or write them into it when that is asked for."""
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    if os.environ.get("QUERY_COUNTS") == "write":
        baseline[part] = counted
        BASELINE.write_text(json.dumps(baseline, indent=2, sort_keys=True) + "\n")
    known = baseline.get(part, {})
    worse = {
        name: (before, counted.get(name))
        for name, before in sorted(known.items())
        if name not in counted or counted[name] > before
    }
    assert not worse, f"(before, now) of {part}: {worse}; see this file's first lines"


def test_pages_and_endpoints(rows, browser_as, owner):
    client = browser_as(owner)
    counted: dict[str, int] = {}
    for place in places(get_resolver()):
        if place.name.startswith("admin:") or place.name in WITHOUT_ROWS:
            continue
        known = {name: rows[name] for name in place.arguments if name in rows}
        if len(known) < len(place.arguments):
            continue
        if place.name == "generation:download":
            known["name"] = "QuickNotes.zip"
        status, taken = count(client, reverse(place.name, kwargs=known))
        if status in OK:
            counted[place.name] = taken
    assert {"projects:list", "generation:project", "api:project", "v1:job"} <= set(counted)
    assert {name: n for name, n in counted.items() if n > MOST} == {}
    compare("reads", counted)


def test_the_pages_of_the_admin(rows, finished, browser_as, admin):
    client = browser_as(admin)
    pages = {"index": reverse("admin:index")}
    for model in site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        pages[f"{name} list"] = reverse(f"admin:{name}_changelist")
        # All projects here are of one moment: the first of them would be any.
        row = finished if model is Project else model._default_manager.first()
        if row is not None:
            pages[f"{name} page"] = reverse(f"admin:{name}_change", args=[row.pk])
    counted = {}
    for name, path in pages.items():
        status, taken = count(client, path)
        assert status == 200, name
        counted[name] = taken
    assert {name: n for name, n in counted.items() if n > MOST} == {}
    compare("admin", counted)


def test_writes(rows, browser_as, owner, project, failed, finished):
    running = submit_project(owner=owner, request=load_request(QUICKNOTES))
    client = browser_as(owner)
    known = {"project": project, "running": running, "failed": failed, "finished": finished}
    known = {name: str(row.pk) for name, row in known.items()}
    counted = {}
    for name, method, path, body in WRITES:
        data = dict(body or {})
        if path.startswith("/v1/"):
            data["project_id"] = known["finished"]
        if "restore" in name or "rename" in name:
            data["version"] = 1
        address = path.format(**known)
        status, taken = count(client, address, method, data=data, content_type="application/json")
        assert status in OK, (name, status)
        counted[name] = taken
    compare("writes", counted)


def test_one_query_more_is_noticed(monkeypatch):
    monkeypatch.delenv("QUERY_COUNTS", raising=False)
    known = json.loads(BASELINE.read_text())["reads"]
    compare("reads", known)
    with pytest.raises(AssertionError, match="projects:list"):
        compare("reads", {**known, "projects:list": known["projects:list"] + 1})
