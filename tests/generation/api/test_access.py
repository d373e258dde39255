"""Who may reach what: owner and staff everything, a stranger and nobody nothing."""

from __future__ import annotations

import uuid

import pytest
from rest_framework.test import APIClient

from projects.models import ApiToken, Project

pytestmark = pytest.mark.django_db

READS = ("", "estimate/", "steps/", "logs/", "files/", "files/README.md", "zip/", "design/jdl/")
WRITES = ("start/", "pause/", "resume/", "cancel/", "retry/", "again/")


@pytest.mark.parametrize("rest", READS)
def test_the_owner_and_staff_may_read(api, api_as, staff, finished, address, rest):
    for client in (api, api_as(staff)):
        assert client.get(address(finished, rest)).status_code == 200


@pytest.mark.parametrize("rest", READS)
def test_for_a_stranger_it_is_not_there(api_as, stranger, finished, address, rest):
    answer = api_as(stranger).get(address(finished, rest))
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert "QuickNotes" not in answer.content.decode()


@pytest.mark.parametrize("rest", READS)
def test_nobody_is_asked_to_sign_in(api_as, finished, address, rest):
    answer = api_as(None).get(address(finished, rest))
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"


@pytest.mark.parametrize("rest", WRITES)
@pytest.mark.parametrize("state", ["project", "running", "failed", "finished"])
def test_a_stranger_and_nobody_change_nothing(api_as, stranger, address, request, state, rest):
    project = request.getfixturevalue(state)
    before = project.status
    assert api_as(stranger).post(address(project, rest)).status_code == 404
    assert api_as(None).post(address(project, rest)).status_code == 401
    project.refresh_from_db()
    assert project.status == before


@pytest.mark.parametrize("rest", READS)
def test_what_does_not_exist_looks_like_what_is_not_yours(
    api, api_as, stranger, finished, address, rest
):
    unknown = api.get(f"/api/projects/{uuid.uuid4()}/{rest}")
    foreign = api_as(stranger).get(address(finished, rest))
    assert (unknown.status_code, unknown.json()) == (foreign.status_code, foreign.json())


@pytest.mark.parametrize("rest", READS)
def test_a_deleted_project_is_not_there_for_anybody(api, api_as, staff, finished, address, rest):
    assert api.delete(address(finished)).status_code == 204
    for client in (api, api_as(staff)):
        assert client.get(address(finished, rest)).status_code == 404


@pytest.mark.parametrize("word", ["1", "not-an-id", "%00", "..", "QuickNotes"])
@pytest.mark.parametrize("rest", [*READS, *WRITES])
def test_an_id_that_is_none_is_not_found(api, word, rest):
    for call in (api.get, api.post, api.delete):
        answer = call(f"/api/projects/{word}/{rest}")
        assert answer.status_code in {302, 404}
        if answer.status_code == 404:
            assert answer.json()["code"] == "not_found"


class TestTokens:
    @pytest.fixture
    def token(self, owner):
        return ApiToken.objects.issue(user=owner, name="laptop")[1]

    @pytest.mark.parametrize("scheme", ["Bearer", "Token", "bearer"])
    def test_a_token_stands_for_its_person(self, api_as, token, project, address, scheme):
        client = api_as(None)
        client.credentials(HTTP_AUTHORIZATION=f"{scheme} {token}")
        assert client.get(address(project)).status_code == 200
        assert ApiToken.objects.get().last_used_at is not None

    def test_a_token_may_write_without_a_csrf_token(self, token, project, address):
        from_script = _strict_client()
        from_script.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        assert from_script.post(address(project, "start/")).status_code == 202

    def test_a_session_may_not(self, owner, project, address):
        from_another_site = _strict_client()
        from_another_site.force_login(owner)
        answer = from_another_site.post(address(project, "start/"))
        assert answer.status_code == 403
        assert answer.json()["code"] == "permission_denied"
        project.refresh_from_db()
        assert project.status == "DRAFT"

    def test_a_token_does_not_open_what_is_anothers(self, api_as, token, stranger, address):
        theirs = Project.objects.create(
            user=stranger, project_name="Theirs", features=[], tech_stack="x", styling="y"
        )
        client = api_as(None)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        assert client.get(address(theirs)).status_code == 404

    @pytest.mark.parametrize("text", ["cg_wrong", "", "cg_\x00"])
    def test_a_wrong_token_is_refused(self, api_as, project, address, text):
        client = api_as(None)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
        answer = client.get(address(project))
        assert answer.status_code == 401
        assert answer.json()["code"] == "authentication_failed"

    def test_the_token_of_a_closed_account_is_refused(self, api_as, owner, token, project, address):
        owner.is_active = False
        owner.save(update_fields=["is_active"])
        client = api_as(None)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        assert client.get(address(project)).status_code == 401


def _strict_client():
    return APIClient(enforce_csrf_checks=True)
