"""Sample requests in a file of JSON lines: `id`, `name`, and `raw_jdl` or words.

The words are a `description` and a list of `features`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from projects.spec.request import AppRequest, InvalidRequest, load_request


class BadSamples(ValueError):
    """The file holds something else; the message says which line and what is wrong."""


@dataclass(frozen=True)
class Sample:
    """One request and what it is called."""

    id: str
    request: AppRequest


def read_samples(path: Path) -> list[Sample]:
    """Read every line; raise `BadSamples` for the first that is no request."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSamples(f"{path} cannot be read: {error}") from error
    return [_sample(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _sample(path: Path, number: int, line: str) -> Sample:
    try:
        raw = json.loads(line)
        words = {"description": raw.get("description"), "features": raw.get("features")}
        asked = {"jdl": raw["raw_jdl"]} if raw.get("raw_jdl") else words
        request = load_request({"project_name": raw["name"].replace("/", " "), **asked})
    except (ValueError, KeyError, TypeError, AttributeError, InvalidRequest) as error:
        raise BadSamples(f"{path}, line {number}: {error}") from error
    return Sample(str(raw.get("id", number)), request)


def spread(samples: list[Sample], count: int | None) -> list[Sample]:
    """Return so many samples, evenly spread over the file; all of them for None."""
    if count is None or count >= len(samples):
        return samples
    return [samples[place * len(samples) // count] for place in range(count)]
