"""Answers of a given shape, from models that wrap, bend and repeat them."""

from __future__ import annotations

import json
import threading

import pytest
from pydantic import BaseModel, ConfigDict, Field

from generation.engines.base import EngineUnavailable, InvalidOutput
from generation.engines.providers import structured
from generation.engines.providers.base import ChatRequest, Message, Stopped
from generation.engines.providers.reading import read_json
from generation.engines.providers.structured import Call, ask
from tests.stubs.ollama import OllamaStub


class Step(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tool: str = Field(pattern="^codegen_")
    number: int = Field(ge=1, le=9)


class Steps(BaseModel):
    model_config = ConfigDict(extra="forbid")

    steps: list[Step] = Field(min_length=1)


GOOD = json.dumps({"steps": [{"tool": "codegen_create", "number": 1}]})
BAD = json.dumps({"steps": [{"tool": "codegen_create", "number": 10}]})
WORSE = json.dumps({"steps": []})
REQUEST = ChatRequest("coder:7b", (Message("user", "Plan it."),))


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(structured, "FIRST_WAIT", 0.0)


@pytest.fixture
def calls() -> list[Call]:
    return []


def scripted(server: OllamaStub, *answers: str) -> None:
    server.script[:] = answers


class TestReading:
    @pytest.mark.parametrize(
        "text",
        [
            GOOD,
            json.dumps(GOOD),
            f"```json\n{GOOD}\n```",
            f"I {{think}} so:\n```\n{GOOD}\n```",
            f"Sure!\n{GOOD}\nBye.",
            f"<think>{{no}}</think>{GOOD}",
            '{"steps": [ // the first\n {"tool": "codegen_create", "number": 1,}, /* all */ ],}',
        ],
    )
    def test_what_it_is_wrapped_in_does_not_matter(self, text):
        assert read_json(text) == json.loads(GOOD)

    def test_text_that_looks_like_a_comment_is_kept(self):
        text = '{"url": "http://a/b", "note": "a /* b */ ,]", }'
        assert read_json(text) == {"url": "http://a/b", "note": "a /* b */ ,]"}

    @pytest.mark.parametrize("text", ["", "No.", "3", '"word"', GOOD[:-2], f"<think>{GOOD}"])
    def test_nothing_is_made_up(self, text):
        with pytest.raises(InvalidOutput):
            read_json(text)


class TestAsking:
    def test_the_schema_goes_with_the_question(self, provider, server, calls):
        scripted(server, GOOD)
        assert ask(provider, REQUEST, Steps, record=calls.append).steps[0].number == 1
        (asked,) = server.asked("/api/chat")
        assert asked.body["format"] == Steps.model_json_schema()
        assert [(call.model, call.error) for call in calls] == [("coder:7b", None)]
        assert calls[0].completion_tokens > 0

    def test_what_was_wrong_is_sent_back(self, provider, server, calls):
        scripted(server, BAD, GOOD)
        ask(provider, REQUEST, Steps, record=calls.append)
        _, second = server.asked("/api/chat")
        roles = [message["role"] for message in second.body["messages"]]
        assert roles == ["user", "assistant", "user"]
        assert "steps.0.number" in second.body["messages"][-1]["content"]
        assert len(calls) == 2

    def test_the_same_fault_twice_is_the_end(self, provider, server, calls):
        scripted(server, BAD, BAD, GOOD)
        with pytest.raises(InvalidOutput, match="number"):
            ask(provider, REQUEST, Steps, record=calls.append)
        assert len(calls) == 2

    def test_three_tries_are_the_most(self, provider, server, calls):
        scripted(server, BAD, WORSE, "No.", GOOD)
        with pytest.raises(InvalidOutput):
            ask(provider, REQUEST, Steps, record=calls.append)
        assert len(calls) == 3

    def test_a_server_that_is_just_starting_is_asked_again(self, provider, server, calls):
        server.behaviour = "starting"
        scripted(server, GOOD)
        ask(provider, REQUEST, Steps, record=calls.append)
        assert [call.error for call in calls] == ["engine_unavailable", None]

    def test_a_server_that_stays_broken_is_given_up(self, provider, server, calls):
        server.behaviour = "out-of-memory"
        with pytest.raises(EngineUnavailable, match="system memory"):
            ask(provider, REQUEST, Steps, record=calls.append)
        assert [call.error for call in calls] == ["engine_unavailable"] * 3

    def test_a_stop_signal_ends_the_wait_for_another_try(
        self, provider, server, calls, monkeypatch
    ):
        monkeypatch.setattr(structured, "FIRST_WAIT", 30.0)
        server.behaviour = "out-of-memory"
        stop = threading.Event()
        threading.Timer(0.3, stop.set).start()
        with pytest.raises(Stopped):
            ask(provider, REQUEST, Steps, record=calls.append, stop=stop)
        assert len(calls) == 1
