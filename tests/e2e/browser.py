"""The system's Chromium, for Playwright."""

from __future__ import annotations

import os
import shutil
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LAUNCH: dict[str, Any] = {
    "executable_path": CHROMIUM,
    "args": [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
}
