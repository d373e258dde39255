"""One shape for every error, whatever goes wrong."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from rest_framework.throttling import UserRateThrottle

from generation.api.errors import field_errors

pytestmark = pytest.mark.django_db


def assert_shape(answer, status, code):
    assert answer.status_code == status
    body = answer.json()
    assert set(body) == {"code", "message", "errors"}
    assert body["code"] == code
    assert body["message"]
    assert all(set(error) == {"field", "message"} for error in body["errors"])


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/nothing/", "/api/projects/x/", "/api/projects/x/y/z/"])
def test_an_address_that_is_not_there(api, api_as, method, path):
    for client in (api, api_as(None)):
        assert_shape(getattr(client, method)(path), 404, "not_found")


def test_a_reader_without_the_slash_is_sent_on(api):
    answer = api.get("/api/projects?status=DRAFT")
    assert answer.status_code == 302
    assert answer.url == "/api/projects/?status=DRAFT"


def test_a_writer_without_the_slash_is_told(api):
    assert_shape(api.post("/api/projects", {}), 404, "not_found")


def test_a_host_in_the_path_is_no_way_out(api):
    assert_shape(api.get("/api//evil.example/x"), 404, "not_found")


def test_a_method_that_is_not_there(api):
    assert_shape(api.put("/api/projects/", {}), 405, "method_not_allowed")


def test_a_format_that_is_not_there(api):
    assert_shape(api.get("/api/me/", headers={"Accept": "image/png"}), 406, "not_acceptable")


def test_too_many_parameters(api, settings):
    query = "&".join(f"p{n}=1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    assert_shape(api.get(f"/api/projects/?{query}"), 400, "bad_request")


def test_a_form_over_the_limit(api):
    body = "a=" + "b" * 1_100_000
    answer = api.post("/api/projects/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {413, 415}
    assert set(answer.json()) == {"code", "message", "errors"}


def test_too_many_requests_of_one_person(api, api_as, stranger, monkeypatch):
    cache.clear()
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min"})
    assert [api.get("/api/me/").status_code for _ in range(2)] == [200, 200]
    answer = api.get("/api/me/")
    assert_shape(answer, 429, "throttled")
    assert int(answer.headers["Retry-After"]) > 0
    assert api_as(stranger).get("/api/me/").status_code == 200


def test_calls_are_answered_while_redis_is_gone(api, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}
    }
    assert api.get("/api/me/").status_code == 200


def test_nested_faults_are_named_with_a_dot():
    detail = {"features": {1: ["Give text."]}, "non_field": ["a", "b"]}
    assert field_errors(detail) == [
        {"field": "features.1", "message": "Give text."},
        {"field": "non_field", "message": "a"},
        {"field": "non_field", "message": "b"},
    ]


@pytest.mark.parametrize("path", ["", "steps/", "logs/", "files/"])
def test_html_is_never_answered_as_a_page(api, finished, address, path):
    html = "<script>alert(1)</script>"
    finished.description = html
    finished.save(update_fields=["description"])
    finished.logs.update(log_text=html)
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    answer = api.get(address(finished, path), headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    only_pages = api.get(address(finished, path), headers={"Accept": "text/html"})
    assert only_pages.status_code == 406
