"""Which checks a file gets, by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from generation.engines.checks import data, python, scripts, stylesheets, templates
from generation.engines.checks.fault import Fault, Files

Check = Callable[[str, str, Files], Iterable[Fault]]
CHECKS: dict[str, Check] = {
    ".py": python.check,
    ".ts": scripts.check,
    ".tsx": scripts.check,
    ".js": scripts.check,
    ".jsx": scripts.check,
    ".css": stylesheets.check,
    ".html": templates.check,
    ".json": data.check_json,
    ".yaml": data.check_yaml,
    ".yml": data.check_yaml,
    ".toml": data.check_toml,
}
PROSE = frozenset({".md", ".txt"})
LEFT_OUT = re.compile(
    r"^\W*(?:\.{3}|…)?\s*(?:the\s+)?(?:rest|remainder|remaining|existing|other|previous)\b[^\n]{0,40}"
    r"\b(?:unchanged|the same|as (?:before|is|it was)|here|omitted|goes here|remains?)\b"
    r"|^\W*(?:\.{3}|…)[^\n]{0,20}\b(?:existing|rest|unchanged|same as before|your code)\b[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
FENCE = re.compile(r"\A\s*```|^```\s*\Z", re.MULTILINE)


def is_checked(path: str) -> bool:
    """Tell whether a file of this name can be checked at all."""
    return _suffix(path) in CHECKS.keys() | PROSE


def check_file(path: str, text: str, files: Files) -> tuple[Fault, ...]:
    """Return the faults of a file beside the other `files` of its app, texts by path."""
    if not text.strip():
        return (Fault(1, "the file is empty"),)
    faults = list(_left_out(path, text))
    check = CHECKS.get(_suffix(path))
    if check is not None and not faults:
        faults += check(path, text, {**files, path: text})
    return tuple(faults)


def check_edit(path: str, before: str, after: str, files: Files) -> tuple[Fault, ...]:
    """Return the faults of an edited file; what it offered to other files must still be there."""
    faults = check_file(path, after, files)
    names_in = {".py": python.names_in}.get(_suffix(path), scripts.exports_in)
    if faults or _suffix(path) not in {".py", ".ts", ".tsx", ".js", ".jsx"}:
        return faults
    lost = sorted(names_in(before) - names_in(after))
    return tuple(Fault(1, f"the edit lost {name!r}, which the file had before") for name in lost)


def _left_out(path: str, text: str) -> Iterable[Fault]:
    """Find what models write in place of text: "the rest is unchanged", a Markdown fence."""
    if _suffix(path) == ".md":
        return
    for pattern, message in (
        (LEFT_OUT, "text was left out; the whole text is needed"),
        (FENCE, "a Markdown fence does not belong into the file"),
    ):
        found = pattern.search(text)
        if found:
            yield Fault(text.count("\n", 0, found.start()) + 1, message)


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix
