"""TypeScript and JavaScript: they parse, and what they import is in the app or its packages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from posixpath import normpath
from typing import NamedTuple

from tree_sitter import Node

from generation.engines.checks.fault import Fault, Files
from generation.engines.checks.grammar import faults_in, script_parser, text_of, walk

ENDINGS = ("", ".ts", ".tsx", ".js", ".jsx", "/index.ts", "/index.tsx", "/index.js")
SCRIPTS = (".ts", ".tsx", ".js", ".jsx")
NAMES = frozenset({"identifier", "type_identifier", "shorthand_property_identifier_pattern"})
USED = NAMES | {"property_identifier", "shorthand_property_identifier"}
WITHOUT_MEANING = frozenset({"comment", "string_fragment", '"', "'", ",", ";", "(", ")"})
_ADDRESS = re.compile(r"[\w:.~@*-]*(?:/[\w:.~@*-]*)+")
DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies")


class Imported(NamedTuple):
    """One import: where from, and the names asked of it (`default` for the unnamed one)."""

    line: int
    source: str
    names: tuple[str, ...]


def check(path: str, text: str, files: Files) -> Iterable[Fault]:
    """Parse a script, then look its imports and components up."""
    root = _parsed(text, path)
    faults = list(faults_in(root))
    yield from faults
    if faults:
        return
    for imported in _imports(root):
        yield from _import_faults(imported, path, files)
    yield from _components(root)


def parts_of(text: str) -> Counter[str]:
    """Count what a script exports, uses and is made of, and the addresses in its texts."""
    root = _parsed(text, ".tsx")
    body = [part for part in root.children if part.type != "import_statement"]
    parts = Counter(f"export {name}" for name in _exports(root))
    for node in (node for part in body for node in walk(part)):
        if node.type in USED:
            parts[f"a use of {text_of(node)}"] += 1
        elif node.type == "string_fragment" and _ADDRESS.fullmatch(text_of(node)):
            parts[text_of(node)] += 1
        elif node.type not in WITHOUT_MEANING:
            parts[node.type] += 1
    return parts


def _parsed(text: str, path: str) -> Node:
    return script_parser(jsx=not path.endswith(".ts")).parse(text.encode()).root_node


def _imports(root: Node) -> Iterator[Imported]:
    for node in root.children:
        source = node.child_by_field_name("source")
        if node.type not in {"import_statement", "export_statement"} or source is None:
            continue
        specifiers = [n for n in walk(node) if n.type in {"import_specifier", "export_specifier"}]
        names = [text_of(n.child_by_field_name("name")) for n in specifiers]
        clauses = [n for n in node.children if n.type == "import_clause"]
        if any(child.type == "identifier" for clause in clauses for child in clause.children):
            names.append("default")
        yield Imported(node.start_point[0] + 1, text_of(source).strip("\"'`"), tuple(names))


def _import_faults(imported: Imported, path: str, files: Files) -> Iterator[Fault]:
    line, source, names = imported
    if not source.startswith("."):
        if not _is_package(source, path, files):
            yield Fault(line, f"{source!r} is not among the app's packages")
        return
    place = normpath(str(PurePosixPath(path).parent / source.partition("?")[0]))
    target = next((place + ending for ending in ENDINGS if place + ending in files), None)
    if target is None:
        yield Fault(line, f"there is no file {source!r}")
    elif target.endswith(SCRIPTS):
        root = _parsed(files[target], target)
        if any(_is_star(node) for node in root.children):
            return
        offered = frozenset(_exports(root))
        for name in names:
            if name not in offered:
                what = "default export" if name == "default" else f"export {name!r}"
                yield Fault(line, f"{source!r} has no {what}")


def _is_package(source: str, path: str, files: Files) -> bool:
    if source.startswith("node:"):
        return True
    parts = source.split("/")
    name = "/".join(parts[:2]) if source.startswith("@") else parts[0]
    for folder in PurePosixPath(path).parents:
        manifest = files.get(str(folder / "package.json"))
        if manifest is not None:
            return name in _dependencies(manifest)
    return False


def _dependencies(manifest: str) -> frozenset[str]:
    try:
        read = json.loads(manifest)
    except ValueError:
        return frozenset()
    return frozenset(name for kind in DEPENDENCIES for name in read.get(kind) or {})


def _is_star(node: Node) -> bool:
    return node.type == "export_statement" and any(child.type == "*" for child in node.children)


def _exports(root: Node) -> Iterator[str]:
    for node in root.children:
        if node.type != "export_statement":
            continue
        if any(child.type == "default" for child in node.children):
            yield "default"
        for specifier in (n for n in walk(node) if n.type == "export_specifier"):
            alias = specifier.child_by_field_name("alias")
            yield text_of(alias or specifier.child_by_field_name("name"))
        declaration = node.child_by_field_name("declaration")
        if declaration is not None:
            yield from _declared(declaration)


def _declared(declaration: Node) -> Iterator[str]:
    """Yield the names that a declaration binds at its own level."""
    name = declaration.child_by_field_name("name")
    if name is not None:
        yield text_of(name)
    for child in declaration.children:
        if child.type == "variable_declarator":
            target = child.child_by_field_name("name")
            if target is not None:
                yield from _bound(target)


def _bound(target: Node) -> Iterator[str]:
    for node in walk(target):
        if node.type in {"identifier", "shorthand_property_identifier_pattern"}:
            yield text_of(node)


def _components(root: Node) -> Iterator[Fault]:
    """Find JSX elements of components that the file neither imports nor declares."""
    known, used = set[str](), list[Node]()
    for node in walk(root):
        if node.type in {"jsx_opening_element", "jsx_self_closing_element"}:
            name = node.child_by_field_name("name")
            if name is not None and name.type == "identifier" and text_of(name)[:1].isupper():
                used.append(name)
        elif node.type in NAMES:
            parent = node.parent
            if parent is not None and not parent.type.startswith("jsx_"):
                known.add(text_of(node))
    for name in used:
        if text_of(name) not in known:
            yield Fault(name.start_point[0] + 1, f"<{text_of(name)}> is not imported")
