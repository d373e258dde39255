"""Where things are kept, and under which user the database runs."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import secrets
import socket
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_DATA = Path("/var/lib/codegen")
UNPRIVILEGED = "nobody"
SECRETS = ("installation", "secret_key", "postgres", "owner", "web", "service", "redis")


@dataclass(frozen=True)
class Account:
    """An operating-system user and group."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """The folders of one installation; everything lies under `var`, save a root-run database."""

    var: Path

    @property
    def run(self) -> Path:
        """Return the folder of what describes the running processes."""
        return self.var / "run"

    @property
    def log(self) -> Path:
        """Return the folder of the processes' output."""
        return self.var / "log"

    @property
    def state(self) -> Path:
        """Return the file that says what runs."""
        return self.run / "state.json"

    @property
    def lock(self) -> Path:
        """Return the file that whoever runs the services holds locked."""
        return self.run / "lock"

    @property
    def data(self) -> Path:
        """Return the services' data folder.

        PostgreSQL refuses to run as root, and the user it then runs as can seldom reach a
        checkout: root's data lies in a system folder, keyed by this installation's path and by
        an id in `var`, so that a new `var` begins anew instead of meeting another's database.
        """
        if not is_root():
            return self.var / "data"
        key = f"{self.var}\n{self.secrets()['installation']}"
        return SYSTEM_DATA / hashlib.sha256(key.encode()).hexdigest()[:12]

    def make(self) -> None:
        """Make the folders under `var` that are missing; no existing folder is changed."""
        self.var.mkdir(parents=True, exist_ok=True)
        for folder in (self.run, self.log):
            folder.mkdir(mode=0o700, exist_ok=True)

    def make_data(self) -> None:
        """Make the data folder if it is missing, for the user the database runs as."""
        if self.data.exists():
            return
        if is_root():
            SYSTEM_DATA.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.data.mkdir(mode=0o700)
        account = service_account()
        if account is not None:
            os.chown(self.data, account.uid, account.gid)

    def secrets(self) -> dict[str, str]:
        """Return the generated passwords and keys, made on first use, readable by their owner."""
        path = self.var / "secrets.json"
        known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        missing = [name for name in SECRETS if name not in known]
        if missing:
            known |= {name: secrets.token_urlsafe(48) for name in missing}
            self.make()
            write_private(path, json.dumps(known))
        return known


def places() -> Places:
    """Return this installation's places (`CODEGEN_VAR_DIR`, else `var` beside the code)."""
    return Places(Path(os.environ.get("CODEGEN_VAR_DIR") or ROOT / "var").absolute())


def is_root() -> bool:
    """Whether this process is root."""
    return os.geteuid() == 0


def service_account() -> Account | None:
    """Return the user the services run as when this process is root, else None."""
    if not is_root():
        return None
    entry = pwd.getpwnam(UNPRIVILEGED)
    return Account(entry.pw_uid, entry.pw_gid)


def write_private(path: Path, text: str, account: Account | None = None) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if account is not None:
        os.chown(temporary, account.uid, account.gid)
    temporary.replace(path)


def package_folder(name: str) -> Path:
    """Return the folder of an installed package, without running its code."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed")
    return Path(spec.origin).parent


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
