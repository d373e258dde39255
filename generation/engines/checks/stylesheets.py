"""CSS: it follows the grammar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from generation.engines.checks.fault import Fault, Files
from generation.engines.checks.grammar import faults_in, stylesheet_parser

# What the grammar does not know: statements of Tailwind, an empty fallback of a variable, and a
# range in a media query.
_TAILWIND = re.compile(
    r"^@(?:import\s+[\"']tailwindcss|source|custom-variant|plugin|config)\b[^;{}]*;", re.MULTILINE
)
_EMPTY_FALLBACK = re.compile(r"(?<=[\w-])\s*,(?=\s*\))")
_RANGE = re.compile(r"(?<=\()\s*[\w-]+\s*[<>]=?\s*[\w.]+\s*(?=\))")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(r"(?:^|[{};])([^{};]+){")
_PROPERTY = re.compile(r"([\w-]+)\s?:\s")


def check(_path: str, text: str, _files: Files) -> Iterable[Fault]:
    """Parse CSS."""
    known = _EMPTY_FALLBACK.sub(_blank, _TAILWIND.sub(_blank, _RANGE.sub("width: 1px", text)))
    return faults_in(stylesheet_parser().parse(known.encode()).root_node)


def parts_of(text: str) -> Counter[str]:
    """Count the selectors and the properties of a stylesheet."""
    text = _COMMENT.sub("", text)
    selectors = (" ".join(found.split()) for found in _SELECTOR.findall(text))
    return Counter([*selectors, *_PROPERTY.findall(text)])


def _blank(match: re.Match[str]) -> str:
    """Return spaces in place of a match, so that lines keep their numbers."""
    return re.sub(r"\S", " ", match.group())
