"""An Ollama server to talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generation.engines.providers.ollama import OllamaProvider
from tests.stubs.ollama import OllamaStub


@pytest.fixture
def server() -> Iterator[OllamaStub]:
    stub = OllamaStub()
    with stub.running():
        yield stub


@pytest.fixture
def provider(server) -> OllamaProvider:
    return OllamaProvider(server.url, silence=5)
