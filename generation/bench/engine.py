"""Time and peak memory of the built-in engine, from words to files, in a fresh process and warm."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from generation.bench.machine import machine, machine_line, table
from generation.bench.models import spec_of, words_of
from generation.bench.samples import BadSamples, Sample, read_samples
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import render_app, render_spec, write_app
from projects.spec.request import STYLINGS, TECH_STACKS

SIZES = (3, 30, 300)
RUNS = 5
LIMITS = {"fresh": 0.5, "warm": 0.1, "memory": 150.0, "ratio": 1.5}


@dataclass(frozen=True)
class Figures:
    """What one model took: seconds, megabytes at the peak, and how much was written."""

    entities: int
    files: int
    fresh: float
    warm: float
    understand: float
    memory: float

    @property
    def each(self) -> float:
        """Milliseconds for each entity, warm."""
        return 1000 * self.warm / self.entities


def make(count: int, stack: str, folder: Path | None = None) -> int:
    """Read the words of a model and write its app; return the number of files.

    The words of a large model are read in full, but what is written is its spec: rules place
    only so many things of prose.
    """
    request = words_of(count)
    spec = BuiltinEngine().understand(request)
    if len(spec.entities) != count:
        spec = spec_of(count)
    files = render_spec(spec, stack, STYLINGS[0])
    if folder is not None:
        write_app(files, folder)
    return len(files)


def fresh(count: int, stack: str) -> tuple[float, float]:
    """Return the seconds and the peak memory of a new process that makes and writes a model."""
    code = (
        "import sys; from pathlib import Path; from generation.bench.engine import make; "
        "make(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))"
    )
    root = str(Path(__file__).resolve().parents[2])
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", "-c", code, str(count), stack, folder]
        began = time.perf_counter()
        pid = os.posix_spawn(sys.executable, command, {**os.environ, "PYTHONPATH": root})
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - began
    if status:
        raise RuntimeError(f"The model of {count} could not be made in a process of its own.")
    return seconds, usage.ru_maxrss / 1024


def _median(run: Callable[[], object], runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure(count: int, stack: str) -> Figures:
    """Measure a model; the warm runs come after one that is not counted."""
    pairs = [fresh(count, stack) for _ in range(3)]
    files = make(count, stack)
    words = words_of(count)
    return Figures(
        entities=count,
        files=files,
        fresh=statistics.median(seconds for seconds, _ in pairs),
        warm=_median(lambda: make(count, stack)),
        understand=_median(lambda: BuiltinEngine().understand(words)),
        memory=max(memory for _, memory in pairs),
    )


def measure_samples(samples: list[Sample]) -> dict[str, float]:
    """Return the warm seconds from words to files over samples."""
    render_app(samples[0].request)
    times = [_median(partial(render_app, sample.request), 1) for sample in samples]
    return {
        "samples": len(times),
        "median": statistics.median(times),
        "worst": max(times),
        "total": sum(times),
    }


def faults_of(figures: dict[int, Figures]) -> list[str]:
    """Return the limits that figures break."""
    small, middle, large = (figures[size] for size in SIZES)
    found = []
    if small.fresh > LIMITS["fresh"]:
        found.append(f"three entities take {small.fresh:.2f} s in a fresh process")
    if small.warm > LIMITS["warm"]:
        found.append(f"three entities take {small.warm:.2f} s when warm")
    if large.each > LIMITS["ratio"] * middle.each:
        found.append(f"an entity of 300 takes {large.each / middle.each:.1f} of one of 30")
    if large.memory > LIMITS["memory"]:
        found.append(f"300 entities take {large.memory:.0f} MB")
    return found


def _lines(figures: dict[int, Figures]) -> str:
    rows = [
        (
            str(f.entities),
            str(f.files),
            f"{f.fresh:.2f}",
            f"{f.warm:.3f}",
            f"{1000 * f.understand:.1f}",
            f"{f.each:.1f}",
            f"{f.memory:.0f}",
        )
        for f in figures.values()
    ]
    header = ("entities", "files", "fresh s", "warm s", "reading ms", "ms/entity", "peak MB")
    return table(header, rows)


def main(arguments: list[str]) -> int:
    """Measure and print; 0 when every limit holds, 1 when one does not, 2 for a bad argument."""
    parser = argparse.ArgumentParser(prog="codegen bench engine", description=__doc__)
    parser.add_argument("--stack", choices=TECH_STACKS, default=TECH_STACKS[0])
    parser.add_argument("--specs", type=Path, help="measure the samples of this file too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        samples = read_samples(options.specs) if options.specs else []
    except BadSamples as error:
        sys.stderr.write(f"codegen bench engine: {error}\n")
        return 2
    before = machine_line()
    figures = {size: measure(size, options.stack) for size in SIZES}
    faults = faults_of(figures)
    many = measure_samples(samples) if samples else None
    if options.json:
        answer = {
            "machine": machine(),
            "models": [asdict(f) | {"each": f.each} for f in figures.values()],
            "samples": many,
            "faults": faults,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        return 1 if faults else 0
    sys.stdout.write(f"{options.stack}, {before}\n\n{_lines(figures)}\n")
    if many:
        sys.stdout.write(
            f"\n{many['samples']} samples, warm: median {many['median']:.3f} s, "
            f"worst {many['worst']:.3f} s, all {many['total']:.1f} s\n"
        )
    for fault in faults:
        sys.stdout.write(f"Too slow: {fault}.\n")
    return 1 if faults else 0
