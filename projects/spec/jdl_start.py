"""How JDL begins, and what is said of text that is none; reading a model is `projects.spec.jdl`."""

from __future__ import annotations

import re

OPTIONS = frozenset(
    """
    paginate filter search dto service microservice skipClient skipServer skipUserManagement
    angularSuffix clientRootFolder noFluentMethod readOnly embedded changelogDate use clientRoute
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_BEGINS = re.compile(
    r"(?>\s*(?:(?://[^\n]*|/\*.*?\*/|@\w+(?:\((?:\"[^\"\n]*\"|[^)\"])*\))?|[A-Za-z_]\w*\s*=\s*-?[\d.]+\s*,?"
    rf"|(?:{'|'.join(sorted(OPTIONS))})\s[^\n{{}}]*(?:\s(?:with|for)\s|\*)[^\n{{}}]*)\s*)*)"
    r"(?:entity\s+\w+\s*(?:\(\w+\)\s*)?(?:\{|$|\n|//|/\*)|enum\s+\w+\s*\{|"
    r"relationship\s+\w+\s*\{|(?:application|deployment)\s*\{)",
    re.DOTALL,
)


class InvalidJdl(ValueError):
    """Text that is not JDL; `line` (from 1) says where, `message` what to mend."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"Line {line}: {message}")


def is_jdl(text: str) -> bool:
    """Tell whether a text begins as JDL does."""
    return _BEGINS.match(text) is not None
