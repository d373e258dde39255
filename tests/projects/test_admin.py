"""Admin pages of people and their tokens."""

from __future__ import annotations

import pytest
from django.contrib import admin as site_admin
from django.contrib.auth.models import Group
from django.urls import reverse

from projects.models import ApiToken, Role, User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/projects/user/"
NEW_PASSWORD = "a rather long sentence"


@pytest.fixture
def as_admin(browser_as, admin):
    return browser_as(admin)


@pytest.fixture
def as_staff(browser_as, staff):
    return browser_as(staff)


def change_page(person):
    return reverse("admin:projects_user_change", args=[person.pk])


def new_person(**values):
    given = {"email": "New@Example.org", "full_name": "New", "role": "user"}
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    return {**given, **passwords, **values}


def as_form(person, **values):
    given = {
        "email": person.email,
        "username": person.username or "",
        "full_name": person.full_name or "",
        "avatar_url": "",
        "skill_level": "",
        "role": person.role,
        "is_active": "on",
    }
    return {**given, **values}


def test_an_administrator_adds_a_person_who_can_sign_in(as_admin, client):
    answer = as_admin.post(f"{PEOPLE}add/", new_person())
    assert answer.status_code == 302
    person = User.objects.get(email="new@example.org")
    assert person.check_password(NEW_PASSWORD)
    assert client.login(username="new@example.org", password=NEW_PASSWORD)


@pytest.mark.parametrize(
    "values",
    [
        {"password1": "short", "password2": "short"},
        {"password2": "another sentence"},
        {"email": "no address"},
        {"email": "ADMIN@example.org"},
        {"role": "king"},
    ],
)
def test_a_person_with_a_fault_is_not_added(as_admin, values):
    before = User.objects.count()
    answer = as_admin.post(f"{PEOPLE}add/", new_person(**values))
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert User.objects.count() == before


def test_two_people_may_have_no_username(as_admin, owner, stranger):
    for person in (owner, stranger):
        answer = as_admin.post(change_page(person), as_form(person, full_name="Somebody"))
        assert answer.status_code == 302
    assert User.objects.filter(username=None, full_name="Somebody").count() == 2


def test_role_and_activity_are_changed_by_an_administrator(as_admin, owner):
    form = as_form(owner, role=Role.STAFF)
    del form["is_active"]
    assert as_admin.post(change_page(owner), form).status_code == 302
    owner.refresh_from_db()
    assert (owner.role, owner.is_active) == (Role.STAFF, False)
    assert owner.check_password(PASSWORD)


def test_administrators_cannot_shut_themselves_out(as_admin, admin):
    as_admin.post(change_page(admin), as_form(admin, role=Role.USER))
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == (Role.ADMIN, True)


def test_a_password_is_set_on_a_page_of_its_own_and_never_shown(as_admin, owner):
    page = as_admin.get(change_page(owner)).content.decode()
    assert owner.password not in page
    assert 'type="password"' not in page
    address = reverse("admin:auth_user_password_change", args=[owner.pk])
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert as_admin.get(address).status_code == 200
    assert as_admin.post(address, form).status_code == 302
    owner.refresh_from_db()
    assert owner.check_password(NEW_PASSWORD)


def test_a_poor_password_is_refused(as_admin, owner):
    address = reverse("admin:auth_user_password_change", args=[owner.pk])
    answer = as_admin.post(address, {"password1": "password", "password2": "password"})
    assert answer.status_code == 200
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_people_are_never_deleted(as_admin, owner):
    assert as_admin.post(f"{PEOPLE}{owner.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=owner.pk).exists()


def test_staff_may_look_at_people_and_change_nothing(as_staff, owner):
    page = as_staff.get(change_page(owner))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert as_staff.post(change_page(owner), as_form(owner, role=Role.ADMIN)).status_code == 403
    assert as_staff.get(f"{PEOPLE}add/").status_code == 403
    address = reverse("admin:auth_user_password_change", args=[owner.pk])
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert as_staff.post(address, form).status_code == 403
    owner.refresh_from_db()
    assert owner.role == Role.USER
    assert owner.check_password(PASSWORD)


def test_there_are_no_groups():
    assert not site_admin.site.is_registered(Group)


class TestEntrance:
    def test_nobody_is_led_through_the_sign_in_page_and_back(self, client, staff):
        at_the_door = client.get(PEOPLE, follow=True)
        address, _ = at_the_door.redirect_chain[-1]
        assert address == f"/sign-in/?next={PEOPLE}"
        form = {"username": staff.email, "password": PASSWORD, "next": PEOPLE}
        assert client.post(address, form).url == PEOPLE
        assert client.get(PEOPLE).status_code == 200

    def test_another_site_is_no_way_back(self, client, staff):
        address = client.get("/admin/login/?next=https://evil.example/").url
        form = {"username": staff.email, "password": PASSWORD}
        assert client.post(address, form).url == "/"

    def test_who_is_signed_in_without_the_role_is_refused(self, browser_as, owner):
        answer = browser_as(owner).get(PEOPLE, follow=True)
        assert answer.status_code == 403

    def test_staff_who_are_signed_in_go_on(self, as_staff):
        assert as_staff.get("/admin/login/").url == "/admin/"


class TestTokens:
    @pytest.fixture
    def token(self, owner):
        return ApiToken.objects.issue(user=owner, name="laptop")[0]

    def test_a_token_is_listed_without_its_hash(self, as_staff, token):
        for address in (
            "/admin/projects/apitoken/",
            f"/admin/projects/apitoken/{token.pk}/change/",
        ):
            page = as_staff.get(address).content.decode()
            assert token.prefix in page
            assert token.token_hash not in page

    def test_nobody_makes_one_here(self, as_admin):
        assert as_admin.get("/admin/projects/apitoken/add/").status_code == 403

    def test_an_administrator_revokes_one(self, as_admin, token):
        address = f"/admin/projects/apitoken/{token.pk}/delete/"
        assert as_admin.post(address, {"post": "yes"}).status_code == 302
        assert not ApiToken.objects.exists()

    def test_staff_do_not(self, as_staff, token):
        address = f"/admin/projects/apitoken/{token.pk}/delete/"
        assert as_staff.post(address, {"post": "yes"}).status_code == 403
        assert ApiToken.objects.exists()
