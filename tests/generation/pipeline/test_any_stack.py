"""Stacks without templates: a model alone writes the app, which is said before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from generation.engines.providers import structured
from generation.errors import EngineNotReady
from generation.models import Log
from generation.pipeline import engines
from generation.pipeline.config import RunOptions
from generation.services import run_pipeline, submit_project
from projects.models import Project
from projects.spec.request import InvalidRequest, load_request
from tests.conftest import QUICKNOTES
from tests.stubs.ollama import OllamaStub

VUE = "Vue + Node.js + MongoDB"
WORDS = {**QUICKNOTES, "tech_stack": VUE}
MODEL = "ollama:coder:7b"
FILES = {
    "package.json": '{"name": "notes", "dependencies": {"express": "5.0.0"}}\n',
    "server/index.js": 'import express from "express";\n\nexpress().listen(3000);\n',
    "src/App.vue": "<template><h1>Notes</h1></template>\n",
}
NOTHING: dict[str, Any] = {"entities": []}


@pytest.fixture
def server(settings, monkeypatch) -> Iterator[OllamaStub]:
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)
    stub = OllamaStub()
    with stub.running():
        settings.OLLAMA_HOST = stub.url
        engines.provider_of.cache_clear()
        yield stub
    engines.provider_of.cache_clear()


def step(path: str) -> dict[str, Any]:
    return {
        "tool": "codegen_create",
        "input": {"template": "custom", "file_path": path, "instructions": "Write it."},
    }


def built(queue, owner, server: OllamaStub, answers: Sequence[object]) -> Project:
    server.script[:] = [json.dumps(answer) for answer in answers]
    options = RunOptions(engine=MODEL)
    project = submit_project(
        owner=owner, request=load_request(WORDS, any_stack=True), options=options
    )
    queue.run()
    project.refresh_from_db()
    return project


def test_the_model_writes_it_all_and_the_result_says_what_it_is(
    server, queue, owner, as_owner, api
):
    codes = [{"file_path": path, "code": code} for path, code in FILES.items()]
    project = built(queue, owner, server, [NOTHING, [step(path) for path in FILES], *codes])
    assert project.status == "SUCCESS", project.jobs.get().error
    assert {file.path: file.content for file in project.files.all()} == FILES
    result = project.jobs.get().result
    assert (result["model_only"], result["left_out"]) == (True, [])
    assert "no templates here" in result["summary"]
    assert Log.objects.filter(project=project, log_level="WARNING", source="OLLAMA").exists()
    assert "Written by a model alone" in as_owner.get(f"/projects/{project.pk}/").content.decode()
    answer = api.get(f"/api/projects/{project.pk}/").data
    assert [VUE in text for text in answer["warnings"]] == [True]


def test_what_fails_is_missing_and_said(server, queue, owner):
    bad = {"code": 'import gone from "gone";\n'}
    answers = [NOTHING, [step(path) for path in list(FILES)[:2]], {"code": FILES["package.json"]}]
    project = built(queue, owner, server, [*answers, bad, bad])
    result = project.jobs.get().result
    assert project.status == "SUCCESS"
    assert [text.partition(":")[0] for text in result["left_out"]] == ["server/index.js"]


@pytest.mark.parametrize("plan", [[], {}, [step(".env"), step("../x.js"), step("/etc/passwd")]])
def test_a_model_that_plans_nothing_of_use_is_a_failure(server, queue, owner, plan):
    project = built(queue, owner, server, [NOTHING, plan, plan, plan])
    assert project.status == "FAILED"
    assert not project.files.exists()


def test_a_model_that_writes_nothing_is_a_failure(server, queue, owner):
    bad = {"code": "import gone\n"}
    project = built(queue, owner, server, [NOTHING, [step("app.py")], bad, bad])
    assert project.status == "FAILED"
    assert "wrote none of its files" in (project.jobs.get().error or "")


class TestRefusals:
    @pytest.mark.parametrize("engine", ["builtin", "ainative"])
    def test_without_a_model_it_is_refused(self, owner, monkeypatch, engine):
        monkeypatch.setattr("generation.services.settled", lambda options, _user: options)
        with pytest.raises(EngineNotReady, match="a model alone can write it") as refused:
            submit_project(
                owner=owner,
                request=load_request(WORDS, any_stack=True),
                options=RunOptions(engine=engine),
            )
        assert (refused.value.status, refused.value.code) == (422, "stack_needs_model")
        assert not Project.objects.exists()

    def test_nor_is_it_built_without_one_later(self, server, queue, owner):
        project = built(queue, owner, server, [NOTHING, []])
        with pytest.raises(EngineNotReady, match="a model alone"):
            run_pipeline(project=project, by=owner, engine="builtin")

    def test_the_built_in_engines_words_are_as_before(self, api):
        answer = api.post("/api/projects/", {**WORDS, "engine": "builtin"})
        assert answer.status_code == 422
        assert answer.data["errors"][0]["field"] == "tech_stack"
        with pytest.raises(InvalidRequest, match="Unknown stack"):
            load_request(WORDS)

    @pytest.mark.parametrize("stack", ["x" * 101, "a\0b", "a\u202eb", "  "])
    def test_what_is_no_name_is_refused(self, stack):
        with pytest.raises(InvalidRequest):
            load_request({**WORDS, "tech_stack": stack}, any_stack=True)


@pytest.mark.usefixtures("server", "queue")
class TestAsking:
    def test_over_rest_with_a_warning_before_it_runs(self, api):
        answer = api.post("/api/projects/", {**WORDS, "engine": MODEL, "start": False})
        assert (answer.status_code, answer.data["tech_stack"]) == (201, VUE)
        assert "a model alone writes this app" in answer.data["warnings"][0]

    def test_in_the_form_with_a_warning_beside_it(self, as_owner):
        page = as_owner.get("/new/").content.decode()
        assert "the model alone writes the app" in page
        values = {**QUICKNOTES, "features": "", "engine": MODEL, "other_stack": VUE}
        as_owner.post("/new/", values)
        assert Project.objects.get().tech_stack == VUE
        recalled = as_owner.get("/new/?recall=1").content.decode()
        assert f'value="{VUE}"' in recalled

    def test_the_form_says_that_a_model_is_needed(self, as_owner):
        values = {**QUICKNOTES, "features": "", "engine": "builtin", "other_stack": VUE}
        errors = as_owner.post("/new/", values).context["form"].errors
        assert "a model alone can write it" in errors["engine"][0]
        long = {**values, "other_stack": "x" * 101}
        assert "other_stack" in as_owner.post("/new/", long).context["form"].errors
