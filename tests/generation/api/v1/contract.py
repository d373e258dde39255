"""Seed 004's examples, and what it means for an answer to be of their shape."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "data" / "seed_004_contracts.json").read_text()
)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
DURATION = re.compile(r"[1-9]\d*[sm]")


def assert_same_shape(answer: dict[str, Any], example: dict[str, Any]) -> None:
    """Hold an answer to an example: the same keys, and each value of the same kind."""
    assert list(answer) == list(example)
    for name, value in answer.items():
        wanted = example[name]
        if name.endswith("_id"):
            assert str(UUID(value)) == value
        elif name == "estimated_time":
            assert DURATION.fullmatch(value)
        elif value is not None and name.endswith("_at"):
            assert TIME.fullmatch(value)
        elif value is not None and wanted is not None:
            assert type(value) is type(wanted), name
