"""How much a model is asked, what a run will probably take, and what it may take."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pytest

from generation.engines.providers import structured
from generation.models import AIProviderUsage, GenerationStep
from generation.pipeline import engines
from generation.pipeline.config import RunOptions
from generation.run_estimates import estimate_run
from generation.services import submit_project
from projects.models import Project
from projects.spec.request import load_request
from tests.generation.pipeline.test_model_engine import BAKERY, CHANGE, CREATE, EDITS, PAGE_CODE
from tests.stubs.ollama import OllamaStub

WRONG = {"tool": "codegen_create", "input": {"template": "custom", "file_path": "core/x.py"}}
OTHER = {**CREATE, "input": {**CREATE["input"], "file_path": "core/views/more.py"}}
MODEL = "ollama:coder:7b"


@pytest.fixture
def server(settings, monkeypatch) -> Iterator[OllamaStub]:
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)
    stub = OllamaStub()
    with stub.running():
        settings.OLLAMA_HOST = stub.url
        engines.provider_of.cache_clear()
        yield stub
    engines.provider_of.cache_clear()


def run(queue, owner, server: OllamaStub, answers: Sequence[object], **options) -> Project:
    server.script[:] = [json.dumps(answer) for answer in answers]
    project = submit_project(
        owner=owner, request=load_request(BAKERY), options=RunOptions(engine=MODEL, **options)
    )
    queue.run()
    project.refresh_from_db()
    assert project.status == "SUCCESS"
    return project


def asked(project: Project) -> list[str | None]:
    calls = AIProviderUsage.objects.filter(project=project).order_by("created_at")
    return list(calls.values_list("request_type", flat=True))


def test_economical_asks_once_and_for_the_plan_alone(server, queue, owner):
    project = run(queue, owner, server, [[WRONG]], strategy="economical")
    assert asked(project) == ["plan"]


def test_economical_asks_for_a_file_once(server, queue, owner):
    answers = [[CREATE], {"file_path": "", "code": "import gone\n"}]
    project = run(queue, owner, server, answers, strategy="economical")
    assert asked(project) == ["plan", "write"]
    assert len(project.jobs.get().result["left_out"]) == 1


def test_balanced_corrects_its_plan(server, queue, owner):
    project = run(queue, owner, server, [{"entities": []}, [WRONG], []])
    assert asked(project) == ["understand", "plan", "plan_again"]


def test_thorough_looks_at_its_plan_a_second_time(server, queue, owner):
    more = {"file_path": "", "code": PAGE_CODE}
    answers = [{"entities": []}, [CREATE, CHANGE], [OTHER], more, EDITS, more]
    project = run(queue, owner, server, answers, strategy="thorough")
    assert asked(project) == ["understand", "plan", "plan", "write", "edit", "write"]
    added = GenerationStep.objects.filter(project=project, input_payload__has_key="planned_by")
    paths = [step.file_path for step in added.order_by("sequence_order")]
    assert paths == ["core/views/imprint.py", "core/urls.py", "core/views/more.py"]


def test_the_first_plan_stays_where_the_second_look_fails(server, queue, owner):
    answers: list[object] = [{"entities": []}, [CREATE], {}, {}, {}]
    project = run(queue, owner, server, [*answers, {"code": PAGE_CODE}], strategy="thorough")
    assert "core/views/imprint.py" in set(project.files.values_list("path", flat=True))


def test_the_jobs_row_says_how_it_runs_and_the_room_is_kept(server, queue, owner):
    project = run(
        queue, owner, server, [[]], strategy="economical", temperature=0.9, max_tokens=512
    )
    job = project.jobs.get()
    assert (job.strategy, job.temperature, job.max_tokens) == ("economical", 0.9, 512)
    options = next(r.body["options"] for r in server.received if r.path == "/api/chat")
    assert (options["num_predict"], options["temperature"]) == (512, 0.9)


class TestEstimates:
    def test_the_first_is_a_guess_and_says_so(self, owner):
        told = estimate_run(RunOptions(engine=MODEL), owner)
        assert told.calls.calls == 6
        assert "a first guess" in told.words
        assert "This is an estimate" in told.words
        less = estimate_run(RunOptions(engine=MODEL, strategy="economical"), owner)
        assert less.calls.tokens < told.calls.tokens

    def test_later_ones_are_the_mean_of_runs_like_it(self, server, queue, owner):
        for _ in range(2):
            run(queue, owner, server, [[]], strategy="economical")
        told = estimate_run(RunOptions(engine=MODEL, strategy="economical"), owner)
        assert (told.calls.calls, told.runs, told.calls.measured) == (1, 2, True)
        assert told.words.endswith("the mean of 2 runs like it.")
        assert estimate_run(RunOptions(engine=MODEL), owner).runs == 0

    def test_what_costs_is_priced_and_kept_with_the_job(self, owner):
        hosted = estimate_run(RunOptions(engine="openai:gpt-4o"), owner)
        assert hosted.calls.cost > 0
        both = estimate_run(RunOptions(engine="ainative+openai:gpt-4o"), owner)
        assert 0 < both.calls.cost < hosted.calls.cost

    def test_rules_take_nothing(self, owner):
        assert estimate_run(RunOptions(), owner) is None
        assert estimate_run(RunOptions(engine="ainative"), owner) is None

    def test_the_form_shows_it(self, as_owner):
        page = as_owner.get("/new/").content.decode()
        assert "/new/estimate/" in page
        for name in ("strategy", "budget_tokens", "budget_usd"):
            assert f'name="{name}"' in page
        values = {"engine": MODEL, "strategy": "balanced"}
        assert "About 6 calls" in as_owner.get("/new/estimate/", values).content.decode()
        without = as_owner.get("/new/estimate/", {**values, "engine": "builtin"}).content.decode()
        assert without == "No model is asked; it costs nothing."
        for engine in ("<b>", ""):
            answer = as_owner.get("/new/estimate/", {**values, "engine": engine})
            assert (answer.status_code, answer.content) == (200, b"")


class TestBudgets:
    @pytest.mark.usefixtures("server", "queue")
    def test_the_form_keeps_them_with_the_job(self, as_owner):
        values = {**BAKERY, "features": "", "engine": MODEL, "budget_tokens": "5000"}
        values |= {"budget_usd": "0.25", "strategy": "economical"}
        as_owner.post("/new/", values)
        config = Project.objects.get().jobs.get().config
        assert (config["budget_tokens"], config["budget_usd"]) == (5000, 0.25)
        assert config["strategy"] == "economical"

    @pytest.mark.parametrize(("name", "value"), [("budget_tokens", "-1"), ("budget_usd", "much")])
    def test_the_form_refuses_what_is_none(self, as_owner, name, value):
        values = {**BAKERY, "features": "", "engine": "builtin", name: value}
        assert name in as_owner.post("/new/", values).context["form"].errors
        assert not Project.objects.exists()

    def test_they_are_given_over_rest_and_stop_the_next_call(self, server, queue, api):
        options = {"engine": MODEL, "budget_tokens": 1, "strategy": "thorough", "max_tokens": 999}
        answer = api.post("/api/projects/", {**BAKERY, **options})
        job = answer.data["job"]
        assert (answer.status_code, job["strategy"], job["max_tokens"]) == (201, "thorough", 999)
        server.script[:] = [json.dumps({"entities": []})]
        queue.run()
        project = Project.objects.get()
        calls = AIProviderUsage.objects.filter(project=project).order_by("created_at")
        assert project.status == "SUCCESS"
        assert list(calls.values_list("request_type", "error_message")) == [
            ("understand", None),
            ("plan", "budget_spent"),
        ]

    @pytest.mark.parametrize(
        ("name", "value"),
        [("strategy", "wild"), ("max_tokens", 1), ("budget_tokens", -1), ("budget_usd", "x")],
    )
    def test_rest_refuses_what_is_none(self, api, name, value):
        answer = api.post("/api/projects/", {**BAKERY, "engine": "builtin", name: value})
        assert answer.status_code == 422
        assert [error["field"] for error in answer.data["errors"]] == [name]

    @pytest.mark.usefixtures("queue")
    def test_v1_takes_them_for_one_run(self, api, project):
        context = {"strategy": "economical", "budget_usd": 0.5}
        body = {"project_id": str(project.pk), "input_context": context}
        assert api.post("/v1/run-pipeline", body).status_code == 202
        job = project.jobs.get()
        assert (job.strategy, job.config["budget_usd"]) == ("economical", 0.5)
