"""`./codegen models`: what the Ollama server has, and whether it can be used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.stubs.ollama import OllamaStub

ENTITY = {"name": "Book", "fields": [{"name": "title", "type": "text"}]}


@pytest.fixture
def server(settings) -> Iterator[OllamaStub]:
    stub = OllamaStub()
    settings.OLLAMA_HOST = stub.url
    with stub.running():
        yield stub


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("models", *arguments, stdout=out)
    return out.getvalue()


def test_models_are_listed_with_what_they_can(server):
    lines = run().splitlines()
    assert len(lines) == 3
    assert lines[1].split() == [
        *("thinker:8b", "4.0", "GB", "32768", "tokens"),
        *("completion,", "thinking,", "tools"),
    ]


def test_a_model_is_fetched_with_its_progress(server):
    assert run("--pull", "new:3b").splitlines() == [
        "pulling manifest",
        "pulling 000000 0%",
        "pulling 000000 50%",
        "pulling 000000 100%",
        "success",
    ]


def test_a_model_that_answers_as_asked_is_found_fit(server):
    server.script = [json.dumps(ENTITY)]
    out = run("--check", "coder:7b")
    assert "coder:7b answers as asked: Book with title (text)" in out
    assert out.startswith("call 1: ")


def test_a_model_that_does_not_is_found_unfit(server):
    server.behaviour = "wrong-language"
    with pytest.raises(CommandError, match="did not give what it was asked for"):
        run("--check", "coder:7b")


def test_a_server_without_models_says_how_to_get_one(server):
    server.behaviour = "no-models"
    with pytest.raises(CommandError, match="--pull MODEL"):
        run()


def test_no_server_is_said_with_its_address(settings):
    settings.OLLAMA_HOST = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match=r"No Ollama server answers at http://127\.0\.0\.1:9"):
        run()
