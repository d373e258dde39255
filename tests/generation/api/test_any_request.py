"""Whatever is sent to the addresses of the OpenAPI document: no 500, no answer outside of it."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.throttling import UserRateThrottle
from schemathesis.config import SchemathesisConfig
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from generation.models import AgentJob
from projects.models import ApiToken, Project, ProjectEdit, User
from tests.stubs.github import GitHubStub

# How many requests each address gets, each of them from everybody. For more of them:
# API_EXAMPLES=500 ./codegen test tests/generation/api/test_any_request.py
EXAMPLES = int(os.environ.get("API_EXAMPLES", "15"))
STATES = ("project", "running", "failed", "finished")
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CONFIG = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
DOCUMENT = SchemaGenerator().get_schema(request=None, public=True)
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG)
SCHEMA.app = get_wsgi_application()
OPERATIONS = [(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods]


def requests_to(path: str, method: str) -> st.SearchStrategy[schemathesis.Case]:
    """Well-formed and malformed requests."""
    operation = SCHEMA[path][method]
    return st.one_of(
        operation.as_strategy(GenerationMode.POSITIVE),
        operation.as_strategy(GenerationMode.NEGATIVE),
    )


def token_of(person: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {ApiToken.objects.issue(user=person, name='fuzz')[1]}"}


@pytest.fixture(autouse=True)
def _one_connection():
    """Keep the test's connection open between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _github(settings):
    """A request that is right in all reaches GitHub: one on this machine."""
    stub = GitHubStub()
    settings.GITHUB_API_URL = stub.url
    with stub.running():
        yield


@pytest.fixture
def people(owner, stranger, monkeypatch) -> dict[str, dict[str, str]]:
    """The headers that each person comes with."""
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": None})
    return {"owner": token_of(owner), "stranger": token_of(stranger), "nobody": {}}


@pytest.fixture
def known(request, owner) -> dict[str, dict[str, Any]]:
    """What is in a project of the owner's in each state, by the names addresses have for it."""
    return {state: _names(request.getfixturevalue(state), owner) for state in STATES}


def _names(project: Project, owner: User) -> dict[str, Any]:
    job = AgentJob.objects.filter(project=project).first()
    step = project.steps.first()
    file = project.files.first()
    edit = ProjectEdit.objects.create(project=project, user=owner, action="edit", summary="x")
    return {
        "project_id": str(project.pk),
        "job_id": str(job.pk if job else project.pk),
        "step_id": str(step.pk if step else project.pk),
        "edit_id": str(edit.pk),
        "moment": str(edit.pk),
        "path": file.path if file else "README.md",
        "version": 1,
    }


def name_what_is_there(case: schemathesis.Case, known: dict[str, Any]) -> None:
    """Put in what is there for what is made up, which nearly never is."""
    for part in (case.path_parameters, case.query, case.body):
        if isinstance(part, dict):
            part.update({name: known[name] for name in part if name in known})


def send(case: schemathesis.Case, headers: dict[str, str]) -> Response:
    """Send a request and take back what it has done."""
    with transaction.atomic():
        # Schemathesis reads an answer of a WSGI application as it is, compressed or not.
        answer = case.call(headers={"Accept-Encoding": "identity", **headers})
        transaction.set_rollback(True)
    case.validate_response(answer, checks=CHECKS)
    return answer


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_request_is_answered_otherwise_than_the_document_says(people, known, path, method):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests_to(path, method), st.sampled_from([None, *STATES]))
    def ask(case: schemathesis.Case, state: str | None) -> None:
        if state:
            name_what_is_there(case, known[state])
        send(case, people["owner"])
        refused = send(case, people["stranger"])
        if "{" in path:
            assert refused.status_code >= 400, refused.status_code
        assert send(case, people["nobody"]).status_code in {400, 401, 404}

    ask()
