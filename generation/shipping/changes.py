"""What an export has to push: the app's files against those that GitHub has."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from generation.engines.archive import is_program
from generation.shipping.github import TreeEntry

PLAIN, PROGRAM = "100644", "100755"


@dataclass(frozen=True)
class Changes:
    """What is to be written and taken away, and the files that both sides changed."""

    entries: tuple[TreeEntry, ...]
    conflicts: tuple[str, ...]


def blob_hash(text: str) -> str:
    """Return the hash that git gives to a file with this text: SHA-1 of a header and its bytes."""
    content = text.encode()
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def changes_between(
    *, files: Mapping[str, str], exported: Mapping[str, str], remote: Mapping[str, str]
) -> Changes:
    """Return what takes GitHub's files to the app's.

    `files` are the app's texts, `exported` those that were pushed last (none the first time),
    `remote` GitHub's hashes, each by path. What only GitHub changed stays as it is there; a file
    that both changed is a conflict, and so is one of GitHub's own in the way of the app's.
    """
    entries, conflicts = [], []
    for path in sorted({*files, *exported}):
        ours, base = _hash_in(files, path), _hash_in(exported, path)
        theirs = remote.get(path)
        if ours in (base, theirs):
            continue
        if theirs != base:
            conflicts.append(path)
        else:
            text = files.get(path)
            mode = PROGRAM if text is not None and is_program(text) else PLAIN
            entries.append(TreeEntry(path, mode, text))
    return Changes(tuple(entries), tuple(conflicts))


def _hash_in(files: Mapping[str, str], path: str) -> str | None:
    return blob_hash(files[path]) if path in files else None
