"""The site runs with `requirements.txt` alone: nothing it loads comes from the test packages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

from codegen_site.embedded.places import ROOT

LOADED = (
    "codegen_site.asgi",
    "codegen_site.embedded.__main__",
    "celery.bin.worker",
    "celery.beat",
    "generation.tasks",
    "kombu.transport.redis",
    "channels_redis.pubsub",
    "psycopg_pool",
    "uvicorn.protocols.websockets.websockets_impl",
)
SCRIPT = """
import importlib, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"{name} is for tests only", name=name)
refused = set(sys.argv[1].split(","))
sys.meta_path.insert(0, Refuse())
import django
django.setup()
for name in sys.argv[2:]:
    importlib.import_module(name)
"""


def pinned(name: str) -> set[str]:
    lines = (ROOT / name).read_text().splitlines()
    pins = [re.match(r"([A-Za-z0-9._-]+)==", line) for line in lines]
    return {re.sub(r"[-_.]+", "-", pin[1]).lower() for pin in pins if pin}


def test_no_test_package_is_needed_to_run_the_site() -> None:
    more = pinned("requirements-dev.txt") | pinned("requirements-verify.txt")
    only_tests = more - pinned("requirements.txt")
    assert "pytest" in only_tests
    modules = [
        module
        for module, owners in packages_distributions().items()
        if {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners} <= only_tests
    ]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, ",".join(modules), *LOADED],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "codegen_site.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
