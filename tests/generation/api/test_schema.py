"""GET /api/schema/ and /api/docs/: every endpoint, with examples and its errors."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders
from drf_spectacular.generators import SchemaGenerator

from generation.api import urls
from generation.api.v1 import urls as v1

OWN = {"schema", "docs", "unknown", "root"}


@pytest.fixture(scope="module")
def document():
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_address_is_in_it(document):
    for prefix, patterns in (("/api/", urls.urlpatterns), ("/v1/", v1.urlpatterns)):
        named = {pattern.name for pattern in patterns} - OWN
        documented = [path for path in document["paths"] if path.startswith(prefix)]
        assert len(documented) == len(named)


def test_every_operation_has_a_description_examples_and_its_errors(operations):
    for path, method, operation in operations:
        assert operation["description"], path
        for code, answer in operation["responses"].items():
            if code == "204" or ("zip" in path and code == "200"):
                continue
            for content in answer["content"].values():
                assert content.get("examples"), (path, method, code)
        assert "401" in operation["responses"], path
        if "{project_id}" in path:
            assert "404" in operation["responses"], path


def test_operation_ids_are_unique(operations):
    ids = [operation["operationId"] for _, _, operation in operations]
    assert len(ids) == len(set(ids))


def test_a_token_and_a_session_are_ways_in(document):
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert "cookieAuth" in document["components"]["securitySchemes"]


def test_the_example_of_a_submission_is_accepted(api, operations):
    example = next(
        operation["requestBody"]["content"]["application/json"]["examples"]["QuickNotes"]["value"]
        for path, method, operation in operations
        if (path, method) == ("/api/projects/", "post")
    )
    assert api.post("/api/projects/", example).status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?format=json"])
def test_it_is_served_to_anybody(client, query):
    answer = client.get(f"/api/schema/{query}")
    assert answer.status_code == 200
    assert b"/api/projects/" in answer.content


@pytest.mark.django_db
def test_the_page_needs_nothing_from_elsewhere(client):
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert "https://" not in page.content.decode().replace("https://www.w3.org", "")
    assert finders.find("drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js")


def test_what_may_be_null_is_said_as_its_version_says_it(document):
    assert document["openapi"].startswith("3.1")
    assert "nullable" not in str(document)
    fields = document["components"]["schemas"]["FieldSpec"]["properties"]
    assert {"type": "null"} in fields["default"]["anyOf"]
