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

from generation.bench.samples import BadSamples
from generation.verification.app import BadApp, open_app
from generation.verification.checks import Check, Result, Verifier
from generation.verification.matrix import run_matrix
from projects.spec.request import STYLINGS, TECH_STACKS


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


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    made = argparse.ArgumentParser(prog="codegen verify", description=__doc__)
    made.add_argument("app", type=Path, nargs="?", metavar="DIR|ZIP", help="a generated app")
    made.add_argument("--previous", type=Path, help="the version before: its data must survive")
    made.add_argument("--json", action="store_true", help="print the result as JSON alone")
    many = made.add_argument_group("many samples", "each is understood, rendered and verified")
    many.add_argument("--matrix", action="store_true", help="verify samples instead of one app")
    many.add_argument("--specs", type=Path, help="the samples: a file of JSON lines")
    many.add_argument("--stack", choices=TECH_STACKS, help="one stack instead of all")
    many.add_argument("--styling", choices=STYLINGS, help="one styling instead of all in turn")
    many.add_argument("--sample", type=int, metavar="N", help="so many samples, evenly spread")
    many.add_argument(
        "--results",
        type=Path,
        help="where results are kept, to go on from; without --specs they are printed",
    )
    many.add_argument("--retry", action="store_true", help="prove again what failed before")
    return made


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when every check holds, 1 when one does not, 2 for a bad argument."""
    command = parser()
    options = command.parse_args(arguments)
    listed = options.specs or options.results
    if options.matrix == (options.app is not None) or options.matrix != (listed is not None):
        command.error("give one app, or --matrix with --specs FILE or --results FILE")
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return run_matrix(options) if options.matrix else _verify_one(options)
    except (BadApp, BadSamples) as error:
        sys.stderr.write(f"codegen verify: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _verify_one(options: argparse.Namespace) -> int:
    result = verify(options.app, options.previous, quiet=options.json)
    if options.json:
        sys.stdout.write(json.dumps(result.as_json()) + "\n")
    else:
        verdict = "holds" if result.ok else "does NOT hold"
        sys.stdout.write(f"{result.stack}, {result.styling}: {verdict}\n")
    return 0 if result.ok else 1


if __name__ == "__main__":
    sys.exit(main())
