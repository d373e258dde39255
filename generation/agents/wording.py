"""Texts within the bounds of the shapes."""

from __future__ import annotations

from collections.abc import Iterable


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def cut(text: str, limit: int) -> str:
    """Return a text on one line of at most `limit` characters, cut between words where it is."""
    line = flat(text)
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    return f"{kept.rsplit(' ', maxsplit=1)[0] if ' ' in kept else kept}…"


def listed(words: Iterable[str]) -> str:
    """Return words as one list: "a, b and c"."""
    every = list(words)
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else "".join(every)


def sentence(text: str) -> str:
    """Return a text that begins with a capital and ends with a mark; nothing stays nothing."""
    line = flat(text)
    if not line:
        return ""
    return line[:1].upper() + line[1:] + ("" if line[-1] in ".!?…" else ".")
