"""Which checks a file gets, by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from generation.engines.checks import data, python, scripts, stylesheets, templates
from generation.engines.checks.fault import Fault, Files
from generation.engines.checks.hazards import hazards_in
from generation.engines.checks.keeping import lost_by

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
    r"^[^\w\n]*(?:the[ \t]+)?(?:rest|remainder|remaining|existing|other|previous)\b[^\n]{0,40}"
    r"\b(?:unchanged|the same|as (?:before|is|it was)|here|omitted|goes here|remains?)\b"
    r"|^[^\w\n]*(?:\.{3}|…)[^\n]{0,20}\b(?:existing|rest|unchanged|same as before|your code)\b"
    r"|^[^\w\n]*(?:(?:add|put|insert|keep)[ \t]+)?(?:your|existing|original|remaining|previous)"
    r"[ \t]+(?:code|logic|implementation|content)\b[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
FENCE = re.compile(r"\A\s*```|^```\s*\Z", re.MULTILINE)
PLACEHOLDER = re.compile(
    r"\A\s*(?:\.{3}|…|<[^<>\n]*\b(?:text|file|code|content)\b[^<>\n]*>)\s*\Z", re.IGNORECASE
)
MARKS = (
    (LEFT_OUT, "text was left out; the whole text is needed"),
    (FENCE, "a Markdown fence does not belong into the file"),
)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")


def is_checked(path: str) -> bool:
    """Tell whether a file of this name can be checked at all."""
    return _suffix(path) in CHECKS.keys() | PROSE


def check_file(path: str, text: str, files: Files) -> tuple[Fault, ...]:
    """Return the faults of a model's new file beside the other `files` of its app."""
    return check_text(path, text, files) or tuple(hazards_in(path, text))


def check_edit(path: str, before: str, after: str, files: Files) -> tuple[Fault, ...]:
    """Return the faults of a model's edit; what was there before must still be there."""
    return (
        check_text(path, after, files)
        or tuple(lost_by(path, before, after))
        or tuple(hazards_in(path, after, before=before))
    )


def check_text(path: str, text: str, files: Files) -> tuple[Fault, ...]:
    """Return the faults that a file has whoever wrote it, beside the other `files` of its app."""
    if not text.strip():
        return (Fault(1, "the file is empty"),)
    faults = list(_left_out(path, text))
    check = CHECKS.get(_suffix(path))
    if check is not None and not faults:
        faults += check(path, text, {**files, path: text})
    return tuple(faults)


def _left_out(path: str, text: str) -> Iterable[Fault]:
    """Find what models write in place of text: "the rest is unchanged", a Markdown fence."""
    prose = _suffix(path) == ".md"
    for pattern, message in (
        (UNPRINTABLE, "a character that no text has"),
        (PLACEHOLDER, "a placeholder is no text"),
        *(() if prose else MARKS),
    ):
        found = pattern.search(text)
        if found:
            yield Fault(text.count("\n", 0, found.start()) + 1, message)


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix
