"""Jobs with hosted models: keys, submission checks, records, the floor, and what may be chosen."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest

from generation.engines.base import EngineRejected
from generation.engines.registry import EngineChoice
from generation.errors import EngineNotReady
from generation.models import AIProviderUsage, GenerationStep
from generation.pipeline.choices import offers
from generation.pipeline.config import RunOptions
from generation.services import generate_again
from generation.tasks import plan_job
from projects.models import Project, ProviderKey
from tests.generation.pipeline.test_ainative_jobs import floor, fresh, ollama, service
from tests.generation.pipeline.test_model_engine import (
    FEATURE,
    GOOD,
    PAGE,
    URLS,
    files_of,
    submitted,
)
from tests.stubs.anthropic import AnthropicStub
from tests.stubs.gemini import GeminiStub
from tests.stubs.hosted import KEY, HostedStub
from tests.stubs.openai import OpenAIStub

__all__ = ["floor", "fresh", "ollama", "service"]

VENDORS: dict[str, type[HostedStub]] = {
    "openai": OpenAIStub,
    "anthropic": AnthropicStub,
    "gemini": GeminiStub,
}


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
