"""Pieces of TypeScript and HTML laid out as prettier lays them out."""

from __future__ import annotations

import html
from collections.abc import Sequence

from generation.engines.base import EngineRejected
from generation.engines.builtin.pyfit import fits, width_of

WIDTH = 100
# Prettier never breaks behind a key that is shorter than this.
SHORT_KEY = 5


def array(prefix: str, items: Sequence[str], suffix: str = "") -> str:
    """Return an array literal that follows `prefix`: on one line when it fits, else one a line."""
    line = f"[{', '.join(items)}]"
    if fits(prefix + line + suffix):
        return line
    indent = " " * (len(prefix) - len(prefix.lstrip()))
    inner = "".join(f"{indent}  {item},\n" for item in items)
    return f"[\n{inner}{indent}]"


def prop(key: str, value: str, *, indent: int = 2) -> str:
    """Write `key: value,`; a text or a name that is too long goes on a line of its own."""
    pad = " " * indent
    line = f"{pad}{key}: {value},"
    breaks = width_of(key) >= SHORT_KEY and (value[:1] in "\"'" or value.isidentifier())
    if fits(line) or "\n" in value or not breaks:
        return line
    return f"{pad}{key}:\n{pad}  {value},"


def import_names(names: Sequence[str], module: str) -> str:
    """Write an import of names, one a line where they do not fit on one."""
    line = f'import {{ {", ".join(names)} }} from "{module}";'
    if fits(line) or len(names) == 1:
        return line
    return "\n".join(["import {", *(f"  {name}," for name in names), f'}} from "{module}";'])


def element(tag: str, text: str, *, indent: int = 0) -> str:
    """Write an HTML element that holds text, filled to the width where it is too long."""
    pad, escaped = " " * indent, html.escape(" ".join(text.split()), quote=False)
    line = f"{pad}<{tag}>{escaped}</{tag}>"
    if fits(line):
        return line
    rows = [f"{pad}  "]
    for word in escaped.split(" "):
        if rows[-1].strip() and not fits(f"{rows[-1]} {word}"):
            rows.append(f"{pad}  ")
        rows[-1] += f" {word}" if rows[-1].strip() else word
    return "\n".join([f"{pad}<{tag}>", *rows, f"{pad}</{tag}>"])


def add_import(code: str, statement: str) -> str:
    """Add an import behind the last one of a module; one that is there already stays.

    A statement is as `import_names` writes it, on one line or on several.
    """
    if statement in code:
        return code
    lines = code.splitlines()
    imports = (i for i, text in enumerate(lines) if text.startswith(("import ", "} from ")))
    lines.insert(max(imports, default=-1) + 1, statement)
    return "\n".join(lines) + "\n"


def add_entry(code: str, declaration: str, entry: Sequence[str]) -> str:
    """Add an entry at the end of the object that a line beginning with `declaration` opens.

    Raises `EngineRejected` when the module has no such object.
    """
    lines = code.splitlines()
    start = next((i for i, text in enumerate(lines) if text.startswith(declaration)), None)
    if start is None:
        raise EngineRejected(f"The registry has no line {declaration!r}.")
    if entry[0] in lines:
        return code
    if lines[start].endswith("{};"):
        lines[start : start + 1] = [lines[start].removesuffix("};"), *entry, "};"]
    else:
        end = lines.index("};", start)
        lines[end:end] = entry
    return "\n".join(lines) + "\n"
