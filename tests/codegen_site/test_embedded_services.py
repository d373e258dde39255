"""Embedded PostgreSQL and Valkey: private, durable, and taken over when they were left behind."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from codegen_site.embedded import postgres
from codegen_site.embedded.places import Places, is_root, service_account
from codegen_site.embedded.processes import same_process
from codegen_site.embedded.roles import VARIABLES
from codegen_site.embedded.services import Services, start_services
from codegen_site.embedded.state import end_leftovers, write_state

EXTERNAL = (*VARIABLES.values(), "REDIS_URL", "SECRET_KEY")


@pytest.fixture(scope="module")
def clean_environment() -> Iterator[None]:
    """The environment of somebody who has set nothing."""
    with pytest.MonkeyPatch.context() as patch:
        for name in EXTERNAL:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """An installation below a folder that only its owner may enter."""
    private = tmp_path_factory.mktemp("private")
    private.chmod(0o700)
    where = Places(private / "checkout" / "var")
    where.make()
    yield where
    if is_root():
        shutil.rmtree(where.data)


@pytest.fixture(scope="module")
def modes_before(places: Places) -> dict[Path, int]:
    return modes(places)


@pytest.fixture(scope="module")
def services(
    clean_environment: None, places: Places, modes_before: dict[Path, int]
) -> Iterator[Services]:
    """Both servers, started anew."""
    running = start_services(places, durable=False)
    yield running
    running.stop()


def modes(places: Places) -> dict[Path, int]:
    """The permissions of every folder above the installation's own."""
    folders = {*places.var.parents, *places.data.parents}
    return {folder: stat.S_IMODE(folder.stat().st_mode) for folder in folders}


def connect(services: Services, kind: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(services.environment[VARIABLES[kind]], autocommit=True)


def superuser(places: Places, services: Services) -> psycopg.Connection[tuple[object, ...]]:
    port = services.environment["DATABASE_URL"].rpartition(":")[2].partition("/")[0]
    url = postgres.admin_url(places.secrets()["postgres"], int(port))
    return psycopg.connect(url, autocommit=True)


def test_no_folder_that_was_there_has_other_permissions(
    services: Services, places: Places, modes_before: dict[Path, int]
) -> None:
    assert modes(places) == modes_before


def test_every_way_into_the_database_asks_for_a_scram_password(
    services: Services, places: Places
) -> None:
    with superuser(places, services) as connection:
        rules = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        assert rules == [("scram-sha-256",)]
        stored = connection.execute(
            "SELECT count(*) FROM pg_authid WHERE rolcanlogin AND rolpassword NOT LIKE 'SCRAM-%'"
        ).fetchone()
        assert stored == (0,)


@pytest.mark.parametrize("kind", ["owner", "web", "service"])
def test_a_wrong_password_is_refused(services: Services, kind: str) -> None:
    url = services.environment[VARIABLES[kind]]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url, password="guess")


def test_the_roles_have_what_they_need_and_no_more(services: Services) -> None:
    with connect(services, "owner") as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls "
            "FROM pg_roles WHERE rolname LIKE 'codegen_%' ORDER BY 1"
        ).fetchall()
    assert rows == [
        ("codegen_owner", False, False, True, False),
        ("codegen_service", False, False, False, True),
        ("codegen_web", False, False, False, False),
    ]


@pytest.mark.parametrize(("kind", "bound"), [("owner", "0"), ("web", "15s"), ("service", "15s")])
def test_a_process_that_hangs_in_a_transaction_gives_its_locks_back(
    services: Services, kind: str, bound: str
) -> None:
    with connect(services, kind) as connection:
        shown = connection.execute("SHOW idle_in_transaction_session_timeout").fetchone()
    assert shown == (bound,)


def test_databases_that_the_owner_makes_have_vectors(services: Services) -> None:
    url = services.environment["DATABASE_URL"]
    with connect(services, "owner") as connection:
        connection.execute("CREATE DATABASE another")
        with psycopg.connect(url, dbname="another") as other:
            assert other.execute("SELECT '[1,2]'::vector <=> '[1,2]'").fetchone() == (0.0,)
        connection.execute("DROP DATABASE another")


def test_valkey_asks_for_a_password_and_forgets_nothing(services: Services, places: Places) -> None:
    url = services.environment["REDIS_URL"]
    wrong = url.replace(places.secrets()["redis"], "guess")
    with redis.Redis.from_url(wrong) as client, pytest.raises(redis.AuthenticationError):
        client.ping()
    with redis.Redis.from_url(url, decode_responses=True) as client:
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_both_listen_on_loopback_only(services: Services) -> None:
    for child in services.children:
        process = psutil.Process(child.process.pid)
        listening = [c.laddr.ip for c in process.net_connections() if c.status == "LISTEN"]
        assert set(listening) == {"127.0.0.1"}, child.program.name
        assert process.net_connections("unix") == []


def test_the_database_does_not_run_as_root(services: Services) -> None:
    account = service_account()
    wanted = account.uid if account else os.geteuid()
    assert psutil.Process(services.children[0].process.pid).uids().real == wanted
    assert wanted != 0


def test_passwords_stand_in_private_files_and_on_no_command_line(
    services: Services, places: Places
) -> None:
    files = (places.var / "secrets.json", places.var / "valkey" / "valkey.conf")
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
    assert stat.S_IMODE(places.data.stat().st_mode) == 0o700
    lines = [" ".join(psutil.Process(c.process.pid).cmdline()) for c in services.children]
    assert not [s for s in places.secrets().values() for line in lines if s in line]


def test_the_next_start_ends_what_was_left_behind_and_finds_the_data(
    services: Services, places: Places
) -> None:
    with connect(services, "owner") as connection:
        connection.execute("CREATE TABLE kept (word text)")
    with redis.Redis.from_url(services.environment["REDIS_URL"]) as client:
        client.set("kept", "yes")
    left = [child.identity for child in services.children]
    write_state(places, kind="site", children=services.children)

    assert sorted(end_leftovers(places)) == ["postgresql", "valkey"]
    assert not [e for e in left if same_process(int(e["pid"]), float(e["started"]))]
    for child in services.children:
        child.process.wait()
    again = start_services(places, durable=False)
    try:
        with connect(again, "owner") as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        with redis.Redis.from_url(again.environment["REDIS_URL"]) as client:
            assert client.get("kept") == b"yes"
        _a_forgotten_server_is_found_by_its_lock_file(places, again)
    finally:
        again.stop()


def _a_forgotten_server_is_found_by_its_lock_file(places: Places, services: Services) -> None:
    server = services.children[0].process
    postgres.end_server_of(places.data / "postgres")
    assert server.wait(10) == 0


def test_a_lock_file_whose_number_is_another_program_now_is_forgotten(tmp_path: Path) -> None:
    lock = tmp_path / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{tmp_path}\n")
    postgres.end_server_of(tmp_path)
    assert not lock.exists()
    assert psutil.pid_exists(os.getpid())


def test_passwords_are_made_where_nothing_was_run_before(tmp_path):
    where = Places(tmp_path / "var")
    assert where.secrets() == where.secrets()
