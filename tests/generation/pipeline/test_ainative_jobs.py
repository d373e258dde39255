"""Jobs with AINative: who plans, what it writes, what it remembers, and the floor."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from generation.engines.builtin.render import render_app
from generation.engines.providers import ainative, structured
from generation.errors import EngineNotReady
from generation.models import AIProviderUsage, GenerationStep, Log
from generation.pipeline import engines
from generation.pipeline.config import RunOptions
from generation.services import generate_again, submit_project
from memory.services import recall_spec
from projects.models import Project
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.pipeline.test_model_engine import (
    BAKERY,
    EDITS,
    FEATURE,
    GOOD,
    PAGE,
    PAGE_CODE,
    URLS,
    files_of,
    submitted,
)
from tests.stubs.ainative import CREATE, KEY, REFACTOR, STORE, AINativeStub
from tests.stubs.ollama import OllamaStub

WITH_BOTH = RunOptions(engine="ainative+ollama:coder:7b")

ALONE = RunOptions(engine="ainative")
SONG = "sing_a_song_of_page"


@pytest.fixture(autouse=True)
def fresh(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)
    monkeypatch.setattr(ainative, "FIRST_WAIT", 0.0)
    engines.provider_of.cache_clear()
    cache.clear()
    yield
    engines.provider_of.cache_clear()


@pytest.fixture
def ollama(settings) -> Iterator[OllamaStub]:
    stub = OllamaStub()
    with stub.running():
        settings.OLLAMA_HOST, settings.OLLAMA_SILENCE = stub.url, 2
        yield stub


@pytest.fixture
def service(settings) -> Iterator[AINativeStub]:
    stub = AINativeStub()
    with stub.running():
        settings.AINATIVE_BASE_URL, settings.AINATIVE_API_KEY = stub.url, KEY
        settings.AINATIVE_SECONDS = 2
        yield stub


@pytest.fixture(scope="module")
def floor() -> dict[str, str]:
    return dict(render_app(load_request(BAKERY)))


def plan_by_ollama(ollama: OllamaStub) -> None:
    ollama.script[:] = [json.dumps(answer) for answer in GOOD[:2]]


def code_by_ainative(service: AINativeStub, floor) -> None:
    edit = EDITS["edits"][0]
    service.script[:] = [PAGE_CODE, floor[URLS].replace(edit["search"], edit["replace"])]


@pytest.mark.usefixtures("service", "queue")
class TestAINative:
    def test_ollama_plans_and_ainative_writes(self, service, ollama, queue, owner, floor):
        plan_by_ollama(ollama)
        code_by_ainative(service, floor)
        project = submitted(owner, WITH_BOTH)
        queue.run()
        project.refresh_from_db()
        job = project.jobs.get()
        assert (project.status, job.primary_model) == ("SUCCESS", "coder:7b")
        assert (job.result["by_model"], job.result["left_out"]) == ([FEATURE], [])
        assert files_of(project)[PAGE] == PAGE_CODE
        by_others = GenerationStep.objects.filter(project=project, engine="ainative")
        assert {step.file_path for step in by_others.exclude(tool_name="memory_store")} == {
            PAGE,
            URLS,
        }
        calls = AIProviderUsage.objects.filter(project=project).order_by("created_at")
        assert list(calls.values_list("provider", "request_type")) == [
            ("ainative", "memory"),
            ("ollama", "understand"),
            ("ollama", "plan"),
            ("ainative", "write"),
            ("ainative", "edit"),
            ("ainative", "memory"),
        ]
        assert calls.filter(step__isnull=False).count() == 3
        assert set(calls.filter(provider="ainative").values_list("model", "cost")) == {
            ("AINative", None)
        }
        asked = [request for request in service.received if request.path in {CREATE, REFACTOR}]
        assert asked[1].body["existing_code"] == floor[URLS]

    def test_alone_it_writes_a_page_for_what_rules_cannot_place(self, service, queue, owner, floor):
        code = PAGE_CODE.replace("def imprint(", f"def {SONG}(")
        routed = floor[URLS].replace(
            "\nurlpatterns = [\n",
            f"from core.views.{SONG} import {SONG}\n\n"
            f'urlpatterns = [\n    path("sing-a-song-of", {SONG}, name="{SONG}"),\n',
        )
        service.script[:] = [code, routed]
        project = submitted(owner, ALONE)
        queue.run()
        project.refresh_from_db()
        result = project.jobs.get().result
        assert (project.status, result["by_model"], result["left_out"]) == (
            "SUCCESS",
            [FEATURE],
            [],
        )
        assert files_of(project) == {**floor, f"core/views/{SONG}.py": code, URLS: routed}
        (created,), (changed,) = service.asked(CREATE), service.asked(REFACTOR)
        assert f'"{FEATURE}"' in created.body["variables"]["instructions"]
        assert (created.body["template"], changed.body["existing_code"]) == ("custom", floor[URLS])

    @pytest.mark.parametrize(
        "said", [["def broken(:\n"] * 9, [PAGE_CODE, "urlpatterns = []\n", "urlpatterns = []\n"]]
    )
    def test_alone_what_it_gets_wrong_costs_nothing_of_the_app(
        self, service, queue, owner, floor, said
    ):
        service.script[:] = said
        project = submitted(owner, ALONE)
        queue.run()
        project.refresh_from_db()
        result = project.jobs.get().result
        assert (project.status, result["by_model"]) == ("SUCCESS", [])
        assert FEATURE in result["unplaced"]
        assert result["left_out"]
        made = files_of(project)
        assert {path: made[path] for path in floor} == floor

    def test_alone_it_is_asked_for_nothing_that_rules_can_place(self, service, queue, owner):
        request = load_request(QUICKNOTES)
        project = submit_project(owner=owner, request=request, options=ALONE)
        queue.run()
        project.refresh_from_db()
        assert (project.status, files_of(project)) == ("SUCCESS", dict(render_app(request)))
        assert not [one for one in service.received if one.path in {CREATE, REFACTOR}]

    @pytest.mark.parametrize(
        ("behaviour", "says"),
        [("no-service", "no such service"), ("no-credit", "INSUFFICIENT_CREDITS")],
    )
    def test_what_it_cannot_write_is_left_out_and_said(
        self, service, ollama, queue, owner, floor, behaviour, says
    ):
        plan_by_ollama(ollama)
        project = submitted(owner, WITH_BOTH)
        service.behaviour = behaviour
        queue.run()
        project.refresh_from_db()
        assert (project.status, files_of(project)) == ("SUCCESS", floor)
        assert says in project.jobs.get().result["left_out"][0]
        assert Log.objects.filter(project=project, log_text__contains=says).exists()
        failed = AIProviderUsage.objects.filter(project=project, provider="ainative")
        assert failed.exists()
        assert not failed.filter(success=True).exists()

    def test_without_fallback_the_job_fails_with_the_reason(self, service, ollama, queue, owner):
        plan_by_ollama(ollama)
        options = WITH_BOTH.model_copy(update={"fallback": False})
        project = submitted(owner, options)
        service.behaviour = "no-service"
        queue.run()
        project.refresh_from_db()
        assert project.status == "FAILED"
        assert "no such service" in (project.jobs.get().error or "")

    def test_once_a_budget_is_spent_it_is_asked_no_more(self, service, ollama, queue, owner, floor):
        project = submitted(owner, WITH_BOTH.model_copy(update={"budget_tokens": 1}))
        plan_by_ollama(ollama)
        before = len(service.received)
        queue.run()
        project.refresh_from_db()
        assert (project.status, files_of(project)) == ("SUCCESS", floor)
        # What was asked for is kept before the planning model spends the only token there is.
        assert [request.path for request in service.received[before:]] == [STORE]

    @pytest.mark.parametrize(
        ("changes", "behaviour", "says"),
        [
            ({"AINATIVE_API_KEY": ""}, "good", "AINative needs a key"),
            ({"AINATIVE_API_KEY": "wrong"}, "good", "does not accept the key"),
            ({"AINATIVE_API_KEY": "a key"}, "good", "holds what no key has"),
            ({"AINATIVE_BASE_URL": "ainative"}, "good", "not one like https"),
            ({"AINATIVE_BASE_URL": "http://127.0.0.1:9"}, "good", "cannot be reached"),
            ({}, "unavailable", "could not answer"),
        ],
    )
    def test_what_cannot_work_is_refused_at_submission(
        self, service, owner, settings, changes, behaviour, says
    ):
        service.behaviour = behaviour
        for name, value in changes.items():
            setattr(settings, name, value)
        with pytest.raises(EngineNotReady, match=says):
            submitted(owner, RunOptions(engine="ainative"))
        assert not Project.objects.exists()

    def test_an_account_without_memories_is_no_obstacle(self, service, owner):
        service.behaviour = "no-service"
        assert submitted(owner, RunOptions(engine="ainative")).jobs.exists()

    def test_its_header_and_paths_are_settings(self, service, ollama, queue, owner, settings):
        settings.AINATIVE_KEY_HEADER = "X-API-Key"
        settings.AINATIVE_CREATE_PATH = "/elsewhere"
        plan_by_ollama(ollama)
        submitted(owner, WITH_BOTH)
        queue.run()
        asked = [request for request in service.received if request.path == "/api/v1/elsewhere"]
        assert asked
        assert all("authorization" not in request.headers for request in asked)


@pytest.mark.usefixtures("queue")
class TestMemory:
    def test_spec_and_summary_are_kept_with_ainative_under_its_ids(self, service, queue, owner):
        project = submitted(owner, RunOptions(engine="ainative"))
        assert (project.initial_memory_id or "").startswith("local-")
        queue.run()
        project.refresh_from_db()
        assert (project.initial_memory_id, project.final_memory_id) == ("m1", "m2")
        spec, summary = project.memory_records.order_by("created_at")
        for record, there in zip((spec, summary), service.memories, strict=True):
            assert record.memory_id == there["memory_id"]
            assert (record.content, record.metadata) == (there["content"], there["metadata"])
            assert there["agent_id"] == project.agent_id
        asked = [request.path for request in service.received]
        assert recall_spec(owner) == json.loads(spec.content)
        assert [request.path for request in service.received] == asked
        generate_again(project=project, by=owner)
        queue.run()
        assert [there["metadata"]["step"] for there in service.memories] == [
            "spec_submitted",
            "generation_complete",
            "generation_complete",
        ]

    @pytest.mark.parametrize("behaviour", ["no-service", "unavailable", "not-json"])
    def test_one_that_is_not_taken_costs_a_line_of_the_log(self, service, queue, owner, behaviour):
        request = load_request(QUICKNOTES)
        options = ALONE.model_copy(update={"fallback": False})
        project = submit_project(owner=owner, request=request, options=options)
        service.behaviour = behaviour
        queue.run()
        project.refresh_from_db()
        assert (project.status, files_of(project)) == ("SUCCESS", dict(render_app(request)))
        assert (project.initial_memory_id or "").startswith("local-")
        assert (project.final_memory_id or "").startswith("local-")
        lines = Log.objects.filter(project=project, log_text__contains="kept here alone")
        assert lines.filter(log_level="WARNING", source="AINATIVE").count() == 2
        assert recall_spec(owner)["project_name"] == "QuickNotes"

    def test_other_engines_and_the_setting_leave_it_alone(self, service, queue, owner, settings):
        submitted(owner, RunOptions())
        settings.MEMORY_STORE = "local"
        submitted(owner, RunOptions(engine="ainative"))
        queue.run()
        assert service.memories == []
