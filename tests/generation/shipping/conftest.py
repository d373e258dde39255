"""A GitHub on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stubs.github import GitHubStub


@pytest.fixture
def github(settings) -> Iterator[GitHubStub]:
    stub = GitHubStub()
    settings.GITHUB_API_URL = stub.url
    settings.GITHUB_SECONDS = 5
    with stub.running():
        yield stub
