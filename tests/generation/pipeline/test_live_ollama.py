"""A job with a real model; collected only where CODEGEN_LIVE_OLLAMA names its server."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from generation.engines.builtin.render import render_app
from generation.models import AIProviderUsage
from generation.pipeline import engines
from generation.pipeline.config import RunOptions
from generation.services import submit_project
from projects.spec.request import load_request
from tests.generation.pipeline.test_model_engine import BAKERY

SERVER, MODEL = (os.environ.get(f"CODEGEN_LIVE_{name}", "") for name in ("OLLAMA", "MODEL"))


@pytest.fixture(autouse=True)
def live(settings) -> Iterator[None]:
    settings.OLLAMA_HOST = SERVER
    engines.provider_of.cache_clear()
    yield
    engines.provider_of.cache_clear()


def test_a_real_model_answers_and_the_floor_is_there(queue, owner):
    words = load_request(BAKERY)
    options = RunOptions(engine=f"ollama:{MODEL}" if MODEL else "ollama")
    project = submit_project(owner=owner, request=words, options=options)
    queue.run()
    project.refresh_from_db()
    assert project.status == "SUCCESS", project.jobs.get().error
    calls = AIProviderUsage.objects.filter(project=project)
    assert calls.filter(success=True, prompt_tokens__gt=0).exists(), list(
        calls.values_list("request_type", "error_message")
    )
    paths = set(project.files.values_list("path", flat=True))
    assert render_app(words).keys() <= paths
