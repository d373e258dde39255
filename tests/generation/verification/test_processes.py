"""Programs of a generated app get nothing of ours and leave nothing behind."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

from generation.verification.processes import clean_environment, run, serving

SLEEPER = "import subprocess, sys; subprocess.run(['sleep', '{}'])"


def sleepers(seconds: str) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if process.info["cmdline"] == ["sleep", seconds]
    ]


def test_our_secrets_are_not_in_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "ours")
    monkeypatch.setenv("DATABASE_URL", "postgres://ours")
    monkeypatch.setenv("PYTHONPATH", "/ours")
    done = run(["env"], tmp_path, seconds=10, environment=clean_environment(CI="true"))
    assert done.code == 0
    assert "CI=true" in done.output
    assert "PATH=" in done.output
    assert "ours" not in done.output


def test_a_command_that_takes_too_long_is_ended_with_its_children(tmp_path):
    command = [sys.executable, "-c", SLEEPER.format("4711.5")]
    done = run(command, tmp_path, seconds=1.5, environment=clean_environment())
    assert done.code is None
    assert sleepers("4711.5") == []


def test_a_server_is_ended_with_what_it_started(tmp_path):
    command = [sys.executable, "-c", SLEEPER.format("4712.5")]
    with serving(command, tmp_path, clean_environment()) as process:
        end = time.monotonic() + 10
        while not sleepers("4712.5") and time.monotonic() < end:
            time.sleep(0.05)
        assert sleepers("4712.5")
    assert process.poll() is not None
    assert sleepers("4712.5") == []


def test_an_interrupted_command_leaves_no_program_behind(tmp_path):
    script = (
        "import sys; from pathlib import Path;"
        "from generation.verification.__main__ import _interrupt;"
        "from generation.verification.processes import run, clean_environment;"
        "import signal; signal.signal(signal.SIGTERM, _interrupt);"
        "run(['sleep', '4713.5'], Path(sys.argv[1]), seconds=60, environment=clean_environment())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 20
    while not sleepers("4713.5") and time.monotonic() < end:
        time.sleep(0.05)
    assert sleepers("4713.5")
    process.terminate()
    process.wait(20)
    assert sleepers("4713.5") == []


def test_output_is_kept_without_colours(tmp_path):
    done = run(
        [sys.executable, "-c", r"print('\x1b[32mok\x1b[39m')"],
        tmp_path,
        seconds=10,
        environment=clean_environment(),
    )
    assert done.output.strip() == "ok"
