"""Jobs with models that are wrong at random: each ends in an app that is no worse than the floor.

`./codegen test tests/generation/pipeline/test_bad_models.py --bad-models 100 -s` runs a hundred
and prints the tables of docs/bad-models.md: jobs of the pipeline, then the engine alone.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from generation.bench.machine import machine_line, table
from generation.bench.models import SHOP
from generation.engines.archive import build_zip
from generation.engines.base import EngineError, StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import render_spec
from generation.engines.checks import check_edit, check_file
from generation.engines.llm import Hooks, ModelEngine
from generation.engines.llm.mind import Mind
from generation.engines.llm.steps import PLANNED_BY
from generation.engines.merge import merge_files
from generation.engines.providers import structured
from generation.engines.providers.ollama import OllamaProvider
from generation.models import AIProviderUsage, GenerationStep, StepStatus
from generation.pipeline import engines
from generation.pipeline.config import RunOptions, config_of, result_of
from generation.services import submit_project
from projects.models import Project
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest, load_request
from tests.conftest import QUICKNOTES
from tests.generation.pipeline.conftest import Queue
from tests.stubs.bad_model import BadModel
from tests.stubs.ollama import OllamaStub

LEAST_APPS = 12
SPECS: Mapping[str, AppRequest] = {
    "QuickNotes, React": load_request(QUICKNOTES),
    "Shop, Django": load_request({**SHOP, "tech_stack": "Django + HTMX + PostgreSQL"}),
    "Shop, React": load_request({**SHOP, "styling": "Plain CSS"}),
    "QuickNotes, Django": load_request({**QUICKNOTES, "tech_stack": "Django + HTMX + PostgreSQL"}),
}


@dataclass
class Tally:
    """What became of the jobs over one spec."""

    jobs: int = 0
    finished: int = 0
    calls: int = 0
    failed_calls: int = 0
    planned: int = 0
    accepted: int = 0
    left_out: int = 0
    entities: int = 0
    files: int = 0
    worse: list[str] = field(default_factory=list)

    def figures(self) -> tuple[int, ...]:
        """Return the columns of the table."""
        steps = (self.planned, self.accepted, self.left_out)
        calls = (self.calls, self.failed_calls)
        return (
            self.jobs,
            self.finished,
            *calls,
            *steps,
            self.entities,
            self.files,
            len(self.worse),
        )


def extras_of(project: Project) -> list[GenerationStep]:
    steps = GenerationStep.objects.filter(project=project, input_payload__has_key=PLANNED_BY)
    return list(steps.order_by("sequence_order"))


def worse_files(floor: Mapping[str, str], files: Mapping[str, str], made: set[str]) -> list[str]:
    """Return what is wrong with an app beside its floor: lost, changed by nobody, or at fault."""
    wrong = [f"{path} is lost" for path in floor.keys() - files.keys()]
    for path, text in files.items():
        if text != floor.get(path) and path not in made:
            wrong.append(f"{path} differs, and no step made it")
        elif path in made:
            before = floor.get(path)
            faults = check_edit(path, before, text, files) if before else ()
            faults = faults or (() if before else check_file(path, text, files))
            wrong += [f"{path}: {fault}" for fault in faults]
    return wrong


def assert_kept(rules: AppSpec, spec: AppSpec) -> None:
    """What the rules understood is all there, whatever a model proposed."""
    found = {entity.name: entity for entity in spec.entities}
    for entity in rules.entities:
        fields = {item.name: item for item in found[entity.name].fields}
        assert all(fields[item.name] == item for item in entity.fields)


def assert_plain(project: Project, files: Mapping[str, str]) -> None:
    """The ZIP holds the files as plain files inside one folder."""
    with zipfile.ZipFile(io.BytesIO(build_zip(project.project_name, dict(files)))) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            assert stat.S_IFMT(entry.external_attr >> 16) in {0, stat.S_IFREG}
            assert ".." not in entry.filename.split("/")
            assert not entry.filename.startswith("/")


def add(tally: Tally, project: Project, request: AppRequest) -> None:
    """Look at a job that has run, and count it."""
    project.refresh_from_db()
    job = project.jobs.get()
    steps = GenerationStep.objects.filter(project=project)
    assert (project.status, job.status) == ("SUCCESS", "completed"), job.error
    assert set(steps.values_list("status", flat=True)) <= {StepStatus.SUCCESS, StepStatus.FAILED}
    spec, result, extras = config_of(job).spec, result_of(job), extras_of(project)
    assert spec is not None
    assert result is not None
    rules = BuiltinEngine().understand(request)
    assert_kept(rules, spec)
    files = {file.path: file.content or "" for file in project.files.all()}
    floor = render_spec(spec, request.tech_stack, request.styling)
    assert_plain(project, files)
    failed = [step for step in extras if step.status == StepStatus.FAILED]
    assert len(result.left_out) == len(failed)
    assert all(step.error for step in failed)
    calls = AIProviderUsage.objects.filter(project=project)
    tally.finished += 1
    tally.calls += calls.count()
    tally.failed_calls += calls.filter(success=False).count()
    tally.planned += len(extras)
    tally.accepted += len(extras) - len(failed)
    tally.left_out += len(failed)
    tally.entities += len(spec.entities) - len(rules.entities)
    tally.files += len(files)
    made = {str(step.file_path) for step in extras if step.status == StepStatus.SUCCESS}
    tally.worse += worse_files(floor, files, made)


def printed(tallies: Mapping[str, Tally], said: Counter[str]) -> str:
    header = (
        *("spec", "jobs", "finished", "calls", "broken", "steps planned", "kept", "left out"),
        *("entities added", "files", "worse than the floor"),
    )
    rows = [(name, *map(str, t.figures())) for name, t in tallies.items()]
    drawn = ", ".join(f"{name} {count}" for name, count in said.most_common())
    return f"{machine_line()}\n\n{table(header, rows)}\n\nHow answers were sent: {drawn}.\n"


@pytest.fixture
def server(settings, monkeypatch):
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)
    stub = OllamaStub()
    with stub.running():
        settings.OLLAMA_HOST, settings.OLLAMA_SILENCE = stub.url, 1
        engines.provider_of.cache_clear()
        yield stub
    engines.provider_of.cache_clear()


def test_no_bad_model_lowers_the_floor(request, server, queue: Queue, owner):
    tallies = {name: Tally() for name in SPECS}
    said: Counter[str] = Counter()
    for seed in range(1, request.config.getoption("--bad-models") + 1):
        name, asked = list(SPECS.items())[seed % len(SPECS)]
        server.speaker = BadModel(seed)
        tallies[name].jobs += 1
        project = submit_project(
            owner=owner, request=asked, options=RunOptions(engine="ollama:coder:7b")
        )
        queue.run()
        add(tallies[name], project, asked)
        assert not tallies[name].worse, (seed, tallies[name].worse)
        said.update(server.speaker.said)
    if request.config.getoption("capture") == "no":
        print("\n" + printed(tallies, said))


def test_nor_does_one_with_the_engine_alone(request, server):
    tallies = {name: Tally() for name in SPECS}
    said: Counter[str] = Counter()
    count = max(LEAST_APPS, request.config.getoption("--bad-models"))
    for seed in range(1, count + 1):
        name, asked = list(SPECS.items())[seed % len(SPECS)]
        server.speaker = BadModel(seed)
        build(tallies[name], OllamaProvider(server.url, silence=1), asked)
        assert not tallies[name].worse, (seed, tallies[name].worse)
        said.update(server.speaker.said)
    if request.config.getoption("capture") == "no":
        print("\n" + printed(tallies, said))
    assert sum(tally.accepted for tally in tallies.values()) > 0


def build(tally: Tally, provider: OllamaProvider, request: AppRequest) -> None:
    """Carry a model's plan out as a job would, without the database, and count it."""
    calls: list[structured.Call] = []
    hooks = Hooks(record=lambda call, _kind: calls.append(call))
    engine = ModelEngine(Mind(provider, "coder:7b", hooks), BuiltinEngine())
    spec = engine.understand(request)
    rules = BuiltinEngine().understand(request)
    assert_kept(rules, spec)
    plan = engine.plan(spec, stack=request.tech_stack, styling=request.styling)
    files: dict[str, str] = {}
    context = StepContext(spec, request.tech_stack, request.styling, lambda: files)
    made, extras, failed = set[str](), 0, 0
    for step in plan.steps[:-1]:
        path, is_extra = str(step.input["file_path"]), PLANNED_BY in step.input
        extras += is_extra
        try:
            if step.tool == "codegen_create":
                code = engine.create(step.input, context).code
                code = merge_files(path, files[path], code) if path in files else code
            else:
                code = engine.refactor(step.input, files.get(path, ""), context).code
        except EngineError:
            assert is_extra
            failed += 1
            continue
        files[path] = code
        made |= {path} if is_extra else set()
    floor = render_spec(spec, request.tech_stack, request.styling)
    tally.jobs, tally.finished = tally.jobs + 1, tally.finished + 1
    tally.calls += len(calls)
    tally.failed_calls += sum(call.error is not None for call in calls)
    tally.planned, tally.accepted = tally.planned + extras, tally.accepted + extras - failed
    tally.left_out += failed
    tally.entities += len(spec.entities) - len(rules.entities)
    tally.files += len(files)
    tally.worse += worse_files(floor, files, made)
