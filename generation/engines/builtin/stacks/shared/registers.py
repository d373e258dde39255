"""Edits of a registry in Python: one sorted import of what is new, one line in a list."""

from __future__ import annotations

from generation.engines.base import EngineRejected
from generation.engines.builtin.pyfit import imported, insert_sorted


def register(
    code: str, module: str, name: str, opening: str, line: str, *, in_order: bool = True
) -> str:
    """Import `name` from `module` and put `line` in the list that `opening` begins.

    The import is sorted among those of the same top package; the line goes in its order, or last.
    Raises `EngineRejected` when the registry has no such list.
    """
    lines = code.splitlines()
    if opening not in lines:
        raise EngineRejected(f"The registry has no line {opening!r}.")
    lines = _import(lines, module, name, opening)
    first = lines.index(opening) + 1
    last = lines.index("]", first)
    if in_order:
        lines = insert_sorted(lines, line, first, last)
    elif line not in lines[first:last]:
        lines.insert(last, line)
    return "\n".join(lines) + "\n"


def _import(lines: list[str], module: str, name: str, opening: str) -> list[str]:
    package = module.partition(".")[0]
    own = [i for i, line in enumerate(lines) if line.startswith(f"from {package}.")]
    head = f"from {module} import "
    if not own:
        at = lines.index(opening)
        return [*lines[:at], head + name, "", *lines[at:]]
    for index in own:
        if lines[index].startswith(head):
            names = imported([*lines[index].removeprefix(head).split(", "), name])
            return [*lines[:index], head + ", ".join(names), *lines[index + 1 :]]
    return insert_sorted(lines, head + name, own[0], own[-1] + 1)
