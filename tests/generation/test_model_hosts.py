"""Servers of models on private networks are for those who run the site, metadata for nobody."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from generation.engines.base import EngineRejected
from generation.errors import EngineNotReady
from generation.model_hosts import HostNotAllowed, check_host
from generation.pipeline.choices import offers
from generation.pipeline.config import RunOptions
from generation.pipeline.engines import ainative_for, provider_for
from generation.services import submit_project
from projects.models import Project
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES

METADATA = (
    "http://169.254.169.254/v1",
    "169.254.169.254",
    "http://[fd00:ec2::254]/",
    "http://[::ffff:169.254.169.254]/",
    "http://2852039166/",
    "http://100.100.100.200",
    "http://metadata.google.internal/",
)
PRIVATE = ("http://10.0.0.7:11434", "192.168.1.2", "http://[fd12::1]:80", "http://172.16.0.1/")
LOOPBACK = (
    "http://127.0.0.1:11434",
    "localhost",
    "http://[::1]/",
    "http://0.0.0.0:1",
    "http://2130706433",
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", METADATA)
@pytest.mark.parametrize("allowed", [True, False])
def test_metadata_is_for_nobody(url, allowed, settings, owner, admin):
    settings.ALLOW_PRIVATE_MODEL_HOSTS = allowed
    for user in (owner, admin):
        with pytest.raises(HostNotAllowed, match="metadata"):
            check_host(url, user)


@pytest.mark.parametrize("url", PRIVATE)
def test_private_networks_are_for_those_who_run_the_site(url, settings, owner, staff):
    with pytest.raises(HostNotAllowed, match="ALLOW_PRIVATE_MODEL_HOSTS"):
        check_host(url, owner)
    check_host(url, staff)
    settings.ALLOW_PRIVATE_MODEL_HOSTS = True
    check_host(url, owner)


@pytest.mark.parametrize("url", LOOPBACK)
def test_this_machine_is_open_where_the_site_is_served_to_it_alone(url, settings, owner):
    settings.SITE_URL = "https://apps.example.org"
    with pytest.raises(HostNotAllowed):
        check_host(url, owner)
    settings.SITE_URL = "http://[::1]:8000"
    check_host(url, owner)


def test_public_ones_are_for_everybody(owner):
    check_host("https://93.184.215.14/v1", owner)


@pytest.mark.parametrize("name", ["OPENAI", "ANTHROPIC", "GEMINI"])
def test_every_provider_is_held_to_it(name, settings, owner):
    setattr(settings, f"{name}_BASE_URL", "http://10.1.2.3/v1")
    with pytest.raises(EngineRejected, match="private network"):
        provider_for(name.lower(), owner)
    settings.AINATIVE_BASE_URL, settings.AINATIVE_API_KEY = "http://10.1.2.3", "a-key"
    with pytest.raises(EngineRejected, match="private network"):
        ainative_for(owner)


def test_it_is_said_at_submission_and_nothing_is_stored(settings, owner):
    settings.OLLAMA_HOST = "http://10.1.2.3:11434"
    with pytest.raises(EngineNotReady, match="private network") as refused:
        submit_project(
            owner=owner, request=load_request(QUICKNOTES), options=RunOptions(engine="ollama:a")
        )
    assert (refused.value.status, refused.value.code) == (422, "host_not_allowed")
    assert not Project.objects.exists()
    assert "private network" in offers(owner)[0].trouble


def test_the_settings_are_checked_when_the_site_starts(settings):
    assert not [found for found in run_checks() if found.id in {"codegen.E001", "codegen.I002"}]
    settings.OPENAI_BASE_URL = "http://169.254.169.254/"
    settings.SITE_URL = "https://apps.example.org"
    found = {message.id: message.msg for message in run_checks()}
    assert found["codegen.E001"].startswith("OPENAI_BASE_URL")
    assert found["codegen.I002"].startswith("OLLAMA_HOST")
    settings.ALLOW_PRIVATE_MODEL_HOSTS = True
    assert "codegen.I002" not in {message.id for message in run_checks()}
