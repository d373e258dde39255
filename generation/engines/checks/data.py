"""JSON, YAML and TOML: they parse."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable

import yaml

from generation.engines.checks.fault import Fault, Files


def check_json(_path: str, text: str, _files: Files) -> Iterable[Fault]:
    """Parse JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        yield Fault(error.lineno, f"not JSON: {error.msg}")
    except RecursionError:
        yield Fault(1, "not JSON: nested too deeply")


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
    except tomllib.TOMLDecodeError as error:
        yield Fault(1, f"not TOML: {error}")
