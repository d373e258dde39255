"""Paths inside a project: refused where they could leave it or mean two files."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

LONGEST_PATH = 240
LONGEST_PART = 200
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"com{n}" for n in range(1, 10)}
    | {f"lpt{n}" for n in range(1, 10)}
)
_FORBIDDEN = frozenset('<>:"|?*\\')


class UnsafePath(ValueError):
    """A path that must not be written; the message says why."""

    code = "unsafe_path"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"The path {path[:LONGEST_PATH]!r} is refused: {reason}.")


def check_path(path: str, *, existing: Collection[str]) -> str:
    """Return `path` when it is safe beside the `existing` paths; raise `UnsafePath` if not."""
    reason = _fault_of(path) or _collision(path, existing)
    if reason:
        raise UnsafePath(path, reason)
    return path


def _fault_of(path: str) -> str | None:
    if not path or not path.strip():
        return "it is empty"
    if len(path.encode("utf-8", "replace")) > LONGEST_PATH:
        return f"it is longer than {LONGEST_PATH} bytes"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in path):
        return "it has control characters"
    if path.startswith(("/", "~")):
        return "it is absolute"
    if "\\" in path:
        return "it has a backslash"
    if len(path) > 1 and path[0].isalpha() and path[1] == ":":
        return "it names a drive"
    return next((fault for part in path.split("/") if (fault := _fault_of_part(part))), None)


def _fault_of_part(part: str) -> str | None:
    if part == "..":
        return "it leaves the project"
    if part in ("", "."):
        return "it has an empty part"
    if _FORBIDDEN & set(part):
        return "it has a character that some systems forbid"
    if part != part.rstrip(" .") or part != part.lstrip(" "):
        return "a part ends in a dot or has spaces around it"
    if part.split(".", maxsplit=1)[0].strip().casefold() in _RESERVED:
        return "Windows keeps that name for a device"
    if len(part) > LONGEST_PART:
        return f"a part is longer than {LONGEST_PART} characters"
    return None


def _collision(path: str, existing: Collection[str]) -> str | None:
    folded = _fold(path)
    for other in existing:
        if other == path:
            continue
        other_folded = _fold(other)
        if other_folded == folded:
            return f"it differs from {other!r} only by case"
        if other_folded.startswith(f"{folded}/"):
            return f"{other!r} needs a folder of that name"
        if folded.startswith(f"{other_folded}/"):
            return f"{other!r} is a file, not a folder"
        if _folder_differs(path, other):
            return f"one of its folders differs from that of {other!r} only by case"
    return None


def _folder_differs(path: str, other: str) -> bool:
    for mine, theirs in zip(path.split("/")[:-1], other.split("/")[:-1], strict=False):
        if _fold(mine) != _fold(theirs):
            return False
        if mine != theirs:
            return True
    return False


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
