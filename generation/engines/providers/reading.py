"""Reading what models wrap their JSON in: thoughts, fences, prose, comments, stray commas."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any

from generation.engines.providers.base import InvalidOutput

_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL | re.IGNORECASE)
_OPEN_THOUGHT = re.compile(r"<think(?:ing)?>.*\Z", re.DOTALL | re.IGNORECASE)
_STRING = r'"(?:\\.|[^"\\])*"'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRAY_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)
_FENCED = re.compile(r"```\w*[ \t]*\n(.*?)\n[ \t]*```", re.DOTALL)
_START = re.compile(r"[{\[]")


def without_thoughts(text: str) -> str:
    """Return an answer without what a model thought aloud; all of it if it never ended."""
    return _OPEN_THOUGHT.sub("", _THOUGHT.sub("", text)).strip()


def read_json(text: str) -> Any:
    """Return the JSON object or array in a model's answer, of values that can be stored.

    Raises `InvalidOutput` where there is none, or none that ends: nothing is made up for what
    was cut off.
    """
    try:
        return _storable(_read(without_thoughts(text)))
    except RecursionError:
        raise InvalidOutput("The answer is nested too deeply.") from None


def _read(text: str) -> Any:
    value = _whole(text)
    if isinstance(value, str):  # an object that was sent as a text
        value = _whole(value)
    return value if isinstance(value, dict | list) else _within(text)


def _whole(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _within(text: str) -> Any:
    """Return the object or array that begins first: in a fenced block, or else within prose."""
    fenced = [match.group(1) for match in _FENCED.finditer(text)]
    for part in (*fenced, text):
        start = _START.search(part)
        if start is None:
            continue
        as_sent = part[start.start() :]
        uncommented = _COMMENT.sub(_kept_string, as_sent)
        for candidate in (as_sent, _STRAY_COMMA.sub(_kept_string, uncommented)):
            try:
                return json.JSONDecoder().raw_decode(candidate)[0]
            except ValueError:
                continue
    raise InvalidOutput("The answer holds no whole JSON object or array.")


def _storable(value: Any) -> Any:
    """Return a value without what JSON of a database cannot hold: NUL, half a character, NaN."""
    if isinstance(value, str):
        return value.replace("\0", "").encode(errors="replace").decode()
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _kept_string(match: re.Match[str]) -> str:
    return match.group(1) or ""
