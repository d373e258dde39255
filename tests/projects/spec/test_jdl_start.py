"""What reads prose leaves alone what reads models, and takes as long as it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
READS_PROSE = """
import sys
from generation.engines.builtin.engine import BuiltinEngine
from projects.spec.request import load_request
BuiltinEngine().understand(load_request({"project_name": "A", "description": "An app with notes."}))
assert "projects.spec.jdl" not in sys.modules
"""


def test_prose_is_read_without_what_reads_models() -> None:
    subprocess.run([sys.executable, "-c", READS_PROSE], cwd=ROOT, check=True)
