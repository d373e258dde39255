"""Templates to text: Jinja with delimiters that clash with no language we write."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
)

from generation.engines.base import InvalidOutput
from generation.engines.builtin.pyfit import assign, call, several


@lru_cache(maxsize=16)
def environment(folder: Path) -> Environment:
    """Return the environment of one part's templates; a person's words never are one."""
    made = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        autoescape=False,  # noqa: S701 - what is written is code; each value is quoted by a filter
        auto_reload=False,
        # Compiled templates are kept between processes, in a folder that only this user may read.
        bytecode_cache=FileSystemBytecodeCache(),
    )
    made.filters.update(py_str=py_str, ts_str=ts_str, jsx_text=jsx_text, md=md)
    made.globals.update(call=call, assign=assign, several=several)
    return made


def render(folder: Path, template: str, values: Mapping[str, Any]) -> str:
    """Fill one template; a fault in it is an `InvalidOutput`."""
    try:
        return environment(folder).get_template(f"{template}.jinja").render(values)
    except TemplateError as error:
        raise InvalidOutput(f"The template {template} could not be filled: {error}") from error


def py_str(text: str) -> str:
    """Quote text as a Python literal, as the formatter wants it: with the fewest escapes."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    quoted = "".join(_py_character(c) for c in text)
    if text.count('"') > text.count("'"):
        return "'" + quoted.replace('\\"', '"').replace("'", "\\'") + "'"
    return f'"{quoted}"'


def _py_character(character: str) -> str:
    known = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    if character in known:
        return known[character]
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode()


def ts_str(text: str) -> str:
    """Quote text as a TypeScript literal."""
    quoted = json.dumps(text, ensure_ascii=False)
    if text.count('"') > text.count("'"):
        quoted = "'" + quoted[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
    return quoted.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x7f", "\\x7f")


def jsx_text(text: str) -> str:
    """Write text as JSX children: plain where that is safe, else as a quoted expression."""
    if re.fullmatch(r"[\w.,:;!?()/+=@#%*'\- ]*", text) and text == " ".join(text.split()):
        return text
    return "{" + ts_str(text) + "}"


def md(text: str) -> str:
    """Escape text so that Markdown shows it as it is, on one line."""
    flat = " ".join(text.split())
    escaped = re.sub(r"([\\`*_\[\]|<~$])", r"\\\1", flat)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-#+>])", r"\\\1", escaped))
