"""Patterns that few texts need: compiled when the first one does, since that takes long."""

from __future__ import annotations

import re
from functools import cache


@cache
def pattern(words: str) -> re.Pattern[str]:
    """Return a pattern that pays no regard to upper case."""
    return re.compile(words, re.IGNORECASE)
