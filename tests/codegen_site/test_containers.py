"""The container files: what they copy is there, and they run what `./codegen up` runs."""

from __future__ import annotations

import json
import re
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from codegen_site.embedded.places import ROOT
from codegen_site.embedded.roles import VARIABLES
from codegen_site.embedded.supervisor import site_programs

DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} +(.+)$", DOCKERFILE, re.MULTILINE)


def copied() -> list[str]:
    lines = [line.split() for line in instructions("COPY")]
    return [path for words in lines if not words[0].startswith("--from") for path in words[:-1]]


def commands() -> dict[str, list[str]]:
    """What `./codegen up` runs, as it would run inside the image."""
    programs = site_programs({"CODEGEN_VAR_DIR": "/data"}, "0.0.0.0", 8000)  # noqa: S104
    return {
        program.name: ["python" if word == sys.executable else word for word in program.command]
        for program in programs
    }


def test_everything_that_is_copied_is_there_and_reaches_the_build() -> None:
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    for path in copied():
        assert (ROOT / path).exists(), path
        assert f"!{path.rstrip('/')}" in let_in, path


def test_every_python_package_of_the_site_is_copied() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= {path.rstrip("/") for path in copied()}


def test_the_image_is_built_in_stages_and_does_not_run_as_root() -> None:
    assert len(instructions("FROM")) > 1
    (user,) = instructions("USER")
    assert user not in {"root", "0"}
    assert instructions("HEALTHCHECK")


def test_packages_left_out_of_the_image_are_not_imported_by_what_it_runs() -> None:
    (left_out,) = re.findall(r"grep -vE '\^\((.+)\)=='", DOCKERFILE)
    pins = (ROOT / "requirements.txt").read_text()
    for name in left_out.split("|"):
        assert re.search(rf"^{re.escape(name)}==", pins, re.MULTILINE), name
        module = name.replace("-", "_")
        files = [
            p for a in ("codegen_site", "projects", "memory", "generation") for p in sources(a)
        ]
        for file in files:
            assert not re.search(rf"^\s*(import|from) {module}", file.read_text(), re.MULTILINE)


def sources(app: str) -> list[Path]:
    return [path for path in (ROOT / app).rglob("*.py") if "node_modules" not in path.parts]


@pytest.mark.parametrize(
    ("name", "process"),
    [("web", "web"), ("worker", "worker"), ("models", "worker"), ("scheduler", "scheduler")],
)
def test_the_services_run_the_commands_of_the_supervisor(name: str, process: str) -> None:
    service = COMPOSE["services"][name]
    assert service["command"] == commands()[name]
    assert service["environment"]["CODEGEN_PROCESS"] == process


def test_every_queue_has_a_worker_and_one_only() -> None:
    words = [command for command in commands().values() if "-Q" in command]
    queues = [name for command in words for name in command[command.index("-Q") + 1].split(",")]
    assert sorted(queues) == sorted(settings.CELERY_TASK_QUEUES)


def test_the_image_runs_the_web_server_by_default() -> None:
    assert json.loads(instructions("CMD")[-1]) == commands()["web"]


def test_every_service_has_the_three_roles_and_waits_for_the_migration() -> None:
    for name in ("web", "worker", "models", "scheduler"):
        service = COMPOSE["services"][name]
        urls = {service["environment"][variable] for variable in VARIABLES.values()}
        assert len(urls) == len(VARIABLES)
        migrated = service["depends_on"]["migrate"]["condition"]
        assert migrated == "service_completed_successfully"


def test_the_migration_runs_once_and_only_it_knows_the_superuser() -> None:
    services = COMPOSE["services"]
    assert services["migrate"]["restart"] == "no"
    knowing = [n for n, s in services.items() if "DATABASE_ADMIN_URL" in s.get("environment", {})]
    assert knowing == ["migrate"]


def test_nothing_is_published_beyond_this_machine() -> None:
    ports = [port for s in COMPOSE["services"].values() for port in s.get("ports", [])]
    assert ports
    assert all(fnmatch(port, "127.0.0.1:*") for port in ports)
