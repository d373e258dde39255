"""Which paths a project's file may have, on every system the ZIP may be opened on."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

LONGEST = 240
RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$", re.IGNORECASE)
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


class UnsafePath(ValueError):
    """The path would leave the project, or could not be written on some system."""


def check_path(path: str, *, existing: Collection[str] = ()) -> str:
    """Return `path` if a project that holds `existing` may have it. Raises `UnsafePath`."""
    problem = _problem(path) or _clash(path, existing)
    if problem:
        raise UnsafePath(f"{path!r}: {problem}")
    return path


def _problem(path: str) -> str | None:
    if not path:
        return "a file needs a path"
    if len(path.encode()) > LONGEST:
        return f"longer than {LONGEST} bytes"
    if path.startswith("/"):
        return "must not be absolute"
    if FORBIDDEN.search(path):
        return "holds a character that not every system allows"
    for part in path.split("/"):
        if part in {"", ".", ".."}:
            return "must stay inside the project"
        if RESERVED.match(part):
            return f"{part} is a reserved name on Windows"
        if part.endswith((" ", ".")):
            return "a name must not end with a space or a dot"
    return None


def _clash(path: str, existing: Collection[str]) -> str | None:
    folders = {str(p) for p in PurePosixPath(path).parents}
    folded = path.casefold()
    for other in existing:
        if other == path:
            continue
        if other.casefold() == folded:
            return f"differs from {other} only by case"
        if other in folders:
            return f"{other} is a file, not a folder"
        if other.startswith(f"{path}/"):
            return f"is the folder of {other}"
    return None
