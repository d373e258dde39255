"""Patterns: how the values of a text are written, as a regular expression that all stacks share."""

from projects.spec.patterns.automaton import LONGEST_VALUE
from projects.spec.patterns.check import pattern_fault
from projects.spec.patterns.examples import (
    FEWEST_UNIQUE,
    Pattern,
    Written,
    read_pattern,
    written_as,
)
from projects.spec.patterns.syntax import InvalidPattern

__all__ = [
    "FEWEST_UNIQUE",
    "LONGEST_VALUE",
    "InvalidPattern",
    "Pattern",
    "Written",
    "pattern_fault",
    "read_pattern",
    "written_as",
]
