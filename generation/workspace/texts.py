"""What may be kept as a file: text in UTF-8, of a bounded size, under a safe name."""

from __future__ import annotations

from collections.abc import Iterable

from generation.engines.paths import UnsafePath, check_path
from generation.workspace.errors import FileRefused, FileTooLarge

LARGEST_FILE = 1_000_000  # bytes
MOST_FILES = 5_000
LARGEST_PROJECT = 50_000_000  # bytes


def decoded(name: str, data: bytes) -> str:
    """Return a file's text, its line ends as they are. Raises for what is no text of UTF-8."""
    if len(data) > LARGEST_FILE:
        raise FileTooLarge(f"{name} is larger than {LARGEST_FILE // 1_000_000} MB.")
    if b"\x00" in data:
        raise FileRefused(f"{name} is a binary file; only text can be kept here.", code="binary")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"{name} is not UTF-8: byte {error.start + 1} cannot be read. "
            "Save it in UTF-8 and try again.",
            code="not_utf8",
        ) from error


def checked(path: str, text: str) -> str:
    """Return a text that came decoded. Raises when it is too large or holds a NUL."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise FileRefused(f"{path} is no text.", code="not_utf8") from error
    return decoded(path, data)


def safe_path(path: str, *, existing: Iterable[str]) -> str:
    """Return a path that may be added beside the `existing` ones. Raises `FileRefused`."""
    try:
        return check_path(path, existing=existing)
    except UnsafePath as error:
        raise FileRefused(str(error), code=error.code) from error


def check_room(files: int, size: int) -> None:
    """Raise `FileTooLarge` when a project would have more files, or bytes, than it may."""
    if files > MOST_FILES:
        raise FileTooLarge(f"A project has at most {MOST_FILES:,} files.", code="too_many_files")
    if size > LARGEST_PROJECT:
        raise FileTooLarge(f"A project has at most {LARGEST_PROJECT // 1_000_000} MB of text.")
