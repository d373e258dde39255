"""AINative as an engine: it writes custom files that pass the checks, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generation.engines.ainative import AINativeEngine
from generation.engines.base import (
    EngineRejected,
    EngineUnavailable,
    InvalidOutput,
    StepContext,
)
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.llm.hooks import Hooks
from generation.engines.providers import ainative
from generation.engines.providers.ainative import AINativeClient
from generation.engines.providers.structured import Call
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.stubs.ainative import CREATE, KEY, REFACTOR, AINativeStub

MODELS = "class Note:\n    pass\n\n\nclass Task:\n    pass\n"
FILES = {
    "backend/requirements.txt": "fastapi==0.1\n",
    "backend/app/__init__.py": "",
    "backend/app/models.py": MODELS,
}
PATH = "backend/app/greeting.py"
STEP = {"template": "custom", "file_path": PATH, "instructions": "Greet."}
EDIT = {**STEP, "file_path": "backend/app/models.py"}
GOOD = "def greet(name: str) -> str:\n    return name\n"
BAD = "from app.models import Nothing\n"
WORSE = "def greet(:\n"


@pytest.fixture
def server(monkeypatch) -> Iterator[AINativeStub]:
    monkeypatch.setattr(ainative, "FIRST_WAIT", 0.0)
    stub = AINativeStub()
    with stub.running():
        yield stub


@pytest.fixture
def calls() -> list[tuple[Call, str]]:
    return []


@pytest.fixture
def engine(server, calls) -> AINativeEngine:
    hooks = Hooks(record=lambda call, kind: calls.append((call, kind)))
    return AINativeEngine(AINativeClient(server.url, KEY, seconds=5), BuiltinEngine(), hooks=hooks)


@pytest.fixture
def context() -> StepContext:
    request = load_request(QUICKNOTES)
    spec = BuiltinEngine().understand(request)
    return StepContext(spec, request.tech_stack, request.styling, lambda: FILES)


class TestTheOtherEngine:
    def test_it_understands_plans_renders_and_summarises(self, engine, server, context):
        floor, request = BuiltinEngine(), load_request(QUICKNOTES)
        where = {"stack": context.stack, "styling": context.styling}
        assert engine.understand(request) == floor.understand(request)
        plan = engine.plan(context.spec, **where)
        assert plan == floor.plan(context.spec, **where)
        first = next(step for step in plan.steps if step.tool == "codegen_create")
        assert engine.create(first.input, context) == floor.create(first.input, context)
        assert engine.summarise(context) == floor.summarise(context)
        assert server.received == []


class TestCreate:
    def test_a_custom_file_is_asked_for_with_its_instructions(self, engine, server, context, calls):
        server.script = [GOOD]
        made = engine.create(STEP, context)
        assert (made.file_path, made.code, made.made_by) == (PATH, GOOD, "ainative")
        (asked,) = server.asked(CREATE)
        assert asked.body["template"] == "custom"
        assert asked.body["variables"]["instructions"] == "Greet."
        assert [(call.provider, call.error, kind) for call, kind in calls] == [
            ("ainative", None, "write")
        ]

    def test_the_planned_path_holds(self, engine, server, context):
        server.behaviour, server.script = "other-path", [GOOD]
        assert engine.create(STEP, context).file_path == PATH

    def test_what_fails_a_check_is_given_back_to_mend(self, engine, server, context, calls):
        server.script = [BAD, GOOD]
        assert engine.create(STEP, context).code == GOOD
        (mended,) = server.asked(REFACTOR)
        assert mended.body["existing_code"] == BAD
        assert "has no 'Nothing'" in mended.body["instructions"]
        assert [kind for _call, kind in calls] == ["write", "edit"]

    def test_the_same_fault_twice_is_enough(self, engine, server, context, calls):
        server.script = [BAD, BAD, GOOD]
        with pytest.raises(InvalidOutput, match="has no 'Nothing'"):
            engine.create(STEP, context)
        assert len(calls) == 2

    def test_three_tries_are_all(self, engine, server, context, calls):
        server.script = [BAD, WORSE, "x = unknown_name\n", GOOD]
        with pytest.raises(InvalidOutput):
            engine.create(STEP, context)
        assert len(calls) == 3

    @pytest.mark.parametrize(
        ("behaviour", "error"),
        [
            ("empty-code", InvalidOutput),
            ("not-json", InvalidOutput),
            ("page-error", EngineUnavailable),
            ("reset", EngineUnavailable),
            ("leaks-key", EngineRejected),
        ],
    )
    def test_what_the_service_does_wrong_is_an_error_and_recorded(
        self, engine, server, context, calls, behaviour, error
    ):
        server.behaviour = behaviour
        with pytest.raises(error) as caught:
            engine.create(STEP, context)
        assert KEY not in str(caught.value)
        assert [call.error for call, _kind in calls] == [error.code]

    def test_without_leave_nothing_is_asked(self, server, context):
        def refuse() -> None:
            raise EngineRejected("The budget is spent.")

        client = AINativeClient(server.url, KEY)
        engine = AINativeEngine(client, BuiltinEngine(), hooks=Hooks(allow=refuse))
        with pytest.raises(EngineRejected, match="budget"):
            engine.create(STEP, context)
        assert server.received == []


class TestRefactor:
    def test_the_real_content_is_sent(self, engine, server, context):
        after = MODELS + "\n\nclass Tag:\n    pass\n"
        server.script = [after]
        made = engine.refactor({**EDIT, "existing_code": "<current content>"}, MODELS, context)
        assert (made.code, made.made_by) == (after, "ainative")
        (asked,) = server.asked(REFACTOR)
        assert asked.body["existing_code"] == MODELS

    def test_a_placeholder_for_the_rest_is_never_a_file(self, engine, server, context):
        server.script = ["class Tag:\n    pass\n\n# ... rest of the code unchanged ...\n"] * 3
        with pytest.raises(InvalidOutput):
            engine.refactor(EDIT, MODELS, context)

    def test_a_file_that_loses_its_names_is_refused(self, engine, server, context):
        server.script = ["class Note:\n    pass\n"] * 3
        with pytest.raises(InvalidOutput, match="Task"):
            engine.refactor(EDIT, MODELS, context)
