"""Reading what is asked for from a file: a JSON request, a JDL model, or user stories."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from projects.spec.request import FEATURE_LENGTH, FEATURE_LIMIT, NAME_LIMIT, InvalidRequest

JDL_SUFFIXES = frozenset({".jdl", ".jh"})
_BULLET = re.compile(r"^\s*(?:[-*\u2022]|\d{1,3}[.)]|#+)\s+")
_STORY = re.compile(r"^\s*as\s+(?:an?|the)\b", re.IGNORECASE)


def read_raw(path: Path) -> dict[str, Any]:
    """Return a file's request as `load_request` takes it, by the ending of its name.

    `.jdl` and `.jh` hold a model, `.txt` and `.md` user stories or prose, anything else JSON.
    Raises `OSError`, and `InvalidRequest` when the file does not hold what its name says.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(path, "is not UTF-8 text") from error
    suffix = path.suffix.lower()
    if suffix in JDL_SUFFIXES:
        return {"project_name": _name_of(path), "jdl": text}
    if suffix in (".txt", ".md"):
        return {"project_name": _name_of(path), **_stories(text)}
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise _wrong(path, f"is not valid JSON ({error})") from error
    if not isinstance(raw, dict):
        raise _wrong(path, "must hold a JSON object")
    return raw


def _stories(text: str) -> dict[str, Any]:
    """Put user stories into features, one a line or a paragraph, and all else into prose."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    lines = [_BULLET.sub("", line).strip() for line in text.splitlines()]
    stories = [line for line in lines if _STORY.match(line)]
    if not stories:
        stories = [part for part in paragraphs if _STORY.match(part)]
    features = [story for story in stories if len(story) <= FEATURE_LENGTH][:FEATURE_LIMIT]
    rest = [line for line in lines if line and line not in set(features)]
    return {"description": "\n".join(rest), "features": features}


def _name_of(path: Path) -> str:
    return re.sub(r"[_\W]+", " ", path.stem).strip()[:NAME_LIMIT] or "App"


def _wrong(path: Path, what: str) -> InvalidRequest:
    return InvalidRequest([{"field": path.name, "message": f"The file {what}."}])
