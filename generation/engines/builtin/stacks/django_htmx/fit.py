"""Nested Python expressions laid out as the formatter lays them out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from generation.engines.builtin.pyfit import fits

LONGEST_NAME = 60


@dataclass(frozen=True)
class Bracketed:
    """A call (`opening` ends in a round bracket after a name) or a list, tuple or dictionary."""

    opening: str
    items: tuple[Node, ...]
    closing: str


Node = str | Bracketed


def called(name: str, items: Sequence[Node]) -> Bracketed:
    """Return a call."""
    return Bracketed(f"{name}(", tuple(items), ")")


def listed(items: Sequence[Node]) -> Bracketed:
    """Return a list."""
    return Bracketed("[", tuple(items), "]")


def tuple_of(items: Sequence[Node]) -> Bracketed:
    """Return a tuple."""
    return Bracketed("(", tuple(items), ")")


def table_of(entries: Sequence[Node]) -> Bracketed:
    """Return a dictionary."""
    return Bracketed("{", tuple(entries), "}")


def pair(first: Node, second: Node) -> Bracketed:
    """Return a tuple of two."""
    return Bracketed("(", (first, second), ")")


def keyword(name: str, value: Node) -> Node:
    """Return `name=value`."""
    if isinstance(value, str):
        return f"{name}={value}"
    return Bracketed(f"{name}={value.opening}", value.items, value.closing)


def assigned(name: str, value: Node) -> Node:
    """Return `name = value`."""
    if isinstance(value, str):
        return f"{name} = {value}"
    return Bracketed(f"{name} = {value.opening}", value.items, value.closing)


def entry(key: str, value: Node) -> Node:
    """Return `key: value` of a dictionary."""
    if isinstance(value, str):
        return f"{key}: {value}"
    return Bracketed(f"{key}: {value.opening}", value.items, value.closing)


def flat(node: Node) -> str:
    """Write a node on one line."""
    if isinstance(node, str):
        return node
    return node.opening + _joined(node) + node.closing


def _joined(node: Bracketed) -> str:
    """Write the items on one line; a tuple of one has a comma."""
    comma = "," if len(node.items) == 1 and node.closing == ")" and not _is_call(node) else ""
    return ", ".join(flat(item) for item in node.items) + comma


def lay_out(node: Node, *, indent: int, suffix: str = "", spread: bool = False) -> str:
    """Write a node from `indent` on; `spread` puts every item on a line of its own."""
    pad, inner = " " * indent, " " * (indent + 4)
    one = f"{pad}{flat(node)}{suffix}"
    if isinstance(node, str) or not node.items or (fits(one) and not spread):
        return one
    joined = _joined(node)
    if _is_call(node) and fits(inner + joined) and not spread:
        return f"{pad}{node.opening}\n{inner}{joined}\n{pad}{node.closing}{suffix}"
    lines = [lay_out(item, indent=indent + 4, suffix=",") for item in node.items]
    if _is_call(node) and len(lines) == 1 and isinstance(node.items[0], str):
        lines = [inner + joined]
    return "\n".join([f"{pad}{node.opening}", *lines, f"{pad}{node.closing}{suffix}"])


def _is_call(node: Bracketed) -> bool:
    head = node.opening.replace(": ", "=").rpartition("=")[2].strip()
    return len(head) > 1 and head.endswith("(")


def constraint_name(*parts: str) -> str:
    """Return a name that says what it holds and that PostgreSQL takes whole."""
    name = "_".join(parts)
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}_{digest}"
