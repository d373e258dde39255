"""No test of this process reaches the network: one that tries fails, even if it hides the error."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NAMES = frozenset({"localhost", ""})
_attempts: list[str] = []
_guarding = False


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def stays_here(host: object) -> bool:
    """Whether a host is this machine: loopback, or any address to listen at."""
    if host is None:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    if text in NAMES:
        return True
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _host_of(event: str, arguments: tuple[Any, ...]) -> object:
    """Return the host that a socket event is about; None for sockets that are files."""
    if event == "socket.getaddrinfo":
        return arguments[0]
    address = arguments[1]
    return address[0] if isinstance(address, tuple) and address else None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _guarding or event not in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        return
    host = _host_of(event, arguments)
    if not stays_here(host):
        _attempts.append(f"{event} {host}")
        raise NetworkRefused(f"{event} {host}: tests stay on this machine")


sys.addaudithook(_watch)


@contextmanager
def guarded() -> Iterator[list[str]]:
    """Refuse connections to other machines within the block; yields what was tried."""
    global _guarding  # noqa: PLW0603 - an audit hook cannot be taken out again
    _attempts.clear()
    _guarding = True
    try:
        yield _attempts
    finally:
        _guarding = False


@pytest.fixture(autouse=True)
def network_guard() -> Iterator[list[str]]:
    """Fail a test that tried to reach another machine; a test of the guard clears the list."""
    with guarded() as attempts:
        yield attempts
    if attempts:
        pytest.fail(f"reached for the network: {', '.join(attempts)}")
