"""CSS: it follows the grammar."""

from __future__ import annotations

from collections.abc import Iterable

from generation.engines.checks.fault import Fault, Files
from generation.engines.checks.grammar import faults_in, stylesheet_parser


def check(_path: str, text: str, _files: Files) -> Iterable[Fault]:
    """Parse CSS."""
    return faults_in(stylesheet_parser().parse(text.encode()).root_node)
