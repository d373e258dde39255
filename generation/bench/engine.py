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
from generation.bench.models import request_of
from generation.bench.samples import BadSamples, Sample, read_samples
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import render_app, render_spec
from projects.spec.request import TECH_STACKS

SIZES = (3, 30, 300)
RUNS = 3
MANY = 100  # entities; so many take seconds, and are made once
LIMITS = {"fresh": 0.5, "warm": 0.1, "memory": 150.0, "ratio": 1.5}


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of the processor, which do not depend on what else runs."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Figures:
    """What one model took: times, megabytes at the peak, and how much was written."""

    entities: int
    files: int
    fresh: Took
    warm: Took
    reading: Took
    memory: float

    @property
    def each(self) -> float:
        """Milliseconds of the processor for each entity, warm."""
        return 1000 * self.warm.processor / self.entities


def make(count: int, stack: str) -> int:
    """Read a model's text and render its app; count the files.

    Raises `RuntimeError` when the text was understood otherwise than it is meant.
    """
    request = request_of(count).model_copy(update={"tech_stack": stack})
    engine = BuiltinEngine()
    spec = engine.understand(request)
    if len(spec.entities) != count:
        raise RuntimeError(f"{len(spec.entities)} entities were understood, not {count}.")
    return len(render_spec(spec, stack, request.styling, engine))


def fresh(count: int, stack: str, compiled: Path) -> tuple[Took, float]:
    """Return the time and the peak memory of the command that writes a model, as a new process.

    Python keeps compiled modules between processes, here in a folder of their own.
    """
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder, "model.json")
        spec.write_text(request_of(count).model_dump_json(exclude_none=True), encoding="utf-8")
        module = "generation.engines.builtin.render"
        return _process(["-m", module, str(spec), "-o", folder, "--stack", stack], compiled)


def libraries() -> Took:
    """Return the time of a new process that imports the libraries the engine needs, and no more.

    It is the same code on every machine, and so what the other times are told in.
    """
    with tempfile.TemporaryDirectory() as compiled:
        command = ["-c", "import jinja2, pydantic"]
        _process(command, Path(compiled))
        return _median([_process(command, Path(compiled))[0] for _ in range(RUNS)])


def _process(arguments: list[str], compiled: Path) -> tuple[Took, float]:
    """Run Python in a process of its own; return its time and its peak memory in megabytes."""
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-P", *arguments]
    began = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(sys.executable, command, environment, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    clock = time.perf_counter() - began
    if status:
        raise RuntimeError(f"A process of its own could not run {' '.join(arguments)}.")
    return Took(clock, usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


def warm(run: Callable[[], object], runs: int = RUNS) -> Took:
    """Return the median time of several runs in this process."""
    return _median([_timed(run) for _ in range(runs)])


def _timed(run: Callable[[], object]) -> Took:
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return Took(time.perf_counter() - clock, time.process_time() - processor)


def _median(times: list[Took]) -> Took:
    return Took(
        statistics.median(took.clock for took in times),
        statistics.median(took.processor for took in times),
    )


def measure(count: int, stack: str) -> Figures:
    """Measure a model; the runs come after one of each kind that is not counted."""
    runs = 1 if count > MANY else RUNS
    with tempfile.TemporaryDirectory() as compiled:
        fresh(SIZES[0], stack, Path(compiled))
        pairs = [fresh(count, stack, Path(compiled)) for _ in range(runs)]
    files = make(count, stack)
    request = request_of(count)
    return Figures(
        entities=count,
        files=files,
        fresh=_median([took for took, _ in pairs]),
        warm=warm(lambda: make(count, stack), runs),
        reading=warm(lambda: BuiltinEngine().understand(request)),
        memory=max(memory for _, memory in pairs),
    )


def measure_samples(samples: list[Sample]) -> dict[str, float]:
    """Return the warm processor seconds from words to files over samples."""
    render_app(samples[0].request)
    times = [_timed(partial(render_app, sample.request)).processor for sample in samples]
    return {
        "samples": len(times),
        "median": statistics.median(times),
        "worst": max(times),
        "total": sum(times),
    }


def faults_of(figures: dict[int, Figures]) -> list[str]:
    """Return the limits that figures break, in seconds of the processor."""
    small, middle, large = (figures[size] for size in SIZES)
    found = []
    if small.fresh.processor > LIMITS["fresh"]:
        found.append(f"three entities take {small.fresh.processor:.2f} s in a fresh process")
    if small.warm.processor > LIMITS["warm"]:
        found.append(f"three entities take {small.warm.processor:.2f} s when warm")
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
            f"{f.fresh.clock:.2f}",
            f"{f.fresh.processor:.2f}",
            f"{f.warm.clock:.3f}",
            f"{f.warm.processor:.3f}",
            f"{1000 * f.reading.processor:.1f}",
            f"{f.each:.1f}",
            f"{f.memory:.0f}",
        )
        for f in figures.values()
    ]
    header = (
        *("entities", "files", "fresh s", "of CPU", "warm s", "of CPU", "reading ms"),
        *("ms/entity", "peak MB"),
    )
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
    alone = libraries()
    faults = faults_of(figures)
    many = measure_samples(samples) if samples else None
    if options.json:
        answer = {
            "machine": machine(),
            "libraries": asdict(alone),
            "models": [asdict(f) | {"each": f.each} for f in figures.values()],
            "samples": many,
            "faults": faults,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        return 1 if faults else 0
    times = figures[SIZES[0]].fresh.processor / alone.processor
    sys.stdout.write(f"{options.stack}, {before}\n\n{_lines(figures)}\n")
    sys.stdout.write(
        f"\nA fresh process that only imports pydantic and Jinja takes {alone.processor:.2f} s of "
        f"CPU here; three entities, with that, {times:.1f} times as long.\n"
    )
    if many:
        sys.stdout.write(
            f"\n{many['samples']} samples, warm, CPU: median {many['median']:.3f} s, "
            f"worst {many['worst']:.3f} s, all {many['total']:.1f} s\n"
        )
    for fault in faults:
        sys.stdout.write(f"Too slow: {fault}.\n")
    return 1 if faults else 0
