"""Signing in, up and out, and the account."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from projects.authentication import sign_in_links
from projects.models import ApiToken, User
from projects.models.tokens import hash_token
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "another horse battery staple"


def test_nobody_is_sent_to_sign_in_and_back(client, owner):
    answer = client.get("/account/")
    assert answer.url == "/sign-in/?next=/account/"
    target = client.get(answer.url).context["next"]
    values = {"username": owner.email, "password": PASSWORD, "next": target}
    assert client.post("/sign-in/", values).url == "/account/"


def test_an_email_signs_in_whatever_its_case(client, owner):
    answer = client.post("/sign-in/", {"username": "OWNER@example.org", "password": PASSWORD})
    assert answer.url == "/"
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_a_wrong_password_is_refused_and_the_email_is_kept(client, owner):
    answer = client.post("/sign-in/", {"username": owner.email, "password": "nope"})
    assert answer.status_code == 200
    assert "do not belong together" in answer.content.decode()
    assert f'value="{owner.email}"' in answer.content.decode()


def test_signing_in_never_leads_to_another_site(client, owner):
    answer = client.post(
        "/sign-in/?next=https://evil.example/", {"username": owner.email, "password": PASSWORD}
    )
    assert answer.url == "/"


def test_signing_up_makes_an_ordinary_user_and_signs_in(client):
    values = {"email": "New@Example.org", "password1": NEW, "password2": NEW}
    answer = client.post("/sign-up/", values)
    assert answer.url == "/"
    user = User.objects.get()
    assert (user.email, user.role) == ("new@example.org", "user")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": "owner@example.org"}, "has an account already"),
        ({"password2": "different from it"}, "are not the same"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "password123", "password2": "password123"}, "too common"),
        ({"email": "no email"}, "valid email"),
        ({"password1": "", "password2": ""}, "required"),
    ],
)
def test_a_sign_up_with_a_fault_says_which(client, owner, values, words):
    sent = {"email": "new@example.org", "password1": NEW, "password2": NEW, **values}
    answer = client.post("/sign-up/", sent)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert User.objects.count() == 1


def test_signing_up_can_be_switched_off(client, settings):
    settings.ALLOW_SIGN_UP = False
    assert client.get("/sign-up/").status_code == 404
    assert client.post("/sign-up/", {}).status_code == 404
    assert "/sign-up/" not in client.get("/sign-in/").content.decode()


def test_signing_out_takes_a_post(as_owner):
    assert as_owner.get("/sign-out/").status_code == 405
    assert as_owner.post("/sign-out/").url == "/sign-in/"
    assert as_owner.get("/").status_code == 302


def test_a_form_without_its_token_is_refused(owner):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"username": owner.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_a_one_time_link_signs_in_once(client, owner):
    link = reverse("projects:sign-in-once", args=[sign_in_links.link_token(owner)])
    assert client.get(link).url == "/"
    assert client.session["_auth_user_id"] == str(owner.pk)
    again = Client().get(link)
    assert again.status_code == 410
    assert "does not work any more" in again.content.decode()


@pytest.mark.parametrize("token", ["x", "-", "0" * 32 + "-abc"])
def test_a_made_up_link_signs_nobody_in(client, db, token):
    assert client.get(f"/sign-in/once/{token}/").status_code == 410


def test_a_token_is_shown_once_and_stored_as_a_hash(as_owner, owner):
    answer = as_owner.post("/account/", {"name": "Script <b>one</b>"})
    token = ApiToken.objects.get()
    text = answer.context["made"][1]
    assert token.user == owner
    assert token.token_hash == hash_token(text)
    assert text in answer.content.decode()
    later = as_owner.get("/account/").content.decode()
    assert text not in later
    assert token.prefix in later
    assert "Script &lt;b&gt;one&lt;/b&gt;" in later
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_token_needs_a_name(as_owner):
    assert "required" in as_owner.post("/account/", {"name": " "}).content.decode()
    assert not ApiToken.objects.exists()


def test_a_revoked_token_is_gone_and_a_strangers_is_not_found(as_owner, owner, stranger):
    mine, _ = ApiToken.objects.issue(user=owner, name="mine")
    theirs, _ = ApiToken.objects.issue(user=stranger, name="theirs")
    assert as_owner.post(f"/account/tokens/{theirs.pk}/revoke/").status_code == 404
    assert as_owner.get(f"/account/tokens/{mine.pk}/revoke/").status_code == 405
    assert as_owner.post(f"/account/tokens/{mine.pk}/revoke/").url == "/account/"
    assert list(ApiToken.objects.all()) == [theirs]


def test_a_new_password_needs_the_old_one(as_owner, owner):
    values = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    assert "old password" in as_owner.post("/account/password/", values).content.decode()
    assert as_owner.post("/account/password/", {**values, "old_password": PASSWORD}).url
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    assert as_owner.get("/account/").status_code == 200
