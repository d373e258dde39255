"""Jobs with hosted models and with AINative: keys, submission checks, records, and the floor."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from generation.engines.base import EngineRejected
from generation.engines.builtin.render import render_app
from generation.engines.providers import ainative, structured
from generation.engines.registry import EngineChoice
from generation.errors import EngineNotReady
from generation.models import AIProviderUsage, GenerationStep, Log
from generation.pipeline import engines
from generation.pipeline.choices import offers
from generation.pipeline.config import RunOptions
from generation.services import generate_again, submit_project
from generation.tasks import plan_job
from memory.services import recall_spec
from projects.models import Project, ProviderKey
from projects.spec.request import load_request
from tests.generation.pipeline.test_model_engine import (
    BAKERY,
    EDITS,
    FEATURE,
    GOOD,
    PAGE,
    PAGE_CODE,
    URLS,
)
from tests.stubs.ainative import CREATE, REFACTOR, STORE, AINativeStub
from tests.stubs.ainative import KEY as AINATIVE_KEY
from tests.stubs.anthropic import AnthropicStub
from tests.stubs.gemini import GeminiStub
from tests.stubs.hosted import KEY, HostedStub
from tests.stubs.ollama import OllamaStub
from tests.stubs.openai import OpenAIStub

VENDORS: dict[str, type[HostedStub]] = {
    "openai": OpenAIStub,
    "anthropic": AnthropicStub,
    "gemini": GeminiStub,
}
WITH_BOTH = RunOptions(engine="ainative+ollama:coder:7b")


@pytest.fixture(autouse=True)
def fresh(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)
    monkeypatch.setattr(ainative, "FIRST_WAIT", 0.0)
    engines.provider_of.cache_clear()
    cache.clear()
    yield
    engines.provider_of.cache_clear()


@pytest.fixture(params=list(VENDORS))
def vendor(request) -> str:
    return request.param


@pytest.fixture
def hosted(vendor, settings) -> Iterator[HostedStub]:
    stub = VENDORS[vendor]()
    with stub.running():
        url = f"{stub.url}/v1" if vendor == "openai" else stub.url
        setattr(settings, f"{vendor.upper()}_BASE_URL", url)
        setattr(settings, f"{vendor.upper()}_API_KEY", KEY)
        yield stub


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
        settings.AINATIVE_BASE_URL, settings.AINATIVE_API_KEY = stub.url, AINATIVE_KEY
        settings.AINATIVE_SECONDS = 2
        yield stub


@pytest.fixture(scope="module")
def floor() -> dict[str, str]:
    return dict(render_app(load_request(BAKERY)))


def submitted(owner, options: RunOptions) -> Project:
    return submit_project(owner=owner, request=load_request(BAKERY), options=options)


def files_of(project: Project) -> dict[str, str]:
    return {file.path: file.content or "" for file in project.files.all()}


def plan_by_ollama(ollama: OllamaStub) -> None:
    ollama.script[:] = [json.dumps(answer) for answer in GOOD[:2]]


def code_by_ainative(service: AINativeStub, floor) -> None:
    edit = EDITS["edits"][0]
    service.script[:] = [PAGE_CODE, floor[URLS].replace(edit["search"], edit["replace"])]


@pytest.mark.usefixtures("hosted", "queue")
class TestHosted:
    def test_the_models_page_is_in_the_app_and_each_call_has_its_price(
        self, hosted, vendor, queue, owner, settings, floor
    ):
        ProviderKey.objects.store(user=owner, provider=vendor, key=KEY)
        setattr(settings, f"{vendor.upper()}_API_KEY", "the-sites-wrong-key")
        hosted.script[:] = [
            json.dumps(answer) for answer in (GOOD[0], {"steps": GOOD[1]}, *GOOD[2:])
        ]
        project = submitted(owner, RunOptions(engine=f"{vendor}:stub-large"))
        queue.run()
        project.refresh_from_db()
        made = files_of(project)
        assert project.status == "SUCCESS"
        assert {path for path, text in made.items() if text != floor.get(path)} == {PAGE, URLS}
        job = project.jobs.get()
        assert (job.primary_model, job.result["by_model"]) == ("stub-large", [FEATURE])
        steps = GenerationStep.objects.filter(project=project, engine=vendor)
        assert steps.filter(tool_name="codegen_create").get().file_path == PAGE
        calls = AIProviderUsage.objects.filter(project=project)
        assert set(calls.values_list("provider", "model")) == {(vendor, "stub-large")}
        assert all(call.success and call.cost and call.latency_ms is not None for call in calls)
        assert job.actual_cost == pytest.approx(sum(call.cost or 0 for call in calls))

    def test_the_settings_may_name_the_model(self, vendor, owner, settings):
        with pytest.raises(EngineNotReady, match=r"Name a model.*stub-large"):
            submitted(owner, RunOptions(engine=vendor))
        setattr(settings, f"{vendor.upper()}_MODEL", "stub-large")
        project = submitted(owner, RunOptions(engine=vendor))
        assert project.settings["engine"] == f"{vendor}:stub-large"

    @pytest.mark.parametrize(
        ("key", "model", "says"),
        [
            ("", "stub-large", "needs a key"),
            ("a key", "stub-large", "holds what no key has"),
            ("wrong-key", "stub-large", "does not accept the key"),
            (KEY, "nobody", "no model 'nobody'. There are: stub-large"),
        ],
    )
    def test_what_cannot_work_is_refused_at_submission(
        self, vendor, owner, settings, key, model, says
    ):
        setattr(settings, f"{vendor.upper()}_API_KEY", key)
        with pytest.raises(EngineNotReady, match=says) as refused:
            submitted(owner, RunOptions(engine=f"{vendor}:{model}"))
        assert refused.value.status == 422
        assert not key or key not in str(refused.value)
        assert not Project.objects.exists()

    def test_a_missing_sdk_is_refused_with_how_to_install_it(self, vendor, owner, monkeypatch):
        package = {"gemini": "google"}.get(vendor, vendor)
        module = f"generation.engines.providers.{vendor}_provider"
        monkeypatch.delitem(sys.modules, module, raising=False)
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(EngineNotReady, match=r"requirements-hosted\.txt"):
            submitted(owner, RunOptions(engine=f"{vendor}:stub-large"))

    def test_a_key_that_goes_while_it_runs_leaves_the_built_in_app(
        self, hosted, vendor, queue, owner, settings, floor
    ):
        hosted.script[:] = [json.dumps(answer) for answer in (GOOD[0], {"steps": GOOD[1]})]
        project = submitted(owner, RunOptions(engine=f"{vendor}:stub-large"))
        plan_job(str(queue.messages.popleft()[1][0]))
        setattr(settings, f"{vendor.upper()}_API_KEY", "")
        queue.run()
        project.refresh_from_db()
        assert (project.status, files_of(project)) == ("SUCCESS", floor)
        assert all("needs a key" in left for left in project.jobs.get().result["left_out"])

    def test_what_has_ended_is_not_begun_again_without_its_key(
        self, vendor, queue, owner, settings
    ):
        project = submitted(owner, RunOptions(engine=f"{vendor}:stub-large"))
        queue.run()
        setattr(settings, f"{vendor.upper()}_API_KEY", "")
        project.refresh_from_db()
        with pytest.raises(EngineNotReady, match="needs a key"):
            generate_again(project=project, by=owner)
        project.refresh_from_db()
        assert (project.status, project.jobs.count()) == ("SUCCESS", 1)


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
        asked = [request for request in service.received if request.path in {CREATE, REFACTOR}]
        assert asked[1].body["existing_code"] == floor[URLS]

    def test_rules_plan_where_no_model_is_chosen(self, queue, owner, floor):
        project = submitted(owner, RunOptions(engine="ainative"))
        queue.run()
        project.refresh_from_db()
        assert (project.status, files_of(project)) == ("SUCCESS", floor)

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
    def test_one_that_is_not_taken_costs_a_line_of_the_log(
        self, service, queue, owner, floor, behaviour
    ):
        project = submitted(owner, RunOptions(engine="ainative", fallback=False))
        service.behaviour = behaviour
        queue.run()
        project.refresh_from_db()
        assert (project.status, files_of(project)) == ("SUCCESS", floor)
        assert (project.initial_memory_id or "").startswith("local-")
        assert (project.final_memory_id or "").startswith("local-")
        lines = Log.objects.filter(project=project, log_text__contains="kept here alone")
        assert lines.filter(log_level="WARNING", source="AINATIVE").count() == 2
        assert recall_spec(owner)["project_name"] == BAKERY["project_name"]

    def test_other_engines_and_the_setting_leave_it_alone(self, service, queue, owner, settings):
        submitted(owner, RunOptions())
        settings.MEMORY_STORE = "local"
        submitted(owner, RunOptions(engine="ainative"))
        queue.run()
        assert service.memories == []


class TestOffers:
    @pytest.mark.usefixtures("service", "ollama")
    def test_all_that_there_is_may_be_chosen_with_the_reason_where_not(self, owner, settings):
        stub = OpenAIStub()
        with stub.running():
            settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = f"{stub.url}/v1", KEY
            settings.ANTHROPIC_API_KEY = ""
            found = {offer.name: offer for offer in offers(owner)}
            asked = len(stub.received)
            offers(owner)
        assert ("openai:stub-large", "stub-large") in found["openai"].choices
        assert len(stub.received) == asked  # its list is kept for a while
        assert "needs a key" in found["anthropic"].trouble
        assert found["ainative"].choices[:2] == (
            ("ainative", "AINative, planned by rules"),
            ("ainative+ollama:coder:7b", "AINative, planned by coder:7b"),
        )

    def test_what_an_account_has_is_kept_by_its_key(self, owner, settings):
        stub = OpenAIStub()
        with stub.running():
            settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = f"{stub.url}/v1", KEY
            offers(owner)
            ProviderKey.objects.store(user=owner, provider="openai", key="another-key-of-theirs")
            found = {offer.name: offer for offer in offers(owner)}
        assert not found["openai"].choices
        assert "does not accept the key" in found["openai"].trouble


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ollama:a+b:7b", "ollama:a+b:7b"),
        ("ainative+ollama", "ainative+ollama"),
        ("ainative+openai:gpt", "ainative+openai:gpt"),
    ],
)
def test_a_choice_is_read_as_it_is_written(text, shown):
    assert str(EngineChoice.parse(text)) == shown


@pytest.mark.parametrize("text", ["ainative:x", "ollama+openai", "ainative+builtin", "ainative+"])
def test_what_is_not_to_be_had_together_is_refused(text):
    with pytest.raises(EngineRejected):
        EngineChoice.parse(text)
