"""Paths inside a project: refused where they could leave it or mean two files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

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


class KnownPaths:
    """Paths of a project, to see at once whether another one would mean two files."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, tuple[str, str]] = {}  # its spelling, and a file in it
        for path in paths:
            self._keep(path)

    def add(self, path: str) -> str:
        """Return `path` and know it from now on; raise `UnsafePath` when it is not safe."""
        reason = _fault_of(path) or self._collision(path)
        if reason:
            raise UnsafePath(path, reason)
        self._keep(path)
        return path

    def _keep(self, path: str) -> None:
        self._files[_fold(path)] = path
        for folder in _folders_of(path):
            self._folders.setdefault(_fold(folder), (folder, path))

    def _collision(self, path: str) -> str | None:
        folded = _fold(path)
        other = self._files.get(folded, path)
        if other != path:
            return f"it differs from {other!r} only by case"
        if folded in self._folders:
            return f"{self._folders[folded][1]!r} needs a folder of that name"
        for folder in _folders_of(path):
            folded = _fold(folder)
            if folded in self._files:
                return f"{self._files[folded]!r} is a file, not a folder"
            spelling, other = self._folders.get(folded, (folder, path))
            if spelling != folder:
                return f"one of its folders differs from that of {other!r} only by case"
        return None


def check_path(path: str, *, existing: Iterable[str]) -> str:
    """Return `path` when it is safe beside the `existing` paths; raise `UnsafePath` if not."""
    return KnownPaths(existing).add(path)


def _folders_of(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


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


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
