"""Conflicts between imports: both sides' names are imported, less those that either took out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from generation.engines.merging.keyed import Clash, merge_keyed
from generation.engines.merging.texts import Lines, Region, Side

PYTHON_WIDTH, SCRIPT_WIDTH = 100, 80
SCRIPTS = frozenset({".ts", ".tsx", ".js", ".jsx"})
_NAMED = re.compile(r"import (type )?\{([^{}]*)\} from ([\"'][^\"']+[\"']);?")
_PLAIN = re.compile(r"import [^{};]*[\"'][^\"']+[\"'];?")
_ITEM = re.compile(r"\s+(type )?\w+( as \w+)?,\n")
_OPENING = re.compile(r"(from \S+ import \(|import (type )?\{)\n")
Names = dict[str, str]
Imports = dict[str, Names]


def settle_imports(path: str, regions: Sequence[Region]) -> list[Region]:
    """Return regions in which conflicts that are between imports alone are settled."""
    settled: list[Region] = []
    for region in regions:
        lines = None if region.taken else _settled(path, region, settled)
        same = (lines or (), lines or ())
        settled.append(region if lines is None else Region(region.base, *same, Side.OURS))
    return settled


def _settled(path: str, region: Region, before: Sequence[Region]) -> Lines | None:
    suffix = PurePosixPath(path).suffix
    if suffix not in {*SCRIPTS, ".py"}:
        return None
    sides = (region.base, region.ours, region.theirs)
    if all(_ITEM.fullmatch(line) for side in sides for line in side):
        return _items(*sides) if _is_in_import(before) else None
    read = _python if suffix == ".py" else _scripts
    found = [read("".join(side)) for side in sides]
    if any(side is None for side in found):
        return None
    old, mine, new = (side or {} for side in found)
    try:
        merged = merge_keyed(old, mine, new)
    except Clash:
        return None
    write = _python_line if suffix == ".py" else _script_line
    return tuple(
        f"{line}\n"
        for statement, names in merged.items()
        for line in write(statement, _ordered(list(names), new.get(statement, {}))).splitlines()
    )


def _is_in_import(before: Sequence[Region]) -> bool:
    """Tell whether what comes next is a name within the brackets of an import."""
    for region in reversed(before):
        for line in reversed(region.lines(region.taken or Side.THEIRS)):
            if not _ITEM.fullmatch(line):
                return _OPENING.fullmatch(line) is not None
    return False


def _items(base: Lines, ours: Lines, theirs: Lines) -> Lines:
    old, mine, new = (dict.fromkeys(side, "") for side in (base, ours, theirs))
    return tuple(_ordered(list(merge_keyed(old, mine, new)), theirs))


def _ordered(names: list[str], like: Iterable[str]) -> list[str]:
    """Return names in the order of isort, when those that were generated are in it."""
    generated = list(like)
    return sorted(names, key=_rank) if generated == sorted(generated, key=_rank) else names


def _rank(name: str) -> tuple[int, str]:
    bare = name.strip().removeprefix("type ")
    if bare.isupper() and len(bare) > 1:
        return 0, bare
    return (1 if bare[:1].isupper() else 2), bare


def _python(text: str) -> Imports | None:
    """Return names by statement of lines that are whole imports and nothing else."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    found: Imports = {}
    if "#" in text or not all(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body):
        return None
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            module = f"from {'.' * node.level}{node.module or ''} import"
            names = found.setdefault(module, {})
            names |= {ast.unparse(name): "" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {f"import {ast.unparse(name)}": {} for name in node.names}
    return found


def _python_line(statement: str, names: Sequence[str]) -> str:
    if not names:
        return "" if statement.startswith("from") else statement
    line = f"{statement} {', '.join(names)}"
    if len(line) <= PYTHON_WIDTH:
        return line
    return "\n".join([f"{statement} (", *(f"    {name}," for name in names), ")"])


def _scripts(text: str) -> Imports | None:
    found: Imports = {}
    rest = text
    while rest := rest.lstrip():
        named = _NAMED.match(rest)
        plain = None if named else _PLAIN.match(rest)
        if named:
            key = f"import {named[1] or ''}{{}} from {named[3]};"
            names = [name.strip() for name in named[2].split(",")]
            found[key] = {name: "" for name in names if name} | found.get(key, {})
            rest = rest[named.end() :]
        elif plain:
            found[plain[0]] = {}
            rest = rest[plain.end() :]
        else:
            return None
    return found


def _script_line(statement: str, names: Sequence[str]) -> str:
    if "{}" not in statement:
        return statement
    if not names:
        return ""
    line = statement.replace("{}", f"{{ {', '.join(names)} }}")
    if len(line) <= SCRIPT_WIDTH:
        return line
    listed = "\n".join(["{", *(f"  {name}," for name in names), "}"])
    return statement.replace("{}", listed)
