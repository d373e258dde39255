"""The chaos round: `./codegen test --chaos [--full] [--faults N] [--seed N]`."""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.chaos.faults import Tormentor
from tests.chaos.model import ChaosModel
from tests.chaos.round import Plan, Report, Round, say
from tests.chaos.site import ChaosSite

SHORT = Plan(faults=60, seed=1)
FULL = Plan(faults=1000, seed=1, at_least=40, longest=10_800.0)


def main() -> int:
    """Run a round and print its report; exit code 1 when something was lost."""
    parser = argparse.ArgumentParser(prog="codegen test --chaos", description=main.__doc__)
    parser.add_argument("--full", action="store_true", help="1,000 faults instead of 60")
    parser.add_argument("--faults", type=int, help="make so many")
    parser.add_argument("--seed", type=int, help="another order of the faults")
    options = parser.parse_args()
    plan = FULL if options.full else SHORT
    chosen = {"faults": options.faults, "seed": options.seed}
    plan = replace(plan, **{name: value for name, value in chosen.items() if value is not None})
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that all is taken down
    folder = Path(tempfile.mkdtemp(prefix="codegen-chaos-"))
    report = run(plan, folder)
    print(report.text(), flush=True)
    if not report.is_good:
        say(f"The site's logs are in {folder / 'var' / 'log'}.")
        return 1
    shutil.rmtree(folder)
    return 0


def run(plan: Plan, folder: Path) -> Report:
    """Carry a plan out; nothing runs afterwards, whatever happens."""
    model = ChaosModel()
    with model.running():
        site = ChaosSite(folder, model.url)
        tormentor = Tormentor(site, model, random.Random(plan.seed))  # noqa: S311 - not for secrets
        try:
            site.up()
            report = Round(plan, site, tormentor).run()
        finally:
            tormentor.settle()
            left = site.end()
        report.left = left
        return report


if __name__ == "__main__":
    sys.exit(main())
