"""Pieces of TypeScript laid out as prettier lays them out."""

from __future__ import annotations

from collections.abc import Sequence

from generation.engines.base import EngineRejected

WIDTH = 100


def array(prefix: str, items: Sequence[str], suffix: str = "") -> str:
    """Return an array literal that follows `prefix`: on one line when it fits, else one a line."""
    line = f"[{', '.join(items)}]"
    if len(prefix) + len(line) + len(suffix) <= WIDTH:
        return line
    indent = " " * (len(prefix) - len(prefix.lstrip()))
    inner = "".join(f"{indent}  {item},\n" for item in items)
    return f"[\n{inner}{indent}]"


def add_import(code: str, line: str) -> str:
    """Add an import behind the last one of a module; one that is there already stays."""
    lines = code.splitlines()
    if line in lines:
        return code
    last = max((i for i, text in enumerate(lines) if text.startswith("import ")), default=-1)
    lines.insert(last + 1, line)
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
