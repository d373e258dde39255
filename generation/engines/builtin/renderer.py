"""Templates to text. Text of users goes in only through filters that quote it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from generation.engines.base import EngineRejected

ROOT = Path(__file__).resolve().parents[3] / "templates" / "stacks"


def py_str(value: str) -> str:
    """Return a Python string literal, in double quotes as ruff has them."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("\x7f", "\\x7f")


def ts_str(value: str) -> str:
    """Return a JavaScript string literal with the quotes that prettier prefers."""
    text = json.dumps(value, ensure_ascii=False)
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    if '\\"' in text and "'" not in text:
        return "'" + text[1:-1].replace('\\"', '"') + "'"
    return text


def jsx_text(value: str) -> str:
    """Return text for between JSX tags: as it is when it is plain, else as an expression."""
    if re.fullmatch(r"[\w.,:;!?()+/%-]+( [\w.,:;!?()+/%-]+)*", value):
        return value
    return "{" + ts_str(value) + "}"


def md(value: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    line = " ".join(value.split())
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", line)
    return escaped.replace("&", "&amp;")


def comment(value: str) -> str:
    """Return text for inside a comment or docstring: one line, nothing that could end it."""
    line = " ".join(value.split())
    return line.replace("\\", "/").replace('"""', "'''").replace("*/", "* /").rstrip('"')


@cache
def environment(folder: str) -> Environment:
    """Return the templates of a stack's part, such as `react-fastapi/backend`."""
    env = Environment(
        loader=FileSystemLoader(ROOT / folder),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - the output is code; each filter quotes for its language
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    env.filters.update(py_str=py_str, ts_str=ts_str, jsx_text=jsx_text, md=md, comment=comment)
    return env


def render(folder: str, template: str, context: dict[str, Any]) -> str:
    """Return a template's text. Raises `EngineRejected` for one that the stack does not have."""
    try:
        found = environment(folder).get_template(f"{template}.jinja")
    except TemplateNotFound as error:
        raise EngineRejected(f"This stack has no template {template!r}.") from error
    return found.render(context)


def has_template(folder: str, template: str) -> bool:
    """Whether a stack's part has a template of this name."""
    return (ROOT / folder / f"{template}.jinja").is_file()
