"""The guard against tests that reach the network."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.network import NetworkRefused, guarded, stays_here

SWALLOWS = """
import socket
from tests.network import network_guard

def test_hides_its_error():
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    except Exception:
        pass
"""


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.10", "::1", "localhost", "", None, "::", b"localhost"]
)
def test_this_machine_is_open(host):
    assert stays_here(host)


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "10.0.0.1", "169.254.169.254", "example.org", "2001:db8::1"]
)
def test_other_machines_are_not(host):
    assert not stays_here(host)


def test_an_address_is_refused_before_it_is_reached():
    with guarded() as attempts:
        with pytest.raises(NetworkRefused), socket.socket() as plain:
            plain.connect(("192.0.2.1", 80))
        assert attempts == ["socket.connect 192.0.2.1"]
        attempts.clear()


def test_a_name_is_not_even_looked_up():
    with guarded() as attempts:
        with pytest.raises(NetworkRefused):
            requests.get("http://example.org/", timeout=1)
        assert attempts == ["socket.getaddrinfo example.org"]
        attempts.clear()


def test_a_test_that_hides_the_refusal_fails_all_the_same(tmp_path):
    (tmp_path / "test_sly.py").write_text(SWALLOWS)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider",
         "-c", "/dev/null", "--rootdir", tmp_path, tmp_path],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert "reached for the network: socket.getaddrinfo 192.0.2.1" in done.stdout
    assert done.returncode == 1
