"""The database and the broker: those the environment names, else embedded ones."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import environ

from codegen_site.embedded import postgres, valkey
from codegen_site.embedded.places import ROOT, Places, free_port, service_account
from codegen_site.embedded.processes import Child, start


@dataclass
class Services:
    """Running services, and the environment through which the site finds them."""

    children: list[Child] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    def stop(self) -> None:
        """Stop them, the last first."""
        for child in reversed(self.children):
            child.stop()


def base_environment(places: Places) -> dict[str, str]:
    """Return the caller's environment with `.env` and the generated secret key under it."""
    environ.Env.read_env(ROOT / ".env")
    environment = dict(os.environ)
    environment.setdefault("SECRET_KEY", places.secrets()["secret_key"])
    environment["CODEGEN_VAR_DIR"] = str(places.var)
    environment["DJANGO_SETTINGS_MODULE"] = "codegen_site.settings"
    environment["PYTHONUNBUFFERED"] = "1"
    return environment


def start_services(places: Places, *, durable: bool = True) -> Services:
    """Start what the environment does not name and wait until it answers.

    Raises `ServiceFailed` when a service does not come up; what had started is stopped.
    """
    services = Services(environment=base_environment(places))
    try:
        _start_missing(services, places, durable=durable)
    except BaseException:
        services.stop()
        raise
    return services


def _start_missing(services: Services, places: Places, *, durable: bool) -> None:
    secrets, environment = places.secrets(), services.environment
    postgres_port = valkey_port = 0
    if not environment.get("DATABASE_URL"):
        postgres_port = free_port()
        postgres.prepare(places, secrets)
        program = postgres.program(places, postgres_port, service_account(), durable=durable)
        services.children.append(start(program, places.log))
    if not environment.get("REDIS_URL"):
        valkey_port = free_port()
        program = valkey.program(places, valkey_port, secrets["redis"])
        services.children.append(start(program, places.log))
        environment["REDIS_URL"] = valkey.url_of(secrets["redis"], valkey_port)
        valkey.wait_until_ready(environment["REDIS_URL"])
    if postgres_port:
        postgres.wait_until_ready(postgres_port, secrets["postgres"])
        postgres.make_roles(postgres_port, secrets)
        environment |= {
            "DATABASE_URL": postgres.url_of("owner", secrets["owner"], postgres_port),
            "DATABASE_WEB_URL": postgres.url_of("web", secrets["web"], postgres_port),
            "DATABASE_SERVICE_URL": postgres.url_of("service", secrets["service"], postgres_port),
        }
