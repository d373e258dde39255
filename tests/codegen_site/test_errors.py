"""Answers outside every view."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import RequestFactory

from codegen_site import errors

pytestmark = pytest.mark.django_db

FAULT = SuspiciousOperation("odd")


def answers(path: str):
    request = RequestFactory().get(path)
    return [
        errors.bad_request(request, FAULT),
        errors.not_found(request, FAULT),
        errors.server_error(request),
    ]


def test_under_the_api_every_fault_is_json_of_one_shape():
    found = answers("/api/projects/")
    assert [answer.status_code for answer in found] == [400, 404, 500]
    for answer in found:
        body = json.loads(answer.content)
        assert set(body) == {"code", "message", "errors"}
        assert body["message"]


def test_elsewhere_it_is_a_page():
    for answer in answers("/projects/"):
        assert answer.headers["Content-Type"].startswith("text/html")


def test_an_unknown_address_under_the_api_is_json(client):
    answer = client.get("/api/nothing-here/")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_a_part_of_a_page_asked_for_after_the_session_reloads_the_page(client, as_owner):
    part = {"HX-Request": "true"}
    answer = client.get("/", headers=part)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (200, "true")
    assert client.get("/").status_code == 302
    assert "HX-Refresh" not in as_owner.get("/", headers=part).headers
