"""What a job's model proposes for a design: added, told, and never over what a person decided."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from generation.engines.providers import structured
from generation.models import AIProviderUsage, Log
from generation.pipeline import engines
from generation.pipeline.config import RunOptions, config_of
from generation.services import build_design, edit_design, start_project, submit_project
from projects.design import design_of
from projects.models import Project
from projects.spec.request import load_request
from tests.stubs.ollama import OllamaStub

BOOKS = {
    "project_name": "Books",
    "description": "An app for my books.",
    "features": ["Manage books with title and author"],
    "tech_stack": "Django + HTMX + PostgreSQL",
    "styling": "Plain CSS",
}
REVIEW = {
    "name": "Review",
    "plural": "Reviews",
    "fields": [{"name": "stars", "type": "integer"}],
    "relations": [{"kind": "many_to_one", "name": "book", "target": "Book"}],
}
MORE = {"name": "Book", "plural": "Books", "fields": [{"name": "isbn"}]}


@pytest.fixture
def server(settings, monkeypatch) -> Iterator[OllamaStub]:
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)
    stub = OllamaStub()
    with stub.running():
        settings.OLLAMA_HOST = stub.url
        engines.provider_of.cache_clear()
        stub.script[:] = [json.dumps({"entities": [REVIEW, MORE]}), "[]"]
        yield stub
    engines.provider_of.cache_clear()


def draft(owner, engine: str = "ollama:coder:7b") -> Project:
    options = RunOptions(engine=engine)
    return submit_project(owner=owner, request=load_request(BOOKS), options=options, start=False)


def entities_of(project: Project) -> list[str]:
    spec = config_of(project.jobs.get()).spec
    return [entity.name for entity in spec.entities] if spec else []


def asked(project: Project) -> int:
    return AIProviderUsage.objects.filter(project=project, request_type="understand").count()


def test_a_draft_that_nobody_touched_gets_what_the_model_proposes(server, queue, owner):
    project = draft(owner)
    start_project(project=project, by=owner)
    queue.run()
    project.refresh_from_db()
    assert (project.status, entities_of(project)) == ("SUCCESS", ["Book", "Review"])
    stored = next(e for e in design_of(project).spec.entities if e.name == "Review")
    assert (stored.inferred_from[0].part, stored.inferred_from[0].text) == ("model", "coder:7b")
    assert stored.confidence <= 0.6
    line = Log.objects.get(project=project, log_text__startswith="The model proposed")
    assert (line.log_text, line.source) == ("The model proposed: Book.isbn, Review", "OLLAMA")
    assert asked(project) == 1


def test_what_a_job_begins_with_words_is_told_too(server, queue, owner):
    options = RunOptions(engine="ollama:coder:7b")
    project = submit_project(owner=owner, request=load_request(BOOKS), options=options)
    queue.run()
    assert entities_of(project) == ["Book", "Review"]
    assert Log.objects.filter(project=project, log_text__startswith="The model prop").exists()
    assert asked(project) == 1


def test_a_design_that_a_person_has_looked_at_stays_as_it_is(server, queue, owner):
    project = draft(owner)
    server.script[:] = ["[]"]
    build_design(project=project, by=owner)
    queue.run()
    project.refresh_from_db()
    assert (project.status, entities_of(project), asked(project)) == ("SUCCESS", ["Book"], 0)


def test_a_design_that_a_person_has_edited_stays_as_it_is(server, queue, owner):
    project = draft(owner)
    spec = design_of(project).spec
    edit_design(project=project, spec=spec.model_copy(update={"name": "My books"}))
    server.script[:] = ["[]"]
    start_project(project=project, by=owner)
    queue.run()
    assert (entities_of(project), asked(project)) == (["Book"], 0)


def test_a_model_that_is_only_wrong_leaves_the_design_of_the_rules(server, queue, owner):
    project = draft(owner)
    server.behaviour = "cut-json"
    start_project(project=project, by=owner)
    queue.run()
    project.refresh_from_db()
    assert (project.status, entities_of(project)) == ("SUCCESS", ["Book"])
    assert Log.objects.filter(project=project, log_text__contains="without the model").exists()
