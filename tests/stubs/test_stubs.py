"""The stub servers speak the protocols they stand for, to clients that are not ours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ollama
import pytest
import requests

from tests.stubs import ainative
from tests.stubs.ainative import AINativeStub
from tests.stubs.ollama import OllamaStub
from tests.stubs.schema import instance_of
from tests.stubs.wordings import WORDINGS

SCHEMA = {
    "type": "object",
    "properties": {
        "tool": {"enum": ["codegen_create", "codegen_refactor"]},
        "file_path": {"type": "string", "minLength": 6},
        "steps": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/Step"}},
    },
    "$defs": {"Step": {"properties": {"number": {"type": "integer", "minimum": 3}}}},
}
QUESTION = [{"role": "user", "content": "Say something."}]


@pytest.fixture
def server() -> Iterator[OllamaStub]:
    stub = OllamaStub()
    with stub.running():
        yield stub


@pytest.fixture
def client(server) -> Iterator[ollama.Client]:
    client = ollama.Client(server.url, timeout=5)
    yield client
    client.close()


class TestOllama:
    def test_it_lists_and_shows_models(self, client):
        assert [model.model for model in client.list().models] == [
            "coder:7b",
            "thinker:8b",
            "small:1b",
        ]
        shown = client.show("thinker:8b")
        assert shown.capabilities == ["completion", "tools", "thinking"]
        assert shown.modelinfo["stub.context_length"] == 32_768

    def test_it_streams_and_counts(self, client):
        parts = list(client.chat("coder:7b", QUESTION, stream=True))
        assert "".join(part.message.content or "" for part in parts) == "Hello from the stub."
        assert (parts[-1].done_reason, parts[-1].eval_count) == ("stop", 4)
        assert parts[-1].prompt_eval_count == 3

    def test_it_holds_a_schema(self, client):
        answer = client.chat("coder:7b", QUESTION, format=SCHEMA)
        assert '"tool": "codegen_create"' in answer.message.content
        assert instance_of(SCHEMA)["steps"] == [{"number": 3}, {"number": 3}]

    def test_tools_and_thinking_only_where_the_model_has_them(self, client):
        tool = {"type": "function", "function": {"name": "add", "parameters": {"type": "object"}}}
        with pytest.raises(ollama.ResponseError, match="does not support tools"):
            client.chat("small:1b", QUESTION, tools=[tool])
        with pytest.raises(ollama.ResponseError, match="does not support thinking"):
            client.chat("coder:7b", QUESTION, think=True)
        called = list(client.chat("coder:7b", QUESTION, tools=[tool], stream=True))
        assert called[0].message.tool_calls[0].function.name == "add"
        thought = list(client.chat("thinker:8b", QUESTION, think=True, stream=True))
        assert thought[0].message.thinking == "Hm. "

    def test_a_long_prompt_is_cut_silently_unless_that_is_forbidden(self, server, client):
        long = [{"role": "user", "content": "word " * 5000}]
        assert client.chat("coder:7b", long).prompt_eval_count == 4096
        body = {"model": "coder:7b", "messages": long, "truncate": False}
        answer = requests.post(f"{server.url}/api/chat", json=body, timeout=5)
        assert answer.status_code == 400
        assert "exceeds the context length" in answer.json()["error"]

    def test_it_pulls_with_progress(self, client):
        seen = [part.completed for part in client.pull("new:1b", stream=True)]
        assert seen == [None, 0, 50, 100, None]
        assert "new:1b" in [model.model for model in client.list().models]

    @pytest.mark.parametrize("behaviour", sorted(WORDINGS))
    def test_wrong_wordings_differ_from_the_right_one(self, server, client, behaviour):
        right = '{"tool": "codegen_create", "file_path": "a.py", "size": 5, "word": "word"}'
        server.script = [right]
        server.behaviour = behaviour
        assert client.chat("coder:7b", QUESTION).message.content != right

    def test_an_unknown_behaviour_is_refused(self, server):
        with pytest.raises(ValueError, match="no behaviour 'kind'"):
            server.behaviour = "kind"


def post(stub: AINativeStub, path: str, body: dict, **headers: str) -> requests.Response:
    headers = headers or {"Authorization": f"Bearer {ainative.KEY}"}
    return requests.post(stub.url + path, json=body, headers=headers, timeout=5)


class TestAINative:
    @pytest.fixture
    def server(self) -> Iterator[AINativeStub]:
        stub = AINativeStub()
        with stub.running():
            yield stub

    def test_it_creates_and_refactors(self, server):
        made = post(
            server,
            ainative.CREATE,
            {"template": "react-component", "file_path": "a.jsx", "variables": {"b": 1}},
        )
        assert made.json() == {"file_path": "a.jsx", "code": "# react-component\n# ['b']\n"}
        edited = post(
            server,
            ainative.REFACTOR,
            {"file_path": "a.py", "existing_code": "x = 1\n", "instructions": "note"},
        )
        assert edited.json() == {"file_path": "a.py", "code": "x = 1\n# note\n"}

    def test_memories_are_found_by_score(self, server):
        for text in ("a shop", "the latest app spec"):
            post(server, ainative.STORE, {"agent_id": "a", "content": text, "metadata": {}})
        found = post(server, ainative.SEARCH, {"query": "latest app spec"}).json()["results"]
        assert [(row["memory_id"], row["score"]) for row in found] == [("m2", 1.0), ("m1", 0.0)]

    def test_one_form_of_key_and_never_both(self, server):
        ask = {"query": "x"}
        one = {"X-API-Key": ainative.KEY}
        assert post(server, ainative.SEARCH, ask, **one).status_code == 200
        both = {**one, "Authorization": f"Bearer {ainative.KEY}"}
        assert post(server, ainative.SEARCH, ask, **both).status_code == 401
        assert post(server, ainative.SEARCH, ask, **{"X-API-Key": "wrong"}).status_code == 401


@pytest.mark.parametrize("module", ["ollama", "ainative", "openai", "anthropic", "gemini"])
def test_a_stub_can_be_run_by_hand(module):
    command = [sys.executable, "-m", f"tests.stubs.{module}", "--port", "0", "--behaviour", "good"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as running:
        try:
            first = running.stdout.readline()
            assert first.startswith("http://127.0.0.1:")
            assert requests.get(first.split()[0] + "/api/version", timeout=5).status_code in {
                200,
                400,
                401,
            }
        finally:
            running.terminate()
