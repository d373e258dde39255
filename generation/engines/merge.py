"""Two creates on one file: keep both, say nothing twice."""

from __future__ import annotations

import ast


def merge_files(path: str, existing: str, new: str) -> str:
    """Return one text that holds both; Python is merged by its syntax, other text by joining."""
    if not existing.strip():
        return new
    if not new.strip() or existing == new or new.strip() in existing:
        return existing
    if path.endswith((".py", ".pyi")):
        merged = _merge_python(existing, new)
        if merged is not None:
            return merged
    return existing.rstrip("\n") + "\n\n" + new.lstrip("\n")


def _merge_python(existing: str, new: str) -> str | None:
    try:
        old_tree, new_tree = ast.parse(existing), ast.parse(new)
    except SyntaxError:
        return None
    fresh_imports = [line for line in _imports(new_tree) if line not in set(_imports(old_tree))]
    head = _insert_imports(existing, old_tree, fresh_imports)
    body = _new_definitions(old_tree, new, new_tree)
    if not body:
        return head
    return head.rstrip("\n") + "\n\n\n" + "\n\n\n".join(body) + "\n"


def _imports(tree: ast.Module) -> list[str]:
    """Return every imported name as a line of its own, in order."""
    lines: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.Import):
            lines += [ast.unparse(ast.Import(names=[name])) for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            lines += [
                ast.unparse(ast.ImportFrom(module=node.module, names=[name], level=node.level))
                for name in node.names
            ]
    return lines


def _insert_imports(text: str, tree: ast.Module, fresh: list[str]) -> str:
    if not fresh:
        return text
    future = [line for line in fresh if line.startswith("from __future__")]
    usual = [line for line in fresh if line not in future]
    lines = text.splitlines()
    after_doc = _end_of_docstring(tree)
    last_import = max(
        (n.end_lineno or 0 for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)),
        default=after_doc,
    )
    merged = [
        *lines[:after_doc],
        *future,
        *lines[after_doc:last_import],
        *usual,
        *lines[last_import:],
    ]
    return "\n".join(merged) + "\n"


def _end_of_docstring(tree: ast.Module) -> int:
    if ast.get_docstring(tree, clean=False) is None:
        return 0
    return tree.body[0].end_lineno or 0


def _new_definitions(old_tree: ast.Module, new: str, new_tree: ast.Module) -> list[str]:
    held = {ast.dump(node) for node in old_tree.body}
    pieces = []
    for node in new_tree.body:
        is_docstring = node is new_tree.body[0] and ast.get_docstring(new_tree) is not None
        if isinstance(node, ast.Import | ast.ImportFrom) or is_docstring:
            continue
        if ast.dump(node) not in held:
            pieces.append(_source_of(node, new))
    return pieces


def _source_of(node: ast.stmt, text: str) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])
    return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
