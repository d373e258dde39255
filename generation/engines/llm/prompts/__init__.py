"""Prompts as files; what people wrote is put into them as JSON, which it cannot get out of."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - no markup; people's words go through the filter `data`
    )
    made.filters["data"] = lambda value: json.dumps(value, ensure_ascii=False, indent=1)
    return made


def prompt(name: str, **values: object) -> str:
    """Return the prompt of that name, filled with values."""
    return _environment().get_template(f"{name}.jinja").render(values)
