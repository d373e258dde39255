"""A job with a model: what it adds is in the app, and what it gets wrong costs nothing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from generation.engines.builtin.render import render_app
from generation.engines.providers import structured
from generation.errors import EngineNotReady
from generation.models import AIProviderUsage, GenerationStep, Log
from generation.pipeline import engines
from generation.pipeline.config import RunOptions
from generation.pipeline.execution import MOST_LIKE_FAILURES
from generation.pipeline.lease import MOST_SECONDS_BETWEEN
from generation.pipeline.recovery import find_lost, ready_steps
from generation.services import cancel_project, submit_project
from generation.tasks import MOST_TOGETHER, execute_steps, plan_job
from projects.models import Project
from projects.spec.request import load_request
from tests.generation.pipeline.conftest import Queue
from tests.generation.pipeline.helpers import age_jobs, statuses
from tests.stubs.ollama import OllamaStub

WITH_OLLAMA = RunOptions(engine="ollama")
PAGE, URLS = "core/views/imprint.py", "core/urls.py"
FEATURE = "Sing a song of sixpence"
BAKERY = {
    "project_name": "Bakery",
    "description": "A landing page for a bakery.",
    "features": [FEATURE],
    "tech_stack": "Django + HTMX + PostgreSQL",
    "styling": "Plain CSS",
}
PAGE_CODE = '''"""Who runs this site."""

from django.http import HttpRequest, HttpResponse


def imprint(request: HttpRequest) -> HttpResponse:
    """Say who runs this site."""
    return HttpResponse(f"A bakery, at {request.get_host()}")
'''
CREATE: dict[str, Any] = {
    "tool": "codegen_create",
    "feature": FEATURE,
    "input": {"template": "custom", "file_path": PAGE, "instructions": "Who runs this site."},
}
CHANGE: dict[str, Any] = {
    "tool": "codegen_refactor",
    "feature": FEATURE,
    "input": {"template": "custom", "file_path": URLS, "instructions": "Add /imprint."},
}
EDITS = {
    "edits": [
        {
            "search": "\nurlpatterns = [\n",
            "replace": "from core.views.imprint import imprint\n\n"
            'urlpatterns = [\n    path("imprint", imprint, name="imprint"),\n',
        },
    ]
}
GOOD = [{"entities": []}, [CREATE, CHANGE], {"file_path": PAGE, "code": PAGE_CODE}, EDITS]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch) -> None:
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)


@pytest.fixture
def server(settings) -> Iterator[OllamaStub]:
    stub = OllamaStub()
    with stub.running():
        settings.OLLAMA_HOST, settings.OLLAMA_SILENCE = stub.url, 2
        engines.provider_of.cache_clear()
        yield stub
    engines.provider_of.cache_clear()


def submitted(owner, options: RunOptions = WITH_OLLAMA) -> Project:
    return submit_project(owner=owner, request=load_request(BAKERY), options=options)


def say(server: OllamaStub, *answers: object) -> None:
    server.script[:] = [json.dumps(answer) for answer in answers]


def files_of(project: Project) -> dict[str, str]:
    return {file.path: file.content or "" for file in project.files.all()}


def in_the_background(queue: Queue) -> threading.Thread:
    def run() -> None:
        try:
            queue.run()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture(scope="module")
def floor() -> dict[str, str]:
    """What the built-in engine alone makes of it."""
    return render_app(load_request(BAKERY))


def test_what_asks_no_model_is_carried_out_together(server, queue, owner):
    submitted(owner)
    say(server, *GOOD)
    queue.run(limit=1)
    shared = [len(rows) for _task, rows in queue.messages]
    assert max(shared) == MOST_TOGETHER
    queue.run(limit=1)
    done = GenerationStep.objects.filter(status="SUCCESS")
    assert done.count() == MOST_TOGETHER
    queue.run()
    extra = GenerationStep.objects.filter(input_payload__has_key="planned_by")
    assert list(extra.values_list("status", flat=True)) == ["SUCCESS", "SUCCESS"]


def test_what_a_model_adds_is_in_the_app_and_told_apart(server, queue, owner, floor):
    project = submitted(owner)
    say(server, *GOOD)
    queue.run()
    project.refresh_from_db()
    assert project.status == "SUCCESS"
    files = files_of(project)
    assert files[PAGE] == PAGE_CODE
    assert 'path("imprint", imprint, name="imprint")' in files[URLS]
    changed = {path for path in files.keys() | floor.keys() if files.get(path) != floor.get(path)}
    assert changed == {PAGE, URLS}
    by_model = GenerationStep.objects.filter(project=project, engine="ollama")
    assert {step.file_path for step in by_model.exclude(tool_name="memory_store")} == changed
    result = project.jobs.get().result
    assert (result["by_model"], result["left_out"]) == ([FEATURE], [])
    assert FEATURE not in result["unplaced"]
    calls = AIProviderUsage.objects.filter(project=project).order_by("created_at")
    assert list(calls.values_list("request_type", flat=True)) == [
        "understand",
        "plan",
        "write",
        "edit",
    ]
    assert all(call.success and call.prompt_tokens and call.model == "coder:7b" for call in calls)


@pytest.mark.parametrize(
    "behaviour", ["cut-json", "wrong-language", "unknown-tool", "out-of-memory", "silent-midstream"]
)
def test_a_model_that_is_only_wrong_leaves_the_built_in_app(server, queue, owner, floor, behaviour):
    project = submitted(owner)
    server.behaviour = behaviour
    queue.run()
    project.refresh_from_db()
    assert project.status == "SUCCESS"
    assert files_of(project) == floor
    assert "RUNNING" not in statuses(project)


def test_what_a_model_cannot_write_is_left_out_and_said(server, queue, owner, floor):
    project = submitted(owner)
    bad = {"file_path": PAGE, "code": "import gone\n"}
    say(server, *GOOD[:2], bad, bad, EDITS, EDITS)
    queue.run()
    project.refresh_from_db()
    job = project.jobs.get()
    assert (project.status, job.status) == ("SUCCESS", "completed")
    assert files_of(project) == floor
    page, urls = job.result["left_out"]
    assert page.startswith(f"{PAGE}: ")
    assert "'gone' is not among" in page
    assert "no module 'core.views.imprint'" in urls
    assert job.result["by_model"] == []
    warnings = Log.objects.filter(project=project, log_level="WARNING")
    assert warnings.filter(log_text__contains=f"left out {PAGE}").count() == 1


def test_a_feature_that_is_made_in_part_is_not_claimed(server, queue, owner):
    project = submitted(owner)
    wrong = {"edits": [{"search": "nowhere", "replace": "x"}]}
    say(server, *GOOD[:3], wrong, wrong)
    queue.run()
    result = project.jobs.get().result
    assert PAGE in files_of(project)
    assert (result["by_model"], len(result["left_out"])) == ([], 1)
    assert FEATURE in result["unplaced"]


def test_a_crash_in_a_models_step_costs_only_the_step(server, queue, owner, floor, monkeypatch):
    def crash(*_args: object) -> str:
        raise ZeroDivisionError

    project = submitted(owner)
    say(server, *GOOD[:2])
    monkeypatch.setattr("generation.engines.llm.engine.write_file", crash)
    monkeypatch.setattr("generation.engines.llm.engine.edit_file", crash)
    queue.run()
    project.refresh_from_db()
    assert project.status == "SUCCESS"
    assert files_of(project) == floor
    assert "ZeroDivisionError" in project.jobs.get().result["left_out"][0]


def test_the_same_failure_again_and_again_ends_the_asking(server, queue, owner):
    project = submitted(owner)
    steps = [
        {**CREATE, "input": {**CREATE["input"], "file_path": f"core/p{n}.py"}}
        for n in range(MOST_LIKE_FAILURES + 4)
    ]
    say(server, {"entities": []}, steps)
    plan_job(str(queue.messages.popleft()[1][0]))
    server.behaviour = "out-of-memory"
    queue.messages.extend(_ready(project))
    queue.run()
    calls = AIProviderUsage.objects.filter(project=project, request_type="write").count()
    assert calls == MOST_LIKE_FAILURES * structured.TRIES
    project.refresh_from_db()
    assert project.status == "SUCCESS"


def _ready(project: Project):
    return [(execute_steps, [step_id]) for step_id in ready_steps(project.jobs.get().pk)]


def test_without_fallback_the_job_fails_with_the_reason(server, queue, owner):
    project = submitted(owner, RunOptions(engine="ollama:coder:7b", fallback=False))
    server.behaviour = "out-of-memory"
    queue.run()
    project.refresh_from_db()
    assert project.status == "FAILED"
    assert "system memory" in (project.jobs.get().error or "")


def test_a_budget_that_is_spent_leaves_the_built_in_app(server, queue, owner, floor):
    project = submitted(owner, RunOptions(engine="ollama", budget_tokens=0))
    say(server, *GOOD)
    queue.run()
    project.refresh_from_db()
    assert project.status == "SUCCESS"
    assert files_of(project) == floor
    assert not any(call.success for call in AIProviderUsage.objects.filter(project=project))
    assert Log.objects.filter(project=project, log_text__contains="budget").exists()


def test_cancelling_ends_a_call_that_is_under_way(server, queue, owner):
    assert MOST_SECONDS_BETWEEN < 2, "so soon does a call hear of it, as it is promised"
    project = submitted(owner)
    server.behaviour = "slow"
    server.script[:] = ["word " * 2000]  # takes 100 s
    planning = in_the_background(queue)
    while not any(request.path == "/api/chat" for request in server.received):
        time.sleep(0.01)
    cancel_project(project=project, by=owner)
    planning.join(60)
    assert not planning.is_alive()
    project.refresh_from_db()
    assert project.status == "CANCELLED"


def test_a_job_that_is_being_planned_is_not_queued_again(server, queue, owner, monkeypatch):
    monkeypatch.setattr("generation.pipeline.lease.MOST_SECONDS_BETWEEN", 0.05)
    project = submitted(owner)
    server.behaviour = "slow"
    server.script[:] = ["word " * 1000]
    age_jobs(timezone.now() - timedelta(hours=1))
    assert find_lost().jobs == [project.jobs.get().pk]
    planning = in_the_background(queue)
    while not any(request.path == "/api/chat" for request in server.received):
        time.sleep(0.01)
    time.sleep(0.3)
    assert find_lost().jobs == []
    cancel_project(project=project, by=owner)
    planning.join(10)


@pytest.mark.parametrize(
    ("behaviour", "engine", "says"),
    [
        ("good", "ollama:nobody:1b", "There is no model 'nobody:1b'. There are: coder:7b"),
        ("good", "gpt", "Unknown engine 'gpt'"),
        ("good", "builtin:1", "no models to choose from"),
        ("no-models", "ollama", "no model yet"),
        ("unauthorized", "ollama", "key"),
        ("web-page", "ollama", "not"),
    ],
)
def test_an_engine_that_cannot_be_used_is_refused_at_submission(
    server, queue, owner, behaviour, engine, says
):
    server.behaviour = behaviour
    with pytest.raises(EngineNotReady, match=says):
        submitted(owner, RunOptions(engine=engine))
    assert not Project.objects.exists()


def test_a_server_that_is_not_there_is_refused_at_submission(settings, queue, owner):
    settings.OLLAMA_HOST = "http://127.0.0.1:9"
    engines.provider_of.cache_clear()
    with pytest.raises(EngineNotReady, match=r"127\.0\.0\.1:9"):
        submitted(owner)
    assert not Project.objects.exists()
