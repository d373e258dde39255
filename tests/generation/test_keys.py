"""A person's own keys: set and removed in the account, used for calls, found nowhere else."""

from __future__ import annotations

import logging

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.urls import reverse

from codegen_site import settings as site_settings
from generation.engines.base import EngineRejected
from generation.engines.providers.ainative import AINativeClient
from generation.engines.providers.structured import Call
from generation.keys import KeyUnreadable, key_for, site_key
from generation.models import AgentJob
from generation.usage import record_call
from projects.models import ProviderKey
from projects.sealing import Unreadable, seal, unseal
from tests.stubs.ainative import AINativeStub

KEY = "sk-proj-Zq3_a-secret.of/nobody+else=7"
API = ("me/", "usage/", "recall/", "projects/", "schema/")

pytestmark = pytest.mark.django_db


def save(client, key=KEY, provider="ainative", **more):
    return client.post("/account/keys/", {"provider": provider, "key": key}, **more)


class TestAccount:
    def test_a_key_is_saved_and_only_that_it_is_set_is_shown(self, as_owner, owner):
        page = save(as_owner, follow=True).content.decode()
        assert "Your key for AINative is set." in page
        assert "Remove the key" in page
        assert KEY not in page
        assert key_for(owner, "ainative") == KEY

    def test_a_second_key_replaces_the_first(self, as_owner, owner):
        save(as_owner)
        first = ProviderKey.objects.get().set_at
        save(as_owner, "another-key-1")
        assert key_for(owner, "ainative") == "another-key-1"
        assert ProviderKey.objects.get().set_at > first

    def test_it_is_removed(self, as_owner, owner):
        save(as_owner)
        stored = ProviderKey.objects.get()
        page = as_owner.post(f"/account/keys/{stored.pk}/remove/", follow=True).content.decode()
        assert "Your key for AINative is removed." in page
        assert key_for(owner, "ainative") is None

    def test_what_was_pasted_with_spaces_around_it_is_taken_without(self, as_owner, owner):
        save(as_owner, f" \n{KEY}\n ")
        assert key_for(owner, "ainative") == KEY

    @pytest.mark.parametrize(
        ("key", "words"),
        [
            (f"{KEY} {KEY}", "no spaces or line breaks"),
            (f"{KEY}\n{KEY}", "no spaces or line breaks"),
            (f"{KEY}é", "plain letters, digits and signs"),
            ("short", "not as long as a key is"),
            (KEY * 20, "not as long as a key is"),
            ("", "This field is required"),
        ],
    )
    def test_what_is_no_key_is_refused_without_repeating_it(self, as_owner, key, words):
        answer = save(as_owner, key)
        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert KEY not in answer.content.decode()
        assert not ProviderKey.objects.exists()

    def test_an_unknown_provider_is_refused(self, as_owner):
        assert "Select a valid choice" in save(as_owner, provider="cursor").content.decode()

    def test_a_stranger_cannot_remove_it(self, as_owner, browser_as, stranger):
        save(as_owner)
        address = f"/account/keys/{ProviderKey.objects.get().pk}/remove/"
        assert browser_as(stranger).post(address).status_code == 404
        assert browser_as(None).post(address).status_code == 302
        assert ProviderKey.objects.exists()

    def test_after_the_sites_secret_changed_it_asks_for_the_key_again(self, as_owner, settings):
        save(as_owner)
        settings.PROVIDER_KEYS_SECRET = "another"
        assert "cannot be read any more" in as_owner.get("/account/").content.decode()


class TestKeyFor:
    def test_the_sites_key_is_used_where_there_is_no_own(self, owner, settings):
        settings.OPENAI_API_KEY = "site-key"
        assert key_for(owner, "openai") == "site-key"
        ProviderKey.objects.store(user=owner, provider="openai", key=KEY)
        assert key_for(owner, "openai") == KEY

    def test_each_person_has_their_own(self, owner, stranger):
        ProviderKey.objects.store(user=owner, provider="openai", key=KEY)
        assert key_for(stranger, "openai") is None

    def test_a_provider_that_takes_no_key_has_none(self, owner):
        assert key_for(owner, "ollama") is None
        assert site_key("builtin") is None

    def test_one_that_cannot_be_read_is_not_replaced_by_the_sites(self, owner, settings):
        ProviderKey.objects.store(user=owner, provider="openai", key=KEY)
        settings.OPENAI_API_KEY = "site-key"
        settings.SECRET_KEY = "changed"
        with pytest.raises(KeyUnreadable, match="Save it again") as caught:
            key_for(owner, "openai")
        assert isinstance(caught.value, EngineRejected)


