"""`./codegen bench jobs`, small: real jobs and real sockets on a site of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from codegen_site.embedded import bench
from codegen_site.embedded.places import ROOT
from generation.management.measures.pushes import Delays

SMALL = ("--at-once", "2", "--sockets", "1", "3", "--lines", "4")


@pytest.mark.flow
def test_jobs_and_pushes_are_measured_on_a_site_that_is_gone_afterwards(tmp_path):
    command = [sys.executable, "-m", "codegen_site.embedded", "bench", "jobs", "--json"]
    done = subprocess.run(
        [*command, "--parts", "jobs", "pushes", *SMALL],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [(one["jobs"], one["errors"]) for one in found["jobs"]] == [(1, 0), (2, 0)]
    for one in found["jobs"]:
        assert 0 < one["median_s"] <= one["worst_s"] <= one["wall_s"]
        assert one["steps_per_s"] * one["wall_s"] == pytest.approx(119 * one["jobs"], rel=0.1)
        assert one["cpu_s"]["worker"] > 0
    assert [(one["sockets"], one["missed"]) for one in found["pushes"]] == [(1, 0), (3, 0)]
    assert all(0 < one["median_ms"] <= one["p99_ms"] for one in found["pushes"])
    assert all(one["web_mb"] > 0 for one in found["pushes"])
    assert not list(tmp_path.glob("codegen-bench-*"))


def test_delays_are_told_by_their_share():
    delays = Delays(expected=4)
    assert delays.at(0.5) is None
    for seconds in (0.004, 0.001, 0.003, 0.002):
        assert not delays.complete.is_set()
        delays.add(seconds)
    assert delays.complete.is_set()
    assert [delays.at(share) for share in (0.0, 0.5, 1.0)] == [1.0, 3.0, 4.0]


def test_what_was_found_is_told_in_tables():
    pushed = {"sockets": 100, "lines": 50, "missed": 1, "median_ms": 3.5, "p99_ms": 40.0}
    pushed |= {"worst_ms": 41.0, "web_cpu_s": 1.2, "web_mb": 112}
    assert "| 100     |    50 |      1 |" in bench._pushes_table([pushed])
    done: dict[str, Any] = {"jobs": 50, "errors": 2, "median_s": 9.9, "worst_s": 12.0}
    done |= {
        "wall_s": 12.5,
        "steps_per_s": 80.0,
        "lines_per_s": 90.0,
        "cpu_s": {"web": 1.0, "worker": 8.0},
    }
    done |= {"memory_mb": {"web": [110, 112], "worker": [150, 230]}}
    text = bench._jobs_table([{**done, "jobs": 1, "first": True}, done])
    assert "1, the first" in text
    assert "150 to 230" in text
