"""Generated apps, unpacked from their ZIP and run by their own one command."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from codegen_site.embedded.places import free_port
from generation.engines.archive import build_zip
from generation.engines.builtin.render import render_app
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES

START_SECONDS = 300.0
CLEAN = ("PATH", "HOME", "LANG", "TMPDIR", "npm_config_cache", "PIP_CACHE_DIR")


def environment(**more: str) -> dict[str, str]:
    """Return what a person's shell would have: nothing of ours."""
    kept = {name: os.environ[name] for name in CLEAN if name in os.environ}
    pip = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "npm_config_", "SSL_"))}
    return {**kept, **pip, **more}


def unpack_quicknotes(stack: str, styling: str, folder: Path) -> Path:
    """Unpack the ZIP of QuickNotes in a stack and a styling, with the rights its entries carry."""
    files = render_app(load_request({**QUICKNOTES, "tech_stack": stack, "styling": styling}))
    with zipfile.ZipFile(io.BytesIO(build_zip("QuickNotes", files))) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, folder))
            path.chmod(entry.external_attr >> 16 & 0o777)
    return folder / "QuickNotes"


@contextmanager
def running(app: Path) -> Iterator[str]:
    """Start an app by its own command and yield its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (app / "run.log").open("wb") as log:
        process = subprocess.Popen(
            ["./run", "--port", str(port)],
            cwd=app,
            env=environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(url, process, app / "run.log")
            yield url
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            if requests.get(f"{url}/api/health", timeout=2).ok:
                return
        except requests.RequestException:
            assert process.poll() is None, log.read_text()[-3000:]
        assert time.monotonic() < end, log.read_text()[-3000:]
        time.sleep(0.2)
