"""All checks and tests; the first check that fails ends the run, of the tests all parts are run."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
import time

from codegen_site.embedded.places import ROOT

ASSETS = ROOT / "assets"
PYTHON = sys.executable
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "."),
    ("importlinter.cli", "lint-imports"),
    ("manage.py", "makemigrations", "--check", "--dry-run"),
    ("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
    ("manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null"),
)
CHAOS = (PYTHON, "-m", "tests.chaos")
# Generated apps are installed and run beside all other tests: they share nothing but the services.
STACKS = ("-p", "no:cacheprovider", "tests/stacks")
OTHERS = ("--ignore=tests/stacks", "--cov", "--cov-report=term:skip-covered")


def command_of(check: tuple[str, ...]) -> list[str]:
    """Return a check as a command line."""
    if check[0] == "manage.py":
        return [PYTHON, "-W", "error", *check]
    if check[0] == "importlinter.cli":
        return [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return [PYTHON, "-m", *check]


def install_assets(environment: dict[str, str]) -> int:
    """Install what builds the site's pages, where there is npm, unless it is there already.

    npm writes its own record of what it installed last of all.
    """
    lock, done = ASSETS / "package-lock.json", ASSETS / "node_modules" / ".package-lock.json"
    npm = shutil.which("npm")
    if npm is None or (done.is_file() and done.stat().st_mtime > lock.stat().st_mtime):
        return 0
    sys.stderr.write("Installing the packages of assets/\n")
    command = [npm, "ci", "--silent", "--no-audit", "--no-fund"]
    return subprocess.run(command, env=environment, cwd=ASSETS, check=False).returncode  # noqa: S603


def run_chaos(environment: dict[str, str], arguments: list[str]) -> int:
    """Hurt a site of its own while it works, and see that nothing is lost."""
    command = [*CHAOS, *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode  # noqa: S603


def timed(command: list[str], environment: dict[str, str]) -> int:
    """Run a command in the foreground, say how long it took, and return its exit code."""
    sys.stderr.write(f"$ {shlex.join(command[1:])}\n")
    sys.stderr.flush()
    began = time.monotonic()
    code = subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode  # noqa: S603
    said = f"failed ({code}): {shlex.join(command[1:])}" if code else "  "
    sys.stderr.write(f"{said} {time.monotonic() - began:.1f} s\n")
    return code


def run_all_tests(environment: dict[str, str]) -> int:
    """Run the tests of generated apps beside all others; what they say is printed last."""
    pytest = [PYTHON, "-m", "pytest"]
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(  # noqa: S603 - commands of our own
            [*pytest, *STACKS], env=environment, cwd=ROOT, stdout=output, stderr=output
        ) as stacks,
    ):
        try:
            code = timed([*pytest, *OTHERS], environment)
            sys.stderr.write(f"$ {shlex.join([*pytest[1:], *STACKS])}\n")
            stacks.wait()
        finally:
            stacks.terminate()
        output.seek(0)
        shutil.copyfileobj(output, sys.stdout.buffer)
        sys.stdout.flush()
        return code or stacks.returncode


def run_checks(environment: dict[str, str], arguments: list[str]) -> int:
    """Run the checks, pytest and a short chaos round; with arguments, pytest alone with these."""
    if code := install_assets(environment):
        return code
    if arguments:
        return timed([PYTHON, "-m", "pytest", *arguments], environment)
    for check in CHECKS:
        if code := timed(command_of(check), environment):
            return code
    return run_all_tests(environment) or timed([*CHAOS], environment)
