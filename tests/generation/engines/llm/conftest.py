"""A model engine over a stub server, and an app to extend."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from generation.engines.base import StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.llm import Hooks, ModelEngine
from generation.engines.llm.mind import Mind
from generation.engines.providers import structured
from generation.engines.providers.ollama import OllamaProvider
from generation.engines.providers.structured import Call
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.stubs.ollama import OllamaStub

STACK = str(QUICKNOTES["tech_stack"])
Script = Callable[..., None]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch) -> None:
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)


@pytest.fixture
def server() -> Iterator[OllamaStub]:
    stub = OllamaStub()
    with stub.running():
        yield stub


@pytest.fixture
def script(server) -> Script:
    """Let the model say these values in turn."""

    def set_script(*answers: Any) -> None:
        server.script[:] = [a if isinstance(a, str) else json.dumps(a) for a in answers]

    return set_script


class Heard:
    """What an engine told its caller."""

    def __init__(self) -> None:
        self.calls: list[tuple[Call, str]] = []
        self.said: list[str] = []

    def hooks(self) -> Hooks:
        return Hooks(
            record=lambda call, kind: self.calls.append((call, kind)), say=self.said.append
        )


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def mind(server, heard) -> Mind:
    return Mind(OllamaProvider(server.url, silence=5), "coder:7b", heard.hooks())


@pytest.fixture
def engine(mind) -> ModelEngine:
    return ModelEngine(mind, BuiltinEngine())


@pytest.fixture
def context() -> StepContext:
    """QuickNotes, as the built-in engine makes it."""
    floor = BuiltinEngine()
    request = load_request(QUICKNOTES)
    spec = floor.understand(request)
    files = {
        "backend/requirements.txt": "fastapi==0.1\n",
        "backend/app/__init__.py": "",
        "backend/app/models.py": "class Note:\n    pass\n\n\nclass Task:\n    pass\n",
    }
    return StepContext(spec, request.tech_stack, request.styling, lambda: files)
