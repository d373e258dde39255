"""Example apps that a person can start from: the JSON files in `examples/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "examples"


@dataclass(frozen=True)
class Example:
    """A request that works, under a short key."""

    key: str
    spec: dict[str, Any]

    @property
    def name(self) -> str:
        """Return the app's name."""
        return str(self.spec["project_name"])

    @property
    def description(self) -> str:
        """Return what the app is."""
        return str(self.spec.get("description", ""))


def read_examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """Read every example, QuickNotes first."""
    found = [
        Example(path.stem, json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.json"))
    ]
    return tuple(sorted(found, key=lambda example: (example.key != "quicknotes", example.key)))


EXAMPLES = read_examples()


def example_spec(key: str) -> dict[str, Any] | None:
    """Return the request of an example, or None when there is none of that key."""
    return next((example.spec for example in EXAMPLES if example.key == key), None)
