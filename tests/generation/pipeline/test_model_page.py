"""A model that does all things right adds a page: the app that a job makes has it, and it works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from generation.engines.builtin.render import write_app
from tests.generation.pipeline.test_model_engine import (
    FEATURE,
    WITH_OLLAMA,
    files_of,
    server,
    submitted,
)

__all__ = ["server"]

VIEW, PAGE, TEST = "core/views/imprint.py", "templates/core/imprint.html", "tests/test_imprint.py"
URLS, PLACES = "core/urls.py", "core/context.py"
FILES = {
    VIEW: '''"""Who runs this site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def imprint(request: HttpRequest) -> HttpResponse:
    """Say who runs this site."""
    return render(request, "core/imprint.html", {"singer": request.GET.get("singer", "the baker")})
''',
    PAGE: """{% extends "base.html" %}
{% block title %}Imprint{% endblock %}
{% block content %}
<h1>Imprint</h1>
<p>Sung by {{ singer }}.</p>
{% endblock %}
""",
    TEST: '''"""The imprint."""

from django.test import Client


def test_the_imprint_is_there_and_the_navigation_leads_to_it(client: Client) -> None:
    assert 'href="/imprint"' in client.get("/").content.decode()
    page = client.get("/imprint", {"singer": "<b>"}).content.decode()
    assert "Sung by &lt;b&gt;." in page
    assert 'aria-current="page">Imprint' in page
''',
}
EDITS = {
    URLS: [
        (
            "from core.views.home import health, home\n",
            "from core.views.home import health, home\nfrom core.views.imprint import imprint\n",
        ),
        (
            '    path("", home, name="home"),\n',
            '    path("", home, name="home"),\n    path("imprint", imprint, name="imprint"),\n',
        ),
    ],
    PLACES: [
        (
            '    Place("Home", "/"),\n',
            '    Place("Home", "/"),\n    Place("Imprint", "/imprint"),\n',
        )
    ],
}


def step(tool: str, path: str) -> dict[str, Any]:
    made = {"template": "custom", "file_path": path, "instructions": f"What belongs into {path}."}
    return {"tool": tool, "feature": FEATURE, "input": made}


def test_a_page_that_a_model_adds_works(server, queue, owner, tmp_path):
    project = submitted(owner, WITH_OLLAMA)
    steps = [step("codegen_create", path) for path in FILES]
    steps += [step("codegen_refactor", path) for path in EDITS]
    texts = [{"file_path": path, "code": code} for path, code in FILES.items()]
    changes = [
        {"edits": [{"search": search, "replace": replace} for search, replace in pairs]}
        for pairs in EDITS.values()
    ]
    said = [{"entities": []}, {"steps": steps}, *texts, *changes]
    server.script[:] = [json.dumps(answer) for answer in said]
    queue.run()
    result = project.jobs.get().result
    assert (result["by_model"], result["left_out"]) == ([FEATURE], [])
    write_app(files_of(project), tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:asyncio", "--no-cov"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "passed" in done.stdout
