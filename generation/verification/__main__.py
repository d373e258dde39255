"""Prove a generated app: install, check, test, migrate, build, run and use it.

The app's code is run as it is, outside any sandbox.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from pathlib import Path

from generation.verification.app import BadApp, open_app
from generation.verification.checks import Check, Result, Verifier


def verify(source: Path, previous: Path | None = None, *, quiet: bool = False) -> Result:
    """Prove the app in a folder or a ZIP, in a folder of its own that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="verify-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        app = open_app(source, work / "app")
        before = open_app(previous, work / "previous") if previous else None
        return Verifier(app, before, None if quiet else show).run()


def show(check: Check) -> None:
    """Print a check as a line of the table; of one that failed, its whole detail."""
    first, *more = check.detail.splitlines() or [""]
    mark = "ok" if check.ok else "FAILED"
    sys.stdout.write(f"{check.name:<10} {mark:<7} {check.seconds:>7.1f} s  {first}\n")
    if not check.ok:
        sys.stdout.writelines(f"    {line}\n" for line in more)
    sys.stdout.flush()


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when every check holds, 1 when one does not, 2 for a bad argument."""
    parser = argparse.ArgumentParser(prog="codegen verify", description=__doc__)
    parser.add_argument("app", type=Path, metavar="DIR|ZIP", help="a generated app")
    parser.add_argument("--previous", type=Path, help="the version before: its data must survive")
    parser.add_argument("--json", action="store_true", help="print the result as JSON alone")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        result = verify(options.app, options.previous, quiet=options.json)
    except BadApp as error:
        sys.stderr.write(f"codegen verify: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    if options.json:
        sys.stdout.write(json.dumps(result.as_json()) + "\n")
    else:
        verdict = "holds" if result.ok else "does NOT hold"
        sys.stdout.write(f"{result.stack}, {result.styling}: {verdict}\n")
    return 0 if result.ok else 1


if __name__ == "__main__":
    sys.exit(main())
