"""Make the lock files of the generated front ends again: `python -m` this module, with npm 11.

A lock is a template of its own for each styling, complete for every platform and without the
address of any registry. Run this after a change of `package-json.jinja`. The package is called
"frontend" in every app, so that what a lock names is installed once for all apps of a styling.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from generation.engines.builtin.renderer import render
from generation.engines.builtin.stack import TEMPLATES

FOLDER = TEMPLATES / "react-fastapi" / "frontend"
LOCK_SCRIPT = TEMPLATES.parents[1] / "assets" / "lock.mjs"
LOCKS = {
    "TailwindCSS": "package-lock-tailwind",
    "Bootstrap": "package-lock-bootstrap",
    "Plain CSS": "package-lock-plain",
}
_UNNEEDED = ("resolved", "funding", "license")


def make_lock(styling: str) -> str:
    """Return the lock of a styling as a template; npm asks the registry for the versions."""
    package = render(FOLDER, "package-json", {"styling": styling})
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "package.json").write_text(package, encoding="utf-8")
        subprocess.run(["node", LOCK_SCRIPT, folder], check=True)  # noqa: S603, S607 - our script
        lock = json.loads((Path(folder) / "package-lock.json").read_text(encoding="utf-8"))
    for entry in lock["packages"].values():
        for key in _UNNEEDED:
            entry.pop(key, None)
    return json.dumps(lock, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the lock of each styling beside the other templates."""
    for styling, template in LOCKS.items():
        (FOLDER / f"{template}.jinja").write_text(make_lock(styling), encoding="utf-8")


if __name__ == "__main__":
    main()
