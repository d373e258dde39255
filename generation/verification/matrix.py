"""Many samples, each understood, rendered and verified; it can be stopped and goes on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.bench.machine import table
from generation.bench.samples import Sample, read_samples, spread
from generation.engines.base import EngineError
from generation.engines.builtin.render import render_app
from generation.engines.paths import UnsafePath
from generation.verification.packages import cache_folder
from generation.verification.proofs import Proof, digest_of_files, prove
from projects.spec.request import STYLINGS, TECH_STACKS

COLUMNS = (
    *("install", "lint", "format", "types", "migrate", "tests", "build", "boot", "api"),
    *("browser", "console", "colours"),
)
Line = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One sample in one stack and styling."""

    sample: Sample
    stack: str
    styling: str


def runs_of(samples: list[Sample], stack: str | None, styling: str | None) -> list[Run]:
    """Return the runs, all stacks of a sample together; stylings take turns if none is chosen."""
    return [
        Run(sample, chosen, styling or STYLINGS[(number + turn) % len(STYLINGS)])
        for number, sample in enumerate(samples)
        for turn, chosen in enumerate([stack] if stack else TECH_STACKS)
    ]


def known_lines(path: Path) -> dict[str, Line]:
    """Return the results of earlier runs by digest; a line that was cut short is left out."""
    if not path.is_file():
        return {}
    found = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        found[line["digest"]] = line
    return found


def carry_out(
    runs: list[Run],
    results: Path,
    *,
    retry: bool,
    prover: Callable[[dict[str, str]], Proof] = prove,
) -> Generator[Line]:
    """Yield each run's result, an earlier one where the output has the same bytes.

    A new one is appended to `results` first. With `retry`, what failed is proved again.
    """
    known = known_lines(results)
    results.parent.mkdir(parents=True, exist_ok=True)
    for run in runs:
        about = {"id": run.sample.id, "stack": run.stack, "styling": run.styling}
        request = run.sample.request.model_copy(
            update={"tech_stack": run.stack, "styling": run.styling}
        )
        try:
            files = render_app(request)
        except (EngineError, UnsafePath) as error:
            check = {"name": "render", "ok": False, "seconds": 0, "detail": str(error)}
            yield {**about, "ok": False, "checks": [check]}
            continue
        digest = digest_of_files(files)
        earlier = known.get(digest)
        if earlier is None or (retry and not earlier["ok"]):
            earlier = {"digest": digest, **prover(files), **about}
            with results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(earlier) + "\n")
            known[digest] = earlier
        yield {**earlier, **about}


def summary(lines: list[Line]) -> str:
    """Return a table of how many apps of each stack hold each check."""
    rows = []
    for stack in dict.fromkeys(line["stack"] for line in lines):
        mine = [line for line in lines if line["stack"] == stack]
        held = [_held(mine, name) for name in COLUMNS]
        whole = f"{sum(line['ok'] for line in mine)}/{len(mine)}"
        rows.append((stack, *held, whole))
    return table(("stack", *COLUMNS, "all"), rows)


def _held(lines: list[Line], name: str) -> str:
    found = sum(
        any(check["name"] == name and check["ok"] for check in line["checks"]) for line in lines
    )
    return f"{found}/{len(lines)}"


def first_fault(line: Line) -> str:
    """Return the first check that does not hold and the last line of what it says."""
    check = next(check for check in line["checks"] if not check["ok"])
    return f"{check['name']}: {check['detail'].strip().splitlines()[-1][:160]}"


def latest(results: Path) -> list[Line]:
    """Return the last result of each sample, stack and styling that a file of results holds."""
    found = {}
    for line in known_lines(results).values():
        found[line["stack"], line["id"], line["styling"]] = line
    return [found[key] for key in sorted(found)]


def report(results: Path, *, as_json: bool) -> int:
    """Print what a file of results holds, run by run; 0 when every app holds."""
    lines = latest(results)
    whole = all(line["ok"] for line in lines)
    if as_json:
        sys.stdout.write(json.dumps({"ok": whole, "runs": lines}) + "\n")
        return 0 if whole else 1
    for line in lines:
        said = "ok" if line["ok"] else first_fault(line)
        sys.stdout.write(f"{line['id']}, {line['stack']}, {line['styling']}: {said}\n")
    sys.stdout.write(f"\n{summary(lines)}\n")
    return 0 if whole else 1


def run_matrix(options: argparse.Namespace) -> int:
    """Run the matrix that the command line asks for; 0 when every app holds.

    Without samples nothing is run: what the file of results holds is printed.
    """
    if options.specs is None:
        return report(options.results, as_json=options.json)
    runs = runs_of(
        spread(read_samples(options.specs), options.sample), options.stack, options.styling
    )
    results = options.results or cache_folder() / "matrix.jsonl"
    lines = []
    for line in carry_out(runs, results, retry=options.retry):
        lines.append(line)
        said = "ok" if line["ok"] else first_fault(line)
        place = f"{len(lines)}/{len(runs)}"
        sys.stderr.write(f"{place} {line['id']}, {line['stack']}, {line['styling']}: {said}\n")
        sys.stderr.flush()
    if options.json:
        sys.stdout.write(json.dumps({"ok": all(line["ok"] for line in lines), "runs": lines}))
        sys.stdout.write("\n")
    else:
        sys.stdout.write(f"{summary(lines)}\n")
    return 0 if all(line["ok"] for line in lines) else 1