class TestSealing:
    def test_the_same_text_is_never_sealed_the_same(self):
        assert seal(KEY, of="a") != seal(KEY, of="a")
        assert KEY not in seal(KEY, of="a")

    def test_it_opens_for_its_owner_alone(self):
        with pytest.raises(Unreadable):
            unseal(seal(KEY, of="a"), of="b")

    def test_a_row_moved_to_somebody_else_does_not_open(self, owner, stranger):
        ProviderKey.objects.store(user=owner, provider="openai", key=KEY)
        ProviderKey.objects.update(user=stranger)
        assert not ProviderKey.objects.get().is_readable

    def test_a_secret_of_its_own_stands_before_the_sites(self, settings):
        settings.PROVIDER_KEYS_SECRET = "own"
        sealed = seal(KEY, of="a")
        settings.SECRET_KEY = "changed"
        assert unseal(sealed, of="a") == KEY


def test_a_key_of_the_environment_with_a_space_is_refused_without_repeating_it(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY} {KEY}")
    with pytest.raises(ImproperlyConfigured, match="OPENAI_API_KEY") as caught:
        site_settings._key("OPENAI_API_KEY")
    assert KEY not in str(caught.value)


class TestNowhereElse:
    """After a key was saved and used, for a call that fails too, it is searched for everywhere."""

    @pytest.fixture
    def used(self, as_owner, finished, caplog):
        caplog.set_level(logging.DEBUG)
        save(as_owner)
        job = AgentJob.objects.get(project=finished)
        key = key_for(finished.user, "ainative") or ""
        stub = AINativeStub()
        with stub.running(), pytest.raises(EngineRejected) as caught:
            AINativeClient(stub.url, key).create("react-component", "a.jsx", {})
        record_call(
            Call("ainative", "codegen", 0.1, error=caught.value.code),
            job=job,
            step=None,
            request_type="create",
        )
        AgentJob.objects.filter(pk=job.pk).update(error=str(caught.value))
        return [str(caught.value), repr(caught.value)]

    def test_no_error_and_no_log_line_has_it(self, used, caplog):
        lines = [logging.Formatter().format(line) for line in caplog.get_records("setup")]
        assert any("401" in line for line in lines)
        assert all(KEY not in text for text in (*lines, *used))

    @pytest.mark.usefixtures("used")
    def test_no_page_and_no_api_answer_has_it(self, as_owner, api, finished):
        pages = ["/account/", "/usage/", "/new/", "/", f"/projects/{finished.pk}/"]
        answers = [as_owner.get(path) for path in pages]
        answers += [api.get(f"/api/{path}") for path in API]
        parts = ("", "steps/", "logs/", "files/", "design/")
        answers += [api.get(f"/api/projects/{finished.pk}/{part}") for part in parts]
        assert {answer.status_code for answer in answers} == {200}
        assert all(KEY.encode() not in answer.content for answer in answers)

    @pytest.mark.usefixtures("used")
    def test_no_admin_page_has_it_nor_its_sealed_form(self, browser_as, admin):
        client, sealed = browser_as(admin), ProviderKey.objects.get().sealed
        seen = 0
        for model in apps.get_models():
            if not django_admin.site.is_registered(model):
                continue
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            paths = [reverse(f"{name}_changelist")]
            paths += [
                reverse(f"{name}_change", args=[row.pk]) for row in model._default_manager.all()[:3]
            ]
            for path in paths:
                text = client.get(path).content.decode()
                assert KEY not in text
                assert sealed not in text
                seen += 1
        assert seen > 20
        assert "AINative" in client.get(reverse("admin:projects_providerkey_changelist")).text

    @pytest.mark.usefixtures("used")
    def test_no_row_of_any_table_has_it_in_plain(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace = 'public'::regnamespace"
            )
            tables = [name for (name,) in cursor.fetchall()]
            assert "provider_keys" in tables
            for table in tables:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE strpos(t::text, %s) > 0', [KEY]
                )
                assert cursor.fetchone() == (0,), table
