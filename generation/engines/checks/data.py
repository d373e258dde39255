"""JSON, YAML and TOML: they parse."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import yaml

from generation.engines.checks.fault import Fault, Files


def check_json(_path: str, text: str, _files: Files) -> Iterable[Fault]:
    """Parse JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        yield Fault(error.lineno, f"not JSON: {error.msg}")
    except (ValueError, RecursionError) as error:
        yield Fault(1, f"not JSON: {error}")


def check_yaml(_path: str, text: str, _files: Files) -> Iterable[Fault]:
    """Parse YAML, of one document or more."""
    try:
        for _document in yaml.safe_load_all(text):
            pass
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        yield Fault(line, f"not YAML: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        yield Fault(1, f"not YAML: {error}")


def check_toml(_path: str, text: str, _files: Files) -> Iterable[Fault]:
    """Parse TOML."""
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        yield Fault(1, f"not TOML: {error}")


def json_keys(text: str) -> Counter[str]:
    """Count the keys of JSON, each with those above it; none when it does not parse."""
    return _keys(json.loads, text)


def toml_keys(text: str) -> Counter[str]:
    """Count the keys of TOML, each with those above it; none when it does not parse."""
    return _keys(tomllib.loads, text)


def yaml_keys(text: str) -> Counter[str]:
    """Count the keys of YAML, each with those above it; none when it does not parse."""
    return _keys(lambda text: list(yaml.safe_load_all(text)), text)


def _keys(load: Callable[[str], Any], text: str) -> Counter[str]:
    try:
        return Counter(_below(load(text), ""))
    except (ValueError, RecursionError, yaml.YAMLError):
        return Counter()


def _below(value: Any, above: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{above}{key}"
            yield from _below(item, f"{above}{key}.")
    elif isinstance(value, list):
        for item in value:
            yield f"{above}[]"
            yield from _below(item, above)
