"""What no file that a model writes may hold: secrets, code out of texts, other people's servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from generation.engines.checks.fault import Fault

PYTHON = frozenset({".py"})
SCRIPTS = frozenset({".ts", ".tsx", ".js", ".jsx"})
PAGES = frozenset({".html", ".css", *SCRIPTS})
EVERY = frozenset[str]()


class Hazard(NamedTuple):
    """A pattern, what it means, and the endings of the files it is looked for in."""

    pattern: re.Pattern[str]
    message: str
    suffixes: frozenset[str]


HAZARDS = (
    Hazard(
        re.compile(
            r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bsk-[\w-]{20,}"
            r"|\bgh[pousr]_\w{30,}|\bAIza[\w-]{30,}|\bxox[baprs]-[\w-]{10,}"
        ),
        "a secret does not belong into a file",
        EVERY,
    ),
    Hazard(
        re.compile(
            r"(?:passw(?:or)?d|secret|api_?key|token)\w*[\"']?\s?[:=]\s?"
            r"[\"'](?=[^\"'\s]*\d)(?=[^\"'\s]*[a-z])[^\"'\s{}]{16,}[\"']",
            re.IGNORECASE,
        ),
        "a secret does not belong into a file",
        EVERY,
    ),
    Hazard(
        re.compile(
            r"(?<![\w.])(?:eval|exec|compile|__import__)\(|\bos\.(?:system|popen|exec\w*|spawn\w*)\("
            r"|\b(?:subprocess|pickle|marshal|ctypes|pty)\b|\bshell=True"
        ),
        "a text may not be run as code or as a command",
        PYTHON,
    ),
    Hazard(
        re.compile(r"\b(?:mark_safe|csrf_exempt|AllowAny|SafeString|format_html_join)\b"),
        "a protection of the app may not be turned off",
        PYTHON,
    ),
    Hazard(
        re.compile(
            r"(?<![\w.])eval\(|\bnew\s+Function\(|dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b"
            r"|\binsertAdjacentHTML\(|\bdocument\.write"
        ),
        "a text may not become code or markup",
        SCRIPTS,
    ),
    Hazard(
        re.compile(r"\|\s?safe(?:seq)?\b|{%-?\s?autoescape\s+off\b|\bjavascript:"),
        "what people write has to stay escaped",
        frozenset({".html"}),
    ),
    Hazard(
        re.compile(
            r"(?:\b(?:src|action)=|\burl\(|@import|\bfetch\(|\bimport\(|<link[^>\n]{0,200}href=)"
            r"\s?{?[\"'`]?(?:https?:)?//",
            re.IGNORECASE,
        ),
        "nothing may be fetched from another server",
        PAGES,
    ),
)


def hazards_in(path: str, text: str, *, before: str = "") -> Iterator[Fault]:
    """Yield the hazards in a text that are not in the text before."""
    suffix = PurePosixPath(path).suffix
    for hazard in HAZARDS:
        if hazard.suffixes and suffix not in hazard.suffixes:
            continue
        for found in hazard.pattern.finditer(text):
            if found.group() not in before:
                yield Fault(text.count("\n", 0, found.start()) + 1, hazard.message)
