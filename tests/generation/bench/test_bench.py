"""The benches: found by name, and the engine's figures are of the app that was asked for."""

from __future__ import annotations

import json

import pytest

from generation.bench import __main__ as bench
from generation.bench import engine
from generation.bench.models import spec_of, words_of
from projects.spec.request import TECH_STACKS


@pytest.mark.parametrize("arguments", [[], ["nothing"]])
def test_an_unknown_bench_is_refused_with_the_names_there_are(arguments, capsys):
    assert bench.main(arguments) == 2
    assert "codegen bench engine" in capsys.readouterr().err


def test_a_model_has_the_entities_it_is_measured_by():
    assert len(spec_of(30).entities) == 30
    assert len({entity.name for entity in spec_of(300).entities}) == 300
    assert words_of(3).project_name == "Shop"


def test_a_model_is_made_in_a_process_of_its_own_and_measured(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(engine, "SIZES", (3, 3, 3))
    monkeypatch.setattr(engine, "RUNS", 1)
    specs = tmp_path / "specs.jsonl"
    specs.write_text(json.dumps({"name": "a/b", "description": "Notes.", "features": []}))
    assert bench.main(["engine", "--json", "--specs", str(specs)]) in (0, 1)
    answer = json.loads(capsys.readouterr().out)
    assert answer["models"][0]["entities"] == 3
    assert answer["models"][0]["fresh"] > answer["models"][0]["warm"] > 0
    assert answer["models"][0]["memory"] > 20
    assert answer["samples"]["samples"] == 1


def test_figures_beyond_a_limit_are_named():
    slow = engine.Figures(entities=3, files=1, fresh=9, warm=9, understand=0, memory=9)
    large = engine.Figures(entities=300, files=1, fresh=9, warm=9000, understand=0, memory=900)
    faults = engine.faults_of({3: slow, 30: slow, 300: large})
    assert len(faults) == 4


def test_a_file_that_holds_no_samples_is_refused(tmp_path, capsys):
    assert bench.main(["engine", "--specs", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_a_model_that_cannot_be_made_is_no_measurement():
    with pytest.raises(RuntimeError, match="could not be made"):
        engine.fresh(3, f"not {TECH_STACKS[0]}")
