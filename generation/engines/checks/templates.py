"""Templates of Django: tags are closed, and the templates they name are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from generation.engines.checks.fault import Fault, Files

TAG = re.compile(r"{%-?[ \t]*+(\w+)((?:(?!%})[^\n])*)%}")
VALUE = re.compile(r"{{((?:(?!}})[^\n])*)}}")
ATTRIBUTE = re.compile(
    r"""\b(?:name|id|for|action|href|src|role|hx-[\w-]+)=(?:"[^"\n]*"|'[^'\n]*')"""
)
ELEMENT = re.compile(r"</?[a-zA-Z][\w-]*")
MARKUP = re.compile(r"<[a-zA-Z!]|{[%{]")
PAIRED = frozenset(
    {"autoescape", "block", "blocktrans", "blocktranslate", "comment", "filter", "for", "if"}
    | {"ifchanged", "spaceless", "verbatim", "with"}
)
NAMED = re.compile(r"""\A["']([^"']+)["']""")
MARKS = (("{%", "%}"), ("{{", "}}"))


def check(_path: str, text: str, files: Files) -> Iterable[Fault]:
    """Match the tags of a template, and look for what it extends and includes."""
    if not MARKUP.search(text):
        yield Fault(1, "there is no markup in it")
    opened: list[tuple[str, int]] = []
    for found in TAG.finditer(text):
        tag, rest = found[1], found[2].strip(" \t-")
        line = text.count("\n", 0, found.start()) + 1
        if tag in PAIRED:
            opened.append((tag, line))
        elif tag.startswith("end"):
            if not opened or opened[-1][0] != tag.removeprefix("end"):
                yield Fault(line, f"{{% {tag} %}} closes nothing that is open")
                return
            opened.pop()
        elif tag in {"extends", "include"}:
            yield from _named(rest, line, files)
    for tag, line in opened:
        yield Fault(line, f"{{% {tag} %}} is not closed")
    yield from _unended(text)


def parts_of(text: str) -> Counter[str]:
    """Count the tags, values, elements and attributes of a template that others build on."""
    found = (m for pattern in (TAG, VALUE, ELEMENT, ATTRIBUTE) for m in pattern.finditer(text))
    return Counter(" ".join(match.group().split()) for match in found)


def _named(rest: str, line: int, files: Files) -> Iterable[Fault]:
    named = NAMED.match(rest)
    if named and not any(f"/{path}".endswith(f"/templates/{named[1]}") for path in files):
        yield Fault(line, f"there is no template {named[1]!r}")


def _unended(text: str) -> Iterable[Fault]:
    for opening, closing in MARKS:
        if text.count(opening) != text.count(closing):
            yield Fault(1, f"{opening} and {closing} do not match")
