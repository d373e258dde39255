"""The database and the broker: those the environment names, else embedded ones."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from codegen_site.embedded import postgres, valkey
from codegen_site.embedded.places import Places, free_port, service_account
from codegen_site.embedded.processes import Child, start
from codegen_site.embedded.roles import VARIABLES, make_roles


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
    """Return the caller's environment with the generated secret key under it."""
    environment = dict(os.environ)
    if not environment.get("SECRET_KEY"):
        environment["SECRET_KEY"] = places.secrets()["secret_key"]
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
    database = port = None
    if not environment.get("DATABASE_URL"):
        port = free_port()
        postgres.prepare(places, secrets)
        program = postgres.program(places, port, service_account(), durable=durable)
        database = start(program, places.log)
        services.children.append(database)
    if not environment.get("REDIS_URL"):
        _start_valkey(services, places, secrets["redis"])
    if database and port:  # it came up while Valkey did
        postgres.wait_until_ready(port, secrets["postgres"], database)
        urls = {kind: postgres.url_of(kind, secrets[kind], port) for kind in VARIABLES}
        make_roles(postgres.admin_url(secrets["postgres"], port), urls, extension_in=("template1",))
        environment |= {VARIABLES[kind]: url for kind, url in urls.items()}


def _start_valkey(services: Services, places: Places, password: str) -> None:
    port = free_port()
    server = start(valkey.program(places, port, password), places.log)
    services.children.append(server)
    services.environment["REDIS_URL"] = valkey.url_of(password, port)
    valkey.wait_until_ready(services.environment["REDIS_URL"], server)
