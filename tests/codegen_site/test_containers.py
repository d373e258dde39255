"""The container files parse, copy what is there, and run what ./codegen runs."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from django.conf import settings

from codegen_site.embedded.supervisor import site_programs

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_what_the_image_copies_is_there():
    sources = re.findall(r"^COPY (?:--chown=\S+ )?(?!--from)(\S+) ", DOCKERFILE, flags=re.MULTILINE)
    assert len(sources) >= 6
    for source in sources:
        assert (ROOT / source).exists(), source


def test_the_image_does_not_run_as_root_and_says_whether_it_is_well():
    assert re.search(r"^USER (?!root)\w+", DOCKERFILE, flags=re.MULTILINE)
    assert "HEALTHCHECK" in DOCKERFILE


def test_the_services_are_the_ones_of_the_topology():
    assert set(COMPOSE["services"]) == {
        "postgres",
        "redis",
        "migrate",
        "web",
        "worker",
        "scheduler",
    }
    for volume in COMPOSE["services"]["postgres"]["volumes"]:
        source = volume.split(":")[0]
        assert source in COMPOSE["volumes"] or (ROOT / source).exists()


def test_each_process_runs_the_command_that_the_supervisor_runs():
    programs = site_programs({"CODEGEN_VAR_DIR": "/var"}, "127.0.0.1", 8000)
    own = {program.name: list(program.command)[1:4] for program in programs}
    image_command = re.search(r"^CMD \[(.*)\]$", DOCKERFILE, flags=re.MULTILINE)
    assert image_command
    web = re.findall(r'"([^"]*)"', image_command[1])
    assert web[1:4] == own["web"]
    for name in ("worker", "scheduler"):
        service = COMPOSE["services"][name]
        assert service["command"][1:4] == own[name]
        assert service["environment"]["CODEGEN_PROCESS"] == name


def test_every_environment_variable_of_the_services_is_a_setting():
    text = (ROOT / ".env.example").read_text()
    for name in ("web", "worker", "scheduler", "migrate"):
        for variable in COMPOSE["services"][name]["environment"]:
            assert re.search(rf"^{variable}=", text, flags=re.MULTILINE), variable
