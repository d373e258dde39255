"""What asking a model costs beside the model: time on top of each answer, memory of a worker.

The server asked is one on loopback that answers at once; what it takes itself is measured by a
plain socket that sends the same question, and taken off.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from generation.bench.machine import machine, machine_line, table
from generation.bench.models import SHOP
from generation.bench.responder import FILE, MODEL
from generation.engines.llm.mind import Mind
from generation.engines.llm.write import FileAnswer
from generation.engines.providers.base import ChatRequest, Message
from generation.engines.providers.ollama import OllamaProvider

ROOT = Path(__file__).resolve().parents[2]
PROMPT = "Say how the app is used. " * 400
CALLS = 200
WARM_UP = 10
MEGABYTE = 1024 * 1024
GLANCE_SECONDS = 0.1
LIMITS = {"overhead": 5.0, "memory": 120.0}  # milliseconds at the median, megabytes


@dataclass(frozen=True)
class Calls:
    """Milliseconds of many calls: the median, what nineteen of twenty stay below, of the processor.

    The last is the median of this process alone, and does not depend on what else runs.
    """

    median: float
    most: float
    processor: float


@dataclass(frozen=True)
class Memory:
    """Megabytes of a worker's processes at the peak: the greatest of one, and all together.

    `one` counts what a process shares with others in full, `own` its part of it.
    """

    processes: int
    one: float
    own: float
    together: float


@contextmanager
def responder() -> Iterator[str]:
    """Run the answering server in a process of its own; yields its address."""
    command = [sys.executable, "-P", "-m", "generation.bench.responder"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            yield (server.stdout.readline() if server.stdout else "").strip()
        finally:
            server.terminate()


def timed(ask: Callable[[], object], count: int) -> Calls:
    """Time many calls, after some that are not counted."""
    for _ in range(min(count, WARM_UP)):
        ask()
    clock, processor = [], []
    for _ in range(count):
        began, worked = time.perf_counter(), time.process_time()
        ask()
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - worked))
    most = statistics.quantiles(clock, n=20)[-1]
    return Calls(statistics.median(clock), most, statistics.median(processor))


def measure_calls(count: int = CALLS) -> dict[str, Calls]:
    """Time a plain socket, the adapter, and a question for a file with its prompt and checks."""
    with responder() as url:
        provider = OllamaProvider(url)
        stop = threading.Event()
        schema = FileAnswer.model_json_schema()
        request = ChatRequest(MODEL, (Message("user", PROMPT),), schema=schema)
        body = json.dumps(
            {"model": MODEL, "messages": [{"role": "user", "content": PROMPT}], "format": schema}
        )
        mind = Mind(provider, MODEL)
        values: dict[str, object] = {"path": FILE, "instructions": PROMPT, "spec": {}}
        values |= {"stack": "", "styling": "", "files": [], "shown_files": []}
        return {
            "socket": timed(lambda: _plain(url, body), count),
            "adapter": timed(lambda: provider.chat(request, stop=stop), count),
            "a file": timed(lambda: mind.answer("write", FileAnswer, values), count),
        }


def _plain(url: str, body: str) -> bytes:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    connection.request("POST", "/api/chat", body)
    answer = connection.getresponse().read()
    connection.close()
    return answer


def measure_worker() -> Memory:
    """Have a real worker build an app with the model, and watch its memory."""
    with responder() as url, tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "shop.json"
        spec.write_text(json.dumps(SHOP))
        command = [str(ROOT / "codegen"), "generate", str(spec), "-o", folder]
        command += ["--engine", f"ollama:{MODEL}"]
        environment = {**os.environ, "OLLAMA_HOST": url, "CODEGEN_VAR_DIR": f"{folder}/var"}
        with subprocess.Popen(  # noqa: S603 - the project's own command
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            seen = _watched(running)
            _, errors = running.communicate()
        if running.returncode:
            raise RuntimeError(f"No app was built: {errors.strip().splitlines()[-1:]}")
    return seen


def _watched(running: subprocess.Popen[str]) -> Memory:
    peak = Memory(0, 0, 0, 0)
    while running.poll() is None:
        sizes = list(_worker_sizes(psutil.Process(running.pid)))
        one = max((rss for rss, _pss in sizes), default=0.0)
        own = max((pss for _rss, pss in sizes), default=0.0)
        together = sum(pss for _rss, pss in sizes)
        peak = Memory(
            max(peak.processes, len(sizes)),
            max(peak.one, one),
            max(peak.own, own),
            max(peak.together, together),
        )
        time.sleep(GLANCE_SECONDS)
    return peak


def _worker_sizes(parent: psutil.Process) -> Iterator[tuple[float, float]]:
    """Yield the resident and the proportional size of each process of the worker, in MB."""
    try:
        family = parent.children(recursive=True)
    except psutil.NoSuchProcess:
        return
    for process in family:
        try:
            if "celery" in process.cmdline():
                full = process.memory_full_info()
                yield full.rss / MEGABYTE, getattr(full, "pss", full.uss) / MEGABYTE
        except psutil.Error:
            continue


def faults_of(calls: dict[str, Calls], memory: Memory | None) -> list[str]:
    """Return the limits that figures break."""
    over = calls["a file"].processor - calls["socket"].processor
    found = []
    if over > LIMITS["overhead"]:
        found.append(f"a call takes {over:.1f} ms of the processor on top of the server's answer")
    if memory is not None and memory.own > LIMITS["memory"]:
        found.append(f"a process of a worker takes {memory.own:.0f} MB of its own")
    return found


def main(arguments: list[str]) -> int:
    """Measure and print; 0 when every limit holds, 1 when one does not."""
    parser = argparse.ArgumentParser(prog="codegen bench providers", description=__doc__)
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--no-worker", action="store_true", help="time calls alone")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    before = machine_line()
    calls = measure_calls(max(2, options.calls))
    memory = None if options.no_worker else measure_worker()
    faults = faults_of(calls, memory)
    if options.json:
        answer = {
            "machine": machine(),
            "calls": {name: asdict(figures) for name, figures in calls.items()},
            "worker": asdict(memory) if memory else None,
            "faults": faults,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
    else:
        sys.stdout.write(f"{before}\n\n{_lines(calls)}\n")
        if memory:
            sys.stdout.write(
                f"\nA worker of {memory.processes} processes at its peak: {memory.one:.0f} MB the "
                f"greatest ({memory.own:.0f} MB of its own), {memory.together:.0f} MB together.\n"
            )
        for fault in faults:
            sys.stdout.write(f"Too much: {fault}.\n")
    return 1 if faults else 0


def _lines(calls: dict[str, Calls]) -> str:
    plain = calls["socket"]
    rows = [
        (
            *(name, f"{took.median:.2f}", f"{took.most:.2f}", f"{took.median - plain.median:.2f}"),
            *(f"{took.processor:.2f}", f"{took.processor - plain.processor:.2f}"),
        )
        for name, took in calls.items()
    ]
    header = ("a call by", "median ms", "95 % below", "on top", "of CPU", "on top")
    return table(header, rows)
