"""Searching the names and contents of a project's files in the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from projects.models import Project

MOST_FILES = 100
LINES_PER_FILE = 5
SHOWN = 200  # characters of a line
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Match:
    """A line that holds the words, from 1."""

    line: int
    text: str


@dataclass(frozen=True)
class Found:
    """A file whose name or text holds the words, with its first matching lines."""

    path: str
    named: bool
    matches: tuple[Match, ...]


def search_files(project: Project, words: str) -> list[Found]:
    """Return files that hold `words`, whatever the case: those so named first, then by path."""
    asked = words.strip()[:LONGEST_QUERY]
    if not asked or "\x00" in asked:
        return []
    rows = project.files.filter(Q(path__icontains=asked) | Q(content__icontains=asked))
    found = [
        Found(path, asked.casefold() in path.casefold(), _matches(text or "", asked))
        for path, text in rows.order_by("path").values_list("path", "content")
    ]
    return sorted(found, key=lambda one: not one.named)[:MOST_FILES]


def _matches(text: str, words: str) -> tuple[Match, ...]:
    wanted, matches = words.casefold(), []
    for number, line in enumerate(text.split("\n"), start=1):
        at = line.casefold().find(wanted)
        if at >= 0:
            start = max(0, at - SHOWN // 2)
            matches.append(Match(number, line[start : start + SHOWN].strip()))
            if len(matches) == LINES_PER_FILE:
                break
    return tuple(matches)
