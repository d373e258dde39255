"""Two creates on one file: both are kept, what they share once."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field


def merge_files(path: str, existing: str, new: str) -> str:
    """Return a text that holds both; for Python, imports once and equal names by the newer."""
    if existing.strip() == new.strip():
        return existing
    if not existing.strip():
        return new
    if path.endswith(".py"):
        try:
            return _merge_python(existing, new)
        except SyntaxError:
            return _append(existing, new)
    return _append(existing, new)


def _append(existing: str, new: str) -> str:
    return existing.rstrip("\n") + "\n\n" + new.lstrip("\n")


def _merge_python(existing: str, new: str) -> str:
    kept, added = _parts(existing), _parts(new)
    defined = {name for name, _ in added.body if name}
    imports = list(dict.fromkeys([*kept.imports, *added.imports]))
    body = [text for name, text in kept.body if name is None or name not in defined]
    own = set(body)
    body += [text for name, text in added.body if name is not None or text not in own]
    head = [kept.docstring or added.docstring] if kept.docstring or added.docstring else []
    sections = [*head, "\n".join(sorted(imports, key=_import_order)), *body]
    return "\n\n\n".join(section for section in sections if section).rstrip("\n") + "\n"


def _import_order(line: str) -> tuple[int, str]:
    return (0 if line.startswith("from __future__") else 1, line)


@dataclass
class _Parts:
    """A module in three parts: docstring, import lines, and named pieces of code."""

    docstring: str = ""
    imports: list[str] = field(default_factory=list)
    body: list[tuple[str | None, str]] = field(default_factory=list)


def _parts(source: str) -> _Parts:
    parts, lines = _Parts(), source.splitlines()
    tree = ast.parse(source)
    for index, node in enumerate(tree.body):
        start = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        text = "\n".join(lines[start - 1 : node.end_lineno])
        if index == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts.docstring = text
        elif isinstance(node, ast.Import | ast.ImportFrom):
            parts.imports += _split_import(node)
        else:
            parts.body.append((_name_of(node), text))
    return parts


def _split_import(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Return one line for each imported name, so that equal ones are seen."""
    names = [f"{a.name} as {a.asname}" if a.asname else a.name for a in node.names]
    if isinstance(node, ast.Import):
        return [f"import {name}" for name in names]
    module = "." * node.level + (node.module or "")
    return [f"from {module} import {name}" for name in names]


def _name_of(node: ast.stmt) -> str | None:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return None
