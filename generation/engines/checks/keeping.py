"""What an edit may not take away: it adds to a file, and what stood there before stays.

Nothing of the app is run, so an edit that drops a route, a method or a test of rights cannot be
found by what it breaks. It is found by what there is less of: a name, a kind of expression.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from generation.engines.checks import data, python, scripts, stylesheets, templates
from generation.engines.checks.fault import Fault

LEAST_KEPT = 0.5  # of the lines that say something
# What a text is made of, by the ending of its name.
KEPT: dict[str, Callable[[str], Counter[str]]] = {
    ".py": python.parts_of,
    **dict.fromkeys((".ts", ".tsx", ".js", ".jsx"), scripts.parts_of),
    ".css": stylesheets.parts_of,
    ".html": templates.parts_of,
    ".json": data.json_keys,
    **dict.fromkeys((".yaml", ".yml"), data.yaml_keys),
    ".toml": data.toml_keys,
    ".md": lambda text: Counter(re.findall(r"^#+ .*\S", text, re.MULTILINE)),
}
GUARDED = frozenset({".py", ".ts", ".tsx", ".js", ".jsx", ".html"})
_GUARD = re.compile(
    r"\w*(?:auth|log_?in|passw|permission|csrf|token|secret|session|owner|user|admin|forbid"
    r"|protect|throttle|escape|saniti|visible|assert|expect)\w*",
    re.IGNORECASE,
)
_DECIDES = re.compile(r"\b(?:if|not|and|or|raise|throw|assert|filter|exclude|where)\b|[!=]=|[!@]")
_SHOWN = 80


def lost_by(path: str, before: str, after: str) -> Iterator[Fault]:
    """Yield what an edit of a file takes away."""
    suffix = PurePosixPath(path).suffix
    if suffix in KEPT:
        lost = KEPT[suffix](before) - KEPT[suffix](after)
        for name in sorted(lost):
            yield Fault(1, f"the edit lost {name[:_SHOWN]!r}, which the file had before")
    if suffix in GUARDED:
        yield from _unguarded(before, after)
    lines = Counter(_lines(before))
    if (lines & Counter(_lines(after))).total() < LEAST_KEPT * lines.total():
        yield Fault(1, "the edit drops more than half of the file")


def _unguarded(before: str, after: str) -> Iterator[Fault]:
    """Find guards, such as the question for an owner, that are fewer or another than before."""
    for line in Counter(_guarding(before)) - Counter(_guarding(after)):
        yield Fault(1, f"the edit changed a line that guards the app: {line[:_SHOWN]!r}")
    for word in Counter(_GUARD.findall(before)) - Counter(_GUARD.findall(after)):
        yield Fault(1, f"the edit uses {word[:_SHOWN]!r} less often than the file did before")


def _guarding(text: str) -> Iterator[str]:
    return (line for line in _lines(text) if _GUARD.search(line) and _DECIDES.search(line))


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
