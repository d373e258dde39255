"""The matrix goes on where it was stopped, and takes equal bytes for equal."""

from __future__ import annotations

import json

import pytest

from generation.bench.samples import BadSamples, read_samples, spread
from generation.verification import proofs
from generation.verification.__main__ import main
from generation.verification.matrix import carry_out, known_lines, runs_of, summary
from projects.spec.request import STYLINGS, TECH_STACKS

GOOD = {
    "ok": True,
    "checks": [{"name": "install", "ok": True, "seconds": 1, "detail": "installed"}],
}


@pytest.fixture
def specs(tmp_path):
    path = tmp_path / "specs.jsonl"
    lines = [
        {"id": name, "name": name, "description": f"Notes of {name}. Manage notes."}
        for name in ("one", "two", "three")
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


class Prover:
    """Counts what it is asked to prove and says the same of everything."""

    def __init__(self, proof):
        self.proof, self.seen = proof, []

    def __call__(self, files):
        self.seen.append(files)
        return self.proof


def test_stylings_take_turns_over_samples_and_stacks(specs):
    runs = runs_of(read_samples(specs), TECH_STACKS[0], None)
    assert [run.styling for run in runs] == list(STYLINGS)
    assert {run.styling for run in runs_of(read_samples(specs), None, STYLINGS[1])} == {STYLINGS[1]}


def test_samples_are_spread_over_the_file(specs):
    samples = read_samples(specs)
    assert [sample.id for sample in spread(samples, 2)] == ["one", "two"]
    assert spread(samples, None) == spread(samples, 9) == samples


def test_it_goes_on_where_it_was_stopped(specs, tmp_path):
    runs = runs_of(read_samples(specs), TECH_STACKS[0], None)
    results = tmp_path / "deep" / "results.jsonl"
    first = Prover(GOOD)
    going = carry_out(runs, results, retry=False, prover=first)
    assert next(going)["id"] == "one"
    going.close()
    with results.open("a") as file:
        file.write('{"digest": "cut sh')
        file.write("\n")
    second = Prover(GOOD)
    lines = list(carry_out(runs, results, retry=False, prover=second))
    assert [line["id"] for line in lines] == ["one", "two", "three"]
    assert (len(first.seen), len(second.seen)) == (1, 2)
    assert len(known_lines(results)) == 3


def test_what_failed_is_proved_again_only_when_asked(specs, tmp_path):
    runs = runs_of(read_samples(specs)[:1], TECH_STACKS[0], None)
    results = tmp_path / "results.jsonl"
    bad = {"ok": False, "checks": [{"name": "boot", "ok": False, "seconds": 1, "detail": "no"}]}
    for retry, proof, asked, ok in (
        (False, bad, 1, False),
        (False, GOOD, 0, False),
        (True, GOOD, 1, True),
    ):
        prover = Prover(proof)
        lines = list(carry_out(runs, results, retry=retry, prover=prover))
        assert (len(prover.seen), lines[0]["ok"]) == (asked, ok)


def test_the_table_counts_what_holds(specs, tmp_path):
    runs = runs_of(read_samples(specs), TECH_STACKS[0], None)
    lines = list(carry_out(runs, tmp_path / "r.jsonl", retry=False, prover=Prover(GOOD)))
    row = summary(lines).splitlines()[2]
    assert row.split("|")[1].strip() == TECH_STACKS[0]
    assert row.split("|")[2].strip() == "3/3"
    assert row.split("|")[3].strip() == "0/3"


def test_the_last_result_of_each_run_is_printed(tmp_path, capsys):
    about = {"id": "one", "stack": TECH_STACKS[0], "styling": STYLINGS[0]}
    bad = {"name": "tests", "ok": False, "seconds": 1, "detail": "1 failed"}
    lines = [
        {"digest": "a", **about, "ok": False, "checks": [bad]},
        {"digest": "b", **about, **GOOD},
        {"digest": "c", **about, "id": "two", **GOOD},
    ]
    results = tmp_path / "results.jsonl"
    results.write_text("\n".join(json.dumps(line) for line in lines))
    assert main(["--matrix", "--results", str(results)]) == 0
    told = capsys.readouterr().out
    assert told.count(": ok\n") == 2
    assert "2/2" in told
    results.write_text(json.dumps(lines[0]))
    assert main(["--matrix", "--results", str(results)]) == 1
    assert "tests: 1 failed" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"name": 5}', '{"name": "x"}'])
def test_a_line_that_is_no_request_is_named(tmp_path, line):
    path = tmp_path / "specs.jsonl"
    path.write_text(line)
    with pytest.raises(BadSamples, match="line 1"):
        read_samples(path)
    assert main(["--matrix", "--specs", str(path)]) == 2


@pytest.mark.parametrize(
    "arguments", [[], ["--matrix"], ["app", "--matrix"], ["app", "--specs", "x"], ["--specs", "x"]]
)
def test_the_command_wants_one_app_or_samples(arguments, capsys):
    with pytest.raises(SystemExit) as done:
        main(arguments)
    assert done.value.code == 2
    assert "--matrix with --specs" in capsys.readouterr().err


def test_a_proof_is_remembered_for_the_same_bytes_only_while_it_holds(tmp_path, monkeypatch):
    monkeypatch.setenv("CODEGEN_CACHE", str(tmp_path))
    for proof, files, asked in (
        ({"ok": False}, {"a": "x"}, 1),
        ({"ok": True}, {"a": "x"}, 1),
        ({"ok": True}, {"a": "x"}, 0),
        ({"ok": True}, {"a": "y"}, 1),
    ):
        prover = Prover(proof)
        monkeypatch.setattr(proofs, "prove", prover)
        assert proofs.remembered_proof(files) == proof
        assert len(prover.seen) == asked
