"""Syntax trees of TypeScript, JavaScript and CSS; the grammars are imported on first use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tree_sitter import Language, Node, Parser

from generation.engines.checks.fault import Fault


@cache
def script_parser(*, jsx: bool) -> Parser:
    """Return a parser for TypeScript, with or without JSX; JavaScript is a part of it."""
    import tree_sitter_typescript as grammar  # noqa: PLC0415

    return Parser(Language(grammar.language_tsx() if jsx else grammar.language_typescript()))


@cache
def stylesheet_parser() -> Parser:
    """Return a parser for CSS."""
    import tree_sitter_css as grammar  # noqa: PLC0415

    return Parser(Language(grammar.language()))


def faults_in(root: Node) -> Iterator[Fault]:
    """Yield where a text does not follow its grammar: the first place says enough."""
    if not root.has_error:
        return
    for node in walk(root):
        if node.is_missing:
            yield Fault(node.start_point[0] + 1, f"{node.type!r} is missing")
            return
        if node.is_error:
            shown = text_of(node).strip().split("\n")[0][:60]
            yield Fault(node.start_point[0] + 1, f"unexpected {shown!r}")
            return
    yield Fault(1, "the text does not parse")


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in order of the text."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(here.children))


def text_of(node: Node | None) -> str:
    """Return the text of a node."""
    return (node.text or b"").decode(errors="replace") if node is not None else ""
