"""The benches: found by name, and the engine's figures are of the app that was asked for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from generation.bench import __main__ as bench
from generation.bench import engine, providers
from generation.bench.models import request_of
from generation.engines.builtin.engine import BuiltinEngine
from projects.spec.request import TECH_STACKS


@pytest.mark.parametrize("arguments", [[], ["nothing"]])
def test_an_unknown_bench_is_refused_with_the_names_there_are(arguments, capsys):
    assert bench.main(arguments) == 2
    assert "codegen bench engine" in capsys.readouterr().err


@pytest.mark.parametrize("count", engine.SIZES)
def test_a_model_is_understood_as_it_is_meant(count):
    spec = BuiltinEngine().understand(request_of(count))
    assert len({entity.name for entity in spec.entities}) == count
    assert all(entity.fields for entity in spec.entities)
    assert any(entity.relations for entity in spec.entities)


def test_a_model_is_made_in_a_process_of_its_own_and_measured(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(engine, "SIZES", (3, 3, 3))
    monkeypatch.setattr(engine, "RUNS", 1)
    specs = tmp_path / "specs.jsonl"
    specs.write_text(json.dumps({"name": "a/b", "description": "Notes.", "features": []}))
    assert bench.main(["engine", "--json", "--specs", str(specs)]) in (0, 1)
    answer = json.loads(capsys.readouterr().out)
    assert answer["models"][0]["entities"] == 3
    times = answer["models"][0]
    assert times["fresh"]["processor"] > times["warm"]["processor"] > 0
    assert answer["models"][0]["memory"] > 20
    assert answer["samples"]["samples"] == 1


def test_figures_beyond_a_limit_are_named():
    def figures(entities: int, seconds: float, memory: float) -> engine.Figures:
        took = engine.Took(clock=9, processor=seconds)
        return engine.Figures(entities, 1, fresh=took, warm=took, reading=took, memory=memory)

    good = {3: figures(3, 0.09, 9), 30: figures(30, 0.9, 9), 300: figures(300, 9, 149)}
    assert engine.faults_of(good) == []
    bad = {3: figures(3, 9, 9), 30: figures(30, 0.9, 9), 300: figures(300, 90, 151)}
    assert len(engine.faults_of(bad)) == 4


def test_a_file_that_holds_no_samples_is_refused(tmp_path, capsys):
    assert bench.main(["engine", "--specs", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_a_model_that_cannot_be_made_is_no_measurement(tmp_path):
    with pytest.raises(RuntimeError, match="could not run"):
        engine.fresh(3, f"not {TECH_STACKS[0]}", tmp_path)


def test_what_asking_a_model_costs_is_measured(monkeypatch, capsys):
    worker = providers.Memory(processes=3, one=90, own=40, together=130)
    monkeypatch.setattr(providers, "measure_worker", lambda: worker)
    assert bench.main(["providers", "--json", "--calls", "3"]) in (0, 1)
    answer = json.loads(capsys.readouterr().out)
    times = answer["calls"]
    assert times["a file"]["processor"] > times["socket"]["processor"] > 0
    assert (answer["worker"]["one"], answer["machine"]["cores"] > 0) == (90, True)
    assert bench.main(["providers", "--calls", "3"]) in (0, 1)
    shown = capsys.readouterr().out
    assert "| a file " in shown
    assert "A worker of 3 processes at its peak: 90 MB" in shown


def test_costs_beyond_a_limit_are_named():
    plain, slow = providers.Calls(1, 1, 1), providers.Calls(9, 9, 6.1)
    small, large = providers.Memory(3, 150, 119, 200), providers.Memory(3, 150, 121, 200)
    calls = {"socket": plain, "adapter": plain, "a file": plain}
    assert providers.faults_of(calls, small) == []
    assert len(providers.faults_of({**calls, "a file": slow}, large)) == 2


def test_a_process_that_is_no_worker_is_not_counted():
    idle = [sys.executable, "-c", "import time; time.sleep(0.3)"]
    with subprocess.Popen(idle, text=True) as running:
        assert providers._watched(running) == providers.Memory(0, 0, 0, 0)
