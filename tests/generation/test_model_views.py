"""The choice of engine: the models that there are, what is wrong with a server, one more model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from generation import pulls, tasks
from generation.pipeline import engines
from projects.models import Project
from tests.stubs.ollama import OllamaStub

ENGINES, PULL, NEW = (reverse(f"generation:{name}") for name in ("engines", "pull", "new"))
FORM = {
    "project_name": "Hello",
    "description": "A landing page.",
    "tech_stack": "Django + HTMX + PostgreSQL",
    "styling": "Plain CSS",
}


@pytest.fixture(autouse=True)
def no_pull() -> Iterator[None]:
    cache.delete(pulls.KEY)
    yield
    cache.delete(pulls.KEY)


@pytest.fixture
def server(settings) -> Iterator[OllamaStub]:
    stub = OllamaStub()
    with stub.running():
        settings.OLLAMA_HOST = stub.url
        engines.provider_of.cache_clear()
        yield stub
    engines.provider_of.cache_clear()


@pytest.fixture
def as_staff(browser_as, staff) -> Client:
    return browser_as(staff)


@pytest.fixture
def queued(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(tasks, "enqueue_pull", names.append)
    return names


def test_the_models_that_there_are_can_be_chosen(server, as_owner):
    page = as_owner.get(ENGINES, {"engine": "ollama:thinker:8b"}).content.decode()
    assert '<option value="ollama:coder:7b">coder:7b</option>' in page
    assert '<option value="ollama:thinker:8b" selected>' in page
    assert "Fetch a model" not in page


@pytest.mark.parametrize(
    ("behaviour", "says"), [("no-models", "no models yet"), ("unauthorized", "key")]
)
def test_what_is_wrong_with_a_server_is_said(server, as_owner, behaviour, says):
    server.behaviour = behaviour
    page = as_owner.get(ENGINES).content.decode()
    assert says in page
    assert "<optgroup" not in page


def test_a_model_that_is_not_there_is_refused_with_what_is(server, as_owner):
    answer = as_owner.post(NEW, {**FORM, "engine": "ollama:nobody"})
    assert "There is no model &#x27;nobody&#x27;" in answer.content.decode()
    assert not Project.objects.exists()


def test_a_model_is_kept_with_the_project(server, as_owner, monkeypatch):
    monkeypatch.setattr(tasks, "_send", lambda *_args, **_kwargs: None)
    as_owner.post(NEW, {**FORM, "engine": "ollama", "temperature": "0.7"})
    job = Project.objects.get().jobs.get()
    assert job.config["engine"] == "ollama:coder:7b"
    assert (job.primary_model, job.temperature, job.config["fallback"]) == ("coder:7b", 0.7, False)


def test_only_those_who_run_the_site_fetch_models(server, as_owner, queued):
    assert as_owner.post(PULL, {"model": "new:1b"}).status_code == 403
    assert queued == []


def test_a_model_is_fetched_with_its_progress(server, as_staff, queued):
    page = as_staff.post(PULL, {"model": "new:1b"}).content.decode()
    assert queued == ["new:1b"]
    assert "every 1s" in page
    assert "new:1b is being fetched" in as_staff.post(PULL, {"model": "b"}).content.decode()
    pulls.carry_out_pull("new:1b")
    page = as_staff.get(ENGINES).content.decode()
    assert "new:1b is there now" in page
    assert "ollama:new:1b" in page
    assert "every 1s" not in page


def test_a_model_that_cannot_be_fetched_says_why(server, as_staff, queued):
    server.behaviour = "pull-fails"
    pulls.carry_out_pull("gone:1b")
    assert "file does not exist" in as_staff.get(ENGINES).content.decode()


@pytest.mark.parametrize("name", ["", "two words", "x" * 300])
def test_a_name_that_is_none_is_refused(server, as_staff, queued, name):
    assert "Give the name of a model" in as_staff.post(PULL, {"model": name}).content.decode()
    assert queued == []
