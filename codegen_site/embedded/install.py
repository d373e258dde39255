"""Install the packages of one requirements file into `.venv`; runs before any of them is there.

Only the standard library is used. Arguments: the environment's folder, the requirements file,
the stamp file and the text that the stamp holds once the packages are in.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
from pathlib import Path

POLL_SECONDS = 0.2


class InstallFailed(Exception):
    """The environment could not be made; the message says what to do."""


def install(environment: Path, requirements: Path, stamp: Path, wanted: str) -> None:
    """Install unless the stamp says that it was done; one process at a time.

    The stamp is written last, so an interrupted run is taken up again by the next one.
    """
    lock = environment.with_name(f"{environment.name}.lock")
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        inside = environment / "bin" / "python"
        if not _has_pip(inside):
            _run(
                [sys.executable, "-m", "venv", "--clear", str(environment)],
                "Making a Python environment",
                "The environment could not be made; is python3-venv installed?",
            )
        _run(
            [
                *(str(inside), "-m", "pip", "install", "--disable-pip-version-check"),
                *("--quiet", "-r", str(requirements)),
            ],
            f"Installing {requirements.name}",
            "The packages could not be installed; the lines above say why.",
        )
        stamp.write_text(wanted)


def _has_pip(inside: Path) -> bool:
    if not inside.exists():
        return False
    done = subprocess.run(  # noqa: S603 - our own environment
        [str(inside), "-m", "pip", "--version"], capture_output=True, check=False
    )
    return done.returncode == 0


def _run(command: list[str], text: str, failure: str) -> None:
    """Run a command with a progress line on standard error."""
    live = sys.stderr.isatty()
    sys.stderr.write(f"{text} …" + ("" if live else "\n"))
    sys.stderr.flush()
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=sys.stderr)  # noqa: S603 - built above
    while process.poll() is None:
        time.sleep(POLL_SECONDS)
        if live:
            sys.stderr.write(f"\r{text} … {time.monotonic() - began:.0f} s")
            sys.stderr.flush()
    if live:
        sys.stderr.write("\n")
    if process.returncode:
        raise InstallFailed(failure)


def main() -> int:
    """Install what the arguments name."""
    environment, requirements, stamp, wanted = sys.argv[1:]
    try:
        install(Path(environment), Path(requirements), Path(stamp), wanted)
    except InstallFailed as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted; the next start goes on.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
