"""Programs of a generated app: a clean environment, a group of their own, a limit of time."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "REQUESTS_CA_BUNDLE")
KEPT_STARTS = ("PIP_", "npm_config_", "NPM_CONFIG_", "SSL_", "NODE_EXTRA_CA_CERTS")
PATIENCE = 5.0
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code (None when time ran out) and what it wrote."""

    code: int | None
    output: str


def clean_environment(**more: str) -> dict[str, str]:
    """Return what a person's shell would have: where programs and packages are, nothing of ours."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.startswith(KEPT_STARTS)
    }
    return {**kept, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(
    command: Sequence[str], folder: Path, *, seconds: float, environment: Mapping[str, str]
) -> Done:
    """Run a command to its end; one that takes longer than `seconds` is ended with its children."""
    log = folder / ".verify.log"
    with _started(command, folder, environment, log) as process:
        try:
            code: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
    return Done(code, read_log(log))


@contextlib.contextmanager
def serving(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program while the block lasts; what it writes is in `.serve.log`."""
    with _started(command, folder, environment, folder / ".serve.log") as process:
        yield process


@contextlib.contextmanager
def _started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - the app is run by its owner's own call
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a program and all it started: ask first, then insist."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def read_log(path: Path) -> str:
    """Return what a program wrote, without colours."""
    return _ANSI.sub("", path.read_text(encoding="utf-8", errors="replace"))


def tail(text: str, lines: int = 25, characters: int = 3000) -> str:
    """Return the end of a text."""
    return "\n".join(text.rstrip().splitlines()[-lines:])[-characters:]


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
